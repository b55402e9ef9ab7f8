"""The Image tab: red, green and blue from lists, and functions of ArcGIS with fields, with mouse and keyboard."""

from __future__ import annotations

from html import unescape

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QPushButton,
    QTableWidget,
    QToolButton,
)

from ..hand import choose, click, click_pixel, find, later, press, show, xdotool
from ..player import Steps
from ..stage import Stage
from .dialog import ELEVATION, LANDSAT, connected, opened, photographed, settled
from .dialog_states import opened_anew
from .gallery import drawn, gallery_of, image_is_drawn


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, LANDSAT)
    yield from drawn(dialog)
    yield from photographed(stage, "image_1_bands", dialog)
    yield from colors_are_picked(stage, dialog)
    yield from index_has_bands(stage, dialog)
    yield from connected(stage, dialog, ELEVATION)
    yield from drawn(dialog)
    yield from terrain_is_lit(stage, dialog)
    yield from layer_has_the_values(stage, dialog)
    yield from classes_are_typed(stage, dialog)
    dialog.resize(760, 640)
    yield from tile_chosen(dialog, "Shaded relief")
    yield from photographed(stage, "image_8_narrow", dialog)
    dialog.reject()
    QgsApplication.setUITheme("Night Mapping")
    dialog = yield from opened_anew(stage)
    yield from tile_chosen(dialog, "Band arithmetic")
    yield from image_is_drawn(dialog)
    yield from photographed(stage, "image_9_dark", dialog)


def tile_chosen(dialog: QDialog, name: str) -> Steps:
    """Click on the tile of a function."""
    dialog.form.tabs.setCurrentIndex(0)
    gallery = gallery_of(dialog)
    model = gallery.model()
    # The publisher's own may have the same name; those of ArcGIS come last.
    rows = [row for row in range(model.rowCount()) if model.index(row, 0).data() == name]
    index = model.index(rows[-1], 0)
    gallery.scrollTo(index)
    yield from settled()
    show(gallery)
    QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=gallery.visualRect(index).center())
    yield from settled()


def colors_are_picked(stage: Stage, dialog: QDialog) -> Steps:
    """Pick red with the keyboard, take a preset, and open the table."""
    choose(find(dialog, QComboBox, "Red"), "4: NearInfrared_1 (770 – 900 nm)")
    yield lambda: dialog.form.options().bands == (4, 2, 1)
    yield from drawn(dialog)
    yield from photographed(stage, "image_2_picked", dialog)
    more = find(dialog, QToolButton, "More presets")
    later(lambda: click(more))
    yield more.menu().isVisible
    yield from photographed(stage, "image_3_presets", more.menu())
    menu = more.menu()
    press(menu, Qt.Key.Key_Down)
    press(menu, Qt.Key.Key_Return)
    yield lambda: dialog.form.options().bands == (5, 4, 1)
    click(find(dialog, QPushButton, "More bands…"))
    yield from drawn(dialog)
    yield from photographed(stage, "image_4_table", dialog)


def index_has_bands(stage: Stage, dialog: QDialog) -> Steps:
    """Take an index of vegetation, and another one."""
    yield from tile_chosen(dialog, "Band arithmetic")
    choose(find(dialog, QComboBox, "Index"), "NDWI: water")
    yield lambda: dialog.form.options().processing_template.function["rasterFunctionArguments"]["BandIndexes"] == "4 2"
    yield from drawn(dialog)
    yield from photographed(stage, "image_5_index", dialog)


def type_number(box: QDoubleSpinBox, text: str) -> None:
    """Click into a box, and type in place of its number."""
    show(box)
    click_pixel(box, QPoint(box.width() // 3, box.height() // 2))
    xdotool("key", "ctrl+a")
    xdotool("type", "--delay", "8", text)


def terrain_is_lit(stage: Stage, dialog: QDialog) -> Steps:
    """Turn the sun."""
    yield from tile_chosen(dialog, "Hillshade")
    type_number(find(dialog, QDoubleSpinBox, "Azimuth"), "135")
    type_number(find(dialog, QDoubleSpinBox, "Z factor"), "4")
    yield lambda: dialog.form.options().processing_template.function["rasterFunctionArguments"]["ZFactor"] == 4
    yield from drawn(dialog)
    yield from photographed(stage, "image_6_hillshade", dialog)


def layer_has_the_values(stage: Stage, dialog: QDialog) -> Steps:
    """Add the layer, which has in its source what the fields say."""
    count = len(QgsProject.instance().mapLayers())
    click(find(dialog, QAbstractButton, "Add"))
    yield lambda: len(QgsProject.instance().mapLayers()) == count + 1
    layer = next(reversed(QgsProject.instance().mapLayers().values()))
    source = unescape(layer.source())
    assert '"Azimuth":135,"Altitude":45,"ZFactor":4' in source, source
    yield from photographed(stage, "image_6b_map", None)


def classes_are_typed(stage: Stage, dialog: QDialog) -> Steps:
    """Type classes of heights into the table."""
    yield from tile_chosen(dialog, "Remap")
    table = find(dialog, QTableWidget, "Classes")
    for row, texts in enumerate((("0", "20", "1"), ("20", "60", "2"))):
        for column, text in enumerate(texts):
            show(table)
            place = table.visualItemRect(table.item(row, column)).center()
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
            table.editItem(table.item(row, column))
            yield from settled()
            editor = QgsApplication.focusWidget()
            QTest.keyClicks(editor, text)
            QTest.keyClick(editor, Qt.Key.Key_Return)
            yield from settled()
    expected = {"InputRanges": [0, 20, 20, 60], "OutputValues": [1, 2], "AllowUnmatched": False}
    yield lambda: dialog.form.options().processing_template.function["rasterFunctionArguments"] == expected
    yield from drawn(dialog)
    yield from photographed(stage, "image_7_classes", dialog)
