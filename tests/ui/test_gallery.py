"""The gallery of processing templates: what is asked for and what is not, what it looks like, and how it is used."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QBuffer, QModelIndex, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QScrollArea,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.layer.thumbnails import ThumbnailView
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.imageserver.wire import Record
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.tools.translations import FOLDER, read
from image_server_layer.tests.truth import NORTH_WEST, landsat_extent, mosaic
from image_server_layer.tests.ui.forms import idle, open_service
from image_server_layer.tests.ui.hand import click, press, type_into, type_text
from image_server_layer.tests.ui.knowing import FULL, LANDSAT, connected_service, known_service
from image_server_layer.tests.ui.services import SECURED, store_token
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.common.thumbnail_store import SESSION, ThumbnailStore
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.function import gallery
from image_server_layer.ui.function.function_list import RULE_ROLE, TEMPLATE_ROLE
from image_server_layer.ui.function.function_section import FunctionSection
from image_server_layer.ui.function.gallery import FunctionGallery
from image_server_layer.ui.function.tile import Tile, name_lines, tile_size
from image_server_layer.ui.service.service_thumbnail import SIZE

MANY = "Test/ManyFunctions"
AT_A_TIME = 3


@pytest.fixture(autouse=True)
def with_thumbnails(no_pictures_by_themselves: None) -> None:
    del no_pictures_by_themselves
    QgsSettings().setValue("image_server_layer/thumbnails", True)


@pytest.fixture
def section() -> Iterator[FunctionSection]:
    QgsSettings().setValue("image_server_layer/function_gallery", True)
    SESSION.clear()
    made = FunctionSection()
    made.resize(800, 600)
    made.show()
    made.activateWindow()
    yield made
    delete(made)


@pytest.fixture
def many(image_server: ImageServerProcess) -> ConnectedService:
    """Return what is known of a service with 500 functions; the server's log is empty."""
    known = known_service(image_server, MANY)
    image_server.clear()
    return known


def show(
    section: FunctionSection, known: ConnectedService, options: LayerOptions | None = None, seen: Extent | None = None
) -> None:
    """Show a service, as the form does."""
    options = options or LayerOptions()
    section.set_from(options, known)
    section.show_thumbnails(ThumbnailView.of(known, options, seen))


def shown(section: FunctionSection, known: ConnectedService, options: LayerOptions | None = None) -> None:
    """Show a service, and wait until all thumbnails in sight are there."""
    show(section, known, options)
    settled(section)


def settled(section: FunctionSection) -> None:
    wait_until(lambda: not section.gallery.is_busy)


def index_of(section: FunctionSection, label: str) -> QModelIndex:
    model = section.gallery.model()
    return next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == label)


def tile(section: FunctionSection, label: str) -> Tile:
    return section.gallery.tile(index_of(section, label))


def names_in_sight(section: FunctionSection) -> list[str]:
    return [index.data() for index in section.gallery.seen()]


def drawings(server: ImageServerProcess) -> list[Record]:
    """Return what was asked for, but for the one picture of the service itself."""
    own = "{},{}".format(*SIZE)
    return [request for request in server.requests(operation="exportImage") if request.query["size"] != own]


def drawn_functions(server: ImageServerProcess) -> list[str]:
    """Return the functions of the drawings that were asked for; empty where none was named."""
    rules = (json.loads(request.query.get("renderingRule", "{}")) for request in drawings(server))
    return [rule.get("rasterFunction", "") for rule in rules]


