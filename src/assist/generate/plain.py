"""Markdown out, plain text in: what a customer's message box can show."""

import re

_RULE = re.compile(r"(?:[-*_=] *){3,}|`{3,}.*|~{3,}.*")
_ROW = re.compile(r"\|(?P<cells>.+)\|")
_DIVIDER = re.compile(r"\|?(?: *:?-{2,}:? *\|)+(?: *:?-{2,}:? *)?")
_LEAD = re.compile(r"^(?:> ?)*(?:#{1,6} +|[-*+•●▪◦·] +(?:\[[ xX]\] +)?|[•●▪◦] *)*")
# A dial code such as *#06# or **21*...# is no emphasis, so it is matched first and kept.
_INLINE = re.compile(
    r"(?P<code>[*#]{1,2}\d{2,3}(?:\*[^\s*#，。；、]*)*#)"
    r"|(?P<image>!\[[^\]\n]*\]\([^)\n]*\))"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?: +\"[^\"\n]*\")?\)"
    r"|\*{2,3}(?=[^\s*])(?P<bold>.+?)(?<=[^\s*])\*{2,3}(?!\*)"
    r"|__(?=\S)(?P<underlined>.+?)(?<=\S)__"
    r"|~~(?=\S)(?P<struck>.+?)(?<=\S)~~"
    r"|`+(?P<ticked>[^`\n]+)`+"
    r"|(?<![\w*])\*(?=[^\s*#\d])(?P<italic>[^*\n]+?)(?<=\S)\*(?![\w*])"
)
_DEEPEST = 3


def plain_line(line: str) -> str:
    """Return one line without its Markdown; empty when it held nothing else."""
    line = line.strip()
    if _RULE.fullmatch(line) or _DIVIDER.fullmatch(line):
        return ""
    line = _LEAD.sub("", line, count=1)
    for _ in range(_DEEPEST):
        changed = _INLINE.sub(_without_marks, line)
        if changed == line:
            break
        line = changed
    cells = row_cells(line)
    return "，".join(cell for cell in cells if cell) if cells else line.strip()


def row_cells(line: str) -> tuple[str, ...]:
    """Return the cells of a line that is a table's row, else nothing."""
    row = _ROW.fullmatch(line.strip())
    return tuple(cell.strip() for cell in row["cells"].split("|")) if row else ()


def is_divider(line: str) -> bool:
    """Tell whether a line parts a table's head from its rows."""
    return _DIVIDER.fullmatch(line.strip()) is not None


def is_heading(line: str) -> bool:
    """Tell whether a line is a Markdown heading."""
    return re.match(r" {0,3}#{1,6} ", line) is not None


def is_item(line: str) -> bool:
    """Tell whether a line is an item of a list or a row of a table."""
    return re.match(r"\s*(?:[-*+•] |\d{1,2}[.、)）]|\|)", line) is not None


def _without_marks(match: re.Match[str]) -> str:
    if match["code"] is not None or match["image"] is not None:
        return match["code"] or ""
    label, url = match["label"], match["url"]
    if label is None:
        return str(match[match.lastgroup or 0])
    if label.strip("^ ").isdigit():
        return f"[{label}]"
    if not url or label == url:
        return str(label)
    return f"{label} ({url})" if label.isascii() else f"{label}（{url}）"
