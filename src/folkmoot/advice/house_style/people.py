"""Attacks on people rather than on what they did (P6): what the models found, if they were asked, and words of our own.

Whoever holds an office is criticised for what they decide. That a budget is a disgrace is about the budget, and fine.
"""

from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.phrases import Match, Word, each, listed
from folkmoot.advice.house_style.post import Post
from folkmoot.kernel.said import gettext

_TITLES = each("cllr cllrs councillor councillors mr mrs ms miss dr sir dame lord lady mp mps")
_OFFICES = each(
    "mp mps councillor councillors cllr mayor leader chair chairman chairwoman chairperson minister secretary "
    "deputy candidate opponent opponents officer officers politician politicians msp chancellor treasurer "
    "moderator tory tories"
)
_PRONOUNS = each("he she you")
_IS = each("is are was were has have had been remains be being always ever still really truly just")
_OWN_VERB = each("he's she's you're")
_FILLERS = each(
    "a an the such total complete absolute utter real nothing but no more than bit of and pathetic proper "
    "right one most"
)
_BACK = 10  # words that are looked at before the name that somebody is called


def look(post: Post) -> Iterator[Note]:
    """Yield where a person is attacked; what stands in quotation marks is somebody else's words."""
    for finding in post.attacks:
        yield Note("people", "P6", finding.start, finding.end, finding.why, _instead())
    for found in listed("of_people").found(post.words):
        if not post.quoted(found.start, found.end):
            yield _note(post, found.start, found.end)
    for found in listed("names_for_people").found(post.words):
        first = _person_before(post, found)
        if first is None and _title_after(post, found):
            first = found.first
        if first is not None and not post.quoted(found.start, found.end):
            last = found.last + (first == found.first)
            yield _note(post, post.words[first].start, post.words[last].end)


def _note(post: Post, start: int, end: int) -> Note:
    said = " ".join(post.raw[start:end].split())[:80]
    why = gettext("“%(said)s” is about the person, not about what was done.") % {"said": said}
    return Note("people", "P6", start, end, why, _instead())


def _instead() -> str:
    return gettext("Say what was decided or done, and what it means for people: as hard as you like.")


def _person_before(post: Post, found: Match) -> int | None:
    """Return the number of the word with which it begins when the phrase is said of a person: "Cllr Ash is a …"."""
    words, at = post.words, found.first
    lowest = max(0, at - _BACK)
    while at > lowest and words[at].joined and (words[at - 1].text in _FILLERS or words[at - 1].text.endswith("ly")):
        at -= 1
    verb = at
    while verb > lowest and words[verb].joined and words[verb - 1].text in _IS:
        verb -= 1
    if at > 0 and words[at].joined and words[at - 1].text in _OWN_VERB:
        return at - 1
    if verb == at or verb == 0 or not words[verb].joined:
        return None
    return _person(post, words, verb - 1, lowest)


def _person(post: Post, words: list[Word], last: int, lowest: int) -> int | None:
    """Return the first word of the person whom words up to `last` name, or `None` when they name none."""
    if words[last].text in _PRONOUNS or words[last].text in _OFFICES:
        return last
    at = last
    while at > max(lowest, last - 3) and words[at].joined and post.raw[words[at].start].isupper():
        if words[at - 1].text in _TITLES:
            return at - 1
        at -= 1
    return None


def _title_after(post: Post, found: Match) -> bool:
    """Return whether somebody's title and name follow at once, as in "clueless Cllr Ash"."""
    words, following = post.words, found.last + 1
    if following + 1 >= len(words) or not words[following].joined:
        return False
    name = post.raw[words[following + 1].start]
    return words[following].text in _TITLES and name.isupper()
