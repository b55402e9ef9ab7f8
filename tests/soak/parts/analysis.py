"""The raster calculator and algorithms of the toolbox, in this QGIS and in `qgis_process`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import processing
from qgis.analysis import QgsRasterCalculator, QgsRasterCalculatorEntry
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsVectorLayer

from ... import children
from ...desktop.player import Steps
from ...desktop.profile import NAME, make_profile
from ...truth import NORTH_WEST, land_cover, mosaic
from ..scenes import cells
from .subject import Array, Subject, assert_same, read

_ROOT = Path(__file__).absolute().parents[3]
_PART = (60, 50, 100, 80)
_MEAN = 2  # of native:cellstatistics


def _part(pixels: Array) -> Array:
    left, top, columns, rows = _PART
    return pixels[:, top : top + rows, left : left + columns]


def raster_calculator(subject: Subject) -> None:
    """Band 4 less band 3, over all of the layer."""
    layer, file = subject.values, subject.file("calculated.tif")
    entries = [_entry(layer, band) for band in (3, 4)]
    calculator = QgsRasterCalculator(
        '"b4" - "b3"',
        file,
        "GTiff",
        layer.extent(),
        layer.crs(),
        layer.width(),
        layer.height(),
        entries,
        QgsProject.instance().transformContext(),
    )
    assert calculator.processCalculation() == 0, calculator.lastError()
    bands = mosaic(NORTH_WEST).astype(np.float32)
    assert_same(read(file), (bands[3] - bands[2])[np.newaxis])


def _entry(layer: QgsRasterLayer, band: int) -> QgsRasterCalculatorEntry:
    entry = QgsRasterCalculatorEntry()
    entry.raster, entry.bandNumber, entry.ref = layer, band, f"b{band}"
    return entry


def cell_statistics(subject: Subject) -> None:
    """The mean of a layer and itself."""
    layer, file = subject.values, subject.file("cells.tif")
    settings = {
        "INPUT": [layer, layer],
        "STATISTIC": _MEAN,
        "IGNORE_NODATA": False,
        "REFERENCE_LAYER": layer,
        "OUTPUT": file,
    }
    processing.run("native:cellstatistics", settings)
    assert_same(read(file), mosaic(NORTH_WEST)[:1].astype(np.float32))


def sample_raster_values(subject: Subject) -> None:
    """The values of all bands under points."""
    layer = subject.values
    rows, columns = np.mgrid[20:330:62, 15:340:65].reshape(2, -1)
    points = QgsVectorLayer(f"Point?crs={layer.crs().authid()}", "points", "memory")
    features = []
    for row, column in zip(rows.tolist(), columns.tolist()):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromPointXY(cells(layer, column, row, 1, 1).center()))
        features.append(feature)
    points.dataProvider().addFeatures(features)
    settings = {"INPUT": points, "RASTERCOPY": layer, "COLUMN_PREFIX": "b", "OUTPUT": "memory:"}
    result = processing.run("native:rastersampling", settings)["OUTPUT"]
    found = np.array([feature.attributes() for feature in result.getFeatures()], float).T
    assert_same(found, mosaic(NORTH_WEST)[:, rows, columns].astype(float))


def zonal_statistics(subject: Subject) -> None:
    """Count and sum of the classes within a rectangle."""
    layer, (left, top, columns, rows) = subject.land_cover, (10, 12, 40, 20)
    zones = QgsVectorLayer("Polygon", "zones", "memory")
    zones.setCrs(layer.crs())
    zone = QgsFeature()
    zone.setGeometry(QgsGeometry.fromRect(cells(layer, left, top, columns, rows)))
    zones.dataProvider().addFeatures([zone])
    settings = {
        "INPUT": zones,
        "INPUT_RASTER": layer,
        "RASTER_BAND": 1,
        "COLUMN_PREFIX": "_",
        "STATISTICS": [0, 1],
        "OUTPUT": "memory:",
    }
    result = processing.run("native:zonalstatisticsfb", settings)["OUTPUT"]
    (found,) = result.getFeatures()
    pixels = land_cover()[0, top : top + rows, left : left + columns]
    nodata = layer.dataProvider().sourceNoDataValue(1) if layer.dataProvider().sourceHasNoDataValue(1) else None
    counted = pixels[pixels != nodata] if nodata is not None else pixels
    assert [found["_count"], found["_sum"]] == [counted.size, int(counted.sum())], found.attributes()


def gdal_translate(subject: Subject) -> None:
    """GDAL opens the source of the live layer by itself."""
    file = subject.file("translated.tif")
    processing.run("gdal:translate", {"INPUT": subject.values, "OUTPUT": file})
    assert_same(read(file), mosaic(NORTH_WEST))


def gdal_clip_of_picture(subject: Subject) -> None:
    """Red, green and blue of a part of the picture."""
    file, extent = subject.file("clipped.tif"), cells(subject.picture, *_PART)
    processing.run("gdal:cliprasterbyextent", {"INPUT": subject.picture, "PROJWIN": extent, "OUTPUT": file})
    assert_same(read(file)[:3], _part(mosaic(NORTH_WEST)[:3]))


def qgis_process(subject: Subject) -> Steps:
    """A process of its own, with the plugin, takes a layer from the saved project."""
    project, file = subject.file("saved.qgz"), subject.file("processed.tif")
    assert QgsProject.instance().write(project), QgsProject.instance().error()
    profiles = subject.session.files.folder / "process"
    make_profile(profiles, _ROOT)
    (profiles / "profiles" / "default").symlink_to(NAME)
    program = shutil.which("qgis_process.bin") or "qgis_process"
    settings = {
        "INPUT": [subject.values.id()],
        "STATISTIC": _MEAN,
        "REFERENCE_LAYER": subject.values.id(),
        "OUTPUT": file,
    }
    words = [f"{key}={value[0] if isinstance(value, list) else value}" for key, value in settings.items()]
    command = [program, "--json", "run", "native:cellstatistics", f"--project_path={project}", "--", *words]
    environment = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(profiles), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYQGIS_STARTUP", None)
    with Path(subject.file("process.out")).open("w+", encoding="utf-8") as said:
        process = children.start(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
        yield lambda: process.poll() is not None
        said.seek(0)
        words_said = said.read()
    assert process.returncode == 0, json.dumps(words_said)
    assert_same(read(file), mosaic(NORTH_WEST)[:1].astype(np.float32))
