"""An export tells how it is repeated in Python and on the command line, without layers of a project and secrets."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from image_server_layer import make_image_server_layer
from image_server_layer.tests.processing.running import EXPORT, Log, new_context, run
from image_server_layer.tests.truth import landsat_extent

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = "Olinda/Landsat"


def test_the_script_makes_the_same_file(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(
        image_server.service(LANDSAT), band_index="4;1", mosaic_method="LOCK_RASTER", lock_rasterid="3;1"
    )
    xmin, ymin, xmax, ymax = landsat_extent(100, 20, 60, 40)
    template = QgsReferencedRectangle(QgsRectangle(xmin, ymin, xmax, ymax), layer.crs())
    path, log = tmp_path / "scene.tif", Log()
    run(EXPORT, log, INPUT=layer, TEMPLATE=template, COMPRESSION="LZW", OUTPUT=str(path))
    first = gdal.Open(str(path)).ReadAsArray()
    path.unlink()
    script, command = log.commands
    assert layer.id() not in script
    exec(compile(script, "script", "exec"), {})  # noqa: S102 - it is what is tested
    np.testing.assert_array_equal(gdal.Open(str(path)).ReadAsArray(), first)
    assert shlex.split(command)[:3] == ["qgis_process", "run", EXPORT]
    assert "--COMPRESSION=LZW" in shlex.split(command)
    assert f"--OUTPUT={path}" in shlex.split(command)


def test_two_extents_are_no_script(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    layer = make_image_server_layer(image_server.service(LANDSAT), template=QgsRectangle(*landsat_extent(0, 0, 90, 90)))
    extent = QgsReferencedRectangle(QgsRectangle(*landsat_extent(10, 10, 20, 20)), layer.crs())
    run(EXPORT, log, INPUT=layer, TEMPLATE=extent, OUTPUT=str(tmp_path / "b.tif"))
    assert log.commands == []
    assert (
        "There is no script of this export: The layer has an extent of its own, and a script has one only." in log.debug
    )


def test_a_layer_in_memory_is_named_as_the_reason(image_server: ImageServerProcess, tmp_path: Path) -> None:
    shapes = QgsVectorLayer("Polygon?crs=EPSG:31985", "sketch", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*landsat_extent(10, 10, 20, 20))))
    shapes.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(shapes)
    log = Log()
    run(EXPORT, log, IN_IMAGE_SERVICE=image_server.service(LANDSAT), MASK=shapes.id(), OUTPUT=str(tmp_path / "a.tif"))
    assert log.commands == []
    assert "There is no script of this export: The layer “sketch” is in memory only." in log.debug


def test_the_dialog_copies_what_it_is_filled_in_for(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), band_index="4;1")
    path = tmp_path / "copied.tif"
    output = QgsProcessingOutputLayerDefinition(str(path), QgsProject.instance())
    parameters = {"INPUT": layer.id(), "EACH": "ALL", "FORMAT": "COG", "COMPRESSION": "ZSTD", "OUTPUT": output}
    algorithm = QgsApplication.processingRegistry().algorithmById(EXPORT).create()
    image_server.clear()
    python, command = algorithm.scripts(parameters, new_context())
    assert not image_server.requests()
    assert layer.id() not in python + command
    assert {"--BAND_INDEX=4;1", "--FORMAT=COG", "--COMPRESSION=ZSTD", f"--OUTPUT={path}"} <= set(shlex.split(command))
    exec(compile(python, "script", "exec"), {})  # noqa: S102 - it is what is tested
    assert gdal.Open(str(path)).RasterCount == 2
