"""What a user does in the window of rasters, and what is seen of it."""

from __future__ import annotations

from collections.abc import Callable

from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import click
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.mosaic.raster_filters import Area
from image_server_layer.ui.mosaic.raster_picker import RasterPicker

OpenPicker = Callable[..., RasterPicker]
_NONE = Qt.KeyboardModifier.NoModifier


def read(picker: RasterPicker) -> None:
    """Wait until no more rows are to come."""
    wait_until(lambda: not picker.table.model().is_loading())


def ids(picker: RasterPicker) -> list[int]:
    """Return the ids of the rasters listed."""
    model = picker.table.model()
    return [model.raster(row).id for row in range(model.rowCount())]


def selected(picker: RasterPicker) -> list[int]:
    """Return the ids of the selected rows, in the order of selecting."""
    return [picker.table.model().raster(row).id for row in picker.selection.rows()]


def chosen(picker: RasterPicker) -> list[int]:
    """Return the ids of what would be locked."""
    return [raster.id for raster in picker.chosen()]


def choose_area(picker: RasterPicker, area: Area) -> None:
    """Choose where the rasters listed lie, with the keyboard."""
    box = picker.filters.area_box
    box.setFocus()
    for _ in range(box.findData(area.value)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert picker.filters.area is area


def clauses(server: ImageServerProcess) -> list[str]:
    """Return the where clauses of the pages that were asked for since the log was cleared."""
    asked = [request.query for request in server.requests(operation="query")]
    return [query["where"] for query in asked if "returnCountOnly" not in query and "resultRecordCount" in query]


def bands(canvas: QgsMapCanvas) -> list[QgsRubberBand]:
    """Return what lies over QGIS' map, the topmost first."""
    return [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]


def pixel(picker: RasterPicker, x: float, y: float) -> QPoint:
    """Return where a point of the map is on the picker's own map."""
    view = picker.map.view.view
    assert view is not None
    return QPoint(*(round(value) for value in view.to_pixel(x, y)))


def click_map(picker: RasterPicker, x: float, y: float, modifier: Qt.KeyboardModifier = _NONE) -> None:
    """Click on a point of the picker's map."""
    view = picker.map.view
    if modifier == _NONE:
        click(view, pixel(picker, x, y))
    else:
        place = view.mapTo(picker, pixel(picker, x, y))
        QTest.mouseClick(picker.windowHandle(), Qt.MouseButton.LeftButton, modifier, place)


def drag_map(
    picker: RasterPicker,
    box: Extent,
    modifier: Qt.KeyboardModifier = _NONE,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Drag from the upper left corner of a box of the map to its lower right one."""
    view, handle = picker.map.view, picker.windowHandle()
    begin = view.mapTo(picker, pixel(picker, box.xmin, box.ymax))
    end = view.mapTo(picker, pixel(picker, box.xmax, box.ymin))
    QTest.mousePress(handle, button, modifier, begin)
    for place in ((begin + end) / 2, end):
        QTest.mouseMove(handle, place)
    QTest.mouseRelease(handle, button, modifier, end)
