"""What a paragraph of a Word document is: heading, item of a list, or text."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_LONGEST_CHAIN = 10
_NO_LIST = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    heading: int = 0
    """The level from 1, or 0."""
    number: str | None = None
    """The list to which the paragraph belongs."""
    depth: int = 0
    is_numbered: bool = False


class Styles:
    """The styles and the lists of one document."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = {} if styles is None else _by(styles, "style", "styleId")
        self._lists = {} if numbering is None else _by(numbering, "num", "numId")
        self._kinds = {} if numbering is None else _by(numbering, "abstractNum", "abstractNumId")

    def form_of(self, paragraph: Element) -> Form:
        """Return what the paragraph's own properties and its styles make of it."""
        given = paragraph.find(f"{W}pPr")
        own = given if given is not None else Element("none")
        styles = self._chain(value_of(own.find(f"{W}pStyle")))
        places = [own, *(style.find(f"{W}pPr") for style in styles)]
        level = _first(places, "outlineLvl")
        heading = _heading(styles) or (int(level) + 1 if level and int(level) < 9 else 0)
        number = _first(places, f"numPr/{W}numId")
        if heading or number in {None, _NO_LIST}:
            return Form(heading=heading)
        depth = int(_first(places, f"numPr/{W}ilvl") or 0)
        sign = self._sign(number, depth)
        if sign == "none":
            return Form()
        return Form(number=number, depth=depth, is_numbered=sign != "bullet")

    def _chain(self, name: str | None) -> list[Element]:
        """Return a style and those it is based on."""
        chain: list[Element] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[name])
            name = value_of(chain[-1].find(f"{W}basedOn"))
        return chain

    def _sign(self, number: str | None, depth: int) -> str:
        listed = self._lists.get(number or "")
        kind = None if listed is None else value_of(listed.find(f"{W}abstractNumId"))
        for level in self._kinds.get(kind or "", ()):
            if level.tag == f"{W}lvl" and level.get(f"{W}ilvl") == str(depth):
                return value_of(level.find(f"{W}numFmt")) or "bullet"
        return "bullet"


def value_of(element: Element | None) -> str | None:
    """Return what Word keeps in an element's ``val``."""
    return None if element is None else element.get(f"{W}val")


def _by(parent: Element, tag: str, attribute: str) -> dict[str, Element]:
    return {child.get(f"{W}{attribute}") or "": child for child in parent.findall(f"{W}{tag}")}


def _first(places: list[Element | None], path: str) -> str | None:
    found = (value_of(place.find(f"{W}{path}")) for place in places if place is not None)
    return next((value for value in found if value is not None), None)


def _heading(styles: list[Element]) -> int:
    for style in styles:
        name = value_of(style.find(f"{W}name")) or ""
        level = _HEADING.fullmatch(name.strip())
        if level:
            return int(level[1])
        if name.strip().lower() in _TITLES:
            return 1
    return 0
