"""Extents, cell sizes and viewpoints, as people type them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.options.services import LANDSAT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("30", (30, 30)),
        (30, (30, 30)),
        (28.5, (28.5, 28.5)),
        ("28.5", (28.5, 28.5)),
        ("28,5", (28.5, 28.5)),
        ("30 20,5", (30, 20.5)),
        ("30,25;20,5", (30.25, 20.5)),
        ("1e-4", (1e-4, 1e-4)),
        ("30 20.5", (30, 20.5)),
        ("30;20", (30, 20)),
        ((30, 40), (30, 40)),
        ([30], (30, 30)),
        (["30", 40], (30, 40)),
        (np.float32(0.5), (0.5, 0.5)),
    ],
)
def test_a_cell_size_is_one_number_or_two(value: Any, expected: tuple[float, float]) -> None:
    assert read.cell_size(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        0,
        "0",
        -30,
        "-30",
        "30 0",
        math.nan,
        math.inf,
        "nan",
        "1e999",
        "30m",
        "1,500",
        "30, 20",
        "1 2 3",
        (1, 2, 3),
        True,
    ],
)
def test_a_cell_size_must_be_positive_and_no_thousands(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.cell_size(value)
    assert raised.value.option == "cell_size"
    assert raised.value.message == (
        f"“{value}” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5."
    )


@pytest.mark.parametrize(
    ("text", "is_numbers"),
    [
        ("30", True),
        ("-30", True),
        ("30 20", True),
        ("3,5", True),
        ("1e-4", True),
        (".5", True),
        ("dem", False),
        ("dem 30", False),
        ("30m", False),
        ("C:/dem.tif", False),
        ("e", False),
        ("", False),
    ],
)
def test_a_cell_size_is_told_from_the_name_of_a_layer(text: str, *, is_numbers: bool) -> None:
    assert read.is_cell_size_text(text) is is_numbers


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1 2 3 4", (Extent(1, 2, 3, 4), "")),
        ("  -1.5\t2e3 3   4000.25 ", (Extent(-1.5, 2000, 3, 4000.25), "")),
        ("1,3,2,4", (Extent(1, 2, 3, 4), "")),
        ("1, 3, 2, 4", (Extent(1, 2, 3, 4), "")),
        ("1,3,2,4 [EPSG:4326]", (Extent(1, 2, 3, 4), "EPSG:4326")),
        ("1,3,2,4[ESRI:102003]", (Extent(1, 2, 3, 4), "ESRI:102003")),
        ("1 2 3 4 [EPSG:4326]", (Extent(1, 2, 3, 4), "EPSG:4326")),
        ("1 2 3 4 NaN NaN NaN NaN", (Extent(1, 2, 3, 4), "")),
        ([1, 2, 3, 4], (Extent(1, 2, 3, 4), "")),
        (("1", "2", "3", "4"), (Extent(1, 2, 3, 4), "")),
        (Extent(1, 2, 3, 4), (Extent(1, 2, 3, 4), "")),
        ("DEFAULT", None),
        ("MAXOF", None),
        ("minof", None),
    ],
)
def test_an_extent_is_read_in_the_spelling_of_arcgis_and_of_qgis(
    value: Any, expected: tuple[Extent, str] | None
) -> None:
    assert read.is_extent_text(value)
    assert read.extent_text(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "3 2 1 4",
        "1 4 3 2",
        "1 2 1 4",
        "1,2,3",
        "1,2,4,3",
        "3,1,2,4 [EPSG:4326]",
        "1 2 3",
        "1 2 3 4 5",
        "1 2 3 nan",
        "1 2 inf 4",
        "1 2 3 4 NaN",
        "1,5 2,5 3,5 4,5",
        [1, 2, 3],
        [1, 2, 3, None],
        [3, 2, 1, 4],
    ],
)
def test_an_extent_that_makes_no_rectangle_is_named_with_the_spelling_to_use(value: Any) -> None:
    assert read.is_extent_text(value)
    with pytest.raises(OptionError) as raised:
        read.extent_text(value)
    assert raised.value.option == "extent"
    assert raised.value.message == (
        f"The template extent “{value}” is unusable; give xmin ymin xmax ymax, or with commas xmin,xmax,ymin,ymax, "
        "each minimum below its maximum."
    )


@pytest.mark.parametrize(
    "value", ["feature.shp", "C:/a b/2 3.shp", "roads", "7", "layer [EPSG:4326]", "DISPLAY", "1 2 3 x", 5, LANDSAT]
)
def test_an_extent_is_told_from_layers_and_paths(value: Any) -> None:
    assert not read.is_extent_text(value)


@pytest.mark.parametrize(
    "value", ["1.5 -2", "1.5,-2", "1.5, -2", (1.5, -2), ["1.5", "-2"], "1.5;-2", "1,5 -2", "1,5; -2,0"]
)
def test_a_viewpoint_is_x_and_y(value: Any) -> None:
    assert read.viewpoint(value) == (1.5, -2)


@pytest.mark.parametrize("value", ["1", "1 2 3", "here", (1,), (1, None), 5, "1 nan", "1,2 [EPSG:4326]"])
def test_what_is_no_point_is_refused(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.viewpoint(value)
    assert raised.value.option == "viewpoint"
    assert raised.value.message == (
        f"“{value}” is no point; give x and y in the service's coordinate reference system."
    )
