"""The preview: what is drawn and asked for, what is said in its place, and what a mouse does with it."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest

import image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.layer.kind import Provider
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.layer.resolve import Arguments
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.provider.raster_provider import ImageServerProvider
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.main_window import delete_what_is_due
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.trust.standstill import watched
from image_server_layer.tests.truth import NORTH_WEST, mosaic
from image_server_layer.tests.ui.forms import idle
from image_server_layer.tests.ui.hand import drag, turn_wheel
from image_server_layer.tests.ui.knowing import FULL, PART, connected_service, known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.preview.area_box import Grip
from image_server_layer.ui.preview.preview_panel import PreviewPanel


@pytest.fixture
def panel(project: QgsProject) -> Iterator[PreviewPanel]:
    image_server_layer.start()
    made = PreviewPanel()
    made.resize(430, 440)
    made.show()
    yield made
    delete(made)
    project.clear()
    image_server_layer.stop()


def request(known: ConnectedService, options: LayerOptions | None = None, kind: Kind | None = None) -> LayerRequest:
    return LayerRequest(known.address, known.access, Arguments(options or LayerOptions()), "Name", kind)


def shown(panel: PreviewPanel, known: ConnectedService, options: LayerOptions | None = None) -> None:
    """Show a layer, and wait until it is drawn."""
    panel.show_layer(request(known, options), known)
    settled(panel)
    assert panel.text() == ""


def settled(panel: PreviewPanel) -> None:
    wait_until(lambda: not panel.is_busy)


def pixels(panel: PreviewPanel) -> npt.NDArray[np.uint8]:
    """Return the last drawing as rows × columns × (red, green, blue, alpha)."""
    image = panel.map_view._image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4)


def color_at(panel: PreviewPanel, column: int, row: int) -> tuple[int, ...]:
    """Return what is drawn in the middle of a cell of the Landsat scene."""
    view = panel.map_view.view
    assert view is not None
    x, y = view.to_pixel(FULL.xmin + (column + 0.5) * 28.5, FULL.ymax - (row + 0.5) * 28.5)
    return tuple(int(value) for value in pixels(panel)[int(y), int(x)])


def providers() -> int:
    delete_what_is_due()
    gc.collect()
    return sum(isinstance(thing, ImageServerProvider) for thing in gc.get_objects())


def test_it_draws_the_layer_for_one_look_and_one_view(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess, project: QgsProject
) -> None:
    shown(panel, landsat, LayerOptions(bands=(3, 2, 1)))
    # The service is not read again: one look at its pixels, and the view.
    assert [r.operation for r in image_server.requests()] == ["exportImage", "exportImage"]
    assert (pixels(panel)[:, :, 3] == 255).mean() > 0.5
    assert not project.mapLayers()
    assert not project.isDirty()
    # Brighter pixels of the server are brighter here, band by band.
    cells = [(column, row) for column in range(20, 340, 40) for row in range(20, 340, 40)]
    drawn = np.array([color_at(panel, *cell)[0] for cell in cells], float)
    true = np.array([mosaic(NORTH_WEST)[2][row, column] for column, row in cells], float)
    assert np.corrcoef(drawn, true)[0, 1] > 0.6
    assert providers() == 1


def test_the_template_is_not_described_again(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    output = landsat.client().describe({"rasterFunction": "NDVI"})
    image_server.clear()
    known = replace(landsat, output=output)
    shown(panel, known, LayerOptions(processing_template=ProcessingTemplate("NDVI")))
    asked = image_server.requests()
    assert [r.operation for r in asked] == ["exportImage", "exportImage"]
    assert all(r.query["renderingRule"] == '{"rasterFunction":"NDVI"}' for r in asked)


def test_half_a_second_after_the_last_change_and_only_once(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    last = 0.0
    for number in range(1, 6):
        last = time.time()
        panel.show_layer(request(landsat, LayerOptions(bands=(number,))), landsat)
        # No event is handled meanwhile, so that the time is not up because the machine is slow.
        time.sleep(0.15)
    wait_until(image_server.requests)
    # Qt's timers are a twentieth early or late.
    assert image_server.requests()[0].started - last > 0.45
    settled(panel)
    assert [r.query["bandIds"] for r in image_server.requests()] == ["4", "4"]


def test_what_draws_the_same_is_not_drawn_again(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(panel, landsat)
    image_server.clear()
    same = replace(request(landsat, LayerOptions(extent=PART)), name="Other", provider=Provider.GDAL)
    panel.show_layer(same, landsat)
    assert not panel.is_busy
    let_pass(0.7)
    assert not image_server.requests()


def test_rasters_are_ordered_around_the_middle_of_the_part(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    options = LayerOptions(extent=PART, mosaic_method=MosaicMethod.VIEWPOINT)
    shown(panel, landsat, options)
    (x, y) = PART.center
    assert all(f'"x":{x:.10g}' in r.query["mosaicRule"] for r in image_server.requests()), (x, y)


def _are_drawn(server: ImageServerProcess, count: int) -> bool:
    return len(server.requests(operation="exportImage")) == count


def test_a_newer_one_supersedes_and_cancels(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang")
    for number in (1, 2, 3):
        panel.show_layer(request(landsat, LayerOptions(bands=(number,))), landsat)
        wait_until(partial(_are_drawn, image_server, number))
    image_server.release()
    settled(panel)
    drawn = [r.query["bandIds"] for r in image_server.requests(operation="exportImage")]
    # Of the first two only the look was begun.
    assert drawn == ["0", "1", "2", "2"]
    assert providers() == 1


def test_nothing_of_another_service_is_left(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(panel, landsat)
    drawn = panel.map_view._image
    panel.show_layer(request(landsat, LayerOptions(bands=(4, 3, 2))), landsat)
    assert panel.map_view._image == drawn
    assert panel.map_view._is_faded
    elevation = known_service(image_server, "Olinda/Elevation")
    image_server.fault("hang", match="exportImage")
    panel.show_layer(request(elevation), elevation)
    assert panel.map_view._image.isNull()
    assert panel.text() == ""
    image_server.release()
    settled(panel)
    assert not panel.map_view._image.isNull()


def test_an_error_stands_in_its_place_and_is_tried_again(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", code=498, message="Invalid token.")
    panel.show_layer(request(landsat), landsat)
    settled(panel)
    assert "does not accept the credentials" in panel.text()
    assert panel.message_label.isVisible()
    image_server.reset()
    panel.again_button.click()
    settled(panel)
    assert panel.text() == ""
    assert (pixels(panel)[:, :, 3] == 255).any()


def test_a_view_that_fails_says_why(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", after=1, code=400, message="Out of <memory>")
    panel.show_layer(request(landsat), landsat)
    settled(panel)
    assert "Out of <memory>" in panel.text()


def test_without_a_layer_nothing_is_asked(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    panel.show_layer(request(landsat), landsat)
    panel.show_layer(None)
    assert panel.text() == "There is nothing to preview yet."
    assert not panel.again_button.isVisible()
    let_pass(0.7)
    assert not image_server.requests()


def test_stop_stops_and_says_so(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang")
    panel.show_layer(request(landsat), landsat)
    wait_until(image_server.requests)
    panel.stop_button.click()
    assert panel.text() == "The preview was stopped."
    wait_until(idle, SOON)
    image_server.release()
    panel.again_button.click()
    settled(panel)
    assert panel.text() == ""


def test_the_switch_is_remembered_and_nothing_is_asked(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(panel, landsat)
    image_server.clear()
    panel.switch.click()
    assert panel.text() == "The preview is off."
    panel.show_layer(request(landsat, LayerOptions(bands=(1,))), landsat)
    let_pass(0.7)
    assert panel.text() == "The preview is off."
    assert not image_server.requests()
    other = PreviewPanel()
    assert not other.switch.isChecked()
    delete(other)
    panel.switch.click()
    settled(panel)
    assert panel.text() == ""
    assert QgsSettings().value("image_server_layer/preview", type=bool)


def test_what_nobody_sees_is_not_asked_for(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    panel.hide()
    panel.show_layer(request(landsat), landsat)
    let_pass(0.7)
    assert not image_server.requests()
    panel.show()
    settled(panel)
    assert len(image_server.requests()) == 2


@pytest.mark.parametrize("moment", ["planning", "drawing", "drawn"])
@pytest.mark.parametrize("way", ["cancel", "delete"])
def test_layer_and_provider_die_with_it(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess, moment: str, way: str
) -> None:
    # A look at the pixels, and the view.
    image_server.fault("hang", after={"planning": 0, "drawing": 1, "drawn": 2}[moment])
    panel.show_layer(request(landsat), landsat)
    if moment == "planning":
        wait_until(image_server.requests)
    elif moment == "drawing":
        wait_until(lambda: panel.map_view._drawing.is_busy)
        assert providers() >= 1
    else:
        settled(panel)
    if way == "cancel":
        panel.cancel()
    else:
        delete(panel)
    wait_until(lambda: providers() == 0, SOON)
    wait_until(idle, SOON)
    if way == "cancel":
        image_server.release()
        image_server.clear()
        panel.hide()
        panel.show()
        settled(panel)
        assert len(image_server.requests(operation="exportImage")) == 2


def test_it_never_stalls_on_a_slow_server(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    latency = 1.5
    image_server.settings(latency=latency)
    panel.show_layer(request(landsat), landsat)
    # Far less than one answer takes.
    assert watched(lambda: not panel.is_busy) < latency / 2
    assert panel.text() == ""
    assert threading.active_count() < 20


def press_and_drag(panel: PreviewPanel, start: QPoint, end: QPoint) -> None:
    drag(panel.map_view, start, end)


def pixel(panel: PreviewPanel, x: float, y: float) -> QPoint:
    view = panel.map_view.view
    assert view is not None
    return QPoint(*map(round, view.to_pixel(x, y)))


def test_it_is_moved_and_zoomed(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(panel, landsat)
    before = panel.map_view.view
    assert before is not None
    assert before.extent.intersection(FULL) == FULL
    image_server.clear()
    press_and_drag(panel, QPoint(100, 100), QPoint(160, 130))
    after = panel.map_view.view
    assert after == before.moved(60, 30)
    settled(panel)
    # All of the service could be seen before.
    assert not image_server.requests()
    turn_wheel(panel.map_view, 1)
    assert panel.map_view.view is not None
    assert panel.map_view.view.scale == pytest.approx(before.scale / 2)
    settled(panel)
    # Nor is there more to see of the service than its own cells.
    assert not image_server.requests()
    QTest.keyClick(panel.map_view, Qt.Key.Key_Minus)
    assert panel.map_view.view.scale == pytest.approx(before.scale)
    panel.all_button.click()
    assert panel.map_view.view == before
    settled(panel)
    assert panel.text() == ""


def test_the_area_is_drawn_moved_and_resized(
    panel: PreviewPanel, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(panel, landsat)
    image_server.clear()
    chosen: list[Extent] = []
    panel.area_chosen.connect(chosen.append)
    panel.area_button.click()
    start, end = QPoint(100, 90), QPoint(220, 200)
    view = panel.map_view.view
    assert view is not None
    press_and_drag(panel, start, end)
    (xmin, ymax), (xmax, ymin) = view.to_map(100, 90), view.to_map(220, 200)
    assert chosen == [Extent(xmin, ymin, xmax, ymax)]
    assert not panel.area_button.isChecked()
    # On its outline it moves, at its corner it grows, and inside it the map moves.
    press_and_drag(panel, QPoint(150, 90), QPoint(170, 105))
    moved = chosen[-1]
    assert moved == pytest.approx(
        [xmin + 20 * view.scale, ymin - 15 * view.scale, xmax + 20 * view.scale, ymax - 15 * view.scale]
    )
    press_and_drag(panel, pixel(panel, moved.xmax, moved.ymin), pixel(panel, moved.xmax, moved.ymin) + QPoint(30, 10))
    grown = chosen[-1]
    assert grown == pytest.approx([moved.xmin, moved.ymin - 10 * view.scale, moved.xmax + 30 * view.scale, moved.ymax])
    assert len(chosen) == 3
    press_and_drag(panel, pixel(panel, *grown.center), pixel(panel, *grown.center) + QPoint(5, 5))
    assert len(chosen) == 3
    assert panel.map_view.view == view.moved(5, 5)
    assert panel.map_view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    settled(panel)
    # Neither a part that is chosen nor a move within what was seen costs a request.
    assert not image_server.requests()


def test_a_slip_of_the_hand_draws_no_area(panel: PreviewPanel, landsat: ConnectedService) -> None:
    shown(panel, landsat)
    panel.show_area(PART)
    chosen: list[Extent] = []
    panel.area_chosen.connect(chosen.append)
    panel.area_button.click()
    press_and_drag(panel, QPoint(100, 90), QPoint(102, 91))
    assert chosen == []
    assert panel.map_view._area == PART


def test_an_area_out_of_sight_is_looked_at(panel: PreviewPanel, landsat: ConnectedService) -> None:
    shown(panel, landsat)
    far = Extent(FULL.xmax + 5000, FULL.ymax, FULL.xmax + 9000, FULL.ymax + 9000)
    panel.show_area(far)
    assert panel.map_view.view is not None
    assert panel.map_view.view.extent.intersection(far) == far
    assert Grip.OUTLINE.value == (True,) * 4


def test_credentials_count_for_the_same_layer(panel: PreviewPanel, landsat: ConnectedService) -> None:
    shown(panel, landsat)
    known = replace(connected_service(landsat.service), access=Access(timeout=5))
    panel.show_layer(request(known), known)
    assert panel.is_busy
    settled(panel)
