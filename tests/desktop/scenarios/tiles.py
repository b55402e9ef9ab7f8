"""Services of ready-made tiles only: what the form greys, a layer of LERC and one of pictures on the map."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QDialog, QRadioButton

from ..hand import find
from ..player import Steps
from ..stage import Stage
from .dialog import added, connected, opened, photographed, settled
from .dialog_states import opened_anew
from .preview import drawn

LERC, PICTURES = "Test/LercTiles", "Test/TilesOnly"


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, LERC)
    yield from drawn(dialog)
    yield from all_tabs(stage, dialog)
    assert find(dialog, QRadioButton, "Pixel values").isChecked()
    layer = yield from added(dialog, "Add and Close", "LercTiles")
    QgsProject.instance().setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    yield from photographed(stage, "tiles_5_lerc")
    dialog = yield from opened_anew(stage)
    yield from connected(stage, dialog, PICTURES)
    yield from drawn(dialog)
    yield from photographed(stage, "tiles_6_pictures", dialog)
    picture = yield from added(dialog, "Add and Close", "TilesOnly")
    QgsProject.instance().setCrs(picture.crs())
    yield from stage.draw(picture.extent())
    yield from photographed(stage, "tiles_7_map")
    assert int(stage.pixels().max()) > 200


def all_tabs(stage: Stage, dialog: QDialog) -> Steps:
    tabs = dialog.form.tabs
    for number in range(4):
        tabs.setCurrentIndex(number)
        yield from settled()
        yield from photographed(stage, f"tiles_{number + 1}_form", dialog)
