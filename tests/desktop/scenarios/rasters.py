"""The window of rasters: footprints clicked and dragged over, filters, thumbnails, and what the form makes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QDialog, QPushButton, QTabWidget

from ..hand import choose, click, click_pixel, click_with, drag, find, says, turn_wheel, type_into, xdotool
from ..player import Steps
from ..stage import Stage
from .dialog import LANDSAT, added, connected, opened, photographed, settled
from .dialog_states import SMALL_SCREEN, opened_anew

if TYPE_CHECKING:
    from ....ui.mosaic.raster_picker import RasterPicker

# The upper left of the service, and the size of its cells.
_LEFT, _TOP, _CELL = 288776.25, 9120760.75, 28.5


def steps(stage: Stage) -> Steps:
    # In place of the page to begin with, there is a map.
    stage.iface.newProject()
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, LANDSAT)
    stage.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:31985"))
    stage.canvas.setExtent(QgsRectangle(_LEFT, _TOP - 352 * _CELL, _LEFT + 349 * _CELL, _TOP))
    picker = yield from picker_of(dialog)
    yield from drawn(picker)
    yield from photographed(stage, "rasters_1_opened", picker)
    yield from selected_on_the_map(stage, dialog, picker)
    yield from selected_with_the_mouse(stage, picker)
    yield from filtered(stage, picker)
    yield from locked(stage, dialog, picker)
    yield from small_and_dark(stage)


def picker_of(dialog: QDialog) -> Steps:
    """Choose the method, and open the window."""
    choose(find(dialog, QComboBox, "Mosaic method"), "Lock raster")
    click(find(dialog, QPushButton, "Choose…"))
    yield from settled()
    found = next(window for window in dialog.findChildren(QDialog) if window.isVisible())
    return cast("RasterPicker", found)


def drawn(picker: RasterPicker) -> Steps:
    """Wait until rows, picture and thumbnails are there."""
    yield lambda: picker.table.model().rowCount() > 0
    yield lambda: not picker.map.view._image.isNull() and not picker.map.view.is_busy
    yield from settled()
    yield lambda: not picker.thumbnails.is_busy


def place(picker: RasterPicker, column: int, row: int) -> QPoint:
    """Return where a cell of the scene is on the map."""
    view = picker.map.view.view
    assert view is not None
    x, y = view.to_pixel(_LEFT + column * _CELL, _TOP - row * _CELL)
    return QPoint(round(x), round(y))


def selected(picker: RasterPicker) -> list[int]:
    """Return the ids of the selected rasters, in their order."""
    return [picker.table.model().raster(row).id for row in picker.selection.rows()]


def over_the_map(stage: Stage) -> list[int]:
    """Return how many shapes lie over QGIS' map, band by band; QGIS has bands of its own, which are empty."""
    bands = [item for item in stage.canvas.scene().items() if isinstance(item, QgsRubberBand)]
    return sorted(band.size() for band in bands if band.isVisible() and band.numberOfVertices())


def selected_with_the_mouse(stage: Stage, picker: RasterPicker) -> Steps:
    """Click, click below, add with Ctrl, drag a box with Shift; the map of QGIS shows the same."""
    view = picker.map.view
    click_pixel(view, place(picker, 320, 20))
    yield lambda: selected(picker) == [3]
    click_with("ctrl", view, place(picker, 20, 20))
    yield lambda: selected(picker) == [3, 1]
    drag(view, place(picker, 5, 340), place(picker, 30, 300))
    yield lambda: selected(picker) == [4]
    xdotool("keydown", "shift")
    drag(view, place(picker, 300, 300), place(picker, 340, 340))
    xdotool("keyup", "shift")
    yield lambda: selected(picker) == [4, 6, 8]
    yield lambda: over_the_map(stage) == [3, 8]
    yield from photographed(stage, "rasters_2_selected", picker)
    stage.photograph_screen("rasters_2_screen")
    click_pixel(picker.add_button, picker.add_button.rect().center())
    yield lambda: [raster.id for raster in picker.table.model().chosen()] == [4, 6, 8]
    assert says(picker, "3 chosen, at most 20: 4, 6, 8")
    turn_wheel(view, 1)
    yield from drawn(picker)
    click_pixel(view, place(picker, 150, 150))
    yield lambda: len(selected(picker)) == 1
    xdotool("key", "space")
    yield lambda: picker.chosen_label.text().startswith("4 chosen")


