"""Where a model endpoint is, and the key that it is asked with."""

from urllib.parse import urlsplit

from assist.errors import SettingsInvalid

_SCHEMES = {"http", "https"}


def url_under(base_url: str, path: str, *, of: str) -> str:
    """Return the URL of a path under a base. Raises SettingsInvalid saying whose base is wrong."""
    url = base_url.strip().rstrip("/").removesuffix(path)
    try:
        parts = urlsplit(url)
        valid = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise SettingsInvalid(f"the base URL of the {of} must be http(s)://host[:port]/path")
    return url + path


def bearer(api_key: str | None, *, of: str) -> dict[str, str]:
    """Return the header that carries a key, if any. Raises SettingsInvalid without repeating it."""
    return {"authorization": f"Bearer {sendable(api_key, of=of)}"} if api_key else {}


def sendable(api_key: str, *, of: str) -> str:
    """Return a key that a header can carry. Raises SettingsInvalid without repeating it."""
    if not api_key.isascii() or not api_key.isprintable() or " " in api_key:
        raise SettingsInvalid(f"the API key of the {of} has characters that no key has")
    return api_key
