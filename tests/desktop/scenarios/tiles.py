"""Services of ready-made tiles: what the form grays, layers on the map, and tiles or images where there are both."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QDialog, QPushButton, QRadioButton, QTabWidget

from ..hand import choose, click, find, says, tap, tap_tab
from ..player import Steps
from ..stage import Stage
from .dialog import connected, opened, photographed, settled
from .dialog_states import opened_anew
from .preview import drawn

LERC, PICTURES, BOTH = "Test/LercTiles", "Test/TilesOnly", "Test/Cached"


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
    yield from tiles_or_images(stage)


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


def tiles_or_images(stage: Stage) -> Steps:
    """A picture of a service that has both, drawn from its tiles, and from images once that is chosen."""
    dialog = yield from opened_anew(stage)
    yield from connected(stage, dialog, BOTH)
    click(find(dialog, QRadioButton, "Picture"))
    yield from drawn(dialog)
    assert says(dialog, "The ready-made tiles of the service; where they do not fit a view, the server draws it.")
    yield from photographed(stage, "tiles_8_both", dialog)
    box = find(dialog, QComboBox, "Ready-made tiles")
    choose(box, "Ask for images")
    yield from settled()
    yield from photographed(stage, "tiles_9_images", dialog)
    choose(box, "Automatic")
    yield from settled()
    layer = yield from added_by_mouse(dialog, "Cached")
    QgsProject.instance().setCrs(layer.crs())
    stage.server.clear()
    yield from stage.draw(layer.extent())
    yield from photographed(stage, "tiles_10_map")
    assert stage.server.requests("/tile/")
