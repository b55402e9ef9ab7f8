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


def test_what_is_in_use_is_told_apart_from_what_is_held(tmp_path: Path) -> None:
    page = tmp_path / "soak.md"
    wander = outcome("3.44.15", memory=[[200.0, 10.0 * number, 1_200_000] for number in range(30)])
    wander.memory = [600.0 + number for number in range(90)]
    write_report(page, {"wander": wander}, 1, 900)
    column = read_columns(page.read_text(encoding="utf-8"))["3.44.15"]
    assert column["memory after a third, two thirds, at the end, at most"] == "626, 656, 684, 689 MB"
    assert column["of that, heap in use"] == "200, 200, 200, 200 MB"
    assert column["of that, views kept"] == "85, 185, 275, 290 MB"
    assert column["small objects of Python"] == "1,200, 1,200, 1,200, 1,200 thousand"


def test_a_new_row_stands_where_it_belongs(tmp_path: Path) -> None:
    page = tmp_path / "soak.md"
    known = ("| figure | 3.22.16 |", "| --- | ---: |", "| wandered | 9 s |", "| providers alive without layers | 0 |")
    page.write_text("\n".join(known), encoding="utf-8")
    write_report(page, {"wander": outcome("3.44.15", memory=[[200.0, 10.0, 1_200_000]] * 30)}, 1, 900)
    labels = list(read_columns(page.read_text(encoding="utf-8"))["3.44.15"])
    assert labels.index("of that, views kept") == labels.index("of that, heap in use") + 1
    rows = [line.split("|")[1].strip() for line in page.read_text(encoding="utf-8").splitlines() if "|" in line]
    assert rows.index("wandered") < rows.index("of that, heap in use") < rows.index("providers alive without layers")
