"""The pictures of the main pages: all of them, in each look, and small."""

import re

from tests.places import PROJECT

SCREENS = PROJECT / "docs" / "screens"


def test_each_of_the_main_pages_is_shown_wide_and_narrow_light_and_dark_and_nothing_else() -> None:
    main = re.search(r"^MAIN = \((.*?)\)$", (PROJECT / "scripts" / "screens_of.py").read_text(), re.M | re.S)
    assert main is not None
    names = re.findall(r'"([a-z-]+)"', main[1])
    assert len(names) == len(set(names)) >= 10
    looks = [f"{width}-{scheme}" for width in (1280, 390) for scheme in ("light", "dark")]
    assert {file.name for file in SCREENS.iterdir()} == {f"{name}-{look}.webp" for name in names for look in looks}


def test_the_pictures_stay_small() -> None:
    assert sum(file.stat().st_size for file in SCREENS.iterdir()) < 4_000_000
