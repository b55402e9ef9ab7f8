"""*Image Server Pixel*: a click on the map, a typed point, several compared; what is shown, copied and saved."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapToolPan, QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QFileDialog, QTreeWidget

from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.climate import DEPTHS, MOMENTS, climate_pixels, months, water_value
from image_server_layer.tests.imageserver.climate import GRID as GRID_OF_CLIMATE
from image_server_layer.tests.imageserver.landsat import GRID
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.main_window import delete_what_is_due
from image_server_layer.tests.truth import NORTH_WEST, covered_by, mosaic, shown_by
from image_server_layer.tests.ui.editing import Window, options
from image_server_layer.tests.ui.hand import click, press, replace_text
from image_server_layer.tests.ui.knowing import LANDSAT, UTM
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.tests.warmth import cold_below, cold_of_the_plugin
from image_server_layer.ui.ask.pixel_panel import PixelPanel
from image_server_layer.ui.ask.profiles import Over

HERE, ELSEWHERE, NOWHERE = (130, 160), (50, 60), (-30, -30)
BANDS = ["Blue", "Green", "Red", "NearInfrared_1", "MidInfrared_1", "MidInfrared_2"]


def place(cell: tuple[int, int]) -> QgsPointXY:
    return QgsPointXY(GRID.xmin + (cell[0] + 0.5) * 28.5, GRID.ymax - (cell[1] + 0.5) * 28.5)


def values_of(cell: tuple[int, int], pixels: np.ndarray | None = None) -> list[int]:
    found = mosaic(NORTH_WEST) if pixels is None else pixels
    values: list[int] = found[:, cell[1], cell[0]].tolist()
    return values


def texts(tree: QTreeWidget) -> list[list[str]]:
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(tree.columnCount())] for item in items]


def panel_of(window: Window) -> PixelPanel:
    panel = window.editing.pixel.panel
    assert panel is not None
    return panel


def click_at(window: Window, cell: tuple[int, int], *, ctrl: bool = False) -> PixelPanel:
    """Click with the tool on a cell of the layer, and wait for what comes of it."""
    canvas = window.iface.mapCanvas()
    shown = QgsCoordinateTransform(UTM, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    pixel = canvas.getCoordinateTransform().transform(shown.transform(place(cell))).toQPointF().toPoint()
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    assert canvas.viewport().rect().contains(pixel)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, modifier, pixel)
    panel = panel_of(window)
    wait_until(lambda: not panel.is_busy)
    return panel


@pytest.fixture
def layer(window: Window, image_server: ImageServerProcess) -> QgsRasterLayer:
    """Return a layer that the map shows, with the tool in the user's hand."""
    made = make_image_server_layer(image_server.service(LANDSAT), "Coast", processing_template="None")
    begin(window, made)
    image_server.clear()
    return made


def begin(window: Window, layer: QgsRasterLayer) -> None:
    canvas = window.iface.mapCanvas()
    window.iface.window.resize(1100, 800)
    window.iface.window.show()
    canvas.setDestinationCrs(UTM)
    window.activate(layer)
    window.editing.menu.quick.ask.trigger()
    let_pass(0.05)
    extent = layer.extent()
    extent.scale(1.6)
    canvas.setExtent(extent)


@pytest.mark.usefixtures("layer")
def test_a_click_tells_all_bands_and_the_rasters(window: Window, image_server: ImageServerProcess) -> None:
    panel = click_at(window, HERE)
    assert [[row[0], row[2]] for row in texts(panel.values)] == [
        [name, str(value)] for name, value in zip(BANDS, values_of(HERE))
    ]
    assert [row[1] for row in texts(panel.values)][:3] == ["485", "560", "660"]
    assert texts(panel.rasters.table)[0] == ["20010805", "2002-02-13 12:37:21", "5"]
    assert [row[2] for row in texts(panel.rasters.table)] == ["5", "4", "2", "7", "1"]
    assert panel.message.text() == ""
    # What the service is, and then the point: nothing for a profile that nobody looks at.
    operations = [request.operation for request in image_server.requests()]
    assert sorted(operations) == ["", "identify", "keyProperties", "query"]
    assert cold_below(panel) == []
    assert cold_of_the_plugin() == []
    image_server.clear()
    click_at(window, ELSEWHERE)
    assert [row[2] for row in texts(panel.values)] == [str(value) for value in values_of(ELSEWHERE)]
    assert sorted(request.operation for request in image_server.requests()) == ["identify", "query"]
    assert len(panel.points) == 1


