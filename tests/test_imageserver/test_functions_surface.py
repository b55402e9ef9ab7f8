"""Hillshade and Slope against the worked examples of Esri's help and against GDAL."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.tests.imageserver.functions import FunctionError, Window
from image_server_layer.tests.test_imageserver.rasters import Array, MemoryRaster, rule, with_nan

DEM = Path(__file__).parents[1] / "imageserver" / "data" / "dem_olinda.tif"

# The worked examples of the help pages "How Hillshade works" and "How Slope works"; cells of 5 × 5.
HILLSHADE_EXAMPLE = np.array([[[2450, 2461, 2483], [2452, 2461, 2483], [2447, 2455, 2477]]], np.float64)
SLOPE_EXAMPLE = np.array([[[50, 45, 50], [30, 30, 30], [8, 10, 10]]], np.float64)
CENTER = Window(5.0, 10.0, 5.0, 5.0, 1, 1)


def raster(values: Array, cell_x: float = 5.0, cell_y: float = 5.0) -> MemoryRaster:
    return MemoryRaster(values, "F64", cell_x, cell_y)


def plane(east: float, south: float) -> MemoryRaster:
    """A plane of 5 × 5 cells of 10 × 20 that rises by so much per unit."""
    rows, columns = np.mgrid[0:5, 0:5]
    return raster((east * 10.0 * columns + south * 20.0 * rows)[np.newaxis].astype(np.float64), 10.0, 20.0)


def test_hillshade_gives_the_value_of_the_worked_example() -> None:
    block = raster(HILLSHADE_EXAMPLE).after(rule("Hillshade"), CENTER)
    assert (block.pixels.tolist(), block.pixel_type, block.band_names) == ([[[154]]], "U8", ("Band_1",))
    assert block.pixels.dtype == np.uint8


def test_slope_gives_the_value_of_the_worked_example() -> None:
    block = raster(SLOPE_EXAMPLE).after(rule("Slope"), CENTER)
    assert block.pixels[0, 0, 0] == pytest.approx(75.25762, abs=1e-4)
    assert (block.pixel_type, block.pixels.dtype) == ("F32", np.float32)


def test_percent_rise_is_the_rise_over_the_run_times_100() -> None:
    block = raster(SLOPE_EXAMPLE).after(rule("Slope", SlopeType=2), CENTER)
    assert block.pixels[0, 0, 0] == pytest.approx(100 * math.sqrt(0.05**2 + 3.8**2))


def test_scaled_slope_adds_a_power_of_the_pixel_size_to_the_z_factor() -> None:
    block = raster(SLOPE_EXAMPLE).after(rule("Slope", SlopeType=3, ZFactor=2, PSPower=0.5, PSZFactor=0.1), CENTER)
    z_factor = 2 + math.sqrt(5.0) * 0.1
    assert block.pixels[0, 0, 0] == pytest.approx(math.degrees(math.atan(z_factor * math.sqrt(0.05**2 + 3.8**2))))


@pytest.mark.parametrize(
    ("east", "south", "azimuth", "altitude", "expected"),
    [
        pytest.param(0.0, 0.0, 315, 45, 180, id="flat ground: the sine of the altitude"),
        pytest.param(0.0, 0.0, 100, 30, 128, id="flat ground under a lower sun"),
        pytest.param(1.0, 0.0, 270, 45, 255, id="45 degrees, facing a sun in the west"),
        pytest.param(1.0, 0.0, 90, 45, 0, id="45 degrees, along the light of a sun in the east"),
        pytest.param(0.0, 1.0, 0, 45, 255, id="45 degrees, facing a sun in the north"),
        pytest.param(0.0, -1.0, 180, 45, 255, id="45 degrees, facing a sun in the south"),
        pytest.param(2.0, 0.0, 90, 45, 0, id="turned away from the sun is black, not negative"),
    ],
)
def test_hillshade_of_a_plane_follows_the_sun(
    east: float, south: float, azimuth: float, altitude: float, expected: int
) -> None:
    block = plane(east, south).after(rule("Hillshade", Azimuth=azimuth, Altitude=altitude))
    inner = block.pixels[0, 1:-1, 1:-1]
    assert np.all(inner == expected)


def test_cells_need_not_be_square() -> None:
    block = plane(0.3, 0.4).after(rule("Slope", SlopeType=2))
    assert block.pixels[0, 1:-1, 1:-1] == pytest.approx(np.full((3, 3), 50.0))


def test_the_z_factor_multiplies_the_elevation() -> None:
    block = plane(0.3, 0.4).after(rule("Slope", SlopeType=2, ZFactor=3))
    assert block.pixels[0, 1:-1, 1:-1] == pytest.approx(np.full((3, 3), 150.0))


def test_a_window_inside_the_raster_has_no_edge() -> None:
    part = Window(10.0, 80.0, 10.0, 20.0, 2, 3)
    whole = plane(0.3, 0.4).after(rule("Hillshade"))
    assert np.array_equal(plane(0.3, 0.4).after(rule("Hillshade"), part).pixels, whole.pixels[:, 1:4, 1:3])


def test_a_missing_neighbor_takes_the_value_of_the_center() -> None:
    values = SLOPE_EXAMPLE.copy()
    values[0, 0, 0] = np.nan
    block = raster(values).after(rule("Slope", SlopeType=2), CENTER)
    east = ((50 + 2 * 30 + 10) - (30 + 2 * 30 + 8)) / 40
    south = ((8 + 2 * 10 + 10) - (30 + 2 * 45 + 50)) / 40
    assert block.pixels[0, 0, 0] == pytest.approx(100 * math.hypot(east, south))


def test_remove_edge_effect_makes_the_edge_nodata() -> None:
    block = plane(0.3, 0.4).after(rule("Slope", RemoveEdgeEffect=True))
    expected = np.zeros((1, 5, 5), bool)
    expected[0, 1:-1, 1:-1] = True
    assert np.array_equal(block.valid, expected)


def test_a_cell_without_data_has_no_slope() -> None:
    values = SLOPE_EXAMPLE.copy()
    values[0, 1, 1] = np.nan
    block = raster(values).after(rule("Slope"))
    assert block.valid[0].tolist() == [[True, True, True], [True, False, True], [True, True, True]]


@pytest.mark.parametrize("name", ["DEM", "Raster"])
def test_the_elevation_may_be_named_dem_or_raster(name: str) -> None:
    two_bands = raster(np.concatenate([SLOPE_EXAMPLE * 0, SLOPE_EXAMPLE]))
    arguments: dict[str, Any] = {name: rule("ExtractBand", BandIDs=[1])}
    block = two_bands.after(rule("Slope", **arguments), CENTER)
    assert block.pixels[0, 0, 0] == pytest.approx(75.25762, abs=1e-4)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (rule("Slope", SlopeType=4), "Slope function: the argument SlopeType must be 1, 2 or 3, not 4."),
        (rule("Slope", ZFactor="high"), "Slope function: the argument ZFactor must be a number, not 'high'."),
        (
            rule("Hillshade", HillshadeType=2),
            "Hillshade function: the argument HillshadeType must be 0 or 1, not 2.",
        ),
        (
            rule("Hillshade", RemoveEdgeEffect="yes"),
            "Hillshade function: the argument RemoveEdgeEffect must be true or false, not 'yes'.",
        ),
    ],
)
def test_wrong_arguments_of_a_surface_are_refused(wrong: dict[str, object], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        plane(0.0, 0.0).after(wrong)
    assert str(caught.value) == text


def gdal_dem(processing: str, **options: object) -> Array:
    result = gdal.DEMProcessing("", str(DEM), processing, format="MEM", **options)
    return np.asarray(result.ReadAsArray(), np.float64)


def test_real_terrain_gives_the_slope_and_the_shade_that_gdal_gives() -> None:
    dataset = gdal.Open(str(DEM))
    _, cell_x, _, _, _, cell_y = dataset.GetGeoTransform()
    terrain = MemoryRaster(dataset.ReadAsArray()[np.newaxis].astype(np.float64), "F32", cell_x, -cell_y)
    inner = (slice(1, -1), slice(1, -1))

    slope = with_nan(terrain.after(rule("Slope")))[0][inner]
    expected_slope = gdal_dem("slope")[inner]
    assert expected_slope.max() > 10
    assert slope == pytest.approx(expected_slope, abs=1e-3)

    shade = with_nan(terrain.after(rule("Hillshade", "F32", Azimuth=200, Altitude=30, ZFactor=4)))[0][inner]
    # GDAL spreads the same cosine over 1 … 254, rounded.
    expected_shade = (gdal_dem("hillshade", azimuth=200, altitude=30, zFactor=4)[inner] - 1) / 254 * 255
    assert np.ptp(expected_shade) > 100
    assert shade == pytest.approx(expected_shade, abs=0.51)
