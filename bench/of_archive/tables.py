"""Prints what was measured, as tables, while it comes in."""

from collections.abc import Sequence

from bench.common.processes import Row

_WIDTH = 36
_CASCADE = ("database", "posts", "recall", "precision", "p50 ms", "p95 ms", "cpu p95", "put in/s")
_SEARCH = ("database", "posts", "p50 ms", "p95 ms", "most ms", "found")
_TIME = ("database", "posts", "p50 ms", "p95 ms", "most ms", "cpu p95")
_IMPORT = ("database", "file MB", "posts", "posts/s", "all s", "cpu us", "peak MB", "gaps", "doubles")


class Tables:
    """Tables on standard output; a new head wherever another kind of row comes."""

    def __init__(self) -> None:
        """Begin with no table."""
        self._last: tuple[str, ...] = ()

    def show(self, row: Row) -> None:
        """Print one row, below the head of its table."""
        if row["part"] == "memory":
            print(f"\n{row['method']} {row['database']}: {row['mb']:,.0f} MB of memory at most")
            return
        heads = {"cascade": _CASCADE, "search": _SEARCH, "time": _TIME, "import": _IMPORT}[row["part"]]
        if heads != self._last:
            title = {
                "cascade": "What goes with a removed post",
                "search": "Words searched for",
                "time": "Seen over time",
            }
            _line(title.get(row["part"], "Import, with index and fingerprints"), heads, before="\n")
            self._last = heads
        _line(row.get("what") or row.get("method", ""), _CELLS[row["part"]](row))


def show_sorts(rows: Sequence[Row]) -> None:
    """Print what was found at the largest size, by sort of copy: one column for each way to look for it."""
    if not rows:
        return
    names = [f"{short(row['method'])} {row['database']}".strip() for row in rows]
    first = rows[0]
    print(f"\nFound of each sort of copy, among {first['posts']:,} posts")
    print(f"{'':{_WIDTH}}{'wanted':>9}" + "".join(f"{name:>22}" for name in names) + "   marked  ticked  taken for")
    for sort, of in first["sorts"].items():
        shares = [row["sorts"][sort] for row in rows]
        cells = [f"{one['found'] / one['wanted']:.1%}" if one["wanted"] else "not asked" for one in shares]
        kinds = ", ".join(f"{kind} {count}" for kind, count in of["as"].items())
        line = "".join(f"{cell:>22}" for cell in cells)
        print(f"{sort:{_WIDTH}}{of['wanted']:>9,}{line}{of['marked']:>9,}{of['ticked']:>8,}  {kinds}")
    print("\nWrongly proposed")
    for what in dict.fromkeys(what for row in rows for what in row["wrong"]) or ["nothing"]:
        print(f"{what:{_WIDTH}}{'':9}" + "".join(f"{row['wrong'].get(what, 0):>22,}" for row in rows))
    print(f"\n{'Taken for':{_WIDTH}}{'named':>9}{'right':>9}{'precision':>11}")
    for kind, of in first["kinds"].items():
        right = of["named"] - of["wrong"]
        print(f"{kind:{_WIDTH}}{of['named']:>9,}{right:>9,}{right / of['named']:>11.1%}")
    print(f"Known to be earlier: {first['earlier']:,} shown as matters of their own, {first['swept']:,} swept in")


def short(method: str) -> str:
    """Return the name of a method without what says more of it."""
    return method.partition(",")[0].partition(" by ")[0]


def _cascade(row: Row) -> list[str]:
    return [
        row["database"],
        f"{row['posts']:,}",
        f"{row['recall']:.1%}",
        f"{row['precision']:.1%}",
        *(f"{row[name]:.1f}" for name in ("p50_ms", "p95_ms", "p95_cpu_ms")),
        f"{row['filled']:,.0f}",
    ]


def _search(row: Row) -> list[str]:
    return [row["database"], f"{row['posts']:,}", *(f"{row[name]:.1f}" for name in ("p50", "p95", "most", "found"))]


def _time(row: Row) -> list[str]:
    return [row["database"], f"{row['posts']:,}", *(f"{row[name]:.1f}" for name in ("p50", "p95", "most", "p95_cpu"))]


def _import(row: Row) -> list[str]:
    work = f"{row['cpu_seconds'] / row['posts'] * 1e6:,.0f}" if "cpu_seconds" in row else ""
    return [
        row["database"],
        f"{row['file_mb']:,.0f}",
        f"{row['posts']:,}",
        f"{row['per_second']:,.0f}" if row["per_second"] else "",
        f"{row['seconds']:,.1f}",
        work,
        *(f"{row[name]:,.0f}" if name in row else "" for name in ("peak_mb", "gaps", "doubles")),
    ]


_CELLS = {"cascade": _cascade, "search": _search, "time": _time, "import": _import}


def _line(what: str, cells: Sequence[str], *, before: str = "") -> None:
    print(f"{before}{what:{_WIDTH}}" + "".join(f"{cell:>11}" for cell in cells), flush=True)
