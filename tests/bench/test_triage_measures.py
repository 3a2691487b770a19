"""What `bench/triage` counts: small cases worked out by hand, tables in their places, drawings that are SVG."""

import re
from math import isnan
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench.of_triage import plots
from bench.of_triage.measures import (
    auc,
    calibration,
    calibration_error,
    counts,
    margin,
    recall_within,
)
from bench.of_triage.tables import CARD, DOCUMENT, hundredths, table, with_tables
from bench.of_triage.texts import CRITICISM, audit, ours


def test_counts_of_five_texts_are_these() -> None:
    found = counts([1, 1, 1, 0, 0], [True, True, False, True, False])
    assert (found.right, found.missed, found.false, found.left) == (2, 1, 1, 1)
    assert found.accuracy == pytest.approx(3 / 5)
    assert found.recall == pytest.approx(2 / 3)
    assert found.false_flags == pytest.approx(1 / 2)
    assert found.macro_f1 == pytest.approx((4 / 6 + 2 / 4) / 2)


def test_where_nothing_is_there_is_no_share() -> None:
    assert isnan(counts([0, 0], [False, True]).recall)
    assert isnan(auc([1, 1], [0.2, 0.3]))
    assert isnan(recall_within([0, 0], [0.2, 0.3], 0.05))
    assert hundredths(auc([], [])) == "–"


def test_the_area_counts_the_same_score_half() -> None:
    assert auc([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1]) == 1
    assert auc([0, 0, 1, 1], [0.9, 0.8, 0.2, 0.1]) == 0
    assert auc([1, 0], [0.5, 0.5]) == 0.5
    assert auc([1, 0, 1, 0], [0.9, 0.5, 0.5, 0.1]) == pytest.approx(3.5 / 4)


def test_recall_is_that_of_the_best_threshold_within_what_is_allowed() -> None:
    truth = [1, 1, 0, 1, 0, 0]
    scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]
    assert recall_within(truth, scores, 0) == pytest.approx(2 / 3)
    assert recall_within(truth, scores, 1 / 3) == 1
    # of three with the same score none can be flagged without the others
    assert recall_within([1, 1, 0, 0], [0.9, 0.5, 0.5, 0.1], 0) == 0.5


def test_scores_that_are_chances_have_no_calibration_error() -> None:
    truth = [1, 0, 0, 0, 1, 1, 1, 0]
    scores = [0.25] * 4 + [0.75] * 4
    assert calibration_error(calibration(truth, scores)) == pytest.approx(0)
    assert calibration_error(calibration([0, 0], [1.0, 1.0])) == 1


def test_few_texts_leave_a_wide_margin() -> None:
    assert margin(0.0, 60) > 0.02
    assert margin(0.1, 60) > margin(0.1, 6000)


def test_tables_go_between_their_markers_and_nowhere_else() -> None:
    document = "before\n<!-- one -->\nold\n<!-- /one -->\nafter\n"
    said = table(["", "many"], [["bins", "3"]])
    done = with_tables(document, {"one": said})
    assert done == f"before\n<!-- one -->\n{said}<!-- /one -->\nafter\n"
    assert with_tables(done, {"one": said}) == done
    with pytest.raises(ValueError, match="0 places"):
        with_tables(document, {"two": said})


@pytest.mark.parametrize(("document", "many"), [(DOCUMENT, 15), (CARD, 5)])
def test_every_place_for_a_table_is_closed_and_there_once(document: Path, many: int) -> None:
    said = document.read_text(encoding="utf-8")
    names = re.findall(r"<!-- ([a-z.-]+) -->", said)
    assert len(names) > many
    assert with_tables(said, dict.fromkeys(names, "")).count("<!--") == 2 * len(names)


def test_drawings_are_svg_also_where_a_figure_is_missing() -> None:
    drawn = [
        plots.against_speed([("one & two", 900, 0.8), ("none", 10, float("nan"))], floor=(300, 0.8)),
        plots.by_kind({"one": {"parties": 0.0, "identity": 0.5}}, most=0.05),
        plots.reliable({"flag": [(10, 0.1, 0.2), (5, 0.9, 0.8)]}),
    ]
    for drawing in drawn:
        assert ET.fromstring(drawing).tag.endswith("svg")


def test_the_audit_is_whole_and_our_forceful_criticism_is_found() -> None:
    audited = audit()
    assert [sum(one.kind == kind for one in audited) for kind in (*CRITICISM, "identity")] == [60] * 5
    assert all(bool(one.ground) == (one.kind == "identity") for one in audited)
    assert sum(one.is_forceful_criticism for one in ours()) > 100
