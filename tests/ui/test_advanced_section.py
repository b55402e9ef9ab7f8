"""The advanced section: options come out as they went in, and how the server is asked is told apart from them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.layer.kind import Provider
from image_server_layer.plugin.options.check import check
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.vocabulary import Interpolation
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import type_into
from image_server_layer.tests.ui.knowing import known_service
from image_server_layer.ui.form.advanced_section import AdvancedSection


@pytest.fixture
def section() -> Iterator[AdvancedSection]:
    section = AdvancedSection()
    section.show()
    yield section
    section.deleteLater()


@pytest.mark.parametrize(
    "options",
    [
        LayerOptions(),
        LayerOptions(interpolation=Interpolation.MAJORITY, nodata=(0, 255.5), nodata_matches_all=True),
        LayerOptions(nodata=(1e300,), nodata_matches_all=False, compression_quality=1),
        LayerOptions(compression_quality=100),
        LayerOptions(compression_quality=500),
        LayerOptions(compression_quality=0),
        LayerOptions(compression_quality=-5),
    ],
)
def test_options_come_out_as_they_went_in(
    section: AdvancedSection, landsat: ConnectedService, options: LayerOptions
) -> None:
    seen = []
    section.changed.connect(lambda: seen.append(True))
    section.set_from(options, landsat)
    assert section.apply_to(LayerOptions()) == options
    assert seen == []


def test_nodata_may_be_no_number(section: AdvancedSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(nodata=(math.nan, -9999.0)), landsat)
    assert section.nodata_edit.text() == "nan -9999"
    nodata = section.apply_to(LayerOptions()).nodata
    assert math.isnan(nodata[0])
    assert nodata[1:] == (-9999,)


def test_the_service_default_is_named(section: AdvancedSection, image_server: ImageServerProcess) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Test/NoDataPerBand"))
    assert section.nodata_edit.placeholderText() == "Service default (-9999, 0, 32767)"
    assert section.quality_box.text() == "Service default"


@pytest.mark.parametrize("quality", [500, 0, -5])
def test_a_quality_that_cannot_be_is_shown_with_its_problem(
    section: AdvancedSection, landsat: ConnectedService, quality: int
) -> None:
    options = LayerOptions(compression_quality=quality)
    section.set_from(options, landsat)
    section.show_problems({error.option: error.message for error in check(options, landsat.service).errors})
    assert section.quality_box.text() == str(quality)
    assert section.quality_problem.text() == f"The compression quality {quality} is not between 1 and 100."
    section.quality_box.clear()
    assert section.apply_to(LayerOptions()) == LayerOptions()
    section.set_from(LayerOptions(), landsat)
    assert section.quality_box.text() == "Service default"
    section.quality_box.stepDown()
    assert section.apply_to(LayerOptions()) == LayerOptions()
    section.quality_box.stepUp()
    assert section.apply_to(LayerOptions()) == LayerOptions(compression_quality=1)


def test_it_tells_whether_anything_is_chosen(section: AdvancedSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    assert not section.differs()
    section.set_from(LayerOptions(nodata=(0,)), landsat)
    assert section.differs()
    section.set_from(LayerOptions(), landsat)
    section.set_request_settings("", 31)
    assert section.differs()
    section.set_request_settings("https://a.example")
    assert section.differs()
    section.set_request_settings("")
    assert not section.differs()
    section.set_provider(Provider.GDAL)
    assert section.differs()
    section.show_problems({"where": "Not mine.", "nodata": "Give one value."})
    assert section.nodata_problem.text() == "Give one value."


def test_a_text_that_is_no_nodata_is_told_at_once_and_outlasts_news_of_the_service(
    section: AdvancedSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    type_into(section.nodata_edit, "0 none")
    sentence = "“0 none” is no nodata value; give one number with a decimal point, or one for each band."
    assert section.input_problems() == {"nodata": sentence}
    assert section.nodata_problem.text() == sentence
    section.set_from(section.apply_to(LayerOptions()), replace(landsat))
    assert section.nodata_edit.text() == "0 none"
    section.set_from(LayerOptions(), landsat)
    assert section.nodata_edit.text() == "0 none"
    section.set_from(LayerOptions(), landsat)
    assert section.nodata_edit.text() == ""


def test_how_the_server_is_asked_can_be_said_before_there_is_one(section: AdvancedSection) -> None:
    seen = []
    section.request_settings_changed.connect(lambda: seen.append((section.referer, section.timeout)))
    assert section.isEnabled()
    assert not section.nodata_edit.isEnabled()
    section.set_request_settings("https://example.com", 12)
    section.referer_edit.editingFinished.emit()
    assert seen == []
    section.timeout_box.setValue(60)
    section.referer_edit.setText(" https://example.com/map ")
    section.referer_edit.editingFinished.emit()
    section.referer_edit.editingFinished.emit()
    assert seen == [("https://example.com", 60.0), ("https://example.com/map", 60.0)]
    assert section.apply_to(LayerOptions()) == LayerOptions()


def test_a_quality_is_for_pictures_but_can_always_be_taken_away(
    section: AdvancedSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    section.show_kind(is_picture=False)
    assert not section.quality_box.isEnabled()
    assert section.quality_box.toolTip() == "Pixel values come without loss; only pictures have a quality."
    section.show_kind(is_picture=True)
    assert section.quality_box.isEnabled()
    section.show_kind(is_picture=False)
    section.set_from(LayerOptions(compression_quality=50), landsat)
    assert section.quality_box.isEnabled()
