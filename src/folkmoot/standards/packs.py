"""Packs in their folders: which are installed, what is wrong with one, and the loaded policy."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from folkmoot.standards.agreement import check_codes, check_headings, check_orders, check_parent
from folkmoot.standards.clausefile import ClauseFile, clause_from, read_clause
from folkmoot.standards.codes import place_in_section, prefix_of
from folkmoot.standards.faults import Fault, FaultList, PackFault, UnknownPack
from folkmoot.standards.model import Clause, Pack
from folkmoot.standards.packfile import PACK_FILE, PackFile, pack_file_from, read_pack_file

CLAUSES = "clauses"
MOST_CLAUSES = 500

_INSTALLED = Path(__file__).resolve().parent / "packs"


def installed_packs() -> tuple[str, ...]:
    """The names of the packs that come with the software, in alphabetical order."""
    return tuple(sorted(folder.name for folder in _INSTALLED.iterdir() if (folder / PACK_FILE).is_file()))


def find_pack(name: str) -> Path:
    """The folder of an installed pack; raises UnknownPack, which lists the names there are."""
    if name not in installed_packs():
        raise UnknownPack(f"There is no pack “{name}”. Installed are: {', '.join(installed_packs())}.")
    return _INSTALLED / name


def load_pack(folder: Path) -> Pack:
    """The pack in this folder; raises PackFault with everything that is wrong with it."""
    pack, faults = _read(folder.resolve())
    if pack is None:
        raise PackFault(folder.name, faults)
    return pack


def check_pack(folder: Path) -> list[Fault]:
    """Everything that is wrong with the pack in this folder, by file and line; empty if it can be loaded."""
    return _read(folder.resolve())[1]


def load_parent_pack(pack: Pack, folder: Path) -> Pack | None:
    """The pack that `pack`, loaded from `folder`, rests on, if it rests on one; raises PackFault as load_pack does."""
    found = _parent_folder(pack.parent, folder.resolve()) if pack.parent else None
    return load_pack(found) if found else None


def read_texts(
    files: Mapping[str, str], *, name: str, parent_codes: frozenset[str] | None
) -> tuple[Pack | None, list[Fault]]:
    """The pack whose files have these texts, by path inside it, and everything that is wrong with it.

    `name` is that of the folder they would be in. The parent is not looked for: `parent_codes` are the codes it has.
    """
    faults = FaultList()
    front = pack_file_from(files[PACK_FILE], name, faults)
    paths = {path: Path(path).stem for path in files if path != PACK_FILE}
    if not paths:
        faults.add(CLAUSES, 1, "There are no clauses.", "Put one file here for each clause, such as F1.md.")
    read = [clause_from(files[path], stem, path, faults) for path, stem in paths.items()]
    clauses = [file for file in read if file is not None]
    _check_together(front, clauses, list(paths.values()), faults)
    if front is not None:
        check_parent(front.parent, parent_codes, clauses, faults)
    found = faults.in_order()
    return (None if front is None or found else _bind(front, clauses)), found


def _read(folder: Path) -> tuple[Pack | None, list[Fault]]:
    faults = FaultList()
    if not folder.is_dir():
        faults.add(".", 1, "There is no such folder.", "Give the folder that holds pack.yaml.")
        return None, faults.in_order()
    front = read_pack_file(folder, faults)
    paths = _clause_paths(folder, faults)
    files = _read_clauses(paths, faults)
    _check_together(front, files, [path.stem for path in paths], faults)
    if front is not None:
        _check_parents(front, files, folder, faults)
    found = faults.in_order()
    return (None if front is None or found else _bind(front, files)), found


def _check_together(
    front: PackFile | None, files: Sequence[ClauseFile], stems: Sequence[str], faults: FaultList
) -> None:
    check_codes(files, stems, faults, retired=front.retired if front else ())
    if front is not None:
        check_headings(front, files, faults)
        check_orders(front, files, faults)


def _clause_paths(folder: Path, faults: FaultList) -> list[Path]:
    clauses = folder / CLAUSES
    if not clauses.is_dir():
        faults.add(CLAUSES, 1, "The folder clauses is missing.", "Put one file in it for each clause, such as F1.md.")
        return []
    paths = sorted(path for path in clauses.iterdir() if not path.name.startswith("."))
    for path in paths:
        # A name that is no text at all, as from an old archive, counts as one that is not read.
        if not _is_clause_name(path):
            faults.add(
                _inside(path),
                1,
                "This file would not be read.",
                "Clause files end in .md: rename or move it.",
            )
    paths = [path for path in paths if _is_clause_name(path)]
    if not paths:
        faults.add(CLAUSES, 1, "There are no clauses.", "Put one file here for each clause, such as F1.md.")
    if len(paths) > MOST_CLAUSES:
        faults.add(CLAUSES, 1, f"There are {len(paths)} clauses.", f"A pack has {MOST_CLAUSES} at most.")
        return []
    return paths


def _is_clause_name(path: Path) -> bool:
    return path.suffix == ".md" and path.name.isprintable()


def _inside(path: Path) -> str:
    name = path.name if path.name.isprintable() else ascii(path.name)[1:-1]
    return f"{CLAUSES}/{name}"


def _read_clauses(paths: Sequence[Path], faults: FaultList) -> list[ClauseFile]:
    read = [read_clause(path, _inside(path), faults) for path in paths]
    return [file for file in read if file is not None]


def _check_parents(front: PackFile, files: Sequence[ClauseFile], folder: Path, faults: FaultList) -> None:
    """Check the clauses against the parent pack, and that the line of parents comes to an end."""
    line, seen, nearest = front.parent_line, {front.name}, folder
    ancestor: PackFile | None = front
    parent_codes: frozenset[str] | None = None
    while ancestor is not None and ancestor.parent is not None:
        name = ancestor.parent
        if name in seen:
            faults.add(
                PACK_FILE,
                line,
                f"The parents go round in a circle at “{name}”.",
                "Write null in one of them.",
            )
            return
        seen.add(name)
        found = _parent_folder(name, nearest)
        if found is None:
            hint = f"Put it beside this folder, or use an installed one: {', '.join(installed_packs())}."
            faults.add(PACK_FILE, line, f"The parent pack “{name}” is not there.", hint)
            return
        its_faults = FaultList()
        its_front, its_codes = read_pack_file(found, its_faults), _codes_in(found, its_faults)
        if its_faults.faults:
            first = its_faults.in_order()[0]
            faults.add(PACK_FILE, line, f"The parent pack “{name}” has mistakes: {first}", "Check that pack first.")
            return
        parent_codes = its_codes if parent_codes is None else parent_codes
        ancestor, nearest = its_front, found
    check_parent(front.parent, parent_codes, files, faults)


def _parent_folder(name: str, folder: Path) -> Path | None:
    """A pack beside this one comes before an installed one of the same name."""
    places = [folder.parent / name, _INSTALLED / name]
    return next((place for place in places if (place / PACK_FILE).is_file()), None)


def _codes_in(folder: Path, faults: FaultList) -> frozenset[str]:
    return frozenset(file.code for file in _read_clauses(_clause_paths(folder, faults), faults))


def _bind(front: PackFile, files: Sequence[ClauseFile]) -> Pack | None:
    clauses = [file.clause for file in files if file.clause is not None]
    if front.in_force_from is None:
        return None
    return Pack(
        name=front.name,
        title=front.title,
        description=front.description,
        lang=front.lang,
        in_force_from=front.in_force_from,
        parent=front.parent,
        paraphrase=front.paraphrase,
        official_url=front.official_url,
        headings=front.headings,
        clauses=tuple(sorted(clauses, key=lambda clause: _place(clause, front))),
        retired=front.retired,
    )


def _place(clause: Clause, front: PackFile) -> tuple[int, int, tuple[int, int]]:
    prefix = prefix_of(clause.code)
    order = front.orders.get(prefix, ())
    first = order.index(clause.code) if clause.code in order else len(order)
    return [heading.prefix for heading in front.headings].index(prefix), first, place_in_section(clause.code)
