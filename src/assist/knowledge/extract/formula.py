"""Cells that a spreadsheet would run, made plain text and back."""

import re

# Also behind quotes and blanks: a spreadsheet or the next program may drop those.
_FORMULA = re.compile(r"""[\s'"]*[=+\-@＝＋－＠]|[\t\r]""")


def guarded(cell: str) -> str:
    """Return the cell with a leading ``'`` if a spreadsheet could take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell that ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