@pytest.mark.usefixtures("layer")
def test_points_are_compared_and_removed(window: Window) -> None:
    click_at(window, HERE)
    panel = click_at(window, ELSEWHERE, ctrl=True)
    first, second = panel.points
    assert first.color != second.color
    panel.tabs.setCurrentWidget(panel.profile)
    plot = panel.profile.plot.plot
    assert plot.x_title == "Wavelength (nm)"
    assert [line.name for line in plot.series] == ["Point 1 (Coast)", "Point 2 (Coast)"]
    assert [[place.y for place in line.places] for line in plot.series] == [values_of(HERE), values_of(ELSEWHERE)]
    assert [place.x for place in plot.series[0].places][:2] == [485.0, 560.0]
    markers = [item for item in window.iface.mapCanvas().scene().items() if isinstance(item, QgsVertexMarker)]
    assert {marker.color().name() for marker in markers} == {first.color, second.color}
    click(panel.remove)
    assert [point.number for point in panel.points] == [1]
    press_on_list(panel, Qt.Key.Key_Delete)
    assert len(panel.points) == 0
    assert [item for item in window.iface.mapCanvas().scene().items() if isinstance(item, QgsVertexMarker)] == []


def press_on_list(panel: PixelPanel, key: Qt.Key) -> None:
    QTest.keyClick(panel._list, key)


@pytest.mark.usefixtures("layer")
@pytest.mark.parametrize(
    "typed",
    ["{x}; {y}", "{x}, {y}", "{x}  {y} ", "{x_with_comma} {y_with_comma}"],
    ids=["semicolon", "comma", "blanks", "decimal commas"],
)
def test_a_point_can_be_typed(window: Window, typed: str) -> None:
    click_at(window, ELSEWHERE)
    panel = panel_of(window)
    there = place(HERE)
    x, y = str(there.x()), str(there.y())
    with_commas = {"x_with_comma": x.replace(".", ","), "y_with_comma": y.replace(".", ",")}
    replace_text(panel.coordinates, typed.format(x=x, y=y, **with_commas))
    press(Qt.Key.Key_Return)
    wait_until(lambda: not panel.is_busy and texts(panel.values)[0][2] == str(values_of(HERE)[0]))
    replace_text(panel.coordinates, "somewhere")
    press(Qt.Key.Key_Return)
    assert panel.message.text() == (
        "“somewhere” is no point: type two numbers with a comma between, such as 300000, 9100000."
    )


@pytest.mark.usefixtures("layer")
def test_a_map_of_another_reference_system_asks_at_the_same_place(window: Window) -> None:
    canvas = window.iface.mapCanvas()
    extent = canvas.extent()
    web = QgsCoordinateReferenceSystem("EPSG:3857")
    canvas.setDestinationCrs(web)
    canvas.setExtent(QgsCoordinateTransform(UTM, web, QgsProject.instance()).transformBoundingBox(extent))
    panel = click_at(window, HERE)
    assert [row[2] for row in texts(panel.values)] == [str(value) for value in values_of(HERE)]


@pytest.mark.usefixtures("layer")
def test_outside_and_no_data_are_said_in_place(window: Window) -> None:
    panel = click_at(window, NOWHERE)
    assert panel.message.text() == "The point lies outside of “Coast”: click where the layer shows something."
    assert texts(panel.values) == []


@pytest.mark.usefixtures("layer")
def test_over_time_is_asked_for_when_it_is_looked_at(window: Window, image_server: ImageServerProcess) -> None:
    panel = click_at(window, HERE)
    image_server.clear()
    panel.tabs.setCurrentWidget(panel.profile)
    assert image_server.requests() == []
    panel.profile.over.setCurrentIndex(panel.profile.over.findData(Over.TIME))
    wait_until(lambda: not panel.is_busy and panel.profile.plot.plot.series)
    assert sorted(request.operation for request in image_server.requests()) == ["getSamples", "query"]
    panel.profile.band.setCurrentIndex(3)
    panel.profile.band.activated.emit(3)
    (line,) = panel.profile.plot.plot.series
    there = [raster for raster in range(1, 9) if covered_by(raster)[HERE[1], HERE[0]]]
    assert sorted(place.y or 0 for place in line.places) == sorted(
        float(values_of(HERE, shown_by(raster))[3]) for raster in there
    )
    assert panel.profile.plot.plot.y_title == "NearInfrared_1"
    # Another point is asked for with its profile, as long as that is looked at.
    click_at(window, ELSEWHERE, ctrl=True)
    wait_until(lambda: not panel.is_busy and len(panel.profile.plot.plot.series) == 2)


