"""A pack written as the files that it is read from."""

from typing import Any

import yaml

from folkmoot.standards.codes import place_in_section
from folkmoot.standards.model import Clause, Pack
from folkmoot.standards.packfile import PACK_FILE

_WIDTH = 110


def pack_files(pack: Pack) -> dict[str, str]:
    """Return the text of each file of the pack, by its path inside the folder, which is named as the pack is.

    Reading them gives an equal pack again, as far as the pack is sound.
    """
    return {PACK_FILE: _front(pack), **{f"clauses/{one.code}.md": clause_file(one) for one in pack.clauses}}


def clause_file(clause: Clause) -> str:
    """Return the text of one clause's file."""
    front: dict[str, Any] = {
        "code": clause.code,
        "title": clause.title,
        "scope": clause.scope.value,
        "kind": clause.kind.value,
        "aimed_at": clause.aimed_at,
        "limited_to": clause.limited_to,
        "parent": list(clause.parents),
        "allowed": clause.allowed,
        "not_allowed": clause.not_allowed,
    }
    given = {key: value for key, value in front.items() if value or key in {"code", "title", "scope", "kind"}}
    return f"---\n{_yaml(given)}---\n\n{clause.text}\n"


def _front(pack: Pack) -> str:
    front: dict[str, Any] = {
        "name": pack.name,
        "title": pack.title,
        "description": pack.description,
        "lang": pack.lang,
        "in_force_from": pack.in_force_from,
        "parent": pack.parent,
        "paraphrase": pack.paraphrase,
        "official_url": pack.official_url,
        "headings": [_heading(pack, number) for number in range(len(pack.headings))],
    }
    if pack.retired:
        front["retired"] = list(pack.retired)
    return _yaml(front)


def _heading(pack: Pack, number: int) -> dict[str, Any]:
    heading = pack.headings[number]
    codes = [clause.code for clause in pack.under(heading)]
    natural = sorted(codes, key=place_in_section)
    order = {} if codes == natural else {"order": codes}
    under = {"under": heading.under} if heading.under else {}
    return {"prefix": heading.prefix, "title": heading.title, **under, **order}


def _yaml(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=_WIDTH)
