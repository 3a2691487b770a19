"""How people change a text when they copy it: made by chance, the same each time."""

from bench.of_archive.words import Words

_SWAPS = {  # what looks like these letters
    "a": "аαɑ",
    "c": "сϲ",
    "e": "еℯé",
    "i": "іıí",
    "o": "оοօ0",
    "p": "рρ",
    "s": "ѕꜱ",
    "u": "υս",
    "x": "хχ",
    "y": "уү",
}
_HIDDEN = "\u200b\u200d\u00ad\ufeff"


def written(words: Words, said: list[str]) -> str:
    """Return `said` as sentences."""
    parts = [word if words.random.random() > 0.08 else f"{word}," for word in said]
    return " ".join(parts)[:1].upper() + " ".join(parts)[1:] + words.random.choice((".", ".", "!", "?", ""))


def few(words: Words) -> int:
    """Return a small number."""
    return words.random.randint(3, 12)


def passage(words: Words, said: list[str]) -> list[str]:
    """Return a run of half to nine tenths of `said`, of eight words at least; a short one nearly whole."""
    count = max(min(8, len(said) - 1), int(len(said) * words.random.uniform(0.5, 0.9)))
    at = words.random.randint(0, len(said) - count)
    return said[at : at + count]


def changed(words: Words, said: list[str]) -> list[str]:
    """Return `said` with one word in ten to one in five replaced, misspelt, left out or exchanged with the next."""
    made = list(said)
    for _ in range(max(1, round(len(said) * words.random.uniform(0.1, 0.2)))):
        at = words.random.randrange(len(made) - 1)
        how = words.random.random()
        if how < 0.4:
            made[at] = words.some(1)[0]
        elif how < 0.65:
            made[at] = misspelt(words, made[at])
        elif how < 0.85:
            del made[at]
        else:
            made[at], made[at + 1] = made[at + 1], made[at]
    return made


def with_more(words: Words, said: list[str]) -> list[str]:
    """Return `said` with a word put in for every five to ten."""
    made = list(said)
    for _ in range(max(1, round(len(said) / words.random.uniform(5, 10)))):
        words.put_in(made, words.some(1))
    return made


def misspelt(words: Words, word: str) -> str:
    """Return `word` with a slip of the finger."""
    if len(word) < 4:
        return word
    at = words.random.randrange(1, len(word) - 1)
    return words.random.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at] * 2 + word[at + 1 :], word[:at] + "e" + word[at + 1 :])
    )


def disguised(words: Words, text: str) -> str:
    """Return `text` with three in ten of the letters that have look-alikes exchanged, and hidden characters."""
    made = []
    for char in text:
        swaps = _SWAPS.get(char.lower(), "")
        made.append(words.random.choice(swaps) if swaps and words.random.random() < 0.3 else char)
        if words.random.random() < 0.03:
            made.append(words.random.choice(_HIDDEN))
    return "".join(made)


def quoting(words: Words, own: str, said: list[str]) -> str:
    """Return somebody's `own` words with `said`, or most of it, in quotation marks."""
    quoted = said if words.random.random() < 0.6 else passage(words, said)
    text = f"“{written(words, quoted)}”"
    return f"{own} {text}" if words.random.random() < 0.6 else f"{text} {own}"
