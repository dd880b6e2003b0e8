"""How much a file may cost that somebody else wrote."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the process that parses one file may use, and what it may give back."""

    file_bytes: int = 50 * _MIB
    memory_bytes: int = 1024 * _MIB
    cpu_s: int = 60
    wall_s: float = 60.0
    """Seconds spent waiting for the process; those the caller spends on the rows do not count."""
    open_files: int = 64
    output_bytes: int = 256 * _MIB
    text_characters: int = 2_000_000
    """Of one document."""
    archive_entries: int = 10_000
    archive_ratio: int = 100
    """Unpacked bytes to packed bytes."""
    archive_bytes: int = 512 * _MIB
    """All members unpacked, as the archive declares them."""
