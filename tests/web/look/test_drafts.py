"""Every form for more than a few words keeps a draft; every form with a draft can say so, and what it says."""

import re
from pathlib import Path

from tests.places import PROJECT

ROOMS = [PROJECT / f"src/folkmoot/web/{room}/templates" for room in ("desk", "panel", "public")]
TEMPLATES = sorted(path for room in ROOMS for path in room.rglob("*.html"))
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)

# Forms that keep nothing, and why.
WITHOUT = {
    "own_accounts.html": "a name and a place",
    "seal.html": "what it is about should leave no trace on a device",
    "earlier.html": "a reason in a few words, for reading",
    "history.html": "likewise",
    "interest.html": "it stays sealed: so it is not left on a device either",
    "case.html": "likewise",
    "tokens.html": "a name and ticks",
    "away.html": "days and a name",
    "views.html": "a name",
    "many.html": "ticks",
    "track.html": "the code, which is a key",
    "checking.html": "it says that nothing of the text is kept",
    "house_style.html": "it says so, too",
}


def test_what_is_typed_into_a_form_is_kept_or_there_is_a_reason() -> None:
    wrong = []
    for path in TEMPLATES:
        for tag, inside in _forms(path):
            asks = any(part in inside for part in ("form_field.html", "<textarea", "_finding.html"))
            if asks and "data-draft" not in tag and path.name not in WITHOUT:
                wrong.append(f"{path.name}: {tag}")
            if "data-draft=" in tag and "look/parts/draft.html" not in inside:
                wrong.append(f"{path.name} keeps a draft, and cannot say so")
            if "data-draft-sends=" in tag and "look/parts/unsent.html" not in inside:
                wrong.append(f"{path.name} cannot say that it was not sent")
    assert wrong == []
    assert sum("data-draft=" in tag for path in TEMPLATES for tag, _ in _forms(path)) > 20


def test_a_page_to_check_the_answers_sends_the_draft_of_its_form() -> None:
    checks = [path for path in TEMPLATES if path.name.endswith("_check.html")]
    assert len(checks) > 4
    for path in checks:
        [key] = re.findall(r'data-draft-sends="([^"]+)"', path.read_text())
        form = path.with_name(path.name.replace("_check", "")).read_text()
        assert f'data-draft="{key}"' in form, path.name


def _forms(path: Path) -> list[tuple[str, str]]:
    """Return each form that changes something: its tag, and what is inside."""
    text = re.sub(r"{%.*?%}", lambda tag: tag[0].replace(">", "›"), path.read_text())
    return [(tag, inside) for tag, inside in FORM.findall(text) if 'method="post"' in tag]
