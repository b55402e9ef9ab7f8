"""Elevation: the ground of a project, profiles, and maps in three dimensions."""

from __future__ import annotations

import importlib

import numpy as np
from qgis import core
from qgis.core import QgsLineString, QgsPoint, QgsProject, QgsRasterLayer

from ...desktop.player import Steps
from ...imageserver.data import DATA
from ...truth import elevation
from ..inside import pause
from ..scenes import cells
from .subject import NotOfferedError, Subject

_ROW = 40
_COLUMNS = (12, 70)
_SCENE_SECONDS = 8.0


def terrain_of_project(subject: Subject) -> None:
    """The height of points on the ground of the project."""
    if not hasattr(core, "QgsRasterDemTerrainProvider"):
        raise NotOfferedError("from 3.26 on")
    ground = core.QgsRasterDemTerrainProvider()
    ground.setLayer(subject.elevation)
    ground.prepare()
    for column in range(*_COLUMNS, 7):
        point = cells(subject.elevation, column, _ROW, 1, 1).center()
        found = ground.heightAt(point.x(), point.y())
        assert np.isclose(found, elevation()[0, _ROW, column]), (column, found)


def elevation_profile(subject: Subject) -> Steps:
    """Heights along a row of cells, as QGIS tells them of the same elevation in a file."""
    if not hasattr(core, "QgsProfileRequest"):
        raise NotOfferedError("from 3.26 on")
    assert subject.elevation.elevationProperties().isEnabled(), "The layer is not marked as elevation."
    file = QgsRasterLayer(str(DATA / "dem_olinda.tif"), "file")
    file.setCrs(subject.elevation.crs())
    file.elevationProperties().setEnabled(True)
    expected = yield from _profile(file)
    found = yield from _profile(subject.elevation)
    assert len(expected) >= _COLUMNS[1] - _COLUMNS[0], len(expected)
    assert found == expected, sorted(set(found) ^ set(expected))[:4]


def _profile(layer: QgsRasterLayer) -> Steps:
    """Return x, y and z of the points of a profile, generated in the background, as the panel does."""
    first, last = (cells(layer, column, _ROW, 1, 1).center() for column in _COLUMNS)
    request = core.QgsProfileRequest(QgsLineString([QgsPoint(first), QgsPoint(last)]))
    request.setCrs(layer.crs())
    request.setStepDistance(first.distance(last) / (_COLUMNS[1] - _COLUMNS[0]))
    generator = layer.createProfileGenerator(request)
    ended: list[object] = []
    task = core.QgsTask.fromFunction(
        "profile", lambda _task: generator.generateProfile(), on_finished=lambda *given: ended.append(given)
    )
    core.QgsApplication.taskManager().addTask(task)
    yield lambda: ended
    points = generator.takeResults().sampledPoints()
    return sorted((round(point.x(), 3), round(point.y(), 3), round(point.z(), 3)) for point in points)


def map_in_3d(subject: Subject) -> Steps:
    """A 3D map with the layer as its ground: QGIS asks for heights and draws, and ends well."""
    iface = subject.session.iface
    if not hasattr(iface, "createNewMapCanvas3D"):
        raise NotOfferedError("to Python from 3.36 on")
    # Without the types of a 3D map in Python, QGIS would crash where it hands one over.
    importlib.import_module("qgis._3d")
    project = QgsProject.instance()
    ground = core.QgsRasterDemTerrainProvider()
    ground.setLayer(subject.elevation)
    project.elevationProperties().setTerrainProvider(ground)
    project.setCrs(subject.elevation.crs())
    subject.session.canvas.setExtent(subject.elevation.extent())
    subject.session.server.clear()
    canvas = iface.createNewMapCanvas3D("Soak")
    assert canvas is not None, "There is no 3D map."
    yield from pause(_SCENE_SECONDS)
    iface.mainWindow().grab().save(str(subject.session.output / "uses_3d.png"))
    asked = subject.session.server.requests("Olinda/Elevation", "exportImage")
    closed = iface.closeMapCanvas3D("Soak")
    yield from pause(1.0)
    assert asked, "The 3D map asked for no heights."
    assert closed is None or closed, "The 3D map cannot be closed."
