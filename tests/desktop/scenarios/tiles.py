"""Services of ready-made tiles only: what the form greys, a layer of LERC and one of pictures on the map."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QAbstractButton, QDialog, QPushButton, QRadioButton, QTabWidget

from ..hand import find, tap, tap_tab
from ..player import Steps
from ..stage import Stage
from .dialog import connected, opened, photographed, settled
from .dialog_states import opened_anew
from .preview import drawn

LERC, PICTURES = "Test/LercTiles", "Test/TilesOnly"


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, LERC)
    yield from drawn(dialog)
    yield from all_tabs(stage, dialog)
    assert find(dialog, QRadioButton, "Pixel values").isChecked()
    layer = yield from added_by_mouse(dialog, "LercTiles")
    QgsProject.instance().setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    yield from photographed(stage, "tiles_5_lerc")
    dialog = yield from opened_anew(stage)
    yield from connected(stage, dialog, PICTURES)
    yield from drawn(dialog)
    yield from photographed(stage, "tiles_6_pictures", dialog)
    picture = yield from added_by_mouse(dialog, "TilesOnly")
    QgsProject.instance().setCrs(picture.crs())
    yield from stage.draw(picture.extent())
    yield from photographed(stage, "tiles_7_map")
    assert int(stage.pixels().max()) > 200


def all_tabs(stage: Stage, dialog: QDialog) -> Steps:
    tabs = dialog.form.tabs
    for number in range(4):
        tap_tab(tabs, number)
        yield partial(_is_in_front, tabs, number)
        yield from settled()
        yield from photographed(stage, f"tiles_{number + 1}_form", dialog)


def _is_in_front(tabs: QTabWidget, number: int) -> bool:
    return bool(tabs.currentIndex() == number)


def added_by_mouse(dialog: QDialog, name: str) -> Steps:
    """Click on *Add*, then on *Close*, and return the layer."""
    tap(find(dialog, QAbstractButton, "Add"))
    project = QgsProject.instance()
    yield lambda: project.mapLayersByName(name)
    tap(find(dialog, QPushButton, "Close"))
    yield lambda: not dialog.isVisible()
    (layer,) = project.mapLayersByName(name)
    return layer
