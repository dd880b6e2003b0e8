"""What a body may not hold."""

import pytest

from assist.api.body import MAX_DEPTH, read_json
from assist.errors import BodyMalformed, BodyRefused


def test_plain_json_is_read() -> None:
    assert read_json('{"问": [1, 2.5, null, true, "好"]}'.encode()) == {
        "问": [1, 2.5, None, True, "好"]
    }


@pytest.mark.parametrize("body", [b"", b"{", b"{'a': 1}", b"[1,]", "问".encode("gbk")])
def test_what_is_not_json_is_malformed(body: bytes) -> None:
    with pytest.raises(BodyMalformed):
        read_json(body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'"\\u0000"',
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b"[" * 200_000 + b"]" * 200_000,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_json_with_traps_is_refused(body: bytes) -> None:
    with pytest.raises(BodyRefused):
        read_json(body)


def test_a_real_surrogate_pair_is_one_character() -> None:
    assert read_json(b'"\\ud83d\\ude00"') == "😀"


def test_the_deepest_allowed_body_is_read() -> None:
    assert read_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None
