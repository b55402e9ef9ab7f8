"""The page of `make bench-export`: tables, and whether the aims are reached."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from datetime import date
from typing import Any

Figures = dict[str, Any]

#: What is compared. `download` writes nothing: it is what the server delivers.
WAYS = {
    "ours": "ours",
    "translate": "gdal_translate",
    "save_as": "Save As",
    "loop": "loop of requests",
    "download": "download only",
}
OTHERS = ("translate", "save_as", "loop")
#: What is held against what the server delivers.
CONNECTED = {"download": "download only", "uncompressed": "ours, not compressed", "ours": "ours, DEFLATE"}
#: Megabytes that an export of any size may take.
MEMORY_AIM = 500
#: How many times as fast as Save As an export is to be at 200 ms.
SAVE_AS_AIM = 3
#: Of what the server delivers to as many connections.
DELIVERED_AIM = 0.9

_ROWS: dict[str, Callable[[Figures], str]] = {
    "seconds": lambda found: f"{found['seconds']:.2f}",
    "seconds of a core": lambda found: f"{found['worked']:.2f}",
    "MB/s of pixels": lambda found: f"{rate(found):.1f}",
    "requests": lambda found: str(found["requests"]),
    "MB received": lambda found: f"{found['received'] / 1e6:.1f}",
    "MB written": lambda found: f"{found['written'] / 1e6:.1f}",
    "peak memory, MB": lambda found: f"{found['peak'] / 1e6:.0f}",
}


def rate(figures: Figures) -> float:
    """Return how many megabytes of pixels came home a second."""
    return float(figures["pixels"] / figures["seconds"] / 1e6)


def table(names: dict[str, str], results: dict[str, Figures]) -> list[str]:
    """Return the lines of a table with a column for each way."""
    lines = ["| | " + " | ".join(names.values()) + " |", "| --- |" + " ---: |" * len(names)]
    for title, text in _ROWS.items():
        lines.append(f"| {title} | " + " | ".join(text(results[way]) for way in names) + " |")
    return lines


def section(latency: float, bands: int, side: int, results: dict[str, Figures]) -> str:
    """Return the table of all ways, and the verdict on ours."""
    own = results["ours"]["seconds"]
    ratios = [f"{results[way]['seconds'] / own:.1f} × {WAYS[way]}" for way in OTHERS]
    missed = [WAYS[way] for way in OTHERS if results[way]["seconds"] < own]
    verdict = f"**slower than {', '.join(missed)}**" if missed else "faster than each of the others"
    lines = [
        f"## {latency * 1000:.0f} ms, {_counted(bands)}: {side} × {side} pixels of 16 bits",
        "",
        *table(WAYS, results),
        "",
        f"Ours is as fast as {', '.join(ratios)}: {verdict}.",
    ]
    if latency:
        is_reached = results["save_as"]["seconds"] / own >= SAVE_AS_AIM
        lines.append(f"Aim of {SAVE_AS_AIM} × Save As: {'reached' if is_reached else '**missed**'}.")
    return "\n".join(lines)


def delivered_section(bands: int, side: int, results: dict[str, Figures]) -> str:
    """Return what the server delivers, and how much of it an export takes."""
    most = rate(results["download"])
    shares = {way: rate(results[way]) / most for way in CONNECTED}
    told = [f"{CONNECTED[way]} {share * 100:.0f} %" for way, share in shares.items() if way != "download"]
    lines = [
        f"## What the server delivers at 200 ms, {_counted(bands)}: {side} × {side} pixels of 16 bits",
        "",
        *table(CONNECTED, results),
        "",
        f"Of what it delivers: {', '.join(told)}. Aim of {DELIVERED_AIM * 100:.0f} %: {_verdict(shares)}.",
    ]
    return "\n".join(lines)


def _verdict(shares: dict[str, float]) -> str:
    if shares["ours"] >= DELIVERED_AIM:
        return "reached"
    if shares["uncompressed"] >= DELIVERED_AIM:
        return "reached where the file is not compressed, **missed** where it is: the processor is busy, not the line"
    return "**missed**"


def large_section(side: int, large: Figures) -> str:
    """Return what a large export takes of memory."""
    peak = large["peak"] / 1e6
    verdict = "reached" if peak <= MEMORY_AIM else "**missed**"
    title = f"## Memory: {side} × {side} pixels, one request in ten refused, one in seventeen cut off"
    text = (
        f"{large['seconds']:.0f} s with the drawing of the server, {large['requests']} requests; "
        f"{large['before'] / 1e6:.0f} MB before, which is QGIS and the\nplugin, {peak:.0f} MB at the peak. "
        f"Aim of {MEMORY_AIM} MB in all: {verdict}. Every pixel is that of the service."
    )
    return f"{title}\n\n{text}"


def page(sections: list[str], load: float, line_speed: float) -> str:
    """Return the whole page."""
    from osgeo import gdal
    from qgis.core import Qgis

    cores = os.cpu_count()
    introduction = f"""Written by `make bench-export` on {date.today().isoformat()}.
QGIS {Qgis.QGIS_VERSION}, GDAL {gdal.__version__}, Python {platform.python_version()}, {platform.system()}, \
{cores} cores.

Each way has a process of its own and writes the same tiled TIFF (DEFLATE of level 1, predictor 2); the
files are compared.
The line carries {line_speed / 1e6:.0f} MB/s in all; the ways take turns, and each figure is that of the quickest of
three rounds, of two at 200 ms.
*gdal_translate* and *Save As* read the source of the same layer, the first with GDAL alone, the second through the
plugin's provider. The loop asks for the same tiles as the export, one after the other, and looks at nothing that comes.
*Download only* asks for them over as many connections as the export, and throws them away. The server is on the
same machine, but has drawn everything before: what it takes of the cores is to send bytes, so that they are free for
the ways as they are with a server elsewhere. The memory is that of the whole process, QGIS' libraries among it.

When the run began, {load:.1f} processes wanted the {cores} cores (load average). What is above 0 slows down most who
works while others wait for the network, which is the export; the *seconds of a core* that a way itself takes depend
on it little."""
    return "\n\n".join(["# Exports", introduction, *sections]) + "\n"


def _counted(bands: int) -> str:
    return f"{bands} band{'s' if bands > 1 else ''}"
