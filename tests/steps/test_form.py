"""What holds for the source of every step: what is handed on cannot be changed, and how rows are locked."""

import ast
from collections.abc import Iterator
from pathlib import Path

from folkmoot import steps

COUNTING = {"taking_posts": 1}  # what counts while it goes
# Called inside the transaction of another step, or opening their own around what has to be whole.
WITHIN = {
    *("open_case_about", "let_measure_end", "find_later", "enter_role", "link_post"),
    *("declare_restored", "make_final", "held", "take_in_hand", "locked_draft", "item_of"),
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


def test_whoever_asks_for_a_step_gets_all_of_it_or_nothing() -> None:
    for file in FILES:
        for function in ast.parse(file.read_text()).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
                locks = {"locked", "enter_register"} & called or any("select_for_update" in one for one in called)
                if locks and function.name not in WITHIN:
                    around = [ast.unparse(one) for one in function.decorator_list]
                    assert "transaction.atomic" in around, f"{file.stem}.{function.name}"
