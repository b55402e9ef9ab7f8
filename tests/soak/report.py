"""The page of the soak: a row for each figure, a column for each release of QGIS; other releases keep theirs."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from .process import Outcome

INTRODUCTION = """# Soak

Written by `make soak`, a column by each release of QGIS in which it ran. The real QGIS, on a virtual screen, has twenty
live layers of both kinds, open and secured, on a server that takes 0.2 to 3 s to answer and fails at one answer in
ten: errors of every kind, web pages, cut and silent connections, images of too few bands. A user pans, zooms, styles,
duplicates, removes, identifies, saves, opens and reloads the plugin, mostly without waiting for what is drawn. Then
layers are removed while they are drawn, and QGIS is left while it draws. What other parts of QGIS make of live layers
is compared with what the pixels must be. The stall is the longest time in which the main thread did not come round, but
for what a user or a script asked to wait for.

Memory is told four times, as what a process holds says little: QGIS makes and frees images by the thousand, and glibc
keeps gaps between what lives. What must be flat is what is *in use*: the heap, whoever asked for it, and the small
objects of Python, which has its own memory for them. The plugin's store of views fills up to 256 MB, and is emptied
when a project is opened. PyQt keeps about 1.4 kB for good of each class that Python derives from a QObject (measured
with an empty one), so that a reload of the plugin with its 130 of them costs a fraction of a megabyte.

QGIS 3.40.6 can crash by itself when it is left: the thread that reads its news as it starts opens the store of
credentials, and closes it under a lock that is gone by then (QGIS' pull request 62429 mended that). So the soak's
profiles have no news.
"""
_FIGURE = "figure"


def rows(outcomes: Mapping[str, Outcome], seed: int, seconds: float) -> Iterator[tuple[str, str]]:
    """Yield the figures, each with its name, in the words of the page."""
    yield "day, seed", f"{date.today().isoformat()}, {seed}"
    yield "Python, system", f"{platform.python_version()}, {platform.system()}"
    if "wander" in outcomes:
        yield from _wander(outcomes["wander"], seconds)
    if "remove" in outcomes:
        removed, cut_short, took = outcomes["remove"].figures.get("removed", (0, 0, 0))
        yield "layers removed (while QGIS drew)", f"{removed} ({cut_short}) in {took} s"
        yield "providers alive after that", str(outcomes["remove"].figures.get("providers alive", "?"))
    leaves = [outcome for name, outcome in outcomes.items() if name.startswith("leave")]
    if leaves:
        drawing = [outcome for outcome in leaves if outcome.figures.get("was drawing")]
        good = sum(not outcome.problems for outcome in drawing)
        yield "QGIS left while it drew: ended well", f"{good} of {len(drawing)}"
    if "uses" in outcomes:
        yield from outcomes["uses"].figures.get("uses", {}).items()
    for part in dict.fromkeys(name.partition(" ")[0] for name in outcomes):
        problems = sum(len(outcome.problems) for name, outcome in outcomes.items() if name.partition(" ")[0] == part)
        yield f"crashes, hangs, exceptions, wrong pixels ({part})", str(problems)


def _wander(outcome: Outcome, seconds: float) -> Iterator[tuple[str, str]]:
    figures = outcome.figures
    counts: Mapping[str, int] = figures.get("counts", {})
    stall, during = figures.get("longest stall", (0.0, "?"))
    yield "wandered", f"{seconds:.0f} s, {sum(counts.values())} steps"
    for label, names in (
        ("views", ("pan", "zoom", "zoom to", "refresh")),
        ("styled, ticked", ("style", "tick")),
        ("duplicated, added", ("duplicate", "add")),
        ("removed while drawn", ("remove",)),
        ("identified", ("identify",)),
        ("saved, opened, plugin reloaded", ("save", "open", "reload")),
    ):
        yield (
            label,
            ", ".join(str(counts.get(name, 0)) for name in names)
            if "," in label
            else str(sum(counts.get(name, 0) for name in names)),
        )
    yield "requests, faults", "{:,}, {:,}".format(*outcome.requests)
    yield "pixels compared under way, all right", f"{figures.get('pixels compared', 0):,}"
    yield "longest stall", f"{stall * 1000:.0f} ms ({during})"
    yield "memory after a third, two thirds, at the end, at most", memory(outcome.memory)
    heap, views, objects = zip(*figures.get("memory", [])) if figures.get("memory") else ((), (), ())
    yield "of that, heap in use", memory(heap)
    yield "of that, views kept", memory(views)
    yield "small objects of Python", thousands(objects)
    yield "providers alive without layers", str(figures.get("providers alive", "?"))
    left = figures.get("threads and timers left")
    yield "threads and timers left without the plugin", "?" if left is None else str(len(left))


def memory(samples: Sequence[float]) -> str:
    """Return what the memory was in the course of a part, and at most, in MB."""
    return ", ".join(f"{figure:.0f}" for figure in _course(samples)) + " MB" if len(samples) > 2 else "?"


def thousands(samples: Sequence[float]) -> str:
    """Return how many there were in the course of a part, and at most, in thousands."""
    return ", ".join(f"{figure / 1000:,.0f}" for figure in _course(samples)) + " thousand" if len(samples) > 2 else "?"


def _course(samples: Sequence[float]) -> tuple[float, ...]:
    """Return the figures after a third, two thirds and at the end, each the median of a tenth; and the largest."""
    tenth = max(1, len(samples) // 10)
    places = (len(samples) // 3, len(samples) * 2 // 3, len(samples) - 1)
    return (*(median(samples[max(0, place - tenth) : place + 1]) for place in places), max(samples))


def write_report(page: Path, outcomes: Mapping[str, Outcome], seed: int, seconds: float) -> None:
    """Write the page, or a column of it, or those figures of a column that are measured anew."""
    release = next(str(outcome.figures["release"]) for outcome in outcomes.values() if "release" in outcome.figures)
    columns = read_columns(page.read_text(encoding="utf-8")) if page.exists() else {}
    known, new = columns.get(release, {}), dict(rows(outcomes, seed, seconds))
    figures = {**known, **new}
    columns[release] = {label: figures[label] for label in _labels(known, new)}
    page.write_text(f"{INTRODUCTION}\n{table(columns)}\n", encoding="utf-8")


def read_columns(text: str) -> dict[str, dict[str, str]]:
    """Return the figures on a page, by release."""
    lines = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line] for line in lines]
    if not cells:
        return {}
    head, _, *body = cells
    return {
        release: {row[0]: row[place] for row in body if row[place]} for place, release in enumerate(head) if place > 0
    }


def table(columns: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the table of all releases."""
    releases = sorted(columns, key=lambda release: [int(part) for part in release.split(".")])
    labels = _labels(*(columns[release] for release in releases))
    lines = [f"| {_FIGURE} | " + " | ".join(releases) + " |", "| --- |" + " ---: |" * len(releases)]
    lines += [
        f"| {label} | " + " | ".join(columns[release].get(label, "") for release in releases) + " |" for label in labels
    ]
    return "\n".join(lines)


def _labels(*columns: Iterable[str]) -> list[str]:
    """Return the labels of all columns; one that others do not have stays where it stands in its own."""
    labels: list[str] = []
    for column in columns:
        place = 0
        for label in column:
            if label not in labels:
                labels.insert(place, label)
            place = labels.index(label) + 1
    return labels
