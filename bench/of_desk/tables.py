"""Prints what was measured, as tables, while it comes in."""

from bench.common.processes import Row

_WIDTH = 40
_HEADS = {
    "start": ("database", "p50 s", "most s", "slower"),
    "memory": ("database", "web MB", "all MB"),
    "inside": ("database", "statements", "p95", "read, k", "p95", "cpu ms", "p95"),
    "pages": ("database", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "db cpu", "kB", "static", "slower"),
    "reports": ("database", "clients", "per s", "p50 ms", "p99 ms", "cpu ms", "lost", "refused", "slower"),
    "crowd": ("database", "requests", "p50 ms", "p95 ms", "p99 ms", "most ms"),
}
_TITLES = {
    "start": "Start, until it says that it answers",
    "memory": "Memory at rest, shared pages by the share",
    "inside": "What pages cost, without a server: statements, thousands of rows read (SQLite: of its steps), processor",
    "pages": "Pages over HTTP, one after another",
    "reports": "Reports, each on the disk before it is acknowledged",
    "crowd": "Everybody at once",
}


class Tables:
    """Tables on standard output; a new head wherever another kind of row comes."""

    def __init__(self) -> None:
        """Begin with no table."""
        self._last = ""

    def show(self, row: Row) -> None:
        """Print one row, below the head of its table."""
        part = row["part"]
        if part != self._last:
            print()
            _line(_TITLES[part], ())
            _line("", _HEADS[part])
            self._last = part
        _line(row.get("what") or row.get("when") or "", (row["database"], *_cells(row)))


def _cells(row: Row) -> list[str]:
    match row["part"]:
        case "start":
            return [f"{row[name]:.2f}" for name in ("p50", "most", "calibration")]
        case "memory":
            return [f"{row[name]:.0f}" for name in ("web", "all")]
        case "inside":
            names = ("statements", "statements_p95", "read", "read_p95", "cpu", "cpu_p95")
            return [f"{row[name]:,.0f}" if name.startswith("stat") else f"{row[name]:,.1f}" for name in names]
        case "pages":
            names = ("p50", "p95", "p99", "cpu", "database_cpu")
            return [*_tenths(row, *names), f"{row['bytes'] / 1000:.0f}", *_tenths(row, "base", "calibration")]
        case "reports":
            numbers = _tenths(row, "per_second", "p50", "p99", "cpu")
            return [str(row["clients"]), *numbers, str(row["lost"]), str(row["refused"]), *_tenths(row, "calibration")]
    return [f"{row['many']:,}", *_tenths(row, "p50", "p95", "p99", "most")]


def _tenths(row: Row, *names: str) -> list[str]:
    return [f"{row[name]:,.1f}" for name in names]


def _line(what: str, cells: tuple[str, ...]) -> None:
    print(f"{what:{_WIDTH}}" + "".join(f"{cell:>11}" for cell in cells), flush=True)
