"""Write `docs/trust.md` from the figures that thorough runs have left, one run for each release of QGIS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from image_server_layer.tests.trust.effort import BUILD, FIGURES, ROOT

_INTRODUCTION = """\
# Trust

What `make trust` does to the plugin, and what comes of it. This page is written by the run; what is promised stands in
[SECURITY.md](../SECURITY.md).

- **The matrix**: a server that fails in every way, at every moment at which it can. Each cell passes when there is a
  sentence of at most 400 characters that names the server or the layer, in time, and no wrong pixel or number, when the
  main thread has not stood still for more than 50 ms, when nothing has changed in the layer, and when the next attempt
  works.
- **Fuzz**: every reader of what a person, a server, a file or a project says takes anything, or refuses it in a
  sentence.
- **Leaks**: everything that is made and shown while secrets are in play is searched for them
  (`tests/trust/test_leaks.py`, `test_leaks_of_windows.py`).
- **Strangers' projects, files, lists and settings**: every menu and page is used on layers that are broken in every way
  (`tests/trust/test_hostile_projects.py`). What a server writes is HTML in no window (`test_hostile_texts.py`).
- **Life**: what ends in the middle of something leaves nothing behind.

A moment is an entry of `tests/trust/moments.py`, a fault one of `tests/trust/hostile_answers.py`. What can be done with
a service later gets its column by one more entry.
"""

_STANDSTILL = """
A standstill is the time between two looks of the main thread at its events, without what it was ready to run and had no
processor for (`tests/trust/standstill.py`). A cell with a longer one than 50 ms is tried twice more, and the shortest
counts: what the plugin does comes each time. Identifying and sampling are not measured: there QGIS itself waits on the
main thread for the answer, at most as long as the layer's timeout."""


def figures() -> dict[str, dict[str, dict[str, Any]]]:
    """Return release → chapter → name → figure."""
    from image_server_layer.tests.trust.matrix import cells

    found: dict[str, dict[str, dict[str, Any]]] = {}
    for file in sorted((BUILD / FIGURES).glob("*/*.json")):
        found.setdefault(file.parent.name, {})[file.stem] = json.loads(file.read_text(encoding="utf-8"))
    # Earlier runs may have had others.
    known = {f"{fault}|{moment}" for fault, moment in cells()}
    for chapters in found.values():
        chapters["matrix"] = {name: cell for name, cell in chapters.get("matrix", {}).items() if name in known}
    return dict(sorted(found.items(), key=lambda item: [int(part) for part in item[0].split(".")]))


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield _INTRODUCTION
    by_release = figures()
    yield "## The releases of QGIS\n"
    yield "| QGIS | cells | not passed | slowest cell (s) | longest standstill (s) | fuzzed inputs |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for release, chapters in by_release.items():
        cells = list(chapters.get("matrix", {}).values())
        failed = sum(bool(cell["problems"]) for cell in cells)
        slowest = max((cell["seconds"] for cell in cells), default=0)
        still = max((cell["standstill"] for cell in cells), default=0)
        inputs = sum(chapters.get("fuzz", {}).values())
        yield f"| {release} | {len(cells)} | {failed} | {slowest} | {still} | {inputs:,} |"
    yield _STANDSTILL
    for release, chapters in by_release.items():
        yield from _life(release, chapters.get("life", {}))
    for release, chapters in list(by_release.items())[:1]:
        yield from _fuzz(release, chapters.get("fuzz", {}))
        yield from _matrix(release, chapters.get("matrix", {}))


def _life(release: str, chapter: dict[str, Any]) -> Iterator[str]:
    yield f"\n## Life in QGIS {release}\n"
    yield "| | |\n| --- | --- |"
    for name, figure in chapter.items():
        yield f"| {name} | {figure} |"


def _fuzz(release: str, chapter: dict[str, int]) -> Iterator[str]:
    yield f"\n## Fuzzed inputs in QGIS {release}\n"
    yield "| reader | inputs |\n| --- | --- |"
    for name, count in chapter.items():
        yield f"| {name} | {count:,} |"


def _matrix(release: str, chapter: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield f"\n## The matrix in QGIS {release}\n"
    yield (
        "Seconds until a sentence was there; with “right” everything that was asked for came all the same, after other "
        "attempts if need be.\n"
    )
    names = [key.split("|") for key in chapter]
    faults, moments = (list(dict.fromkeys(pair[place] for pair in names)) for place in (0, 1))
    moments.sort(key=_order)
    yield f"| | {' | '.join(moments)} |"
    yield "| --- " * (len(moments) + 1) + "|"
    for fault in faults:
        row = [_cell(chapter.get(f"{fault}|{moment}")) for moment in moments]
        yield f"| {fault} | {' | '.join(row)} |"


def _order(moment: str) -> int:
    from image_server_layer.tests.trust.matrix import MOMENTS

    return list(MOMENTS).index(moment)


def _cell(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    if cell["problems"]:
        return f"**{cell['problems'][0]}**"
    if cell["complete"]:
        return f"right {cell['seconds']}"
    return str(cell["seconds"])


if __name__ == "__main__":
    Path(ROOT / "docs" / "trust.md").write_text("\n".join(page()) + "\n", encoding="utf-8")