def selected_on_the_map(stage: Stage, dialog: QDialog, picker: RasterPicker) -> Steps:
    """Take the tool for QGIS' map; click there, and drag a box with Shift: the table and its map show the same."""
    # Out of the way of the upper part of the map.
    dialog.move(0, 800)
    picker.move(0, 460)
    tool, view = stage.canvas.mapTool(), stage.canvas.viewport()
    click_pixel(picker.map.canvas_button, picker.map.canvas_button.rect().center())
    yield lambda: stage.canvas.mapTool() is not tool
    click_pixel(view, on_canvas(stage, 320, 20))
    yield lambda: selected(picker) == [3]
    xdotool("keydown", "shift")
    drag(view, on_canvas(stage, 5, 5), on_canvas(stage, 30, 40))
    xdotool("keyup", "shift")
    yield lambda: selected(picker) == [3, 1]
    yield lambda: over_the_map(stage) == [2, 8]
    stage.photograph_screen("rasters_2_on_the_map")
    click_pixel(picker.map.canvas_button, picker.map.canvas_button.rect().center())
    yield lambda: stage.canvas.mapTool() is tool
    dialog.move(220, 130)
    picker.move(310, 190)
    yield from settled()


def on_canvas(stage: Stage, column: int, row: int) -> QPoint:
    """Return where a cell of the scene is on QGIS' map."""
    place = stage.canvas.getCoordinateTransform().transform(_LEFT + column * _CELL, _TOP - row * _CELL)
    return place.toQPointF().toPoint()


def filtered(stage: Stage, picker: RasterPicker) -> Steps:
    """Type days and clouds; where nothing is left, it is said in place of the rows, with the way back."""
    type_into(picker.filters.first_edit, "2000")
    type_into(picker.filters.last_edit, "2001")
    yield lambda: picker.table.model().rowCount() == 4
    yield from drawn(picker)
    yield from photographed(stage, "rasters_3_filtered", picker)
    type_into(picker.filters.cloud_edit, "0")
    type_into(picker.filters.search_edit, "recife")
    yield lambda: says(picker, "No raster matches")
    yield from photographed(stage, "rasters_4_none", picker)
    type_into(picker.filters.first_edit, "soon")
    QTest.keyClick(picker.filters.first_edit, Qt.Key.Key_Return)
    yield lambda: says(picker, "“soon” is no day")
    yield from photographed(stage, "rasters_5_no_day", picker)
    click_pixel(picker.note.button, picker.note.button.rect().center())
    yield lambda: picker.table.model().rowCount() == 8


def locked(stage: Stage, dialog: QDialog, picker: RasterPicker) -> Steps:
    """Lock, see the footprints in the preview, and add the layer; nothing is left on QGIS' map."""
    chosen = [raster.id for raster in picker.chosen()]
    click_pixel(find(picker, QPushButton, "Lock"), QPoint(20, 10))
    yield lambda: dialog.form.options().lock_raster_ids == tuple(chosen)
    assert over_the_map(stage) == []
    tabs = dialog.findChild(QTabWidget)
    titles = [tabs.tabText(index) for index in range(tabs.count())]
    if "Preview" in titles:
        tabs.setCurrentIndex(titles.index("Preview"))
    yield from settled()
    yield lambda: not dialog.form.preview.is_busy
    assert len(dialog.form._mosaic.locked_outlines()) == len(chosen)
    yield from photographed(stage, "rasters_6_locked", dialog)
    yield find(dialog, QAbstractButton, "Add").isEnabled
    yield from added(dialog, "Add", dialog.form.name_edit.text())


def small_and_dark(stage: Stage) -> Steps:
    """A small screen, and a dark theme, without a picture; and where the pages are many."""
    dialog = yield from opened_anew(stage)
    picker = yield from picker_of(dialog)
    picker.resize(*SMALL_SCREEN)
    yield from drawn(picker)
    click_pixel(picker.map.view, place(picker, 180, 50))
    yield lambda: selected(picker) == [2]
    yield from photographed(stage, "rasters_7_small", picker)
    picker.reject()
    QgsApplication.setUITheme("Night Mapping")
    dialog = yield from opened_anew(stage)
    picker = yield from picker_of(dialog)
    yield from drawn(picker)
    click_pixel(picker.map.view, place(picker, 180, 50))
    yield lambda: selected(picker) == [2]
    yield from photographed(stage, "rasters_8_dark", picker)
    picker.reject()
    yield from connected(stage, dialog, "Test/BigCatalog")
    picker = yield from picker_of(dialog)
    while picker.table.model().rowCount() <= 1000:
        yield from settled()
        more = partial(lambda count: picker.table.model().rowCount() > count, picker.table.model().rowCount())
        picker.table.scrollToBottom()
        yield more
    yield lambda: "the first" in picker.map.note_label.text() and picker.map.note_label.isVisible()
    yield from drawn(picker)
    yield from photographed(stage, "rasters_9_many", picker)
    picker.reject()
