"""The labelled sets that triage learns from and is measured on, each read into the same rows.

A set says only of some heads whether they hold; of the others it says nothing (`None`), and nothing is learnt from it
there. Where each set comes from, under which licence, and how its labels became ours: docs/triage.md.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

csv.field_size_limit(sys.maxsize)
KINDS = ("insult", "harassment", "threat", "hate", "sexual", "spam")
"""Kinds of breach that a sentence of ours names."""
HEADS = ("flag", *KINDS, "policy")
"""What is learnt: a likely breach at all; its kinds; and whether it is aimed at a policy, body or office instead."""
GROUNDS = ("race", "religion", "sex", "orientation", "gender identity", "disability", "age")
"""Protected grounds of hate (Sd), learnt from the rows that name one."""

PAIRS = Path(__file__).parent / "contrast" / "pairs"
TEST = Path(__file__).parent / "contrast" / "test.jsonl"
AUDIT = Path(__file__).parent / "contrast" / "audit.jsonl"


@dataclass(frozen=True, slots=True)
class Row:
    """One text with what is known of it: for each head 1, 0, or nothing said."""

    text: str
    source: str
    split: str  # train, dev or test
    labels: dict[str, int] = field(default_factory=dict)
    ground: str = ""


def every_row(data: Path) -> Iterator[Row]:
    """Yield the rows of all sets, the contrast pairs among them; sets that are not in `data` are left out, aloud."""
    for name, read in _SETS.items():
        if not (data / name).exists():
            print(f"{name} is not there and is left out", file=sys.stderr)
            continue
        yield from read(data / name)
    yield from contrast()


def contrast() -> Iterator[Row]:
    """Yield our own pairs: nine of ten pairs to train on, the tenth to choose by; and the test sentences."""
    for file in [*sorted(PAIRS.glob("*.jsonl")), TEST]:
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            split = "test" if file == TEST else "dev" if said["pair"].endswith("7") else "train"
            labels = {head: int(said[head]) for head in HEADS if head in said}
            labels["policy"] = int(said["aimed_at"] in ("policy", "organisation", "office"))
            yield Row(said["text"], "contrast", split, labels, said["hate_ground"] or "")


def _edos(folder: Path) -> Iterator[Row]:
    for said in _table(folder / "edos_labelled_aggregated.csv"):
        sexist = said["label_sexist"] == "sexist"
        labels = {"hate": int(sexist), "threat": int(said["label_category"].startswith("1."))}
        yield Row(
            said["text"], "edos", said["split"], labels | ({"flag": 1} if sexist else {}), "sex" if sexist else ""
        )


def _davidson(folder: Path) -> Iterator[Row]:
    for number, said in enumerate(_table(folder / "labeled_data.csv")):
        # "offensive" there is mostly swearing among friends: of a breach it says nothing
        labels = {
            "0": {"hate": 1, "flag": 1},
            "1": {"hate": 0},
            "2": {"hate": 0, "flag": 0, "insult": 0, "threat": 0},
        }[said["class"]]
        yield Row(said["tweet"], "davidson", _every_tenth(number), labels)


def _measuring_hate_speech(folder: Path) -> Iterator[Row]:
    for split, name in (("train", "train_20692.csv"), ("dev", "dev_500.csv"), ("test", "test_2000.csv")):
        for said in _table(folder / name):
            hate = int(said["label"])
            yield Row(said["text"], "ken20_mhs", split, {"hate": hate, "flag": hate})


def _implicit_hate(folder: Path) -> Iterator[Row]:
    kinds = {
        said["post"]: said["implicit_class"]
        for said in _table(folder / "implicit_hate_v1_stg2_posts.tsv", delimiter="\t")
    }
    for number, said in enumerate(_table(folder / "implicit_hate_v1_stg1_posts.tsv", delimiter="\t")):
        hate = int(said["class"] != "not_hate")
        labels = {"hate": hate} | ({"flag": 1} if hate else {})
        if kinds.get(said["post"]) == "threatening":
            labels["threat"] = 1
        yield Row(said["post"], "implicit_hate", _every_tenth(number), labels)


def _toxigen(folder: Path) -> Iterator[Row]:
    for number, said in enumerate(_table(folder / "toxigen.csv")):
        text = said["text"].removeprefix("b'").removeprefix('b"').rstrip("'\"")
        score = float(said["toxicity_human"])
        if not 2 < score < 4:  # what the readers did not agree on teaches nothing
            hate = int(score >= 4)
            ground = _ground(said["target_group"]) if hate else ""
            yield Row(text, "toxigen_annotated", _every_tenth(number), {"hate": hate, "flag": hate}, ground)


def _guest(folder: Path) -> Iterator[Row]:
    by_text: dict[str, tuple[Counter[str], str]] = {}
    for said in _table(folder / "final_labels.csv"):
        by_text.setdefault(said["body"], (Counter(), said["split"]))[0][said["level_1"]] += 1
    for text, (votes, split) in by_text.items():
        hate = int(votes.most_common(1)[0][0] == "Misogynistic")
        yield Row(text, "guest_misogyny", split, {"hate": hate} | ({"flag": 1} if hate else {}), "sex" if hate else "")


def _hatemoji(folder: Path) -> Iterator[Row]:
    for split, name in (("train", "train"), ("dev", "validation"), ("test", "test")):
        for said in _table(folder / f"HatemojiBuild_{name}.csv"):
            hate = int(said["label_gold"])
            labels = {"hate": hate, "threat": int(said["type"] == "threateninglanguage")}
            ground = _ground(said["target"].strip("[]'").partition("'")[0]) if hate else ""
            yield Row(said["text"], "hatemoji", split, labels | ({"flag": 1} if hate else {}), ground)
    for said in _table(folder / "HatemojiCheck_test.csv"):
        yield Row(said["text"], "hatemoji_check", "test", {"hate": int(said["label_gold"])}, said["target"])


def _convabuse(folder: Path) -> Iterator[Row]:
    for split, name in (("train", "train"), ("test", "test")):
        for number, said in enumerate(_table(folder / f"ConvAbuseEMNLP{name}.csv")):
            votes = Counter[str]()
            for key, value in said.items():
                if value in ("1", "1.0"):
                    votes[key.partition("_")[2]] += 1
            abuse = sum(votes[f"is_abuse.-{level}"] for level in (1, 2, 3))
            decent = votes["is_abuse.1"] + votes["is_abuse.0"]
            if abuse == decent:
                continue
            flag = int(abuse > decent)
            labels = {"flag": flag, "sexual": int(flag and votes["sex_harassment"] * 2 > abuse)}
            if flag:
                labels["insult"] = int((votes["intellectual"] + votes["target.system"]) * 2 > abuse)
            else:
                labels |= {"insult": 0, "hate": 0, "threat": 0}
            yield Row(said["user"], "convabuse", _every_tenth(number) if split == "train" else split, labels)


def _surge(folder: Path) -> Iterator[Row]:
    for number, said in enumerate(_table(folder / "toxicity_en.csv")):
        toxic = int(said["is_toxic"] == "Toxic")
        yield Row(
            said["text"], "surge_toxicity", _every_tenth(number), {"flag": toxic} | ({} if toxic else {"hate": 0})
        )


def _sms(folder: Path) -> Iterator[Row]:
    for number, line in enumerate((folder / "SMSSpamCollection").read_text(encoding="utf-8").splitlines()):
        kind, _, text = line.partition("\t")
        spam = int(kind == "spam")
        yield Row(text, "sms_spam", _every_tenth(number), {"spam": spam, "flag": spam, "hate": 0, "threat": 0})


def _youtube(folder: Path) -> Iterator[Row]:
    for file in sorted(folder.glob("*.csv")):
        for number, said in enumerate(_table(file)):
            spam = int(said["CLASS"])
            yield Row(
                said["CONTENT"], "youtube_spam", _every_tenth(number), {"spam": spam} | ({"flag": 1} if spam else {})
            )


_GROUPS = {
    "religion": ("mus", "jew", "sikh", "hind"),
    "sex": ("wom",),
    "orientation": ("gay", "bis", "lgbtq"),
    "gender identity": ("trans",),
    "disability": ("dis", "mental_dis", "physical_dis"),
    "race": (
        *("bla", "asi", "arab", "trav", "immig", "ref", "ethmin", "hisp", "mix", "afr", "nat", "ind", "mex", "chinese"),
        *("latino", "middle_east"),
    ),
}
_SETS = {
    "edos": _edos,
    "davidson": _davidson,
    "ken20_mhs": _measuring_hate_speech,
    "implicit_hate": _implicit_hate,
    "toxigen_annotated": _toxigen,
    "guest_misogyny": _guest,
    "hatemoji": _hatemoji,
    "convabuse": _convabuse,
    "surge_toxicity": _surge,
    "sms_spam": _sms,
    "youtube_spam": _youtube,
}


def _table(file: Path, *, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=delimiter):
            yield {key: value or "" for key, value in row.items() if key is not None}


def _ground(target: str) -> str:
    """Return which protected ground a set's name for a group is; nothing for what is none or unclear."""
    return next((ground for ground, names in _GROUPS.items() if target.startswith(names)), "")


def _every_tenth(number: int) -> str:
    """Return the split of a row of a set that came without: one in ten to choose by, one in ten to test."""
    return {3: "dev", 7: "test"}.get(number % 10, "train")
