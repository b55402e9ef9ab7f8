"""The page of the soak keeps the figures of other releases, and those of a release that are not measured anew."""

from __future__ import annotations

from pathlib import Path

from tests.soak.process import Outcome
from tests.soak.report import memory, read_columns, write_report


def outcome(release: str, **figures: object) -> Outcome:
    return Outcome(figures={"release": release, **figures})


def test_every_release_has_its_column(tmp_path: Path) -> None:
    page = tmp_path / "soak.md"
    for release, seconds in (("3.44.15", 20), ("3.22.16", 30)):
        removed = outcome(release, removed=[1000, 990, seconds], **{"providers alive": 0})
        write_report(page, {"remove": removed}, 7, 900)
    columns = read_columns(page.read_text(encoding="utf-8"))
    assert list(columns) == ["3.22.16", "3.44.15"]
    assert columns["3.22.16"]["layers removed (while QGIS drew)"] == "1000 (990) in 30 s"
    assert columns["3.44.15"]["layers removed (while QGIS drew)"] == "1000 (990) in 20 s"


def test_a_part_that_is_played_alone_leaves_the_other_figures_of_its_release(tmp_path: Path) -> None:
    page = tmp_path / "soak.md"
    write_report(page, {"remove": outcome("3.40.6", removed=[1000, 1000, 9])}, 1, 900)
    write_report(page, {"uses": outcome("3.40.6", uses={"3D map": "right"})}, 2, 900)
    column = read_columns(page.read_text(encoding="utf-8"))["3.40.6"]
    assert column["layers removed (while QGIS drew)"] == "1000 (1000) in 9 s"
    assert column["3D map"] == "right"
    assert column["crashes, hangs, exceptions, wrong pixels (uses)"] == "0"


def test_what_failed_is_counted(tmp_path: Path) -> None:
    page = tmp_path / "soak.md"
    good, bad = outcome("3.22.16", **{"was drawing": True}), outcome("3.22.16", **{"was drawing": True})
    bad.problems.append("QGIS ended with code -11.")
    write_report(page, {"leave 1": good, "leave 2": bad}, 1, 900)
    column = read_columns(page.read_text(encoding="utf-8"))["3.22.16"]
    assert column["QGIS left while it drew: ended well"] == "1 of 2"
    assert column["crashes, hangs, exceptions, wrong pixels (leave)"] == "1"


def test_memory_is_told_in_the_course_of_time() -> None:
    assert memory([100.0] * 30 + [200.0] * 30 + [300.0] * 29 + [900.0]) == "100, 200, 300, 900 MB"
    assert memory([]) == "?"
