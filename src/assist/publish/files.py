"""Which files an import takes."""

from pathlib import Path

from assist.errors import SettingsInvalid
from assist.knowledge.sandbox import DOCUMENT_TYPES, ROW_TYPES

TYPES = ROW_TYPES | DOCUMENT_TYPES


def knowledge_files(path: Path) -> tuple[Path, ...]:
    """Return the file itself, or every file below the folder that an import takes, by name.

    Raises SettingsInvalid when there is nothing at the path.
    """
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise SettingsInvalid(f"{path}: no such file or folder")
    return tuple(sorted(p for p in path.rglob("*") if p.suffix.lower() in TYPES and p.is_file()))
