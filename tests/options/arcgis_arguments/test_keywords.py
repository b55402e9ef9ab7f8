"""Keywords, in every spelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (read.mosaic_method, "LockRaster", MosaicMethod.LOCK_RASTER),
        (read.mosaic_method, "None", MosaicMethod.NONE),
        (read.mosaic_method, MosaicMethod.CENTER, MosaicMethod.CENTER),
        (read.mosaic_operation, "Mean", MosaicOperation.MEAN),
        (read.mosaic_operation, MosaicOperation.SUM, MosaicOperation.SUM),
        (read.interpolation, "CUBIC", Interpolation.CUBIC),
        (read.interpolation, Interpolation.NEAREST, Interpolation.NEAREST),
        (read.ascending, True, True),
        (read.ascending, False, False),
        (read.ascending, "ASCENDING", True),
        (read.ascending, "Descending", False),
        (read.ascending, "false", False),
        (read.nodata_interpretation, "ALL", True),
        (read.nodata_interpretation, "any", False),
        (read.nodata_interpretation, "esriNoDataMatchAll", True),
        (read.nodata_interpretation, "esriNoDataMatchAny", False),
    ],
)
def test_keywords_are_taken_in_every_spelling(reader: Callable[[Any], Any], value: Any, expected: Any) -> None:
    assert reader(value) is expected


@pytest.mark.parametrize(
    ("reader", "option", "message"),
    [
        (
            read.mosaic_method,
            "mosaic_method",
            (
                "The mosaic method “sideways” is unknown; choose one of SEAMLINE, NORTH_WEST, CLOSEST_TO_CENTER, "
                "LOCK_RASTER, BY_ATTRIBUTE, CLOSEST_TO_NADIR, CLOSEST_TO_VIEWPOINT, NONE."
            ),
        ),
        (
            read.mosaic_operation,
            "mosaic_operation",
            "The mosaic operator “sideways” is unknown; choose one of FIRST, LAST, MIN, MAX, MEAN, BLEND, SUM.",
        ),
        (
            read.interpolation,
            "interpolation",
            "The interpolation “sideways” is unknown; choose one of NEAREST, BILINEAR, CUBIC, MAJORITY.",
        ),
        (
            read.ascending,
            "ascending",
            "The sort order “sideways” is unknown; choose one of ASCENDING, DESCENDING.",
        ),
        (
            read.nodata_interpretation,
            "nodata_matches_all",
            "The nodata interpretation “sideways” is unknown; choose one of ANY, ALL.",
        ),
    ],
)
def test_unknown_keywords_are_named_with_those_there_are(
    reader: Callable[[Any], Any], option: str, message: str
) -> None:
    with pytest.raises(OptionError) as raised:
        reader("sideways")
    assert (raised.value.option, raised.value.message) == (option, message)
