"""QGIS opens a saved project as it starts: the layers are drawn right at the first go."""

from __future__ import annotations

from qgis.core import QgsProject

from ..stage import Stage, Steps
from .layers import AROUND_THE_VIEW, FREEZE, check_classes, is_right, menu_of


def steps(stage: Stage) -> Steps:
    (picture,) = QgsProject.instance().mapLayersByName("Landsat, around the view")
    yield lambda: is_right(stage, AROUND_THE_VIEW)
    assert FREEZE in menu_of(stage, picture)

    (classes,) = QgsProject.instance().mapLayersByName("Land cover")
    QgsProject.instance().setCrs(classes.crs())
    yield from stage.draw(classes.extent())
    check_classes(stage)
