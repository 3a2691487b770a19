"""What the styles of a Word file say: which are headings, which are bold, which are numbered."""

import re

from folkmoot.standards.importing.blocks import DOCUMENT_TITLE
from folkmoot.standards.importing.readers.word_xml import Element, W, is_on, number_of, value_of

_DEEPEST = 6


class Styles:
    """Styles by their id; what a style does not say, the one that it is based on says."""

    def __init__(self, root: Element | None) -> None:
        styles = root.findall(W + "style") if root is not None else []
        self._styles = {style.get(W + "styleId", ""): style for style in styles}

    def level(self, style: str, properties: Element | None) -> int:
        """Return 1 to 6 for a heading, `DOCUMENT_TITLE` for the title, 0 for all else."""
        name = self._name(style)
        if name == "title":
            return DOCUMENT_TITLE
        found = re.fullmatch(r"heading ([1-9])", name)
        if found:
            return min(int(found[1]), _DEEPEST)
        outline = properties.find(W + "outlineLvl") if properties is not None else None
        for one in self._line(style):
            if outline is None:
                outline = one.find(f"{W}pPr/{W}outlineLvl")
        level = number_of(outline, 9)
        return 0 if level >= 9 else min(level + 1, _DEEPEST)

    def numbering(self, style: str, properties: Element | None) -> tuple[str, int] | None:
        """Return (id of the list, level from 0) of a paragraph, or None. Number 0 takes a style's number away."""
        places = [properties] if properties is not None else []
        places += [found for one in self._line(style) if (found := one.find(W + "pPr")) is not None]
        level: int | None = None
        for place in places:
            own = place.find(W + "numPr")
            if own is None:
                continue
            stated = own.find(W + "ilvl")
            level = number_of(stated, 0) if level is None and stated is not None else level
            number = value_of(own.find(W + "numId"))
            if number:
                return None if number == "0" else (number, level or 0)
        return None

    def is_strong(self, style: str) -> bool:
        """Say whether the style is bold."""
        for one in self._line(style):
            bold = one.find(f"{W}rPr/{W}b")
            if bold is not None:
                return is_on(bold)
        return False

    def is_contents(self, style: str) -> bool:
        """Say whether this is a line of the list of contents, or its heading."""
        return re.match(r"(toc [0-9]|toc heading|table of figures)", self._name(style)) is not None

    def _name(self, style: str) -> str:
        named = self._styles.get(style)
        name = value_of(named.find(W + "name")) if named is not None else style
        return name.lower()

    def _line(self, style: str) -> list[Element]:
        found: list[Element] = []
        while style in self._styles and self._styles[style] not in found:
            found.append(self._styles[style])
            style = value_of(found[-1].find(W + "basedOn"))
        return found
