"""Where a cell stands, as a spreadsheet writes it."""

from functools import cache


@cache
def letters(column: int) -> str:
    """Return the letters over a column that is counted from 0."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
