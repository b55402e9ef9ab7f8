"""Layers made and edited with the form, measured."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QAbstractButton, QDialog, QRadioButton

from ..hand import click, find
from ..player import Steps
from ..stage import Stage
from ..watch import Watch, after
from .dialog import LANDSAT
from .speed_of_choices import connecting


def layers(stage: Stage, watch: Watch, dialog: QDialog) -> Steps:
    """Make a layer of each kind. They are drawn elsewhere: what QGIS does for that is not the form's."""
    stage.canvas.setRenderFlag(False)
    yield from connecting(stage, watch, dialog, LANDSAT, "read a service")
    add, project = find(dialog, QAbstractButton, "Add"), QgsProject.instance()
    yield from watch.step("add pixel values", lambda: click(add), lambda: len(project.mapLayers()) == 1)
    # To look for a widget among hundreds takes as long as what is measured.
    picture, close = find(dialog, QRadioButton, "Picture"), find(dialog, QAbstractButton, "Close")
    yield from watch.step("choose a picture", lambda: click(picture), after(1.0))
    yield from watch.step("add a picture", lambda: click(add), lambda: len(project.mapLayers()) == 2)
    yield from watch.step("close the form with layers", lambda: click(close), after(0.5))
