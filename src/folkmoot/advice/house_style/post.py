"""A post as the points of the house style read it: its words, its sentences, what is quoted, and what is English."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from folkmoot.advice.house_style.language import english_lines
from folkmoot.advice.house_style.note import Language
from folkmoot.advice.house_style.phrases import Word, words_of
from folkmoot.detectors.finding import Finding
from folkmoot.kernel.reading import sentence_spans

_PIECE = re.compile(r"\S+")
_SITE = re.compile(r"[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.[a-z]{2,10}(?:/.*)?", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”\n]{1,400}”|\"[^\"\n]{1,400}\"|‘[^‘’\n]{1,400}’(?!\w)")

_IMPRINT = re.compile(
    r"\b(?:(?:printed,?\s|published,?\s|produced,?\s|and\s|&\s){0,4}promoted(?:\s(?:and|&)\s(?:published|printed))?\sby|hyrwyddwyd\s(?:a\schyhoeddwyd\s)?gan|"
    r"published\s(?:and|&)\spromoted\sby|imprint:)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `text[start:end]` and how many words it has, as people count them."""

    start: int
    end: int
    words: int


class Post:
    """A draft of a post of the organisation's own. `raw` is never changed, and every span points into it.

    `campaign` when whoever writes says that it is campaign material. `attacks` are the findings of the models that
    judged it, if they were asked and think that it attacks somebody.
    """

    def __init__(self, raw: str, *, campaign: bool = False, attacks: tuple[Finding, ...] = ()) -> None:
        self.raw = raw
        self.campaign = campaign
        self.attacks = attacks

    @cached_property
    def plain(self) -> str:
        """The text, of the same length, with blanks for links, addresses, handles and hashtags: no words to read."""
        return _PIECE.sub(_blanked, self.raw)

    @cached_property
    def words(self) -> list[Word]:
        """The words in small letters, each with its place; "decision-making" is two."""
        return words_of(self.plain)

    @cached_property
    def english(self) -> list[tuple[int, int]]:
        """The lines in English, by their places."""
        return english_lines(self.plain, self.words)

    @cached_property
    def language(self) -> Language:
        """How much of it is English."""
        if not self.english:
            return Language.OTHER
        read = sum(len(self.plain[start:end].strip()) for start, end in self.english)
        return Language.ENGLISH if read == sum(map(len, map(str.strip, self.plain.splitlines()))) else Language.PARTLY

    @cached_property
    def imprint(self) -> re.Match[str] | None:
        """Where an imprint begins, in English or Welsh."""
        return _IMPRINT.search(self.raw)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The English sentences in their order, but for the imprint: the law has its wording."""
        imprint = self.imprint.start() if self.imprint else -1
        found = []
        for line_start, line_end in self.english:
            for start, end in sentence_spans(self.plain[line_start:line_end]):
                start, end = start + line_start, end + line_start
                words = sum(any(map(str.isalnum, piece)) for piece in self.plain[start:end].split())
                if words and not start <= imprint < end:
                    found.append(Sentence(start, end, words))
        return found

    @cached_property
    def reads(self) -> str:
        """The English sentences, one in a line: what reading ease is worked out of."""
        return "\n".join(" ".join(self.plain[one.start : one.end].split()) for one in self.sentences)

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the English sentence around a place."""
        at = bisect_right(self.sentences, place, key=lambda one: one.start) - 1
        return self.sentences[at] if at >= 0 and place < self.sentences[at].end else None

    def quoted(self, start: int, end: int) -> bool:
        """Return whether `raw[start:end]` stands in quotation marks: it may be somebody else's words."""
        at = bisect_right(self._quotes, (start, len(self.raw))) - 1
        return at >= 0 and end <= self._quotes[at][1]

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        return [found.span() for found in _QUOTED.finditer(self.raw)]


def _blanked(found: re.Match[str]) -> str:
    piece = found[0]
    core = piece.strip(".,;:!?()[]\"'“”‘’")
    if "://" in core or "@" in core or core.startswith("#") or _SITE.fullmatch(core):
        lead = len(piece) - len(piece.lstrip("([\"'“‘"))
        tail = len(piece.rstrip(".,;:!?)]\"'”’"))
        return piece[:lead] + " " * (max(tail, lead) - lead) + piece[max(tail, lead) :]
    return piece
