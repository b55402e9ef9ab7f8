"""The page of the measurements: what misses its aim is marked, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks import KINDS, STEPS, SUM
from tests.benchmarks.__main__ import summary
from tests.benchmarks.report import missed, section

BACK = "back to the view before"


def results(**changed: dict[str, dict[str, float]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return figures that reach every aim just so, but for those of some steps of some kinds."""
    figures = {"seconds": 0.3, "requests": 0, "bytes": 1_500_000, "stall": 0.05}
    good = {kind: {step: dict(figures) for step in STEPS} for kind in KINDS}
    for kind, times in zip(KINDS, (1.15, 1.05, 3.0, 1.0, 9.0)):
        good[kind][SUM]["times"] = times
    for kind, steps in changed.items():
        for step, values in steps.items():
            good[kind][step.replace("_", " ")].update(values)
    return good


def test_what_is_just_reached_is_not_missed() -> None:
    assert missed(0.2, results()) == []
    assert "missed" not in section(0.2, results())


def test_the_speed_of_drawing_counts_at_the_usual_latency_only() -> None:
    slow = results(values={SUM: {"times": 1.2}})
    assert missed(0.2, slow) == ["live values, full + 1:1 + pan: times QGIS' own picture 1.2, aim 1.15"]
    assert missed(0.0, slow) == []
    assert "| live values, full + 1:1 + pan: times QGIS' own picture | | 1.2 | |" in section(0.0, slow)


def test_kinds_are_compared_round_by_round() -> None:
    def run(seconds: float) -> dict[str, dict[str, float]]:
        return {SUM: {"seconds": seconds, "requests": 1}}

    # The weather got better from round to round, which is nobody's merit.
    found = summary({"values": [run(4.4), run(2.0), run(1.2)], "plain": [run(4.0), run(2.0), run(1.0)]})
    assert found["values"][SUM] == {"seconds": 2.0, "requests": 1, "times": pytest.approx(1.1)}
    assert found["plain"][SUM]["times"] == 1


def test_every_other_aim_counts_at_every_latency() -> None:
    bad = results(
        values={BACK: {"requests": 1}, "slowest cancel": {"seconds": 0.31}},
        picture={"make the layer": {"requests": 3, "stall": 0.06}},
    )
    for latency in (0.0, 2.0):
        assert missed(latency, bad) == [
            "live values, back to the view before: requests 1, aim 0",
            "live values, slowest cancel: s 0.31, aim 0.3",
            "live picture, making it: requests 3, aim 2",
            "live picture, making it: stall, ms 60, aim 50",
        ]


def test_the_page_shows_every_figure_and_marks_what_is_missed() -> None:
    page = section(2.0, results(picture={"slowest_cancel": {"seconds": 2.5}}))
    assert page.startswith("## Latency 2000 ms\n")
    assert "| 1:1 |" + " 0.30 s, 0, 1.5 MB, 50 ms |" * len(KINDS) in page
    assert "| live values, slowest cancel: s | 0.3 | 0.3 | reached |" in page
    assert "| live picture, slowest cancel: s | 0.3 | 2.5 | **missed** |" in page
