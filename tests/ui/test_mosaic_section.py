"""The mosaic section: what it offers, what it shows beside what, and that options come out as they went in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolPan
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QVBoxLayout

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.layer.plan import plan_layer
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.layer.resolve import Arguments
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.address import ServiceAddress
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.plugin.service.vocabulary import MosaicMethod, MosaicOperation
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import type_into
from image_server_layer.tests.ui.knowing import LANDSAT, connected_service, known_service
from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.mosaic.mosaic_section import MosaicSection


@pytest.fixture
def canvas() -> Iterator[QgsMapCanvas]:
    canvas = QgsMapCanvas()
    canvas.resize(400, 400)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:31985"))
    canvas.setExtent(QgsRectangle(288000, 9110000, 299000, 9121000))
    canvas.show()
    yield canvas
    canvas.deleteLater()


@pytest.fixture
def section(canvas: QgsMapCanvas) -> Iterator[MosaicSection]:
    dialog = QDialog()
    section = MosaicSection(canvas, dialog)
    QVBoxLayout(dialog).addWidget(section)
    dialog.show()
    yield section
    if not sip.isdeleted(dialog):
        dialog.deleteLater()


def _changes(section: MosaicSection) -> list[LayerOptions]:
    seen: list[LayerOptions] = []
    section.changed.connect(lambda: seen.append(section.apply_to(LayerOptions())))
    return seen


@pytest.mark.parametrize(
    "options",
    [
        LayerOptions(),
        LayerOptions(mosaic_method=MosaicMethod.NONE, mosaic_operation=MosaicOperation.BLEND, ascending=False),
        LayerOptions(
            mosaic_method=MosaicMethod.ATTRIBUTE,
            order_field="AcquisitionDate",
            order_base_value="2001/03/25 02:30:00",
            ascending=True,
            where="CloudCover < 20",
        ),
        LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover", order_base_value=0.1 + 0.2),
        LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="Best", order_base_value="no number"),
        LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="Nowhere", order_base_value=3),
        LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="AcquisitionDate", order_base_value="no date"),
        LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(290000.123456789, 9120000.5)),
        LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(7, 2, 5)),
        LayerOptions(lock_raster_ids=(3,)),
    ],
)
def test_options_come_out_as_they_went_in(
    section: MosaicSection, landsat: ConnectedService, options: LayerOptions
) -> None:
    seen = _changes(section)
    section.set_from(options, landsat)
    assert section.apply_to(LayerOptions()) == options
    assert seen == []


def test_only_what_the_service_allows_can_be_chosen(section: MosaicSection, image_server: ImageServerProcess) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Test/LimitedMethods"))
    box = section.method_box
    assert [box.itemText(index) for index in range(box.count())] == [
        "Service default (Northwest)",
        "Closest to center",
        "Closest to nadir",
        "Closest to viewpoint",
        "Northwest",
    ]


def test_what_the_service_does_not_allow_is_kept_for_its_problem_to_show(
    section: MosaicSection, image_server: ImageServerProcess
) -> None:
    options = LayerOptions(mosaic_method=MosaicMethod.SEAMLINE)
    section.set_from(options, known_service(image_server, "Test/LimitedMethods"))
    section.show_problems({"mosaic_method": "Not allowed.", "bands": "Not mine."})
    assert section.apply_to(LayerOptions()) == options
    assert section.method_problem.text() == "Not allowed."
    section.show_problems({})
    assert section.method_problem.isHidden()


def test_every_method_comes_with_its_sentence_and_its_fields(section: MosaicSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    sentences = set()
    for index in range(section.method_box.count()):
        section.method_box.setCurrentIndex(index)
        sentences.add(section.method_sentence_label.text())
        method = section.apply_to(LayerOptions()).mosaic_method
        assert section.order_field_box.isVisible() == (method is MosaicMethod.ATTRIBUTE)
        assert section.base_value_edit.isVisible() == (method is MosaicMethod.ATTRIBUTE)
        assert section.viewpoint_edit.isVisible() == (method is MosaicMethod.VIEWPOINT)
        assert section.locked_edit.isVisible() == (method is MosaicMethod.LOCK_RASTER)
    # Northwest is also the service's own.
    assert len(sentences) == len(MosaicMethod)


def test_what_the_method_does_not_use_is_not_given_and_not_forgotten(
    section: MosaicSection, landsat: ConnectedService
) -> None:
    options = LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(290000.0, 9120000.0))
    section.set_from(options, landsat)
    seen = _changes(section)
    section.method_box.setCurrentIndex(section.method_box.findText("Seamline"))
    section.method_box.setCurrentIndex(section.method_box.findText("Closest to viewpoint"))
    assert seen == [LayerOptions(mosaic_method=MosaicMethod.SEAMLINE), options]


@pytest.mark.parametrize(
    "options",
    [
        LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3, 1)),
        LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(290000.0, 9120000.0)),
        LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover", order_base_value=12.5),
    ],
)
def test_what_the_method_does_not_use_outlasts_news_of_the_service_and_no_other_options(
    section: MosaicSection, landsat: ConnectedService, image_server: ImageServerProcess, options: LayerOptions
) -> None:
    section.set_from(options, landsat)
    choose(section, MosaicMethod.NORTH_WEST)
    refreshed = known_service(image_server, LANDSAT)
    for news in (connected_service(landsat.service, refreshed.service), refreshed):
        section.set_from(section.apply_to(LayerOptions()), news)
        assert section.apply_to(LayerOptions()) == LayerOptions(mosaic_method=MosaicMethod.NORTH_WEST)
    choose(section, options.mosaic_method)
    assert section.apply_to(LayerOptions()) == options
    choose(section, MosaicMethod.NORTH_WEST)
    section.set_from(LayerOptions(), refreshed)
    choose(section, options.mosaic_method)
    assert section.apply_to(LayerOptions()) == LayerOptions(mosaic_method=options.mosaic_method)


@pytest.mark.parametrize("method", [None, MosaicMethod.NORTH_WEST])
@pytest.mark.parametrize("named", [None, MosaicMethod.LOCK_RASTER])
def test_who_chooses_another_method_locks_no_rasters(
    section: MosaicSection, landsat: ConnectedService, named: MosaicMethod | None, method: MosaicMethod | None
) -> None:
    section.set_from(LayerOptions(mosaic_method=named, lock_raster_ids=(3,)), landsat)
    choose(section, method)
    assert section.apply_to(LayerOptions()) == LayerOptions(mosaic_method=method)
    assert not section.locked_edit.isVisible()
    assert section.method_sentence_label.text() == (
        "The raster whose center is nearest to the northwest corner of the mosaic lies on top, whatever the view."
    )
    choose(section, MosaicMethod.LOCK_RASTER)
    options = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3,))
    assert section.apply_to(LayerOptions()) == options


def test_ids_alone_are_shown_as_what_they_mean(section: MosaicSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(lock_raster_ids=(3,)), landsat)
    assert section.method_box.currentText() == "Lock raster"
    assert section.locked_edit.isVisible()
    sentence = "Only the rasters of your choice are drawn, the first of them on top."
    assert section.method_sentence_label.text() == sentence
    section.set_from(section.apply_to(LayerOptions()), replace(landsat))
    assert section.apply_to(LayerOptions()) == LayerOptions(lock_raster_ids=(3,))
    section.locked_edit.list.selectAll()
    section.locked_edit.remove_button.click()
    assert section.apply_to(LayerOptions()) == LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER)
    assert section.method_sentence_label.text() == sentence


def test_the_default_direction_is_the_one_that_goes_out(
    section: MosaicSection, image_server: ImageServerProcess
) -> None:
    image_server.patch(LANDSAT, {"sortAscending": False})
    section.set_from(LayerOptions(), known_service(image_server, LANDSAT))
    assert section.direction_box.itemText(0) == "Service default (Descending)"
    # With another order, the raster that it prefers is on top.
    section.method_box.setCurrentIndex(section.method_box.findText("Closest to center"))
    assert section.direction_box.itemText(0) == "Service default"
    assert section.apply_to(LayerOptions()) == LayerOptions(mosaic_method=MosaicMethod.CENTER)
    section.method_box.setCurrentIndex(section.method_box.findText("Northwest"))
    assert section.direction_box.itemText(0) == "Service default (Descending)"


def test_rasters_that_the_service_locks_by_itself_are_not_shown_as_a_choice(
    section: MosaicSection, image_server: ImageServerProcess
) -> None:
    image_server.patch(LANDSAT, {"defaultMosaicMethod": "LockRaster"})
    section.set_from(LayerOptions(), known_service(image_server, LANDSAT))
    assert section.method_box.currentText() == "Service default (Lock raster)"
    assert not section.locked_edit.isVisible()
    assert section.method_sentence_label.text() == ""
    assert section.apply_to(LayerOptions()) == LayerOptions()


def choose(section: MosaicSection, method: MosaicMethod | None) -> None:
    section.method_box.setCurrentIndex(section.method_box.findData(method.value if method else ""))


def test_another_order_field_starts_without_a_base_value(section: MosaicSection, landsat: ConnectedService) -> None:
    options = LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="Best", order_base_value=20)
    section.set_from(options, landsat)
    seen = _changes(section)
    section.order_field_box.setCurrentIndex(section.order_field_box.findData("CloudCover"))
    assert seen == [LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover")]


def test_a_text_that_is_no_point_is_told_at_once_and_outlasts_news_of_the_service(
    section: MosaicSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), landsat)
    type_into(section.viewpoint_edit, "290000")
    sentence = "“290000” is no point; give x and y in the service's coordinate reference system."
    assert section.input_problems() == {"viewpoint": sentence}
    assert section.viewpoint_problem.text() == sentence
    news = replace(landsat)
    section.set_from(section.apply_to(LayerOptions()), news)
    assert section.viewpoint_edit.text() == "290000"
    section.set_from(LayerOptions(), news)
    assert section.input_problems() == {}


@pytest.mark.parametrize("name", ["Test/Single", "Test/Synthetic"])
def test_a_single_raster_shows_one_sentence_and_gives_nothing(
    section: MosaicSection, image_server: ImageServerProcess, name: str
) -> None:
    known = known_service(image_server, name)
    image_server.clear()
    section.set_from(LayerOptions(where="a = 1", lock_raster_ids=(1,)), known)
    assert section.form.isHidden()
    assert section.reason_label.text() == (
        "The service is a single raster, so there are no rasters to choose from or to order."
    )
    assert section.apply_to(LayerOptions(where="a = 1", bands=(2,))) == LayerOptions(bands=(2,))
    assert image_server.requests() == []


def test_without_a_service_options_pass_through(section: MosaicSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(where="CloudCover < 20"), landsat)
    section.set_from(LayerOptions(), None)
    assert not section.isEnabled()
    assert section.apply_to(LayerOptions(where="a = 1")) == LayerOptions(where="a = 1")


def test_the_request_says_what_the_form_shows(
    section: MosaicSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), landsat)
    section.method_box.setCurrentIndex(section.method_box.findText("By attribute"))
    section.order_field_box.setCurrentIndex(section.order_field_box.findData("AcquisitionDate"))
    section.direction_box.setCurrentIndex(section.direction_box.findText("Descending"))
    section.operation_box.setCurrentIndex(section.operation_box.findText("Maximum"))
    section.where_edit.edit.setText("CloudCover < 20")
    wait_until(lambda: section.where_edit.count_label.text() == "4 of 8 rasters match")
    image_server.clear()
    arguments = Arguments(section.apply_to(LayerOptions()))
    plan_layer(LayerRequest(ServiceAddress(landsat.service.url), arguments=arguments))
    sent = [json.loads(record.query["mosaicRule"]) for record in image_server.requests(operation="exportImage")]
    assert sent
    assert all(
        rule
        == {
            "mosaicMethod": "esriMosaicAttribute",
            "where": "CloudCover < 20",
            "sortField": "AcquisitionDate",
            "ascending": False,
            "mosaicOperation": "MT_MAX",
        }
        for rule in sent
    )


def _click(canvas: QgsMapCanvas, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    QTest.mouseClick(canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, QPoint(200, 100))


def test_a_viewpoint_is_picked_on_the_map_while_the_form_is_away(
    section: MosaicSection, landsat: ConnectedService, canvas: QgsMapCanvas
) -> None:
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), landsat)
    expected = canvas.getCoordinateTransform().toMapCoordinates(200, 100)
    section.pick_button.click()
    assert not section.window().isVisible()
    _click(canvas)
    assert section.window().isVisible()
    assert canvas.mapTool() is pan
    viewpoint = section.apply_to(LayerOptions()).viewpoint
    assert viewpoint == pytest.approx((expected.x(), expected.y()), abs=0.01)


def test_a_picked_viewpoint_is_in_the_crs_of_the_service(
    section: MosaicSection, landsat: ConnectedService, canvas: QgsMapCanvas
) -> None:
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(-34.92, -8.05, -34.82, -7.95))
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), landsat)
    section.pick_button.click()
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, 200))
    viewpoint = section.apply_to(LayerOptions()).viewpoint
    # Of -34.87, -8.00 after PROJ's cs2cs, with a pixel of the map to spare.
    assert viewpoint == pytest.approx((293892, 9115236), abs=60)


def test_a_point_outside_the_crs_of_the_service_is_not_taken(
    section: MosaicSection, landsat: ConnectedService, canvas: QgsMapCanvas
) -> None:
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    # Beyond the pole.
    canvas.setExtent(QgsRectangle(-34, 91, -33, 92))
    options = LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(290000.0, 9120000.0))
    section.set_from(options, landsat)
    section.pick_button.click()
    _click(canvas)
    assert section.window().isVisible()
    assert section.apply_to(LayerOptions()) == options
    problem = section.viewpoint_problem.text()
    assert problem.startswith("The viewpoint -33.")
    assert problem.endswith(
        "(EPSG:4326) cannot be transformed to the service's EPSG:31985 - SIRGAS 2000 / UTM zone 25S; choose one near "
        "the service."
    )


@pytest.mark.parametrize("reference", [SpatialReference(), SpatialReference(999999)])
def test_where_the_crs_of_the_service_is_unknown_no_point_is_picked(
    section: MosaicSection, landsat: ConnectedService, reference: SpatialReference
) -> None:
    service = replace(landsat.service, spatial_reference=reference)
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), connected_service(service, service))
    assert not section.pick_button.isEnabled()
    reason = "The coordinate reference system of the service is unknown, so nothing can be taken to it."
    assert (section.pick_button.toolTip(), section.viewpoint_crs_label.text()) == (reason, reason)
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), landsat)
    assert section.pick_button.isEnabled()
    assert section.pick_button.toolTip() == "Click a point on the map; Esc brings the form back without one."
    assert section.viewpoint_crs_label.text() == "EPSG:31985 - SIRGAS 2000 / UTM zone 25S"


@pytest.mark.parametrize("end", ["escape", "right button", "other tool"])
def test_picking_ends_without_a_point(
    section: MosaicSection, landsat: ConnectedService, canvas: QgsMapCanvas, end: str
) -> None:
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), landsat)
    section.pick_button.click()
    pan = QgsMapToolPan(canvas)
    if end == "escape":
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
    elif end == "right button":
        _click(canvas, Qt.MouseButton.RightButton)
    else:
        canvas.setMapTool(pan)
    assert section.window().isVisible()
    assert section.apply_to(LayerOptions()).viewpoint is None


def test_a_form_that_goes_while_picking_leaves_the_map_alone(
    section: MosaicSection, landsat: ConnectedService, canvas: QgsMapCanvas
) -> None:
    section.set_from(LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT), landsat)
    section.pick_button.click()
    sip.delete(section.window())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert canvas.mapTool() is None
    _click(canvas)
