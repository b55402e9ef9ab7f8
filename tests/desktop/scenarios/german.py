"""QGIS set to German: menu, form, messages and toolbox speak it, and no English text is left that has a translation."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QDialog, QGroupBox, QLabel, QLineEdit, QListView, QWidget

from ...tools.translations import FOLDER, read
from ..hand import find, press, says, type_into
from ..player import Steps
from ..stage import Stage
from .dialog import LANDSAT, photographed, settled, window_of

GERMAN = {text.source: forms[0] for text, forms in read(FOLDER / "image_server_layer_de.ts").items()}
ENTRY = "mActionAddImageServerLayer"


def steps(stage: Stage) -> Steps:
    (entry,) = (action for action in stage.iface.rasterMenu().actions() if action.objectName() == ENTRY)
    assert entry.text().endswith("Image-Server-Layer hinzufügen…"), entry.text()
    entry.trigger()
    yield lambda: window_of(stage) and window_of(stage).isVisible()
    dialog = window_of(stage)
    assert dialog.windowTitle().endswith("Image-Server-Layer hinzufügen")
    assert says(dialog, "Verbinden Sie sich zuerst mit einem Image-Service.")
    yield from settled()
    assert (left := english(dialog)) == [], left

    address = find(dialog, QComboBox, "Adresse des Image-Service")
    type_into(address.lineEdit(), f"{stage.server.url}/Olinda/Missing/ImageServer")
    press(address, Qt.Key.Key_Return)
    yield lambda: says(dialog, "prüfen Sie die Adresse")
    type_into(address.lineEdit(), stage.server.service(LANDSAT))
    press(address, Qt.Key.Key_Return)
    yield find(dialog, QAbstractButton, "Hinzufügen").isEnabled
    assert says(dialog, "6 Kanäle")
    yield from settled()
    assert (left := english(dialog)) == [], left
    gallery = dialog.findChild(QListView, "gallery")
    yield lambda: not dialog.form.preview.is_busy and not gallery.is_busy
    yield from photographed(stage, "german", dialog)

    algorithm = QgsApplication.processingRegistry().algorithmById("imageserver:makeimageserverlayer")
    assert algorithm.displayName() == "Image-Server-Layer erstellen"
    parameters = {parameter.name(): parameter.description() for parameter in algorithm.parameterDefinitions()}
    assert parameters["IN_IMAGE_SERVICE"] == "Image-Service"


def english(dialog: QDialog) -> list[str]:
    """Return the texts of a window that are English though there is German for them."""
    return [
        text
        for widget in dialog.findChildren(QWidget)
        for text in texts(widget)
        if text in GERMAN and GERMAN[text] != text and text not in GERMAN.values()
    ]


def texts(widget: QWidget) -> list[str]:
    """Return all that a widget says."""
    found = [widget.toolTip(), widget.accessibleName(), widget.whatsThis()]
    if isinstance(widget, (QLabel, QAbstractButton)):
        found.append(widget.text())
    if isinstance(widget, QGroupBox):
        found.append(widget.title())
    if isinstance(widget, QLineEdit):
        found.append(widget.placeholderText())
    if isinstance(widget, QComboBox):
        found += [widget.itemText(row) for row in range(widget.count())]
    return found
