"""QGIS opens a saved project as it starts: the layers are live, and drawn right at the first go."""

from __future__ import annotations

from qgis.core import QgsProject

from ..player import Steps
from ..stage import Stage
from .layers import (
    AROUND_THE_VIEW,
    CLASSES,
    EDIT,
    PICTURE,
    QUICK,
    check_classes,
    is_right,
    menu_of,
    picture_is_identified,
)


def steps(stage: Stage) -> Steps:
    project = QgsProject.instance()
    (picture,) = project.mapLayersByName(PICTURE)
    assert {layer.providerType() for layer in project.mapLayers().values()} == {"imageserver"}
    assert not project.isDirty()
    yield lambda: is_right(stage, AROUND_THE_VIEW)
    assert {EDIT, QUICK} <= set(menu_of(stage, picture))
    yield from picture_is_identified(stage, picture)

    (classes,) = project.mapLayersByName(CLASSES)
    project.setCrs(classes.crs())
    yield from stage.draw(classes.extent())
    check_classes(stage)
