"""Text files as people save them."""

from pathlib import Path

from assist.errors import ImportRefused


def read_text(path: Path) -> str:
    """Return a file in UTF-8, with or without BOM, or else in GB18030. Raises ImportRefused."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefused(f"{path.name} is text neither in UTF-8 nor in GB18030")
