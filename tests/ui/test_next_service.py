"""Another service is chosen in the form: what becomes of the area that was chosen for the one before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsCoordinateTransform, QgsProject, QgsRectangle

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.crs import crs_of
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import messages, open_service, settled
from image_server_layer.tests.ui.knowing import FULL, LANDSAT, UTM, known_service
from image_server_layer.tests.ui.services import type_and_enter
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.service.recent import RecentService, remember

ELEVATION = "Olinda/Elevation"
COUNTY = Extent(292000, 9113000, 295000, 9117000)


def in_elevation(extent: Extent, server: ImageServerProcess) -> Extent:
    """Return the box around an extent in the CRS of the elevation."""
    crs = crs_of(known_service(server, ELEVATION).service.spatial_reference)
    box = QgsCoordinateTransform(UTM, crs, QgsProject.instance()).transformBoundingBox(QgsRectangle(*extent))
    return Extent(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


def choose(form: LayerForm, server: ImageServerProcess, extent: Extent) -> None:
    """Connect to the Landsat mosaic, and choose an extent of it."""
    open_service(form, server)
    form.state.show(replace(form.options(), extent=extent))


def test_the_next_service_keeps_the_area_in_its_own_coordinates(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    choose(form, image_server, COUNTY)
    open_service(form, image_server, ELEVATION)
    assert form.options().extent == pytest.approx(in_elevation(COUNTY, image_server))
    assert messages(form.message_bar) == []
    request = form.request()
    assert request is not None
    assert request.arguments.options == LayerOptions(extent=form.options().extent)


def test_and_back_again(form: LayerForm, image_server: ImageServerProcess) -> None:
    choose(form, image_server, COUNTY)
    open_service(form, image_server, ELEVATION)
    open_service(form, image_server)
    assert form.options().extent == COUNTY


def test_where_it_does_not_have_all_of_it_the_area_goes_and_a_line_says_so(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    choose(form, image_server, COUNTY)
    open_service(form, image_server, "PuertoRico/LandCover")
    assert form.options().extent is None
    text = "“PuertoRico/LandCover” does not have all of the extent that was chosen for “Olinda/Landsat”, so it is no "
    assert messages(form.message_bar) == [f"{text}longer chosen."]


def test_it_outlasts_an_address_that_fails(form: LayerForm, image_server: ImageServerProcess) -> None:
    choose(form, image_server, COUNTY)
    type_and_enter(form._service, f"{image_server.url}/Nowhere/ImageServer")
    wait_until(form._service._problem.text)
    assert form.state.known is None
    open_service(form, image_server, ELEVATION)
    assert form.options().extent == pytest.approx(in_elevation(COUNTY, image_server))


def test_what_was_chosen_just_now_counts_more_than_what_is_remembered(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    remembered = LayerOptions(extent=in_elevation(FULL, image_server))
    remember(RecentService(SavedOptions(image_server.service(ELEVATION), remembered)))
    choose(form, image_server, COUNTY)
    open_service(form, image_server, ELEVATION)
    assert form.options().extent == pytest.approx(in_elevation(COUNTY, image_server))


def test_options_that_come_with_the_service_are_shown_as_they_are(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    choose(form, image_server, COUNTY)
    form.take(SavedOptions(image_server.service(ELEVATION), LayerOptions()))
    wait_until(lambda: settled(form) and form.state.known is not None and form.state.known.service.name == ELEVATION)
    assert form.options() == LayerOptions()


def test_whole_services_follow_each_other_without_a_word(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server, LANDSAT)
    open_service(form, image_server, "PuertoRico/LandCover")
    assert form.options().extent is None
    assert messages(form.message_bar) == []


def test_while_a_service_is_being_taken_nothing_can_be_made_of_it(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    form.open(image_server.service(ELEVATION))
    wait_until(lambda: form.state.is_taking)
    assert not form._add_button.isEnabled()
    assert (form.request(), form.saved()) == (None, None)
    # What a user does meanwhile finds all of the service.
    form.reset()
    assert form.state.known is not None
    assert (form.state.known.service.name, form.options()) == (ELEVATION, LayerOptions())
    wait_until(lambda: settled(form))
    assert form._add_button.isEnabled()
    assert form.updatesEnabled()
    request = form.request()
    assert request is not None
    assert request.address.url == image_server.service(ELEVATION)


def test_a_service_that_is_lost_while_it_is_taken_leaves_no_trace(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    form.open(image_server.service(ELEVATION))
    wait_until(lambda: form.state.is_taking)
    form._service.loader.forget()
    form._service.forgotten.emit()
    let_pass(0.1)
    assert (form.state.known, form.options(), form.request()) == (None, LayerOptions(), None)
    assert not form._add_button.isEnabled()
    assert form.updatesEnabled()
