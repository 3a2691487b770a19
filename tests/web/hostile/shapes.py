"""Pages as a real browser reads them: which elements and attributes there are, which addresses, which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_READ = """
([pages, wanted]) => pages.map(html => {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const all = [...page.querySelectorAll('*'), ...[...page.querySelectorAll('template')].flatMap(
    one => [...one.content.querySelectorAll('*')])]
  const shape = all.map(one => one.tagName + ' ' + one.getAttributeNames().sort().join(' '))
  const names = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'srcset', 'xlink:href', 'hx-get', 'hx-post']
  const addresses = all.flatMap(one => names.filter(name => one.hasAttribute(name)).map(name => one.getAttribute(name)))
  const scripts = [...page.querySelectorAll('script:not([src])')].map(one => one.type)
  const forms = [...page.querySelectorAll('form')].map(form => ({
    action: form.getAttribute('action') || '', method: form.method,
    fields: [...form.elements].filter(one => one.name && !one.disabled).map(
      one => [one.name, one.type, one.value, Boolean(one.checked)])}))
  for (const one of page.querySelectorAll('.unseen'))
    one.replaceWith(String.fromCodePoint(parseInt(one.dataset.code, 16)))
  const flat = text => text.replace(/\\s+/g, ' ')
  const values = all.flatMap(one => one.getAttributeNames().map(name => one.getAttribute(name)))
  const said = flat([page.title, page.body.textContent, ...values].join('\\n'))
  const found = wanted.flatMap((text, at) => said.includes(flat(text)) ? [at] : [])
  return {shape, addresses, scripts, forms, found}
})
"""


@dataclass(frozen=True)
class Shape:
    """What one page is made of. `found` are the numbers of the wanted texts that stand in it, letter for letter."""

    elements: list[str]  # each as its name and those of its attributes, in the page's order
    addresses: list[str]
    scripts: list[str]  # the types of scripts that stand in the page itself
    forms: list[dict[str, Any]]
    found: frozenset[int]


def read(reader: Page, pages: Sequence[str], wanted: Sequence[str] = ()) -> list[Shape]:
    """Return the shape of each of `pages` (HTML), as Chromium parses it; nothing in them is run or loaded."""
    found = []
    for at in range(0, len(pages), 20):
        for one in reader.evaluate(_READ, [pages[at : at + 20], list(wanted)]):
            shape = Shape(one["shape"], one["addresses"], one["scripts"], one["forms"], frozenset(one["found"]))
            found.append(shape)
    return found


def differs(harmless: Shape, hostile: Shape) -> str:
    """Return the first element in which two pages differ, or nothing."""
    pairs = zip(harmless.elements, hostile.elements, strict=False)
    number, both = next(((at, pair) for at, pair in enumerate(pairs) if pair[0] != pair[1]), (0, ("", "")))
    if both != ("", ""):
        return f"element {number}: {both[0]!r} became {both[1]!r}"
    if len(harmless.elements) != len(hostile.elements):
        return f"{len(harmless.elements)} elements became {len(hostile.elements)}"
    return ""