def hanging(server: ImageServerProcess) -> None:
    """Wait until as many drawings are under way as there ever are at a time, of which the server answers none."""
    wait_until(lambda: len(drawings(server)) == AT_A_TIME)
    # Time for others, were they asked for.
    let_pass(0.2)
    assert len(drawings(server)) == AT_A_TIME


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the gallery wait so long before it asks that a busy machine has gone on meanwhile."""
    monkeypatch.setattr(gallery, "_PATIENCE", 2000)


def pixels(image: QImage | None) -> npt.NDArray[np.uint8]:
    """Return an image as rows × columns × (red, green, blue, alpha)."""
    assert image is not None
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4)


def published(color: str, size: int = 20) -> str:
    """Return a picture of one color as a service has it for a function."""
    image, buffer = QImage(size, size, QImage.Format.Format_RGB32), QBuffer()
    image.fill(QColor(color))
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.data().data()).decode()


def test_what_is_in_sight_is_asked_for_and_nothing_else(
    section: FunctionSection, many: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang")
    show(section, many)
    hanging(image_server)
    image_server.release()
    settled(section)
    seen = names_in_sight(section)
    assert 8 < len(seen) < 40
    # The chain is still to be written.
    assert seen[:3] == ["Service default (Remap_001)", "None: raw pixels", "Function chain (JSON)…"]
    assert sorted(drawn_functions(image_server)) == sorted(["", "None", *seen[3:]])
    assert all(tile(section, name).image is not None for name in seen if "JSON" not in name)
    assert {request.operation for request in image_server.requests()} == {"exportImage"}


def test_the_whole_request_of_a_thumbnail(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    options = LayerOptions(
        processing_template=ProcessingTemplate("NDVI"),
        bands=(1,),
        nodata=(0,),
        cell_size=(57, 57),
        compression_quality=50,
        mosaic_method=MosaicMethod.LOCK_RASTER,
        lock_raster_ids=(7, 2),
        where="CloudCover < 50",
        interpolation=Interpolation.NEAREST,
    )
    shown(section, landsat, options)
    rule = '{"rasterFunction":"NDVI"}'
    (asked,) = (request for request in drawings(image_server) if request.query.get("renderingRule") == rule)
    columns, rows = section.gallery.picture_size()
    cell = max(FULL.width / columns, FULL.height / rows)
    x, y = FULL.center
    box = [x - columns * cell / 2, y - rows * cell / 2, x + columns * cell / 2, y + rows * cell / 2]
    assert [float(part) for part in asked.query.pop("bbox").split(",")] == pytest.approx(box)
    mosaic_rule = json.loads(asked.query.pop("mosaicRule"))
    assert mosaic_rule["lockRasterIds"] == [7, 2]
    assert mosaic_rule["where"] == "CloudCover < 50"
    assert asked.query == {
        "adjustAspectRatio": "false",
        "renderingRule": rule,
        "interpolation": "RSP_NearestNeighbor",
        "format": "png32",
        "transparent": "true",
        "bboxSR": "31985",
        "imageSR": "31985",
        "size": f"{columns},{rows}",
        "f": "image",
    }


def test_a_thumbnail_is_what_the_function_makes_of_the_place(
    section: FunctionSection, landsat: ConnectedService
) -> None:
    columns, rows = section.gallery.picture_size()
    # On the service's own cells, so that every pixel is known.
    show(section, landsat, seen=Extent(*landsat_extent(20, 30, columns, rows)))
    settled(section)
    got = pixels(tile(section, "NaturalColor").image)
    true = mosaic(NORTH_WEST)[:, 30 : 30 + rows, 20 : 20 + columns]
    assert np.array_equal(got[:, :, :3], np.moveaxis(true[[2, 1, 0]], 0, -1))
    assert (got[:, :, 3] == 255).all()


def test_each_function_has_its_own(section: FunctionSection, many: ConnectedService) -> None:
    shown(section, many)
    for number in (1, 2, 5):
        values = pixels(tile(section, f"Remap_{number:03d}").image)
        # Wider than the service is: what is beside it is transparent.
        assert set(values[values[:, :, 3] == 255][:, 0].tolist()) == {number}
        assert 0.2 < (values[:, :, 3] == 255).mean() < 1.0


def test_what_is_scrolled_away_is_stopped(
    section: FunctionSection, many: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", times=AT_A_TIME)
    show(section, many)
    hanging(image_server)
    section.gallery.scrollTo(index_of(section, "Remap_499"), QAbstractItemView.ScrollHint.PositionAtBottom)
    settled(section)
    seen = [index for index in section.gallery.seen() if index.data(RULE_ROLE) is not None]
    end = [index.data(TEMPLATE_ROLE).name for index in seen]
    assert "Remap_499" in end
    done = drawn_functions(image_server)
    # Three were on their way.
    assert sorted(done[:3]) == ["", "None", "Remap_001"]
    assert sorted(done[3:]) == sorted(end)
    assert tile(section, "Remap_001").image is None
    assert not tile(section, "Remap_001").problem


def test_what_stays_in_sight_goes_on(
    section: FunctionSection, many: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang")
    show(section, many)
    hanging(image_server)
    bar = section.gallery.verticalScrollBar()
    bar.setValue(bar.value() + section.gallery.gridSize().height() // 2)
    wait_until(lambda: not section.gallery._later.isActive())
    image_server.release()
    settled(section)
    done = drawn_functions(image_server)
    assert len(done) == len(set(done))
    assert set(done) == {"", "None", *[name for name in names_in_sight(section) if name.startswith("Remap")]}


def test_what_a_form_scrolls_out_of_sight_is_stopped(many: ConnectedService, image_server: ImageServerProcess) -> None:
    QgsSettings().setValue("image_server_layer/function_gallery", True)
    SESSION.clear()
    area, contents, section = QScrollArea(), QWidget(), FunctionSection()
    layout = QVBoxLayout(contents)
    layout.addWidget(section)
    layout.addSpacing(2000)
    area.setWidgetResizable(True)
    area.setWidget(contents)
    area.resize(800, 500)
    area.show()
    image_server.fault("hang")
    show(section, many)
    hanging(image_server)
    area.verticalScrollBar().setValue(1500)
    assert not section.gallery.seen()
    wait_until(lambda: not section.gallery.is_busy, SOON)
    image_server.release()
    let_pass(0.3)
    assert len(drawings(image_server)) == AT_A_TIME
    area.verticalScrollBar().setValue(0)
    wait_until(lambda: len(drawings(image_server)) > AT_A_TIME)
    settled(section)
    assert tile(section, "Remap_001").image is not None
    delete(area)


@pytest.mark.usefixtures("patient")
def test_a_second_look_asks_for_nothing(
    section: FunctionSection, many: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(section, many)
    count = len(drawings(image_server))
    section.hide()
    section.show()
    section.gallery.scrollToBottom()
    let_pass(0.05)
    section.gallery.scrollToTop()
    settled(section)
    other = FunctionSection()
    other.resize(800, 600)
    other.show()
    shown(other, known_service(image_server, MANY))
    assert tile(other, "Remap_003").image is not None
    delete(other)
    assert len(drawings(image_server)) == count


def test_another_place_or_other_rasters_are_asked_for_anew(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(section, landsat)
    count = len(drawings(image_server))
    show(section, landsat, seen=Extent(FULL.xmin, FULL.ymin, *FULL.center))
    settled(section)
    assert len(drawings(image_server)) == 2 * count
    shown(section, landsat, LayerOptions(where="CloudCover < 10"))
    assert len(drawings(image_server)) == 3 * count
    # What only one template, or the layer, has changes nothing.
    same = LayerOptions(where="CloudCover < 10", bands=(1,), processing_template=ProcessingTemplate("NDVI"))
    shown(section, landsat, replace(same, extent=Extent(FULL.xmin, FULL.ymin, *FULL.center)))
    assert len(drawings(image_server)) == 3 * count


def test_a_service_that_is_refreshed_is_drawn_anew(
    section: FunctionSection, many: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(section, many)
    count = len(drawings(image_server))
    shown(section, known_service(image_server, MANY))
    assert len(drawings(image_server)) == 2 * count


@pytest.mark.parametrize("way", ["hide", "delete", "cancel", "no service", "list"])
def test_it_stops(section: FunctionSection, many: ConnectedService, image_server: ImageServerProcess, way: str) -> None:
    image_server.fault("hang")
    show(section, many)
    hanging(image_server)
    if way == "hide":
        section.hide()
    elif way == "delete":
        delete(section)
    elif way == "cancel":
        section.hide()
        section.cancel()
    elif way == "list":
        click(section.gallery_button)
    else:
        section.set_from(LayerOptions(), None)
        section.show_thumbnails(None)
    wait_until(idle, SOON)
    image_server.release()
    let_pass(0.7)
    assert len(drawings(image_server)) == AT_A_TIME


def test_another_service_stops_those_of_the_former(
    section: FunctionSection, many: ConnectedService, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match=MANY)
    show(section, many)
    hanging(image_server)
    shown(section, landsat)
    assert len(image_server.requests(MANY, "exportImage")) == AT_A_TIME
    assert all(tile(section, name).image for name in names_in_sight(section) if "JSON" not in name)


def test_what_is_chosen_is_in_sight_again_when_the_filter_goes(
    section: FunctionSection, many: ConnectedService
) -> None:
    show(section, many)
    type_into(section.filter, "remap_423")
    section.view.setCurrentIndex(index_of(section, "Remap_423"))
    section.filter.clear()
    # Hundreds of tiles are laid out a few at a time.
    wait_until(lambda: "Remap_423" in names_in_sight(section))
    # Nor is it lost where there is less room, in which all of them are laid out anew.
    section.resize(500, 600)
    let_pass(0.3)
    assert "Remap_423" in names_in_sight(section)
    section.gallery.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    section.resize(800, 600)
    let_pass(0.3)
    assert "Remap_001" in names_in_sight(section)


def test_a_failure_has_a_sign_and_its_reason_and_is_tried_again(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", "NaturalColor%22", code=400, message="Out of <memory>")
    shown(section, landsat)
    failed = tile(section, "NaturalColor")
    assert (failed.image, failed.is_failure) == (None, True)
    assert "Out of <memory>" in failed.problem
    delegate = section.gallery.itemDelegate()
    assert "Out of &lt;memory&gt;" in delegate.tooltip(index_of(section, "NaturalColor"))
    count = len(drawings(image_server))
    # A sign, and nothing that looks like a picture: it is yellow in the middle.
    rect = section.gallery.visualRect(index_of(section, "NaturalColor"))
    middle = section.gallery.viewport().grab(rect).toImage()
    found = {QColor(middle.pixel(x, y)).hue() // 20 for x in range(middle.width()) for y in range(middle.height())}
    assert found & {1, 2, 3}
    section.gallery.viewport().update()
    let_pass(0.4)
    assert len(drawings(image_server)) == count
    image_server.reset()
    section.hide()
    section.show()
    wait_until(lambda: tile(section, "NaturalColor").image)
    assert drawn_functions(image_server) == ["NaturalColor"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("size", "1 × 1"),
        ("truncate", "cut the connection"),
        ("html", "a web page"),
        ("empty", "an empty answer"),
        ("status", "500"),
    ],
)
def test_what_is_no_picture_of_the_place_is_no_thumbnail(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess, fault: str, words: str
) -> None:
    image_server.fault(fault)
    shown(section, landsat)
    seen = [name for name in names_in_sight(section) if "JSON" not in name]
    assert all(tile(section, name).is_failure and tile(section, name).image is None for name in seen)
    assert words in tile(section, "NDVI").problem


def test_a_published_picture_is_shown_meanwhile(section: FunctionSection, image_server: ImageServerProcess) -> None:
    functions = [
        {"name": "None"},
        {"name": "NDVI", "thumbnail": published("red")},
        {"name": "NaturalColor", "thumbnail": "no picture at all"},
        {"name": "Hillshade", "thumbnail": published("blue", 1500)},
    ]
    image_server.patch(LANDSAT, {"rasterFunctionInfos": functions})
    known = known_service(image_server, LANDSAT)
    image_server.fault("hang")
    show(section, known)
    wait_until(lambda: tile(section, "NDVI").meanwhile)
    assert pixels(tile(section, "NDVI").meanwhile)[0, 0].tolist() == [255, 0, 0, 255]
    # More pixels than any picture of that size has.
    assert tile(section, "NaturalColor").meanwhile is None
    assert tile(section, "Hillshade").meanwhile is None
    image_server.release()
    settled(section)
    assert tile(section, "NDVI").meanwhile is None
    assert tile(section, "NDVI").image is not None


def test_a_secured_service_gets_its_credentials(
    section: FunctionSection, image_server: ImageServerProcess, project: QgsProject
) -> None:
    del project
    access = Access(store_token())
    service = ImageServiceClient(image_server.service(SECURED), Transport(access)).describe()
    image_server.clear()
    shown(section, replace(connected_service(service), access=access))
    headers = {request.headers.get("x-esri-authorization") for request in drawings(image_server)}
    assert headers == {f"Bearer {TOKEN}"}
    first = names_in_sight(section)[0]
    assert tile(section, first).image is not None
    # Without them there is nothing to be seen, also not what was drawn with them.
    shown(section, connected_service(service))
    assert tile(section, first).is_failure


def test_where_it_cannot_be_said_what_to_draw_the_reason_is_said(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), landsat)
    section.show_thumbnails(None, "No raster of that name.")
    let_pass(0.7)
    assert not drawings(image_server)
    assert tile(section, "NDVI") == Tile(problem="No raster of that name.")


def test_a_chain_is_seen_once_it_can_be_read(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    chain = ProcessingTemplate(function={"rasterFunction": "ExtractBand", "rasterFunctionArguments": {"BandIDs": [3]}})
    shown(section, landsat, LayerOptions(processing_template=chain))
    assert tile(section, "Function chain (JSON)…").image is not None
    asked = [request.query.get("renderingRule", "") for request in drawings(image_server)]
    assert '{"rasterFunction":"ExtractBand","rasterFunctionArguments":{"BandIDs":[3]}}' in asked


def test_keys_go_through_it(section: FunctionSection, landsat: ConnectedService) -> None:
    shown(section, landsat)
    changes: list[str] = []
    section.changed.connect(lambda: changes.append(section._name))
    click(section.filter)
    for _ in range(2):
        press(Qt.Key.Key_Tab)
    assert section.gallery.hasFocus()
    type_text("NDVI")
    assert section.gallery.currentIndex().data() == "NDVI"
    assert changes[-1] == "NDVI"
    press(Qt.Key.Key_Right)
    right = section.gallery.currentIndex()
    assert right.row() == index_of(section, "NDVI").row() + 1
    press(Qt.Key.Key_Up)
    assert section.gallery.currentIndex().row() < right.row() - 1
    press(Qt.Key.Key_End)
    last = section.gallery.model().index(section.gallery.model().rowCount() - 1, 0)
    assert changes[-1] == last.data(TEMPLATE_ROLE).name
    assert section.gallery.accessibleName() == "Processing template"


def test_a_click_chooses_and_the_description_can_be_read(section: FunctionSection, landsat: ConnectedService) -> None:
    shown(section, landsat)
    index = index_of(section, "NaturalColor")
    section.gallery.scrollTo(index)
    click(section.gallery.viewport(), section.gallery.visualRect(index).center())
    assert str(section.apply_to(LayerOptions()).processing_template) == "NaturalColor"
    assert section.description.text() == "NaturalColor: Red, green and blue as the eye sees them."
    assert section.description.isVisible()
    assert section.view.selectionModel().selectedRows()[0].data() == "NaturalColor"


@pytest.mark.usefixtures("patient")
def test_the_filter_asks_for_what_it_leaves(
    section: FunctionSection, many: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(section, many)
    image_server.clear()
    type_into(section.filter, "remap_42")
    wait_until(lambda: tile(section, "Remap_421").image)
    settled(section)
    assert "Remap_427" in drawn_functions(image_server)
    assert sorted(drawn_functions(image_server)) == names_in_sight(section)[3:]


def test_the_switch_is_remembered(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), landsat)
    click(section.gallery_button)
    section.show_thumbnails(ThumbnailView.of(landsat, LayerOptions(), None))
    assert (section.gallery.isVisible(), section.view.isVisible()) == (False, True)
    let_pass(0.8)
    assert not drawings(image_server)
    assert section.label.buddy() is section.view
    other = FunctionSection()
    assert not other.gallery_button.isChecked()
    delete(other)
    click(section.gallery_button)
    assert section.label.buddy() is section.gallery
    wait_until(lambda: drawings(image_server))
    settled(section)
    other = FunctionSection()
    assert other.gallery_button.isChecked()
    delete(other)


def test_the_store_keeps_what_was_looked_at_last() -> None:
    store = ThumbnailStore(3 * 400)
    image = QImage(10, 10, QImage.Format.Format_ARGB32)
    for key in "abc":
        store.put(key, image)
    store.get("a")
    store.put("d", image)
    assert [key for key in "abcd" if store.get(key) is not None] == ["a", "c", "d"]
    store.put("d", image)
    assert store.bytes == 3 * 400


def test_names_can_be_read_in_a_dark_theme(section: FunctionSection, landsat: ConnectedService) -> None:
    palette = QPalette(section.palette())
    for role, color in ((QPalette.ColorRole.Base, "#202020"), (QPalette.ColorRole.Text, "#f0f0f0")):
        palette.setColor(role, QColor(color))
    section.gallery.setPalette(palette)
    shown(section, landsat)
    index = index_of(section, "NDVI")
    rect = section.gallery.visualRect(index)
    picture_bottom = rect.top() + rect.height() * 6 // 10
    grabbed = section.gallery.viewport().grab(rect.adjusted(0, picture_bottom - rect.top(), 0, 0)).toImage()
    lightness = {
        QColor(grabbed.pixel(x, y)).lightness() for x in range(grabbed.width()) for y in range(grabbed.height())
    }
    assert max(lightness) > 180


def test_it_is_as_high_as_it_needs_to_be(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    gallery = section.gallery
    show(section, known_service(image_server, "PuertoRico/LandCover"))
    wait_until(gallery.seen)
    row = gallery.gridSize().height()
    rows = {gallery.visualRect(index).top() for index in gallery.seen()}
    assert len(gallery.seen()) == 9
    assert len(rows) * row <= gallery.viewport().height() < len(rows) * row + 8
    assert gallery.verticalScrollBar().maximum() == 0
    show(section, landsat)
    let_pass(0.1)
    few = gallery.height()
    type_into(section.filter, "NDVIColored")
    let_pass(0.1)
    assert gallery.height() == few < 3 * row


@pytest.fixture
def form(dialog: AddLayerDialog) -> LayerForm:
    SESSION.clear()
    dialog.form.refresh_choices()
    dialog.form._function.gallery_button.setChecked(True)
    dialog.resize(1150, 700)
    return dialog.form


def gallery_of(form: LayerForm) -> FunctionGallery:
    return form._function.gallery


def test_in_the_form_it_looks_where_the_preview_looks(form: LayerForm, image_server: ImageServerProcess) -> None:
    form.preview.switch.setChecked(True)
    open_service(form, image_server)
    wait_until(lambda: not form.preview.is_busy and not gallery_of(form).is_busy)
    whole = gallery_of(form)._view
    assert whole is not None
    assert whole.area == FULL
    # The preview, which is drawn later, shows the same, so nothing is asked for twice.
    asked = [request.url for request in drawings(image_server) if "png32" in request.url]
    assert len(asked) == len(set(asked))
    form.preview.map_view._zoom(0.25, 100, 100)
    wait_until(lambda: not form.preview.is_busy and not gallery_of(form).is_busy)
    view = form.preview.map_view.view
    assert view is not None
    closer = gallery_of(form)._view
    assert closer is not None
    assert closer.area == view.extent.intersection(FULL) != FULL
    open_service(form, image_server, "Olinda/Elevation")
    now = gallery_of(form)._view
    assert now is not None
    assert now.service.name == "Olinda/Elevation"
    assert now.area == now.service.extent


def test_in_the_form_a_problem_of_the_rasters_stops_it(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    form._mosaic.set_from(LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="Nowhere"), form.state.known)
    form.state.update()
    assert form.problem()
    gallery = gallery_of(form)
    assert gallery.tile(gallery.model().index(0, 0)).problem == form.problem()
    assert not gallery.is_busy or not gallery.is_drawing


@pytest.mark.parametrize("way", ["close", "delete"])
def test_nothing_goes_on_when_the_form_closes(
    dialog: AddLayerDialog, form: LayerForm, image_server: ImageServerProcess, way: str
) -> None:
    image_server.fault("hang")
    open_service(form, image_server, MANY)
    hanging(image_server)
    if way == "close":
        dialog.close()
    else:
        delete(dialog)
    wait_until(idle, SOON)
    image_server.release()
    let_pass(0.7)
    assert len(drawings(image_server)) == AT_A_TIME
    if way == "close":
        dialog.present()
        wait_until(lambda: not gallery_of(form).is_busy and len(drawings(image_server)) > AT_A_TIME)


def test_without_thumbnails_there_is_a_list(form: LayerForm, image_server: ImageServerProcess) -> None:
    QgsSettings().setValue("image_server_layer/thumbnails", False)
    form.refresh_choices()
    open_service(form, image_server)
    let_pass(0.2)
    assert form._function.view.isVisible()
    assert not gallery_of(form).isVisible()
    assert not form._function.gallery_button.isVisible()
    assert drawings(image_server) == []
    QgsSettings().setValue("image_server_layer/thumbnails", True)
    form.refresh_choices()
    assert gallery_of(form).isVisible()
    wait_until(lambda: bool(drawings(image_server)) and not gallery_of(form).is_busy)


# Functions that every service knows


def test_functions_of_arcgis_are_drawn_with_the_values_that_arcgis_proposes(
    section: FunctionSection, image_server: ImageServerProcess
) -> None:
    known = known_service(image_server, "Olinda/Elevation")
    image_server.clear()
    section.resize(1600, 600)
    shown(section, known)
    section.gallery.scrollToBottom()
    settled(section)
    asked = [json.loads(request.query.get("renderingRule", "{}")) for request in drawings(image_server)]
    arguments = {rule.get("rasterFunction"): rule["rasterFunctionArguments"] for rule in asked if len(rule) > 1}
    assert set(arguments) == {"Hillshade", "ShadedRelief", "Slope", "Aspect", "Curvature", "Stretch", "Statistics"}
    assert arguments["Slope"] == {"SlopeType": 1, "ZFactor": 1, "RemoveEdgeEffect": False}
    colors = pixels(tile(section, "Shaded relief").image)
    assert np.ptp(colors[..., 0].astype(int) - colors[..., 2]) > 50
    # There is nothing to draw before there are classes.
    assert tile(section, "Remap") == Tile(is_chain=True)


def test_the_tile_of_the_function_that_is_chosen_follows_its_fields(
    section: FunctionSection, image_server: ImageServerProcess
) -> None:
    known = known_service(image_server, "Olinda/Elevation")
    rule = {
        "rasterFunction": "Remap",
        "rasterFunctionArguments": {"InputRanges": [0, 20], "OutputValues": [255]},
        "outputPixelType": "U8",
    }
    shown(section, known, LayerOptions(processing_template=ProcessingTemplate(function=rule)))
    section.gallery.scrollTo(index_of(section, "Remap"))
    settled(section)
    drawn = pixels(tile(section, "Remap").image)
    assert set(np.unique(drawn[drawn[..., 3] == 255][:, 0])) == {255}
    section.set_from(LayerOptions(), known)
    section.show_thumbnails(ThumbnailView.of(known, LayerOptions(), None))
    assert tile(section, "Remap") == Tile(is_chain=True)


def test_the_heading_says_what_comes_next(section: FunctionSection, landsat: ConnectedService) -> None:
    show(section, landsat)
    assert tile(section, "Functions of ArcGIS") == Tile(is_heading=True)
    type_into(section.filter, "Focal")
    assert [section.gallery.model().index(row, 0).data() for row in range(3, section.gallery.model().rowCount())] == [
        "Functions of ArcGIS",
        "Focal statistics",
    ]
    section.filter.clear()
    type_into(section.filter, "NDVIColored")
    assert section.gallery.model().rowCount() == 4


@pytest.mark.parametrize("text", ["Service default (raw pixels)", "None: raw pixels", "Function chain (JSON)…"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_the_form_itself_calls_a_tile_is_read_to_its_end(
    section: FunctionSection, text: str, language: str
) -> None:
    german = {found.source: forms[0] for found, forms in read(FOLDER / "image_server_layer_de.ts").items()}
    name = german[text] if language == "de" else text
    option = QStyleOptionViewItem()
    option.initFrom(section.gallery)
    # The narrowest that a tile can be, without its margins.
    room = tile_size(option.fontMetrics).width() - 12
    assert " ".join(name_lines(name, option, room)) == name
