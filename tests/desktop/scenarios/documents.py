"""Layers that others made: files dropped on the map with the mouse, opened by the form's menu, and a web map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsRectangle
from qgis.gui import QgsMessageViewer
from qgis.PyQt.QtCore import QMimeData, Qt, QUrl
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
)

from ...documents.examples import file_for
from ...imageserver.web_map import COAST_MAP
from ..hand import click, click_action, find, later, move_to, press, says, type_into, xdotool
from ..player import Steps
from ..stage import Stage
from .dialog import opened

EXTENT = QgsRectangle(288000, 9110000, 299500, 9121500)


class _Files(QListWidget):
    """A file manager, as far as files are dragged from it."""

    def __init__(self, *paths: Path) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setDragEnabled(True)
        for path in paths:
            self.addItem(QListWidgetItem(path.name))
        self._urls = {path.name: QUrl.fromLocalFile(str(path)) for path in paths}
        self.setGeometry(40, 40, 160, 70)

    def mimeData(self, items: list[QListWidgetItem]) -> QMimeData:  # noqa: N802
        data = QMimeData()
        data.setUrls([self._urls[item.text()] for item in items])
        return data


def steps(stage: Stage) -> Steps:
    site = f"{stage.server.origin}/arcgis"
    layer_file, map_file = (file_for(name, site, stage.folder) for name in ("landsat.lyrx", "coast.mapx"))
    yield from stage.draw(EXTENT)
    yield from dropped_on_the_map(stage, map_file)
    yield from opened_by_the_menu(stage, layer_file)
    yield from web_map_is_offered(stage)


def dropped_on_the_map(stage: Stage, path: Path) -> Steps:
    """A file that is dragged from elsewhere and let go over the map brings its layers, in their groups."""
    project, window = QgsProject.instance(), stage.iface.mainWindow()
    files = _Files(path)
    files.show()
    yield files.isVisible
    row = files.visualItemRect(files.item(0)).center()
    target = stage.canvas.mapToGlobal(stage.canvas.rect().center())
    move_to(files.viewport(), row)
    xdotool("mousedown", "1")
    yield files.selectedItems
    start = files.viewport().mapToGlobal(row)
    for part in range(1, 11):
        place = start + (target - start) * part / 10
        xdotool("mousemove", str(place.x()), str(place.y()))
        yield from _turns(3)
    xdotool("mouseup", "1")
    yield lambda: len(project.mapLayers()) == 3
    files.close()
    yield lambda: says(window, "3 layers were added from “coast.mapx”.")
    stage.iface.layerTreeView().expandAll()
    yield from stage.draw()
    stage.photograph("documents_1_dropped")
    tops = [node.name() for node in project.layerTreeRoot().children()]
    assert tops == ["Imagery", "Relief"], tops
    click(find(stage.iface.messageBar(), QPushButton, "Details…"))
    yield lambda: _viewer() is not None
    stage.photograph("documents_2_details", _viewer())
    click(find(_viewer(), QPushButton, "Close"))
    yield lambda: _viewer() is None
    click(find(stage.iface.messageBar(), QPushButton, "Undo"))
    yield lambda: not project.mapLayers()


def opened_by_the_menu(stage: Stage, path: Path) -> Steps:
    """*More ▸ Open Layer File…* shows the one image service of a file, with its options."""
    dialog = yield from opened(stage)
    more = find(dialog, QPushButton, "More")
    later(lambda: click(more))
    yield lambda: isinstance(QApplication.activePopupWidget(), QMenu)
    menu = QApplication.activePopupWidget()
    stage.photograph_screen("documents_3_menu")
    (entry,) = (action for action in menu.actions() if action.text().replace("&", "") == "Open Layer File…")
    later(lambda: click_action(menu, entry))
    yield lambda: isinstance(QApplication.activeModalWidget(), QFileDialog)
    chooser = QApplication.activeModalWidget()
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    name.setText(str(path))
    press(name, Qt.Key.Key_Return)
    yield lambda: says(dialog, "“landsat.lyrx” is shown here.")
    yield lambda: find(dialog, QLineEdit, "Name").text() == "Coast, clear days"
    yield from _photographed(stage, "documents_4_form", dialog)
    assert dialog.form.options().where == "CloudCover < 50"


def web_map_is_offered(stage: Stage) -> Steps:
    """The address of a web map offers what is in it, and adds it."""
    project = QgsProject.instance()
    (dialog,) = (w for w in QApplication.topLevelWidgets() if w.objectName() == "ImageServerLayerDialog")
    change = next(b for b in dialog.findChildren(QPushButton) if b is dialog.form._service_area.bar.change_button)
    click(change)
    type_into(dialog.form._service._address.lineEdit(), f"{stage.server.origin}/portal/home/item.html?id={COAST_MAP}")
    press(dialog.form._service._address, Qt.Key.Key_Return)
    yield lambda: says(dialog, "There are 3 image services in “Coast map”.")
    yield from _photographed(stage, "documents_5_web_map", dialog)
    click(find(dialog.form.message_bar, QPushButton, "Add All"))
    yield lambda: len(project.mapLayers()) == 3
    yield from _photographed(stage, "documents_6_added", dialog)
    dialog.close()


def _viewer() -> Any:
    """Return the window with the details, None where there is none."""
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, QgsMessageViewer) and w.isVisible())
    return next(shown, None)


def _photographed(stage: Stage, name: str, dialog: QDialog) -> Steps:
    yield from _turns(20)
    stage.photograph(name, dialog)


def _turns(count: int) -> Steps:
    """Let QGIS work for some turns."""
    left = [count]

    def is_over() -> bool:
        left[0] -= 1
        return left[0] <= 0

    yield is_over
