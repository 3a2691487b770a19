"""What is changed in a module, one thing at a time: by the operators of cosmic-ray.

Left out is what says nothing about the tests: annotations; stars among arguments, which are no multiplication; and
`==` for `is` and back, since members of enumerations are alike by both.
"""

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

SAME = ("_Is_Eq", "_Eq_Is", "_IsNot_NotEq", "_NotEq_IsNot")
Span = tuple[tuple[int, int], tuple[int, int]]  # from line and column to line and column


@dataclass(frozen=True)
class Mutant:
    """One change: the `turn`-th place in `file` where `operator` has something to change."""

    file: Path
    operator: str
    turn: int
    start: tuple[int, int]

    @cached_property
    def code(self) -> str:
        """The whole module with the change in it."""
        changed = mutate_code(self.file.read_text(), get_operator(self.operator)(), self.turn)
        if changed is None:
            raise LookupError(f"{self.operator} changes nothing for the {self.turn}th time in {self.file}")
        return str(changed)

    @cached_property
    def key(self) -> str:
        """What stands for this change as long as the module is as it is."""
        return sha256(f"{self.file.name}\n{self.code}".encode()).hexdigest()[:16]

    def said(self) -> str:
        """Say what was changed: the lines that are different, before and after."""
        before, after = self.file.read_text().splitlines(), self.code.splitlines()
        was, now = [one.strip() for one in before], [one.strip() for one in after]
        while was and now and was[0] == now[0]:
            del was[0], now[0]
        while was and now and was[-1] == now[-1]:
            del was[-1], now[-1]
        return f"{' '.join(was).strip()}  →  {' '.join(now).strip() or '(nothing)'}"


def mutants(folder: Path) -> list[Mutant]:
    """Return all changes of all modules in `folder`, in the order of their places."""
    return [mutant for file in sorted(folder.glob("*.py")) for mutant in _of(file)]


def drawn(all_of_them: list[Mutant], number: int, *, seed: int) -> list[Mutant]:
    """Return changes at `number` places: places are drawn first, so that one with many possible changes counts once."""
    chance = random.Random(seed)  # noqa: S311  nothing here is secret
    places: dict[tuple[Path, tuple[int, int]], list[Mutant]] = {}
    for mutant in all_of_them:
        places.setdefault((mutant.file, mutant.start), []).append(mutant)
    chosen = chance.sample(sorted(places), min(number, len(places)))
    return [chance.choice(places[place]) for place in chosen]


def _of(file: Path) -> Iterator[Mutant]:
    source = file.read_text()
    spans, between = list(_annotations(source)), list(_operators(source))
    nodes = list(ast_nodes(get_ast(source)))
    found = []
    for name in sorted(operator_names()):
        if name.endswith(SAME):
            continue
        operator = _without_arguments(name)
        places = [place for node in nodes for place in operator.mutation_positions(node)] if operator else []
        found += [
            Mutant(file, name, turn, start)
            for turn, (start, _) in enumerate(places)
            if not _within(start, spans) and ("BinaryOperator" not in name or _within(start, between))
        ]
    yield from sorted(found, key=lambda one: (one.start, one.operator, one.turn))


def _without_arguments(name: str) -> Any:
    """Return the operator, or `None` for those that change what they are told to by name."""
    kind = get_operator(name)
    return None if kind.arguments() else kind()


def _within(start: tuple[int, int], spans: list[Span]) -> bool:
    return any(since <= start < until for since, until in spans)


def _operators(source: str) -> Iterator[Span]:
    """Yield where the sign of each calculation stands: a star among arguments is none."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp):
            left, right = node.left, node.right
            yield (left.end_lineno or 0, left.end_col_offset or 0), (right.lineno, right.col_offset)


def _annotations(source: str) -> Iterator[Span]:
    for node in ast.walk(ast.parse(source)):
        for name in ("annotation", "returns"):
            said = getattr(node, name, None)
            if isinstance(said, ast.expr) and said.end_lineno is not None and said.end_col_offset is not None:
                yield (said.lineno, said.col_offset), (said.end_lineno, said.end_col_offset)
