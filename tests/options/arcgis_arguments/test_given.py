"""What counts as given, and what no parameter takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.options.processing_template import SERVICE_DEFAULT
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.tests.options.services import LANDSAT

READERS: dict[Callable[[Any], Any], Any] = {
    read.bands: None,
    read.mosaic_method: None,
    read.mosaic_operation: None,
    read.interpolation: None,
    read.ascending: None,
    read.nodata_interpretation: None,
    read.lock_rasters: None,
    read.cell_size: None,
    read.extent_text: None,
    read.where_clause: "",
    read.processing_template: SERVICE_DEFAULT,
    read.nodata: (),
    read.compression_quality: None,
    read.viewpoint: None,
}


@pytest.mark.parametrize("value", [None, "", "  ", "#", " # ", [], ()])
@pytest.mark.parametrize(("reader", "nothing"), READERS.items())
def test_nothing_blanks_and_the_hash_are_not_given(reader: Callable[[Any], Any], nothing: Any, value: Any) -> None:
    assert not read.is_given(value)
    assert reader(value) == nothing


@pytest.mark.parametrize("value", [0, 0.0, False, "None", "0", [0], "##", LANDSAT])
def test_everything_else_is_given(value: Any) -> None:
    assert read.is_given(value)


@pytest.mark.parametrize("digits", [320, 5000])
@pytest.mark.parametrize(
    ("reader", "option", "pattern"),
    [
        (read.cell_size, "cell_size", "{}"),
        (read.nodata, "nodata", "{}"),
        (read.nodata, "nodata", "0;{}"),
        (read.viewpoint, "viewpoint", "1 {}"),
        (read.extent_text, "extent", "0 0 1 {}"),
        (read.lock_rasters, "lock_raster_ids", "{}"),
        (read.compression_quality, "compression_quality", "{}"),
        (lambda value: read.order_base_value(value, "Best", LANDSAT), "order_base_value", "{}"),
        (lambda value: read.resolve_bands(read.bands(value) or (), LANDSAT), "bands", "{}"),
    ],
)
def test_more_digits_than_any_number_has_are_refused_in_short(
    reader: Callable[[Any], Any], option: str, pattern: str, digits: int
) -> None:
    value = pattern.format("9" * digits)
    with pytest.raises(OptionError) as raised:
        reader(value)
    assert raised.value.option == option
    assert f"“{value[:79]}…”" in raised.value.message
    assert len(raised.value.message) < 300
