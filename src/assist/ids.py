"""Opaque ids that sort by the time they were made."""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: sorts like the number itself
_TIME_DIGITS = 9  # 45 bits of milliseconds: enough until the year 3084
_RANDOM_BITS = 60


def new_id(prefix: str) -> str:
    """Return ``prefix_`` followed by 21 characters: the time in milliseconds, then randomness."""
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    digits = _TIME_DIGITS + _RANDOM_BITS // 5
    return f"{prefix}_" + "".join(
        _ALPHABET[number >> 5 * place & 31] for place in reversed(range(digits))
    )
