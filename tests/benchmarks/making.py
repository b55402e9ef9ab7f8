"""`make bench-making`: how long a server lets wait for a layer, as a table in `docs/making_benchmarks.md`."""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsProject

from ...plugin.layer.arguments import layer_request
from ...plugin.layer.plan import plan_layer
from ...plugin.service.kept_answers import KEPT_ANSWERS
from ..imageserver.process import ImageServerProcess

REPORT = Path(__file__).absolute().parents[2] / "docs" / "making_benchmarks.md"
LATENCIES = (0.2, 2.0)
ROUNDS = 3
LANDSAT = "Olinda/Landsat"
#: What is asked for, by its name: a service, and options as the console takes them.
LAYERS: dict[str, tuple[str, dict[str, Any]]] = {
    "nothing but the service": (LANDSAT, {}),
    "where clause": (LANDSAT, {"where_clause": "Best < 70"}),
    "processing template": (LANDSAT, {"processing_template": "NDVI"}),
    "template of the service": ("Test/LandsatDefault", {}),
    "attribute table": ("PuertoRico/LandCover", {}),
    "locked rasters by id": (LANDSAT, {"lock_rasterid": "1;2"}),
    "locked rasters by name": (LANDSAT, {"lock_rasterid": "{name}"}),
    "nearest date": ("Test/Monthly", {"nearest_date": True}),
    "variable and dimension": ("Test/Water", {"variable": "salinity", "dimensions": "StdZ=-50"}),
    "slice by its id": ("Test/Climate", {"slice_id": 14}),
    "variables, none chosen": ("Test/Climate", {}),
    "template, where, locked rasters, bands": (
        LANDSAT,
        {"processing_template": "NDVI", "where_clause": "Best < 70", "lock_rasterid": "1;2", "band_index": "1"},
    ),
}


_HEAD = f"requests | {' | '.join(f's at {latency:g} s' for latency in LATENCIES)} | round trips"


def main() -> None:
    """Measure, and write the page."""
    application = QgsApplication([], False)
    application.initQgis()
    with ImageServerProcess() as server:
        rows = [_row(server, name) for name in LAYERS]
    software = f"QGIS {Qgis.QGIS_VERSION}, Python {platform.python_version()}, {os.cpu_count()} cores"
    page = f"""# Making a layer

Written by `make bench-making`. Until a layer is planned, which is all of its network: the requests, and the seconds on
a server that takes so much longer for each request than it would. A round trip is what cannot be asked for before
something else is answered: the seconds at 2 s, less those that the server really needs. *Again* is the next layer of
the same service in the session, which knows what the service says of itself. The median of {ROUNDS} rounds.
{software}; server and client share the machine.

| what is asked for | {_HEAD} | {_HEAD.replace("requests", "again: requests")} |
| --- |{" ---: |" * (2 * (len(LATENCIES) + 2))}
{chr(10).join(rows)}
"""
    REPORT.write_text(page, encoding="utf8")
    sys.stdout.write(f"Written to docs/{REPORT.name}.\n")


def _row(server: ImageServerProcess, name: str) -> str:
    # What is built when it is first asked for does not count.
    _seconds(server, name, 0.0)
    row = f"| {name} | {_cells(server, name)} | {_cells(server, name, again=True)} |"
    sys.stdout.write(f"{row}\n")
    sys.stdout.flush()
    return row


def _cells(server: ImageServerProcess, name: str, *, again: bool = False) -> str:
    found = [
        sorted(_seconds(server, name, latency, again=again) for _ in range(ROUNDS))[ROUNDS // 2]
        for latency in LATENCIES
    ]
    requests = len(server.requests())
    return f"{requests} | {' | '.join(f'{value:.2f}' for value in found)} | {found[-1] // LATENCIES[-1]:g}"


def _seconds(server: ImageServerProcess, name: str, latency: float, *, again: bool = False) -> float:
    service, given = LAYERS[name]
    if "lock_rasterid" in given:
        given = {**given, "lock_rasterid": given["lock_rasterid"].format(name=_name_of_a_raster(server))}
    request = layer_request(QgsProject.instance(), server.service(service), **given)
    KEPT_ANSWERS.clear()
    if again:
        plan_layer(request)
    server.reset()
    server.settings(latency=latency)
    began = time.perf_counter()
    plan_layer(request)
    return time.perf_counter() - began


def _name_of_a_raster(server: ImageServerProcess) -> str:
    request = layer_request(QgsProject.instance(), server.service(LANDSAT))
    connected = plan_layer(request).connected
    catalog = connected.catalog(connected.client())
    assert catalog is not None
    return catalog.rasters(limit=1).rasters[0].name


if __name__ == "__main__":
    main()
