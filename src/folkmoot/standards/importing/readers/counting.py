"""Counting as lists do."""


def counted(value: int, numbering: str) -> str:
    """Return 3 as "3", "c", "C", "iii" or "III", as `numbering` ("1", "a", "A", "i", "I") counts."""
    if numbering in {"a", "A"} and 1 <= value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter.upper() if numbering == "A" else letter
    if numbering in {"i", "I"} and 1 <= value < 40:
        ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
        roman = "x" * (value // 10) + ones[value % 10]
        return roman.upper() if numbering == "I" else roman
    return str(value)
