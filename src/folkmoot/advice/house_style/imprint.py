"""Who is behind campaign material, and where they can be written to: the imprint that UK law asks for.

Elections Act 2022, Part 6, for what is digital, and the older Acts for print: name and address of the promoter, and of
anybody else on whose behalf it is published. A paid advert needs one when it is political, whoever pays. What is
not paid for needs one when it is about winning an election, a referendum or a recall and comes from a party, a
candidate, somebody elected or a registered campaigner (the Electoral Commission's statutory guidance). We know neither
who posts nor who pays, so that this says when one is needed and never that the law is broken.
"""

import re
from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.phrases import Match, Phrases, each
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext

_REACH = 400  # characters that an imprint is looked for in, after its first words
_ADDRESS = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\bpo box\b|\bc/o\b|://|\bwww\."
    r"|\b\d{1,4}[a-z]?,? (?:[\w'’-]{1,30} ){0,3}[\w'’-]{2,30}\b"
    r"|\b(?:street|road|lane|avenue|close|square|house|hall|court|terrace|gardens|drive|row|place|heol|stryd|ffordd)\b",
    re.IGNORECASE,
)
_US = each("me us him her them our your a another change")
_ASKS_FOR_VOTES = Phrases(
    (
        "vote for|labour|conservative|green|plaid|snp|reform =",
        "vote lib|liberal dem|dems|democrat|democrats =",
        "elect|reelect cllr|councillor|our|your|me|him|her =",
        "re elect cllr|councillor|our|your|me|him|her =",
        "your vote for|on|to =",
        "polling day =",
        "our|your|labour's candidate|candidates =",
        "labour|conservative|green|independent|reform candidate|candidates =",
        "liberal democrat candidate|candidates =",
        "standing as your|our|the|a|an? labour|conservative|green|independent? candidate|councillor|mp =",
        "standing for council|election|mp|parliament|mayor =",
        "recall petition =",
    )
)


def look(post: Post) -> Iterator[Note]:
    """Yield that an imprint is missing or not whole, where the post is campaign material or looks like it."""
    begins = post.imprint
    if begins:
        end = min(len(post.raw), begins.start() + _REACH)
        if not _ADDRESS.search(post.raw, begins.end(), end):
            line = post.raw.find("\n", begins.end(), end)
            yield Note("imprint", "Se", begins.start(), line if line > 0 else end, *_no_address())
        return
    if post.campaign and post.raw.strip():
        yield Note("imprint", "Se", *_whole(post.raw), *_missing())
        return
    likely = next((one for one in _ASKS_FOR_VOTES.found(post.words) if _of_somebody(post, one)), None)
    if likely:
        yield Note("imprint", "Se", likely.start, likely.end, *_may_need_one())


def _whole(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _of_somebody(post: Post, found: Match) -> bool:
    """Return whether it is for somebody: the council may vote for a plan, and "Vote for Dana" has a name."""
    if post.words[found.first].text != "vote" or found.last + 1 >= len(post.words):
        return True
    following = post.words[found.last + 1]
    return post.words[found.last].text != "for" or following.text in _US or post.raw[following.start].isupper()


def _no_address() -> tuple[str, str]:
    return (
        gettext("The imprint has no postal address that we can see. UK law asks for a name and a postal address."),
        _form(),
    )


def _missing() -> tuple[str, str]:
    return (
        gettext(
            "You say that this is campaign material, and it has no imprint. In the UK a paid political advert needs "
            "one. So does a post about winning an election, if it comes from a party, a candidate, somebody elected or "
            "a registered campaigner. So does anything like it in print."
        ),
        _form(),
    )


def _may_need_one() -> tuple[str, str]:
    return (
        gettext(
            "This reads as if it may be campaign material. If it is to win votes, UK law asks for an imprint: who is "
            "behind it, and a postal address."
        ),
        _form(),
    )


def _form() -> str:
    return gettext(
        "Add: “Promoted by (name) on behalf of (name), both of (postal address).” If there is no room for it in the "
        "post, it must be one click away, such as in the profile. On paper, name and address of the printer, too."
    )
