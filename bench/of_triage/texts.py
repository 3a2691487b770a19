"""What is judged: the test rows of every set, our own test sentences, the audit, templates of identity words."""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from training.sets import AUDIT, TEST, Row, every_row

CRITICISM = ("governments", "parties", "religions' institutions", "conduct in office")
FORCEFUL = frozenset(
    {
        "policy v. person",
        "conduct in office v. the person",
        "profanity at policy v. at a person",
        "protected group: policy debate v. hate",
        "metaphorical violence v. threat",
        "dehumanising comparison: group v. policy",
        "sarcasm v. bullying and shaming",
        "pile-on v. lobbying",
        "accusation as fact v. question or comment on the record",
        "benefits and class",
        "dialect, typos, txt and emoji",
        "long posts and polite venom",
    }
)
"""Where the sentence that is not in breach is forceful criticism, if it is aimed at a policy, body or office."""
OF_TERM = 50  # templates of each kind for an identity word

GROUND_OF = {
    "orientation": "lesbian gay bisexual queer lgbt lgbtq homosexual straight heterosexual",
    "gender identity": "transgender trans nonbinary",
    "sex": "male female",
    "race": "african,african american,black,white,european,hispanic,latino,latina,latinx,mexican,canadian,american,"
    "asian,indian,middle eastern,chinese,japanese",
    "religion": "christian muslim jewish buddhist catholic protestant sikh taoist",
    "age": "old,older,young,younger,teenage,millenial,middle aged,elderly",
    "disability": "blind deaf paralyzed",
}


@dataclass(frozen=True, slots=True)
class Ours:
    """One of our own test sentences."""

    id: str
    text: str
    labels: dict[str, int]
    phenomenon: str
    aimed_at: str

    @property
    def is_forceful_criticism(self) -> bool:
        """Whether it is criticism of a policy, a body or conduct in office that must not be flagged."""
        at_power = self.aimed_at in ("policy", "organisation", "office")
        return not self.labels["flag"] and at_power and self.phenomenon in FORCEFUL


@dataclass(frozen=True, slots=True)
class Audited:
    """One sentence of the audit: none may be flagged."""

    id: str
    text: str
    kind: str
    ground: str


@dataclass(frozen=True, slots=True)
class Template:
    """A made-up sentence with an identity word in it, hateful or not."""

    text: str
    term: str
    ground: str
    toxic: int


def rows_to_test(data: Path, most: int) -> dict[str, list[Row]]:
    """Return the test rows of each set, our own left out; of each at most `most`, the same ones each time."""
    found = defaultdict[str, list[Row]](list)
    for row in every_row(data):
        if row.split == "test" and row.source != "contrast":
            found[row.source].append(row)
    return {name: [rows[at] for at in some([row.text for row in rows], most)] for name, rows in found.items()}


def some(said: list[str], most: int) -> list[int]:
    """Return the places of at most `most` texts, the same ones each time; of all where it is 0."""
    order = sorted(range(len(said)), key=lambda at: crc32(said[at].encode("utf-8", "surrogatepass")))
    return sorted(order[:most]) if most else list(range(len(said)))


def ours() -> list[Ours]:
    """Return our own test sentences."""
    heads = ("flag", "insult", "harassment", "threat", "hate", "sexual", "spam")
    return [
        Ours(said["id"], said["text"], {head: int(said[head]) for head in heads}, said["phenomenon"], said["aimed_at"])
        for said in map(json.loads, TEST.read_text(encoding="utf-8").splitlines())
    ]


def audit() -> list[Audited]:
    """Return the sentences of the audit."""
    return [
        Audited(said["id"], said["text"], said["kind"], said["ground"] or "")
        for said in map(json.loads, AUDIT.read_text(encoding="utf-8").splitlines())
    ]


def templates(data: Path, of_term: int = OF_TERM) -> list[Template]:
    """Return for each identity word as many templates of either kind, those in which most is said first."""
    by_term = defaultdict[tuple[str, int], list[tuple[bool, int, str]]](list)
    with (data / "madlibs" / "en_sentence_templates.csv").open(encoding="utf-8", newline="") as stream:
        for said in csv.DictReader(stream):
            term = next((term for term in _LONGEST_FIRST if said["phrase"].endswith(f" {term}")), "")
            if said["template"] == "being_adj":
                term = next((term for term in _LONGEST_FIRST if said["phrase"].startswith(f"Being {term} ")), "")
            if term:
                order = (said["template"] == "name_adj", crc32(said["phrase"].encode()), said["phrase"])
                by_term[term, int(said["toxicity"] == "toxic")].append(order)
    return [
        Template(text, term, _TERMS[term], toxic)
        for (term, toxic), found in sorted(by_term.items())
        for _, _, text in sorted(found)[:of_term]
    ]


_TERMS = {
    term: ground for ground, said in GROUND_OF.items() for term in (said.split(",") if "," in said else said.split())
}
_LONGEST_FIRST = sorted(_TERMS, key=lambda term: -len(term))
