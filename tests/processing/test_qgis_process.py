"""On the command line: `qgis_process` finds the algorithms, and prints the source of a layer for any QGIS to open."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer

from image_server_layer import make_image_server_layer
from image_server_layer.tests import children
from image_server_layer.tests.desktop.profile import NAME, make_profile
from image_server_layer.tests.documents.examples import file_for
from image_server_layer.tests.processing.running import CATALOG, EXPORT, LIST, MAKE, OPEN, SAMPLE, ZONAL, Log, run
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, landsat_extent, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def qgis_process(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a function that runs `qgis_process` in a profile where the plugin is switched on."""
    folder = tmp_path_factory.mktemp("qgis_process")
    make_profile(folder)
    (folder / "profiles" / "default").symlink_to(NAME)
    environment = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(folder)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        # Debian's script of the name without an ending fails in 3.22.
        command = ["qgis_process.bin", *arguments]
        return children.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_layer_is_made_and_its_source_printed(
    image_server: ImageServerProcess, qgis_process: Run, tmp_path: Path
) -> None:
    service = f"IN_IMAGE_SERVICE={image_server.service('Olinda/Landsat')}"
    done = qgis_process("--json", "run", MAKE, "--", service, "BAND_INDEX=4;1", "MOSAIC_METHOD=NORTH_WEST")
    assert done.returncode == 0, done.stderr
    source = json.loads(done.stdout)["results"]["URI"]
    np.testing.assert_array_equal(qgis_pixels(QgsRasterLayer(source, "", "gdal")), mosaic(NORTH_WEST)[[3, 0]])
    assert list(tmp_path.iterdir()) == []


def test_a_layer_file_is_opened(image_server: ImageServerProcess, qgis_process: Run, tmp_path: Path) -> None:
    path = file_for("coast.mapx", f"{image_server.origin}/arcgis", tmp_path)
    done = qgis_process("--json", "run", OPEN, "--", f"INPUT={path}")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (len(results["LAYERS"]), results["COUNT"]) == (3, 3)
    assert "The layer “Roads” is left out" in results["REPORT"]


def test_a_service_is_exported_to_a_file(image_server: ImageServerProcess, qgis_process: Run, tmp_path: Path) -> None:
    path = tmp_path / "scene.tif"
    service = f"IN_IMAGE_SERVICE={image_server.service('Olinda/Landsat')}"
    done = qgis_process("--json", "run", EXPORT, "--", service, "BAND_INDEX=4;1", "FORMAT=COG", f"OUTPUT={path}")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (results["OUTPUT"], results["MISSING"], results["MISSING_COUNT"]) == (str(path), "", 0)
    np.testing.assert_array_equal(qgis_pixels(QgsRasterLayer(str(path))), mosaic(NORTH_WEST)[[3, 0]])


def test_the_command_that_an_export_tells_does_the_same(
    image_server: ImageServerProcess, qgis_process: Run, tmp_path: Path
) -> None:
    path, log = tmp_path / "it's a scene.tif", Log()
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"),
        band_index="4;1",
        where_clause="Name <> 'a b'",
        mosaic_method="NORTH_WEST",
    )
    export = {"TARGET_CRS": QgsCoordinateReferenceSystem("EPSG:4326"), "COMPRESSION": "LZW", "ALLOW_GAPS": True}
    run(EXPORT, log, INPUT=layer, OUTPUT=str(path), **export)
    first = qgis_pixels(QgsRasterLayer(str(path)))
    path.unlink()
    program, *arguments = shlex.split(log.commands[1])
    assert program == "qgis_process"
    done = qgis_process(*arguments)
    assert done.returncode == 0, done.stderr
    np.testing.assert_array_equal(qgis_pixels(QgsRasterLayer(str(path))), first)


def test_an_error_is_one_sentence_and_a_bad_exit_code(image_server: ImageServerProcess, qgis_process: Run) -> None:
    done = qgis_process("run", MAKE, "--", f"IN_IMAGE_SERVICE={image_server.service('Test/U8')}", "BAND_INDEX=4")
    assert done.returncode == 1
    assert "ERROR:\tThe band “4” does not exist; choose from 1 to 3." in done.stderr.splitlines()


def test_the_services_of_a_server_are_written_to_a_file(
    image_server: ImageServerProcess, qgis_process: Run, tmp_path: Path
) -> None:
    table = tmp_path / "services.csv"
    done = qgis_process("run", LIST, "--", f"SERVER={image_server.url}/PuertoRico", f"OUTPUT={table}")
    assert done.returncode == 0, done.stderr
    assert table.read_text(encoding="utf-8").splitlines() == [
        "name,folder,url,type",
        f"LandCover,PuertoRico,{image_server.service('PuertoRico/LandCover')},ImageServer",
    ]


def test_points_and_polygons_are_asked_for_and_the_catalog_is_written(
    image_server: ImageServerProcess, qgis_process: Run, tmp_path: Path
) -> None:
    service = f"IN_IMAGE_SERVICE={image_server.service('Olinda/Landsat')}"
    xmin, ymin, xmax, ymax = landsat_extent(10, 20, 4, 4)
    at = {"type": "Point", "coordinates": [xmin + 10, ymax - 10]}
    corners = [[xmin, ymin], [xmin, ymax], [xmax, ymax], [xmax, ymin], [xmin, ymin]]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::31985"}}
    for name, geometry in (("points", at), ("zones", {"type": "Polygon", "coordinates": [corners]})):
        features = [{"type": "Feature", "properties": {}, "geometry": geometry}]
        document = {"type": "FeatureCollection", "crs": crs, "features": features}
        (tmp_path / f"{name}.geojson").write_text(json.dumps(document), encoding="utf-8")
    files = {name: tmp_path / f"{name}.csv" for name in ("samples", "statistics", "footprints")}
    for algorithm, given, output in (
        (SAMPLE, [f"POINTS={tmp_path / 'points.geojson'}", "BAND_INDEX=4"], "samples"),
        (ZONAL, [f"ZONES={tmp_path / 'zones.geojson'}", "BAND_INDEX=4"], "statistics"),
        (CATALOG, ["WHERE_CLAUSE=Best = 60"], "footprints"),
    ):
        done = qgis_process("run", algorithm, "--", service, *given, f"OUTPUT={files[output]}")
        assert done.returncode == 0, done.stderr
    value, area = mosaic(NORTH_WEST)[3, 20, 10], mosaic(NORTH_WEST)[3, 20:24, 10:14]
    samples, statistics, footprints = (files[name].read_text(encoding="utf-8").splitlines() for name in files)
    assert samples == ["NearInfrared_1,status", f"{value},value"]
    assert statistics[1].replace('"', "").split(",")[:3] == ["16", str(area.min()), str(area.max())]
    assert footprints[0].startswith("OBJECTID,Name,MinPS")
    assert "1999/08/11 12:41:07" in footprints[1]
