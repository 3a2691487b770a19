"""A table as a CSV file that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet calculates, and so may send elsewhere


def table_response(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Return `rows` under `head` as the file `name`; cells that look like formulas are made text."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    csv.writer(response).writerows([harmless(cell) for cell in row] for row in (head, *rows))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def harmless(cell: str) -> str:
    """Return a cell's text; where it begins like a formula, behind an apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
