"""Characters that look like plain letters, and those that are not seen at all."""

import unicodedata

# Each group: what the eye reads, then what may stand in its place. Folded to lower case before it is looked up.
_GROUPS = """
a аɑαаᴀꭺ⍺ӑӓ
b вьʙᖯβƄб
c сϲⅽᴄꮯ
d ԁɗđᴅժꓒ
e еєεҽᴇꭼɛё
f ғƒꜰẝք
g ɡցɢǥ
h һհнʜħꮋ
i іıɩιɪїͺӏⵏꭵ
j јϳᴊʝ
k кκᴋқҟ
l ⅼʟłꮮℓ
m мⅿᴍꮇ
n пոηɴƞո
o оοօᴏøσⲟ០௦๐໐ס
p рρᴘꮲ
q ԛգ
r гʀᴦꮢɾ
s ѕꜱꮪʂ
t тτᴛŧ
u υսᴜʋцս
v νѵᴠꮩ
w ѡԝᴡωɯա
x хχҳ
y уγүʏÿў
z ᴢʐꮓ
"""
_UNSEEN = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x2800}  # letters and signs that show nothing
_APOSTROPHES = set("'’‘‛ʼʻ`´ʹ′＇")
_ONE_BY_ONE = [  # scripts that put no spaces between words: each character counts as one
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0x20000, 0x3FFFF),
]
_WHITE_ON_BLACK = (0x1F150, 0x1F170)  # circled and squared capitals, which NFKD leaves as they are

_DIGITS = str.maketrans("013457", "oleast")

_LIKE = {
    char: letter
    for letter, _, others in (line.partition(" ") for line in _GROUPS.split("\n") if line)
    for char in others
    if not char.isascii()
}


_MOST_KNOWN = 30_000  # characters whose folding is remembered


class _Folds(dict[int, str]):
    """What each character folds to, found out when it is first met."""

    def __missing__(self, point: int) -> str:
        if len(self) > _MOST_KNOWN:
            self.clear()
        found = self[point] = plain(chr(point))
        return found


FOLDS = _Folds()
"""What each character folds to, for `str.translate`."""


def folds(text: str) -> list[str]:
    """Return what each character of `text` folds to, one piece for each."""
    return [FOLDS[ord(char)] for char in text]


def spelt_out(word: str) -> str:
    """Return a folded word with its digits as the letters for which they are put: "h3ll0"; a number stays a number."""
    if word.isalpha() or word.isdecimal():
        return word
    return word.translate(_DIGITS) if any(map(str.isalpha, word)) else word


def plain(char: str) -> str:
    """Return what one character comes to: plain lower-case letters or digits, a space, or nothing."""
    if char in _APOSTROPHES or ord(char) in _UNSEEN:
        return ""
    for first in _WHITE_ON_BLACK:
        if first <= ord(char) < first + 26:
            return chr(ord("a") + ord(char) - first)
    opened = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(map(_one, opened))


def _one(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Mn", "Me", "Cf", "Cs") or char in _APOSTROPHES or ord(char) in _UNSEEN:
        return ""
    if char in _LIKE:
        return _LIKE[char]
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind[0] not in "LNM":
        return " "
    return f" {char} " if any(first <= ord(char) <= last for first, last in _ONE_BY_ONE) else char
