"""The preview in the form: what it is told, where it stands, and that it goes with the form."""

from __future__ import annotations

import gc

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtWidgets import QApplication, QLabel

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.provider.raster_provider import ImageServerProvider
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.main_window import delete_what_is_due
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.forms import added, idle, open_service, settled
from image_server_layer.tests.ui.hand import click, drag
from image_server_layer.tests.ui.knowing import FULL, LANDSAT
from image_server_layer.tests.ui.waiting import as_soon_as, delete, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.service.samples import sample_services

WIDE, NARROW = (1150, 700), (800, 600)


@pytest.fixture
def form(dialog: AddLayerDialog) -> LayerForm:
    dialog.form.preview.switch.setChecked(True)
    dialog.resize(*WIDE)
    return dialog.form


def drawn(form: LayerForm) -> None:
    wait_until(lambda: settled(form) and not form.preview.is_busy)


def providers() -> int:
    delete_what_is_due()
    gc.collect()
    return sum(isinstance(thing, ImageServerProvider) for thing in gc.get_objects())


def test_what_is_composed_is_drawn_for_two_requests(form: LayerForm, image_server: ImageServerProcess) -> None:
    assert form.preview.text() == "There is nothing to preview yet."
    open_service(form, image_server)
    drawn(form)
    assert form.preview.text() == ""
    image_server.clear()
    form.take(SavedOptions(image_server.service(LANDSAT), LayerOptions(processing_template=ProcessingTemplate("NDVI"))))
    drawn(form)
    # What comes out of the template, once for the form; a look at the pixels, and the view.
    asked = [r.operation for r in image_server.requests() if "renderingRule" in r.query]
    assert (len(asked), asked.count("exportImage")) == (3, 2)


def _outlined(form: LayerForm) -> tuple[float, ...]:
    """Return the box around all outlines in the preview, empty where there are none."""
    path = form.preview.map_view._outlines._path
    box = path.boundingRect()
    return () if path.isEmpty() else (box.left(), box.top(), box.right(), box.bottom())


def test_the_footprints_of_locked_rasters_are_drawn_over_it(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    locked = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(3, 1))
    form.take(SavedOptions(image_server.service(LANDSAT), locked))
    # All three of the upper row, less the one in the middle: 349 columns, 200 rows.
    box = FULL.xmin, FULL.ymax - 200 * 28.5, FULL.xmin + 349 * 28.5, FULL.ymax
    wait_until(lambda: _outlined(form))
    assert _outlined(form) == pytest.approx(box)
    drawn(form)
    without = form.preview.map_view.grab().toImage()
    form.preview.map_view.show_outlines(())
    assert form.preview.map_view.grab().toImage() != without
    # Kept in the list, but not in force.
    form.take(SavedOptions(image_server.service(LANDSAT), LayerOptions(mosaic_method=MosaicMethod.CENTER)))
    assert _outlined(form) == ()


