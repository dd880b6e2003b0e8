"""Opaque ids that sort by the time they were made."""

import secrets
import time

TIME_DIGITS = 9
"""45 bits of milliseconds: enough until the year 3084."""
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: sorts like the number itself
_RANDOM_DIGITS = 12


def new_id(prefix: str) -> str:
    """Return ``prefix_`` followed by 21 characters: the time in milliseconds, then randomness."""
    time_part = base32(time.time_ns() // 1_000_000, TIME_DIGITS)
    return f"{prefix}_{time_part}{base32(secrets.randbits(5 * _RANDOM_DIGITS), _RANDOM_DIGITS)}"


def base32(number: int, digits: int) -> str:
    """Return the last so many digits of a number."""
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(digits)))
