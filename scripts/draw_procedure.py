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


PARTS = [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 650" role="img" aria-labelledby="t d" '
    "font-family=\"Ubuntu, Calibri, 'DejaVu Sans', sans-serif\">",
    '<title id="t">The procedure, from a report to a final decision</title>',
    '<desc id="d">A moderator answers a report within five days; if not, the Secretary and then the Executive are '
    "added. The author is told why in writing and may appeal to a moderator, and then to the Executive, whose "
    "decision is final.</desc>",
    f"<defs>{head('way', ACCENT)}{head('late', AMBER)}</defs>",
    f'<rect width="960" height="650" rx="14" fill="{PAPER}"/>',
    text(40, 40, "WHAT HAPPENS", size=13, fill=ACCENT, weight=600),
    text(560, 40, "IF NOBODY ANSWERS IN TIME", size=13, fill=AMBER, weight=600),
    box(40, 64, 400, "Somebody reports a problem", "with or without a name; gets a 16-digit code",
        "and can follow what happens"),
    box(40, 190, 400, "A moderator decides, within 5 days", "no breach · robust criticism, protected ·",
        "remove · reject · warn: always with reasons", stroke=ACCENT),
    box(560, 205, 360, "The Secretary is added, 5 days more", fill=CREAM, stroke="#dcc48f"),
    box(560, 289, 360, "The Executive is added", fill=CREAM, stroke="#dcc48f"),
    box(40, 316, 400, "The author is told why, in writing", "their words, the rule, the reasons, and how to",
        "appeal; “this is not a disciplinary matter”"),
    box(40, 442, 400, "A moderator looks again, within 5 days", "another one where there is one:",
        "the decision stands, or is overturned", stroke=ACCENT),
    box(560, 442, 360, "The Executive has the last word", "within 28 days; at least 3 members, none who",
        "decided before or has an interest; votes and", "reasons in a minute that each confirms",
        fill=TINT, stroke=ACCENT),
    box(40, 572, 400, "Final, and locked", fill=TINT, stroke=ACCENT),
    arrow((240, 146), (240, 186)),
    arrow((240, 272), (240, 312)),
    note(254, 298, "when a post is in breach"),
    arrow((240, 398), (240, 438)),
    note(254, 424, "an appeal: to disagree is enough"),
    arrow((440, 483), (556, 483)),
    note(452, 473, "still unhappy?"),
    arrow((240, 524), (240, 568)),
    note(254, 551, "overturned, or nobody goes on"),
    arrow((740, 544), (740, 598), (446, 598)),
    note(560, 618, "its word is final"),
    arrow((440, 231), (556, 231), late=True),
    arrow((740, 257), (740, 285), late=True),
    text(560, 370, "Each is added once, by itself, on the record.", size=13, fill=SOFT),
    text(560, 390, "Whoever had the duty before can still answer.", size=13, fill=SOFT),
    text(560, 410, "The same holds for appeals.", size=13, fill=SOFT),
    "</svg>",
]  # fmt: skip

if __name__ == "__main__":
    OUT.write_text("\n".join(PARTS) + "\n", encoding="utf-8")