def test_a_problem_is_said_once_on_one_screen(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    form.take(SavedOptions(image_server.service(LANDSAT), LayerOptions(bands=(1, 9))))
    wait_until(form.problem)
    form.tabs.show_option("cell_size")
    assert _said(form, form.problem()) == [form.summary_label]
    form.tabs.show_option("bands")
    (said,) = _said(form, form.problem())
    assert form.tabs.isAncestorOf(said)
    assert form.summary_label.text() == "See the warning above."
    assert form.preview.text() == "There is nothing to preview yet."
    form.reset()
    assert form.summary_label.text().startswith("Pixel values")


def _said(form: LayerForm, sentence: str) -> list[QLabel]:
    """Return where a sentence is to be read."""
    return [label for label in form.findChildren(QLabel) if label.isVisible() and label.text() == sentence]


def test_an_extent_that_is_drawn_is_that_of_the_layer(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    drawn(form)
    view = form.preview.map_view.view
    assert view is not None
    corners = (view.to_pixel(FULL.xmin + x, FULL.ymax - y) for x, y in ((900, 600), (4000, 5000)))
    begin, end = (QPoint(round(x), round(y)) for x, y in corners)
    click(form.preview.area_button)
    drag(form.preview.map_view, begin, end)
    (xmin, ymax), (xmax, ymin) = view.to_map(begin.x(), begin.y()), view.to_map(end.x(), end.y())
    assert form.options().extent == pytest.approx((xmin, ymin, xmax, ymax))
    assert form._grid.extent_field.part_button.isChecked()
    image_server.clear()
    added(form, project)
    (layer,) = project.mapLayers().values()
    found = layer.extent()
    assert abs(found.xMinimum() - xmin) <= 28.5
    assert abs(found.yMaximum() - ymax) <= 28.5
    form._grid.extent_field.whole_button.click()
    assert form.preview.map_view._area is None


def test_tabs_tell_where_something_is_chosen_or_wrong(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    tabs = form.tabs
    assert [tabs.tabIcon(index).isNull() for index in range(4)] == [True] * 4
    form.take(SavedOptions(image_server.service(LANDSAT), LayerOptions(where="CloudCover < 50", bands=(1, 9))))
    wait_until(form.problem)
    assert [tabs.tabIcon(index).isNull() for index in range(4)] == [False, True, False, True]
    assert "9" in tabs.tabToolTip(0)
    assert tabs.tabToolTip(2) == "Something here differs from the default of the service."
    form._advanced.gdal_box.click()
    assert not tabs.tabIcon(3).isNull()
    form._reset_button.click()
    assert [tabs.tabIcon(index).isNull() for index in range(4)] == [True] * 4


@pytest.mark.parametrize(
    ("title", "chosen"),
    [
        ("Image", LayerOptions(bands=(3, 2, 1))),
        ("Image", LayerOptions(processing_template=ProcessingTemplate("NDVI"))),
        ("Area and cells", LayerOptions(extent=FULL)),
        ("Area and cells", LayerOptions(cell_size=(30, 30))),
        ("Mosaic", LayerOptions(mosaic_method=MosaicMethod.CENTER)),
        ("Mosaic", LayerOptions(where="CloudCover < 50")),
        ("Advanced", LayerOptions(nodata=(0,))),
    ],
)
def test_the_tab_where_something_is_chosen_has_a_dot(
    form: LayerForm, image_server: ImageServerProcess, title: str, chosen: LayerOptions
) -> None:
    form.take(SavedOptions(image_server.service(LANDSAT), chosen))
    wait_until(lambda: settled(form))
    assert form.problem() == ""
    assert _marked(form) == [title]
    form._reset_button.click()
    assert _marked(form) == []


def test_the_tab_of_dimensions_has_its_dot(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server, "Test/Water")
    assert _marked(form) == []
    form.take(SavedOptions(image_server.service("Test/Water"), LayerOptions(variable="salinity")))
    wait_until(lambda: settled(form))
    assert form.problem() == ""
    assert _marked(form) == ["Dimensions"]


def _marked(form: LayerForm) -> list[str]:
    """Return the titles of the tabs with a sign."""
    tabs = form.tabs
    return [tabs.tabText(index) for index in range(tabs.count()) if not tabs.tabIcon(index).isNull()]


def test_it_is_a_tab_where_there_is_little_room(
    dialog: AddLayerDialog, form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    assert form.tabs.count() == 4
    assert form.preview.isVisible()
    dialog.resize(*NARROW)
    wait_until(lambda: form.tabs.count() == 5)
    assert form.tabs.tabText(4) == "Preview"
    assert not form.preview.isVisible()
    wait_until(form._kind.isVisible)
    form.tabs.setCurrentIndex(4)
    drawn(form)
    assert form.preview.isVisible()
    assert form.preview.text() == ""
    dialog.resize(*WIDE)
    wait_until(lambda: form.tabs.count() == 4)
    assert form.preview.isVisible()
    wait_until(form._kind.isVisible)
    form.keep_preview_in_tab()
    assert form.tabs.count() == 5


def test_a_service_that_is_taken_folds_into_a_line(form: LayerForm, image_server: ImageServerProcess) -> None:
    area = form._service_area
    assert form.pages.currentWidget() is form._start
    open_service(form, image_server)
    assert area.is_folded
    assert not form._service.isVisible()
    assert area.bar.name_label.text() == LANDSAT
    wait_until(lambda: "mosaic of 8 rasters" in area.bar.summary_label.accessibleName())
    click(area.bar.change_button)
    assert form._service.isVisible()
    assert form.focusWidget() is form._service._address
    form.open(f"{image_server.url}/Nowhere/ImageServer")
    wait_until(form._service._problem.text)
    assert area.bar.isHidden()
    open_service(form, image_server, "Olinda/Elevation")
    assert area.bar.name_label.text() == "Olinda/Elevation"


def test_it_begins_with_services_used_before_and_connections(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    open_service(form, image_server)
    added(form, project)
    QgsSettings().setValue("qgis/connections-arcgisfeatureserver/Harbor/url", image_server.url)
    QgsSettings().setValue("connections/arcgisfeatureserver/items/Harbor/url", image_server.url)
    other = AddLayerDialog(QgsMapCanvas())
    other.present()
    view = other.form._start.view
    heads = [view.topLevelItem(row) for row in range(view.topLevelItemCount())]
    assert [head.text(0) for head in heads] == ["Used before", "Saved connections", "Public services to try"]
    assert [(head.child(0).text(0)) for head in heads[:2]] == [LANDSAT, "Harbor"]
    click(view.viewport(), view.visualItemRect(heads[0].child(0)).center())
    wait_until(lambda: settled(other.form))
    assert other.form._service_area.is_folded
    delete(other)


def test_a_public_service_can_be_taken_out_of_the_list_and_comes_back(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    view, urls = form._start.view, [sample.url for sample in sample_services()]
    assert [view.topLevelItem(0).child(row).text(1) for row in range(4)] == urls
    for _ in urls[:-1]:
        choose(form, "Remove from the List")
    assert [sample.url for sample in sample_services()] == urls[-1:]
    assert view.topLevelItem(0).childCount() == 1
    choose(form, "Restore Public Services")
    assert [sample.url for sample in sample_services()] == urls
    for _ in urls:
        choose(form, "Remove from the List")
    assert form._start.hint.isVisible()
    # None of them has been asked for anything.
    assert image_server.requests() == []


def choose(form: LayerForm, text: str, head: int = 0, row: int = 0) -> None:
    """Choose from the context menu of an entry of the page to begin with, by its head and its row there."""
    view = form._start.view

    def click_entry() -> None:
        menu = QApplication.activePopupWidget()
        (entry,) = (action for action in menu.actions() if action.text() == text)
        click(menu, menu.actionGeometry(entry).center())

    place = view.visualItemRect(view.topLevelItem(head).child(row)).center()
    as_soon_as(lambda: QApplication.activePopupWidget() is not None, click_entry)
    view.customContextMenuRequested.emit(place)


def test_a_service_used_before_can_be_added_to_the_public_ones(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    urls = [sample.url for sample in sample_services()]
    open_service(form, image_server)
    added(form, project)
    other = AddLayerDialog(QgsMapCanvas())
    other.present()
    view, url = other.form._start.view, image_server.service(LANDSAT)
    for _ in range(2):
        # The second time, it is there already.
        choose(other.form, "Add to the Public Services")
        assert [sample.url for sample in sample_services()] == [*urls, url]
    public = view.topLevelItem(1)
    assert (public.text(0), public.child(4).text(0), public.child(4).text(1)) == (
        "Public services to try",
        LANDSAT,
        url,
    )
    choose(other.form, "Remove from the List", head=1, row=0)
    choose(other.form, "Restore Public Services", head=1, row=0)
    assert [sample.url for sample in sample_services()] == [*urls, url]
    choose(other.form, "Remove from the List", head=1, row=4)
    assert [sample.url for sample in sample_services()] == urls
    delete(other)


@pytest.mark.parametrize("way", ["close", "delete"])
@pytest.mark.parametrize("moment", ["planning", "drawn"])
def test_nothing_of_it_is_left_when_the_form_closes(
    dialog: AddLayerDialog, form: LayerForm, image_server: ImageServerProcess, way: str, moment: str
) -> None:
    if moment == "planning":
        image_server.fault("hang")
    open_service(form, image_server)
    if moment == "planning":
        wait_until(lambda: form.preview._planning.is_busy)
    else:
        drawn(form)
        assert providers() == 1
    if way == "close":
        dialog.close()
    else:
        delete(dialog)
    wait_until(lambda: providers() == 0, SOON)
    wait_until(idle, SOON)
    if way == "close":
        image_server.release()
        image_server.clear()
        dialog.present()
        drawn(form)
        assert len(image_server.requests(operation="exportImage")) == 2
