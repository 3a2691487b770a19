"""Checks the contrast pairs that the model learns from: python -m training.check_pairs [FILE...]

Every pair is two written sentences. With names, numbers, places and bodies masked, no sentence's skeleton may stand in
two pairs, and none may be nearly another's; nor may one of the test sentences, or of those of the audit, be there,
nearly or quite. Prints how many there are of what; ends with 1 where something is amiss, and says where.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from training.sets import AUDIT, GROUNDS, KINDS, PAIRS, TEST

AIMS = ("person", "group", "policy", "organisation", "office", "nobody")
FIELDS = {"id", "pair", "text", "register", "flag", *KINDS, "hate_ground", "aimed_at", "phenomenon"}
NEARLY = 88  # of 100, by `rapidfuzz.fuzz.ratio`, at which two skeletons are one sentence filled in twice
_SHARED = 3  # runs of three words that two skeletons share before they are compared

_BODIES = (
    r"(?:parish|town|city|county|borough|district|community|unitary|branch|ward|local)?\s?"
    r"(?:council|councils|cabinet|executive|committee|panel|branch|party|board|authority|trust|assembly|parliament|"
    r"senedd|holyrood|westminster|labour|tories|tory|conservatives|lib dems|liberal democrats|greens|snp|plaid|reform|"
    r"dup|sdlp|sinn fein)\b"
)
_MASKS = (
    (re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+"), " LINK "),
    (re.compile(r"@\w+"), " NAME "),
    (re.compile(r"[#£$€]?\d[\d.,:/%-]*(?:st|nd|rd|th|pm|am|k|m|bn|p)?\b"), " NUMBER "),
    (re.compile(r"\b(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord)\.?\s"), " "),
    (re.compile(rf"\b{_BODIES}", re.IGNORECASE), " BODY "),
    (re.compile(r"(?<=[\w,;:'’)] )(?:[A-Z][\w'’-]+\s?)+"), " NAME "),
)
_ONE_OF = re.compile(r"(?:\b(NAME|NUMBER|BODY|LINK)\b\s*)+")


def main() -> None:
    """Check the files named, or all there are."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(PAIRS.glob("*.jsonl"))
    rows = list(_read(files))
    kept = [*_read([TEST]), *(row | {"pair": row["id"]} for row in _read([AUDIT]))]
    faults = [*_faults_of_form(rows), *_faults_of_pairs(rows), *faults_of_skeletons(rows, kept)]
    for fault in faults[:200]:
        print(fault)
    skeletons = {skeleton(row["text"]) for row in rows}
    print(
        f"{len(rows):,} sentences in {len({row['pair'] for row in rows}):,} pairs, "
        f"distinct skeletons: {len(skeletons):,}"
    )
    print(f"flagged {sum(row['flag'] for row in rows):,}; " + _counts(h for row in rows for h in KINDS if row[h]))
    for field in ("aimed_at", "hate_ground", "phenomenon", "register"):
        print(f"{field}: " + _counts(str(row[field]) for row in rows))
    if faults:
        sys.exit(f"{len(faults):,} faults")


def skeleton(text: str) -> str:
    """Return `text` in lower case with names, numbers, places and bodies masked, and no other signs than letters."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    text = " ".join(re.findall(r"[^\W_]+", text))
    return _ONE_OF.sub(lambda found: f"{found[1]} ", text).lower().strip()


def _read(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                yield json.loads(line) | {"at": f"{file.name}:{number}"}
            except json.JSONDecodeError as error:
                sys.exit(f"{file.name}:{number} is no JSON: {error}")


def _faults_of_form(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if set(row) - {"at"} != FIELDS:
            yield f"{row['at']}: fields are {sorted(set(row) ^ FIELDS - {'at'})} too many or too few"
            continue
        if row["flag"] != any(row[head] for head in KINDS):
            yield f"{row['at']}: flag is to be true exactly where a head is 1"
        if (row["hate_ground"] in GROUNDS) != bool(row["hate"]) or (not row["hate"] and row["hate_ground"] is not None):
            yield f"{row['at']}: a ground of hate goes with hate, and only then"
        if row["aimed_at"] not in AIMS:
            yield f"{row['at']}: aimed at {row['aimed_at']!r}"
        if len(row["text"].split()) < 2 or len(row["text"]) > 1500:
            yield f"{row['at']}: too short or too long"


def _faults_of_pairs(rows: list[dict[str, Any]]) -> Iterator[str]:
    for name, times in Counter(row["id"] for row in rows).items():
        if times > 1:
            yield f"{name} stands there {times} times"
    for name, times in Counter(row["pair"] for row in rows).items():
        if times != 2:
            yield f"pair {name} has {times} sentences"


def faults_of_skeletons(rows: list[dict[str, Any]], kept: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what is wrong where a row is nearly one of another pair, or of those kept for testing."""
    seen = list[tuple[str, dict[str, Any]]]()
    by_run = defaultdict[str, list[int]](list)
    for row in [*kept, *rows]:  # first those that nothing is learnt from
        mine = skeleton(row["text"])
        words = mine.split()
        runs = {" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))}
        shared = Counter(other for run in runs for other in by_run[run][:200])
        for other, times in shared.items():
            said, of = seen[other]
            if times >= min(_SHARED, len(runs)) and of["pair"] != row["pair"] and fuzz.ratio(mine, said) >= NEARLY:
                yield f"{row['at']} {row['id']} is nearly {of['at']} {of['id']}: {mine!r}"
                break
        for run in runs:
            by_run[run].append(len(seen))
        seen.append((mine, row))


def _counts(words: Iterable[str]) -> str:
    return ", ".join(f"{word} {times:,}" for word, times in Counter(words).most_common())


if __name__ == "__main__":
    main()
