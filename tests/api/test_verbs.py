"""Whatever somebody can do by a step, a program can do as well, or it says here why not."""

import ast
from collections.abc import Iterator
from pathlib import Path

from folkmoot import api, steps

SERVER = "for whoever runs the server, at its console"
WORKER = "the worker's own"
GUIDE = "of the guide that leads a person through setting up, page by page"
PART = "a part of another step, which has its route"
LOOKED = "it says that a person has looked at what a program noticed; no program can say that"
NOT_BY_PROGRAMS = {
    "add_organisation": SERVER,
    "assess_afresh": SERVER,
    "make_sign_in_link": SERVER,
    "remove_second_factor": SERVER,
    "publish_policy": f"{SERVER}; in a browser, and here, it is a draft that is published",
    "destroy": "nobody can bring it back, so a person does it who has proven at that moment who they are",
    "issue_token": "a token would make itself last for ever: a person makes one, in a browser",
    "add_hook": "where news of cases goes is decided by a person, in a browser",
    "renew_hook_secret": "it is shown once, to a person in a browser",
    "end_hook": "where it was added, in a browser",
    "call_again": "where it is seen that a call did not arrive, in a browser",
    "revoke_token": "where it was made, in a browser",
    "revoke_all_of": PART,
    "claim_account": "`claim_handle` names the account by its place and its name there",
    "mark_official": "`mark_handle_official` names the account by its place and its name there",
    "note_contact": "for imports; in a case, `name_author` does it",
    "settle_part": GUIDE,
    "end_set_up": GUIDE,
    "note_check": "the look itself runs where the record lies: on the page of it, and at the console",
    "note_looked_at": LOOKED,
    "note_not_looked_at": LOOKED,
    "declare": PART,
    "take_up": PART,
    "annul": PART,
    "bind": PART,
    "enter_role": PART,
    "keep_contact": PART,
    "withdraw_finding": PART,
    "destroy_contents": PART,
    "blank_post": PART,
    "sealing": PART,
    "enter": PART,
    "touch": PART,
    "issue": PART,
    "file_plea": PART,
    "load_edition": PART,
    "load_parent": PART,
    "publish_founding_policy": PART,
    "publish_founding_procedure": PART,
    "take_in_hand": PART,
}


def verbs() -> Iterator[str]:
    """Yield the public functions of `steps/` that write as somebody: they say who, and when."""
    for file in Path(steps.__file__).parent.glob("*.py"):
        for one in ast.parse(file.read_text()).body:
            if not isinstance(one, ast.FunctionDef) or one.name.startswith("_"):
                continue
            if {"by", "at"} <= {argument.arg for argument in one.args.kwonlyargs}:
                yield one.name


def called_by_routes() -> set[str]:
    """Return what the modules of the API take from `steps/`."""
    found = set()
    for file in Path(api.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text())
        for one in ast.walk(tree):
            if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("folkmoot.steps"):
                found |= {name.name for name in one.names}
    return found


def test_every_verb_has_a_route_or_a_reason() -> None:
    every, here = set(verbs()), called_by_routes()
    assert sorted(every - here - NOT_BY_PROGRAMS.keys()) == []


def test_no_reason_stands_where_there_is_no_need_for_one() -> None:
    every, here = set(verbs()), called_by_routes()
    assert sorted(NOT_BY_PROGRAMS.keys() - every) == []
    assert sorted(NOT_BY_PROGRAMS.keys() & here) == []