@pytest.mark.usefixtures("layer")
def test_a_profile_is_copied_and_saved(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    click_at(window, HERE)
    panel = click_at(window, ELSEWHERE, ctrl=True)
    panel.tabs.setCurrentWidget(panel.profile)
    view = panel.profile
    copy_image, copy_text = view.copy.menu().actions()
    copy_text.trigger()
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert lines[0] == ["Wavelength (nm)", "", "Point 1 (Coast)", "Point 2 (Coast)"]
    assert lines[1] == ["485", "Blue", str(values_of(HERE)[0]), str(values_of(ELSEWHERE)[0])]
    copy_image.trigger()
    assert not QApplication.clipboard().image().isNull()
    save_csv, save_png = view.save.menu().actions()
    chosen = tmp_path / "profile"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    save_csv.trigger()
    rows = list(csv.reader((tmp_path / "profile.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows == lines
    save_png.trigger()
    assert QImage(str(tmp_path / "profile.png")).width() >= 640
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "x"), ""))
    save_csv.trigger()
    assert "could not be saved" in view.message.text()
    save_png.trigger()
    assert "could not be saved" in view.message.text()


def test_a_raster_is_locked_and_its_footprint_shown(window: Window, layer: QgsRasterLayer) -> None:
    panel = click_at(window, HERE)
    panel.tabs.setCurrentWidget(panel.rasters)
    table = panel.rasters.table
    table.setCurrentItem(table.topLevelItem(1))
    click(panel.rasters.footprint)
    band = next(item for item in window.iface.mapCanvas().scene().items() if isinstance(item, QgsRubberBand))
    box = band.asGeometry().boundingBox()
    corners = [GRID.xmin, GRID.ymax - 352 * 28.5, GRID.xmin + 160 * 28.5, GRID.ymax - 150 * 28.5]
    assert [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()] == pytest.approx(corners)
    source = layer.source()
    click(panel.rasters.lock)
    wait_until(lambda: layer.source() != source)
    assert options(layer).lock_raster_ids == (4,)
    # What was asked stays, and is asked anew of the layer as it is now.
    click(panel.again)
    wait_until(lambda: not panel.is_busy)
    assert [row[2] for row in texts(panel.values)] == [str(value) for value in values_of(HERE, shown_by(4))]


def hanging(server: ImageServerProcess, ask: Callable[[], object]) -> None:
    """Ask, and return while the server is asked, which does not answer."""
    server.clear()
    server.fault("hang", match=LANDSAT)
    ask()
    wait_until(server.requests)


@pytest.mark.usefixtures("layer")
def test_the_next_click_puts_an_end_to_the_one_before(window: Window, image_server: ImageServerProcess) -> None:
    click_at(window, HERE)
    panel = panel_of(window)
    hanging(image_server, lambda: panel.ask_at(place(HERE)))
    assert panel.progress.isVisible()
    panel.ask_at(place(ELSEWHERE))
    image_server.release()
    wait_until(lambda: not panel.is_busy)
    assert not panel.progress.isVisible()
    (point,) = panel.points
    assert point.answer is not None
    assert point.answer.shown is not None
    assert list(point.answer.shown.values) == values_of(ELSEWHERE)


@pytest.mark.usefixtures("layer")
def test_canceling_leaves_no_point_without_an_answer(window: Window, image_server: ImageServerProcess) -> None:
    click_at(window, HERE)
    panel = panel_of(window)
    hanging(image_server, lambda: panel.ask_at(place(ELSEWHERE), keeps=True))
    click(panel.cancel)
    assert [point.number for point in panel.points] == [1]
    assert not panel.is_busy


@pytest.mark.usefixtures("layer")
def test_a_server_that_fails_is_told_of_in_one_sentence(window: Window, image_server: ImageServerProcess) -> None:
    image_server.fault("status", match="ImageServer")
    panel = click_at(window, ELSEWHERE)
    assert "500" in panel.message.text()
    assert texts(panel.values) == []
    image_server.reset()
    click(panel.again)
    wait_until(lambda: not panel.is_busy)
    assert panel.message.text() == ""
    assert len(texts(panel.values)) == 6


@pytest.mark.usefixtures("layer")
def test_the_tool_goes_back_and_the_panel_stays(window: Window) -> None:
    canvas = window.iface.mapCanvas()
    entry = window.editing.pixel
    pan = QgsMapToolPan(canvas)
    entry.action.trigger()
    assert not entry.action.isChecked()
    canvas.setMapTool(pan)
    panel = panel_of(window)
    click(panel.pick)
    assert entry.action.isChecked()
    assert canvas.mapTool() is not pan
    click(panel.pick)
    assert canvas.mapTool() is pan
    entry.action.trigger()
    canvas.setMapTool(pan)
    assert not entry.action.isChecked()
    assert not panel.pick.isChecked()
    canvas.unsetMapTool(pan)


def test_a_layer_is_listed_as_it_is_called_now(
    window: Window, image_server: ImageServerProcess, layer: QgsRasterLayer
) -> None:
    make_image_server_layer(image_server.service(LANDSAT), "Above")
    panel = click_at(window, ELSEWHERE)
    panel.choose(layer)
    layer.setName("Zebra")
    assert [panel.layers.itemText(row) for row in range(panel.layers.count())] == ["Above", "Zebra"]
    assert panel.layers.currentData() == layer.id()


def test_without_layers_it_says_so(window: Window, image_server: ImageServerProcess) -> None:
    window.iface.window.show()
    window.editing.pixel.action.trigger()
    panel = panel_of(window)
    nothing = "There is no layer to ask: add an image server layer, and choose it here."
    assert panel.message.text() == nothing
    panel.ask_at(QgsPointXY(0, 0))
    assert panel.message.text() == nothing
    layer = make_image_server_layer(image_server.service(LANDSAT))
    assert panel.message.text() == ""
    QgsProject.instance().removeMapLayer(layer.id())
    assert panel.message.text() == nothing


@pytest.mark.usefixtures("layer")
def test_the_plugin_goes_while_a_point_is_asked_for(window: Window, image_server: ImageServerProcess) -> None:
    click_at(window, HERE)
    image_server.settings(latency=0.3)
    panel_of(window).ask_at(place(ELSEWHERE))
    window.editing.stop()
    let_pass(0.5)
    delete_what_is_due()
    canvas = window.iface.mapCanvas()
    assert canvas.mapTool() is None
    assert window.iface.window.findChildren(QDockWidget) == []
    assert [item for item in canvas.scene().items() if isinstance(item, (QgsVertexMarker, QgsRubberBand))] == []
    window.editing.start()


@pytest.mark.usefixtures("layer")
def test_the_plot_is_drawn_in_the_colors_of_the_window(window: Window) -> None:
    panel = click_at(window, HERE)
    panel.tabs.setCurrentWidget(panel.profile)
    plot = panel.profile.plot
    themes = (("#ffffff", "#000000", "#000000"), ("#202326", "#eeeeee", "#eeeeee"), ("#323232", "#000000", "#e6e6e6"))
    for background, given, text in themes:
        palette = QPalette(plot.palette())
        palette.setColor(QPalette.ColorRole.Base, QColor(background))
        palette.setColor(QPalette.ColorRole.Text, QColor(given))
        plot.setPalette(palette)
        image = plot.image()
        seen = {
            QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 1)
        }
        assert {background, text, panel.points[0].color} <= seen


