"""Sources of layers of a service that nobody asks: what a test is about is all that it says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from image_server_layer.plugin.backend.source import PICTURE_BANDS, Kind, LayerSource, SourceBand
from image_server_layer.plugin.options.grid import Grid


def values_source(grid: Grid, bands: Sequence[str] = ("a",), data_type: str = "Byte") -> LayerSource:
    """Return the source of a layer of pixel values, with these bands."""
    return LayerSource(
        service_url="https://host/rest/services/X/ImageServer",
        service_name="X",
        kind=Kind.VALUES,
        options_json='{"v":1}',
        parameters={"format": "tiff"},
        grid=grid,
        bands=tuple(map(SourceBand, bands)),
        data_type=data_type,
        reference="",
        crs="",
        largest_image=(15000, 4100),
    )


def as_picture(values: LayerSource) -> LayerSource:
    """Return the source of the same as a picture."""
    return replace(values, kind=Kind.PICTURE, bands=tuple(map(SourceBand, PICTURE_BANDS)), data_type="Byte")
