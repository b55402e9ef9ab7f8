"""A layer as it is composed: problems by option, what it will be, and what to know."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.draft import Draft, draft
from image_server_layer.plugin.layer.kind import Provider
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.errors import ServerError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.options.services import LANDSAT

if TYPE_CHECKING:
    from image_server_layer.plugin.layer.draft import Output

READING = "The processing template is still being read."
ELSEWHERE = LayerOptions(extent=Extent(0, 0, 1, 1))


def found(options: LayerOptions, output: Output = LANDSAT, **more: object) -> Draft:
    return draft(options, LANDSAT, output, **more)  # type: ignore[arg-type]


def test_a_layer_that_can_be_made_is_summed_up() -> None:
    layer = found(LayerOptions(bands=(4, 3, 2)), kind=Kind.PICTURE)
    assert (layer.problem, layer.problems) == ("", {})
    assert layer.summary.startswith("Picture · 3 bands")
    assert layer.kinds.choice is not None
    assert layer.kinds.choice.kind is Kind.PICTURE


def test_what_is_odd_is_a_note() -> None:
    layer = found(LayerOptions(order_field="Best", compression_quality=50))
    (note,) = layer.notes
    assert "“Order field” has no effect" in note
    assert layer.kinds.choice is not None
    assert "compression quality" in layer.kinds.choice.note


def test_what_a_field_says_by_itself_is_no_note() -> None:
    """*Order field* says “Service default (Best)”."""
    assert found(LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE)).notes == ()


@pytest.mark.parametrize(
    ("options", "output", "more", "option"),
    [
        (ELSEWHERE, LANDSAT, {}, "extent"),
        (LayerOptions(bands=(9,)), LANDSAT, {}, "bands"),
        (LayerOptions(), ServerError("No such function"), {}, "processing_template"),
        (LayerOptions(), LANDSAT, {"unread": {"nodata": "No number"}}, "nodata"),
        (LayerOptions(), LANDSAT, {"provider": Provider.GDAL, "secured": True}, "provider"),
    ],
)
def test_a_problem_stands_beside_its_option_and_first_of_all(
    options: LayerOptions, output: Output, more: dict[str, object], option: str
) -> None:
    layer = found(options, output, **more)
    assert list(layer.problems) == [option]
    assert layer.problem == layer.problems[option] != ""
    assert (layer.summary, layer.notes) == ("", ())


def test_what_was_typed_counts_before_what_the_server_says() -> None:
    problem = {"processing_template": "Line 1: no JSON"}
    assert found(LayerOptions(), ServerError("No such function"), unread=problem).problem == "Line 1: no JSON"


def test_a_template_that_is_being_read_must_be_waited_for() -> None:
    layer = found(LayerOptions(), None)
    assert (layer.problem, layer.problems, layer.summary) == (READING, {}, "")


def test_a_service_that_can_be_drawn_in_no_way_says_so() -> None:
    layer = draft(LayerOptions(), replace(LANDSAT, tiles_only=True), LANDSAT)
    assert layer.kinds.choice is None
    assert "only ready-made tiles" in layer.problem