def marks(window: Window) -> list[str]:
    items = window.iface.mapCanvas().scene().items()
    return sorted(type(item).__name__ for item in items if isinstance(item, (QgsVertexMarker, QgsRubberBand)))


@pytest.mark.usefixtures("layer")
def test_a_panel_that_is_closed_leaves_nothing_on_the_map(window: Window) -> None:
    panel = click_at(window, HERE)
    panel.tabs.setCurrentWidget(panel.rasters)
    click(panel.rasters.footprint)
    assert marks(window) == ["QgsRubberBand", "QgsVertexMarker"]
    (dock,) = window.iface.window.findChildren(QDockWidget)
    dock.close()
    assert marks(window) == []
    assert not window.editing.pixel.action.isChecked()
    dock.show()
    wait_until(lambda: marks(window) == ["QgsRubberBand", "QgsVertexMarker"])


@pytest.mark.usefixtures("layer")
def test_values_over_time_are_canceled_until_they_are_asked_for_again(
    window: Window, image_server: ImageServerProcess
) -> None:
    panel = click_at(window, HERE)
    panel.tabs.setCurrentWidget(panel.profile)
    over = panel.profile.over
    hanging(image_server, lambda: over.setCurrentIndex(over.findData(Over.TIME)))
    click(panel.cancel)
    image_server.release()
    let_pass(0.2)
    assert not panel.is_busy
    assert panel.profile.message.text() == "This was canceled."
    click(panel.again)
    wait_until(lambda: not panel.is_busy and panel.profile.plot.plot.series)
    assert panel.profile.message.text() == ""


