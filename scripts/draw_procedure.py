"""Draws docs/pictures/procedure.svg: the procedure on one page. Run: python scripts/draw_procedure.py"""

from pathlib import Path

ACCENT, INK, SOFT, LINE, PAPER, CARD, TINT, AMBER, CREAM = (
    "#1f6f78", "#2b2a28", "#5f5b54", "#b9b3a7", "#fbfaf7", "#ffffff", "#e6f0f0", "#8a5a00", "#fdf6e8",
)  # fmt: skip
OUT = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "procedure.svg"


def text(x: int, y: int, words: str, *, size: int = 15, fill: str = INK, weight: int = 400) -> str:
    """Return one line of text."""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" font-weight="{weight}">{words}</text>'


def box(x: int, y: int, width: int, title: str, *lines: str, fill: str = CARD, stroke: str = LINE) -> str:
    """Return a box with a title and lines below it, as high as they need."""
    height = 52 if not lines else 42 + 20 * len(lines)
    parts = [
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="10" fill="{fill}" stroke="{stroke}"/>',
        text(x + 16, y + (32 if not lines else 27), title, size=16, weight=600),
    ]
    parts += [text(x + 16, y + 50 + 20 * place, line, size=14, fill=SOFT) for place, line in enumerate(lines)]
    return "\n".join(parts)


def arrow(*points: tuple[int, int], late: bool = False) -> str:
    """Return an arrow along `points`; a late one is dashed and amber."""
    path = "M" + " L".join(f"{x} {y}" for x, y in points)
    colour, head, dash = (AMBER, "late", ' stroke-dasharray="5 5"') if late else (ACCENT, "way", "")
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" marker-end="url(#{head})"{dash}/>'


def head(name: str, colour: str) -> str:
    """Return an arrow's head."""
    return (
        f'<marker id="{name}" markerWidth="9" markerHeight="9" refX="7" refY="4" orient="auto">'
        f'<path d="M0 0 L8 4 L0 8z" fill="{colour}"/></marker>'
    )


def note(x: int, y: int, words: str) -> str:
    """Return the words beside an arrow."""
    return text(x, y, words, size=13, fill=ACCENT, weight=500)


HEIGHT = 900
PARTS = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 {HEIGHT}" role="img" aria-labelledby="t d" '
    "font-family=\"Ubuntu, Calibri, 'DejaVu Sans', sans-serif\">",
    '<title id="t">The procedure, from a report to a final decision</title>',
    '<desc id="d">A moderator answers a report within five days; if not, the Secretary and then the Executive are '
    "added. What is unclear gets a second look. The author is told why in writing and may appeal to a moderator, and "
    "then to the Executive, whose decision is final. A reporter who is not satisfied is heard by the Secretary and "
    "the Executive, who may have the case decided afresh.</desc>",
    f"<defs>{head('way', ACCENT)}{head('late', AMBER)}</defs>",
    f'<rect width="960" height="{HEIGHT}" rx="14" fill="{PAPER}"/>',
    text(40, 40, "WHAT HAPPENS", size=13, fill=ACCENT, weight=600),
    text(560, 40, "IF NOBODY ANSWERS IN TIME", size=13, fill=AMBER, weight=600),
    box(40, 64, 400, "Somebody reports a problem", "with or without a name; gets a 16-digit code;",
        "or a moderator notices it. An emergency, or a", "legal complaint, is hidden first"),
    box(40, 210, 400, "A moderator decides, within 5 days", "no breach · robust criticism, protected · corrected ·",
        "educate · a measure for a time · reject · remove:", "always with reasons", stroke=ACCENT),
    box(40, 356, 400, "Unclear? A second look", "by another moderator first; where there is none,",
        "by the Secretary afterwards"),
    box(40, 482, 400, "The author is told why, in writing", "their words, the rule, the reasons, and how to",
        "appeal; “this is not a disciplinary matter”"),
    box(40, 608, 400, "A moderator looks again, within 5 days", "another one where there is one: the decision",
        "stands, is varied, or overturned; never worse", stroke=ACCENT),
    box(40, 822, 400, "Final, and locked", fill=TINT, stroke=ACCENT),
    box(560, 64, 360, "A warning, the day before", "to those whose turn it is. An answer can be put",
        "off once, with a reason that they are told", fill=CREAM, stroke="#dcc48f"),
    box(560, 225, 360, "The Secretary is added, 5 days more", fill=CREAM, stroke="#dcc48f"),
    box(560, 309, 360, "The Executive is added", fill=CREAM, stroke="#dcc48f"),
    box(560, 470, 360, "A reporter who is not satisfied", "writes; the words go on as they are, past whom",
        "they are about: the Secretary, the Executive", "answer, or have it decided afresh"),
    box(560, 650, 360, "The Executive has the last word", "within 28 days; at least 3 members, none who",
        "decided before or has an interest; votes and", "reasons in a minute that each confirms",
        fill=TINT, stroke=ACCENT),
    arrow((240, 166), (240, 206)),
    arrow((240, 312), (240, 352)),
    arrow((240, 438), (240, 478)),
    note(254, 464, "when a post is in breach"),
    arrow((240, 564), (240, 604)),
    note(254, 590, "an appeal: to disagree is enough"),
    arrow((440, 676), (556, 676)),
    note(452, 666, "still unhappy?"),
    arrow((240, 690), (240, 818)),
    note(254, 760, "overturned, or nobody goes on in time"),
    arrow((740, 752), (740, 848), (446, 848)),
    note(560, 868, "its word is final; opened again only for new"),
    note(560, 886, "evidence, a faulty procedure, or a court’s order"),
    arrow((440, 251), (556, 251), late=True),
    arrow((740, 277), (740, 305), late=True),
    arrow((740, 146), (740, 221), late=True),
    arrow((560, 520), (490, 520), (490, 280), (446, 280)),
    text(560, 390, "Each is added once, by itself, on the record. Who", size=13, fill=SOFT),
    text(560, 408, "had the duty before can still answer. The same", size=13, fill=SOFT),
    text(560, 426, "holds for appeals. Silence never decides.", size=13, fill=SOFT),
    "</svg>",
]  # fmt: skip

if __name__ == "__main__":
    OUT.write_text("\n".join(PARTS) + "\n", encoding="utf-8")
