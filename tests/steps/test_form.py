"""What holds for the source of every step: what is handed on cannot be changed, and how rows are locked."""

import ast
from collections.abc import Iterator
from pathlib import Path

from folkmoot import steps

COUNTING = {"taking_posts": 1}  # what counts while it goes
# Called inside the transaction of another step, or opening their own around what has to be whole.
WITHIN = {
    *("open_case_about", "let_measure_end", "find_later", "enter_role", "link_post"),
    *("declare_restored", "make_final", "held", "take_in_hand", "locked_draft", "item_of", "destroy"),
    *("revoke_all_of",),
    *("bring_back", "enforce", "load_parent", "load_edition", "publish_founding_procedure", "rehearse", "take"),
    *("impose", "end_these", "vary_measures", "never_imposed", "end_all"),
}
FILES = sorted(Path(steps.__file__).parent.glob("*.py"))


def calls(file: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == name:
                yield node


def said(call: ast.Call, name: str) -> object:
    values = (word.value for word in call.keywords if word.arg == name)
    return next((value.value for value in values if isinstance(value, ast.Constant)), None)


def test_what_a_step_hands_on_cannot_be_changed() -> None:
    for file in FILES:
        assert all(said(call, "frozen") is True for call in calls(file, "dataclass")), file.stem
        assert file.read_text().count("@dataclass\n") == COUNTING.get(file.stem, 0), file.stem


def test_rows_are_locked_so_that_others_may_still_refer_to_them() -> None:
    # PostgreSQL looks at references when it commits: two steps that hold each other's rows by then would be a deadlock.
    for file in FILES:
        assert all(said(call, "no_key") is True for call in calls(file, "select_for_update")), file.stem


def locking(module: ast.Module) -> set[str]:
    """Return the functions of a module that lock rows, by themselves or by way of one beside them that is not whole."""
    calling = {one.name: {*called_in(one)} for one in module.body if isinstance(one, ast.FunctionDef)}
    whole = {one.name for one in module.body if isinstance(one, ast.FunctionDef) and is_atomic(one)}
    found = {name for name, called in calling.items() if {"locked", "enter_register", "select_for_update"} & called}
    while more := {name for name, called in calling.items() if called & (found - whole)} - found:
        found |= more
    return found


def called_in(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_atomic(function: ast.FunctionDef) -> bool:
    return "transaction.atomic" in {ast.unparse(one) for one in function.decorator_list}


def test_whoever_asks_for_a_step_gets_all_of_it_or_nothing() -> None:
    for file in FILES:
        module = ast.parse(file.read_text())
        public = {one.name: one for one in module.body if isinstance(one, ast.FunctionDef) and one.name[0] != "_"}
        for name in public.keys() & locking(module) - WITHIN:
            assert is_atomic(public[name]), f"{file.stem}.{name}"


def test_every_step_that_moves_a_case_promises_to_tell_of_it() -> None:
    for file in FILES:
        taken = {
            f"{one.module}.{name.name}"
            for one in ast.walk(ast.parse(file.read_text()))
            if isinstance(one, ast.ImportFrom)
            for name in one.names
        }
        assert "folkmoot.casefile.record.advance" not in taken, f"{file.stem}: take it from steps.advancing"