def asked_in(window: Window, server: ImageServerProcess, name: str, **options: Any) -> PixelPanel:
    """Ask a layer of a multidimensional service for the middle of its extent, and look at the profile."""
    layer = make_image_server_layer(server.service(name), name.partition("/")[2], **options)
    window.iface.mapCanvas().setDestinationCrs(layer.crs())
    window.activate(layer)
    window.editing.menu.quick.ask.trigger()
    panel = panel_of(window)
    panel.ask_at(layer.extent().center())
    panel.tabs.setCurrentWidget(panel.profile)
    wait_until(lambda: not panel.is_busy)
    return panel


def test_a_profile_goes_over_months_with_the_unit_on_its_axis(
    window: Window, image_server: ImageServerProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    panel = asked_in(window, image_server, "Test/Climate", variable="tas")
    assert [row[0] for row in texts(panel.values)] == ["tas (°C)"]
    view = panel.profile
    # The time has its entry anyway, and the variable no other dimension.
    assert view.over.count() == 3
    view.over.setCurrentIndex(view.over.findData(Over.TIME))
    wait_until(lambda: not panel.is_busy and view.plot.plot.series)
    assert (view.plot.plot.x_title, view.plot.plot.y_title) == ("Time (UTC)", "tas (°C)")
    (line,) = view.plot.plot.series
    column, row = GRID_OF_CLIMATE.columns // 2, GRID_OF_CLIMATE.rows // 2
    expected = climate_pixels("tas")[:, row, column]
    assert [place.x for place in line.places] == list(months())
    assert [place.y for place in line.places] == pytest.approx([float(value) for value in expected])
    path = tmp_path / "months.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view._save_csv()
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == ["Time (UTC)", "", "Point 1 (Climate)"]
    assert [line[0] for line in table[1:]][:2] == ["1999-01-31 00:00:00", "1999-02-28 00:00:00"]
    assert len(image_server.requests(operation="getSamples")) == 1


def test_a_profile_goes_over_depth(window: Window, image_server: ImageServerProcess) -> None:
    panel = asked_in(window, image_server, "Test/Water", dimensions="StdTime=2020-04")
    view = panel.profile
    assert [view.over.itemText(row) for row in range(3, view.over.count())] == ["Over StdZ (m)"]
    view.over.setCurrentIndex(view.over.findData("StdZ"))
    wait_until(lambda: not panel.is_busy and view.plot.plot.series)
    plot = view.plot.plot
    assert (plot.x_title, plot.y_title) == ("StdZ (m)", "water_temp (degC)")
    assert [(place.x, place.y) for place in plot.series[0].places] == [
        (depth, water_value("water_temp", StdTime=MOMENTS[2], StdZ=depth)) for depth in sorted(DEPTHS)
    ]
    # The choice stays while the next point is waited for, and that has its profile, too.
    panel.ask_at(panel.points[0].place)
    assert view.dimension == "StdZ"
    wait_until(lambda: not panel.is_busy and view.plot.plot.series)
    assert len(view.plot.plot.series[0].places) == len(DEPTHS)
    image_server.fault("json_error", match="getSamples")
    image_server.fault("json_error", match="identify")
    panel.again.click()
    wait_until(lambda: not panel.is_busy and view.message.text())
    assert view.plot.plot.series == ()
