"""Somebody with a keyboard and nothing else: Tab, Enter, Space, arrows, letters."""

from playwright.sync_api import Page

from tests.journeys.somebody import MILLISECONDS

FAR = 150  # so many times is Tab pressed before something counts as out of reach
_NAME = """() => {
  const part = document.activeElement;
  const label = part.labels?.[0] ?? part;
  return (part.ariaLabel || label.innerText || part.textContent || "").trim().replace(/\\s+/g, " ");
}"""
_IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const there = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + box.height / 2, box.top + 12));
  const label = document.activeElement.closest("label");
  return [document.activeElement, label].some((part) => part?.contains(there));
}"""


class Keyboard:
    """The keyboard at a page; what is reached has the focus, and stands in sight."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def goes(self, key: str, address: str) -> None:
        """Press a key that leads to another page, whose address is like `address`."""
        self.press(key)
        self.page.wait_for_url(address, timeout=MILLISECONDS)
        self.page.wait_for_load_state()

    def type(self, text: str) -> None:
        """Type `text` where the focus is."""
        self.page.keyboard.insert_text(text)

    def reach(self, name: str) -> None:
        """Press Tab until something whose name begins with `name` has the focus."""
        passed = []
        for _time in range(FAR):
            self.press("Tab")
            passed.append(self.name)
            if self.name.startswith(name):
                assert self.page.evaluate(_IN_SIGHT), f"{name!r} has the focus, and something stands above it"
                return
        raise AssertionError(f"{name!r} is out of reach; Tab led to: {list(dict.fromkeys(passed))}")

    def choose(self, first: str, answer: str) -> None:
        """Reach the question whose first answer is `first`, and go down to `answer` with the arrows."""
        self.reach(first)
        self.press("Space")
        for _time in range(20):
            if self.name.startswith(answer):
                return
            self.press("ArrowDown")
        raise AssertionError(f"no answer {answer!r} below {first!r}")

    @property
    def name(self) -> str:
        """Return the name of what has the focus, as a screen reader would begin to say it."""
        return str(self.page.evaluate(_NAME))
