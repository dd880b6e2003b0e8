"""The version that a request was made for."""

import re
from typing import Annotated

from fastapi import Header

from assist.errors import EntryInvalid

IfMatch = Annotated[str | None, Header(description='The version seen, in quotes, such as `"1"`.')]
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')


def etag(version: int) -> str:
    """Return the version as a response's ETag."""
    return f'"{version}"'


def version_of(if_match: str | None) -> int:
    """Return the version that If-Match names. Raises EntryInvalid when there is none."""
    if if_match is None:
        raise EntryInvalid('The header If-Match is needed: send the version seen, such as "1".')
    tag = _ETAG.fullmatch(if_match.strip())
    if tag is None:
        raise EntryInvalid('The header If-Match must be one version in quotes, such as "1".')
    return int(tag[1])
