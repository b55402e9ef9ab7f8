"""Aspect, Curvature, ShadedRelief and light from six directions, against GDAL and against plain NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.tests.imageserver.functions import FunctionError, Statistics
from image_server_layer.tests.test_imageserver.rasters import Array, MemoryRaster, rule, with_nan
from image_server_layer.tests.test_imageserver.test_functions_surface import DEM

INNER = (slice(1, -1), slice(1, -1))


def grid(function: object) -> MemoryRaster:
    """Five by five cells of 10 × 10; heights are a function of the meters to the east and to the north."""
    rows, columns = np.mgrid[0:5, 0:5]
    values = function(10.0 * (columns - 2), -10.0 * (rows - 2))  # type: ignore[operator]
    return MemoryRaster(np.asarray(values, np.float64)[np.newaxis], "F32")


def terrain() -> MemoryRaster:
    dataset = gdal.Open(str(DEM))
    _, cell_x, _, _, _, cell_y = dataset.GetGeoTransform()
    return MemoryRaster(dataset.ReadAsArray()[np.newaxis].astype(np.float64), "F32", cell_x, -cell_y)


def center(raster: MemoryRaster, function: str, **arguments: object) -> float:
    return float(with_nan(raster.after(rule(function, "F64", **arguments)))[0, 2, 2])


@pytest.mark.parametrize(
    ("east", "north", "bearing"),
    [(0, -1, 0), (-1, 0, 90), (0, 1, 180), (1, 0, 270), (-1, -1, 45), (1, -1, 315), (0, 0, -1)],
)
def test_aspect_is_where_water_would_run(east: float, north: float, bearing: float) -> None:
    assert center(grid(lambda x, y: east * x + north * y), "Aspect") == pytest.approx(bearing)


def test_real_terrain_has_the_aspect_that_gdal_finds() -> None:
    found = with_nan(terrain().after(rule("Aspect")))[0][INNER]
    result = gdal.DEMProcessing("", str(DEM), "aspect", format="MEM")
    expected = np.asarray(result.ReadAsArray(), np.float64)[INNER]
    # Flat ground is nodata in GDAL, and -1 in ArcGIS.
    expected[expected == -9999] = -1
    difference = np.abs(found - expected)
    assert np.minimum(difference, 360 - difference).max() < 1e-3
    assert len(np.unique(np.round(expected, -1))) > 30


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # A bowl, z = a x² + b y² + c x: half the second derivatives are a and b, so -200 (a + b).
        pytest.param({}, -200 * (0.02 + 0.01), id="standard"),
        pytest.param({"Type": 0, "ZFactor": 3}, -600 * (0.02 + 0.01), id="with a z factor"),
        # The slope goes to the west, so along it is x and across it y.
        pytest.param({"Type": 1}, -200 * 0.01, id="planform"),
        pytest.param({"Type": 2}, 200 * 0.02, id="profile"),
    ],
)
def test_curvature_is_a_second_derivative(arguments: dict[str, object], expected: float) -> None:
    assert center(grid(lambda x, y: 0.02 * x**2 + 0.01 * y**2 + 0.5 * x), "Curvature", **arguments) == pytest.approx(
        expected
    )


def test_a_plane_is_not_bent_and_flat_ground_neither() -> None:
    for kind in (0, 1, 2):
        assert center(grid(lambda x, y: 0.3 * x - 2 * y), "Curvature", Type=kind) == pytest.approx(0, abs=1e-9)
        assert center(grid(lambda x, y: 0 * x * y), "Curvature", Type=kind) == 0


def test_standard_curvature_is_planform_less_profile() -> None:
    bent = [with_nan(terrain().after(rule("Curvature", "F64", Type=kind)))[0][INNER] for kind in (0, 1, 2)]
    steep = with_nan(terrain().after(rule("Slope", "F64")))[0][INNER] > 1
    assert steep.sum() > 1000
    assert (bent[1] - bent[2])[steep] == pytest.approx(bent[0][steep], abs=1e-3)


def lit(east: Array, north: Array) -> Array:
    """Light from six suns on planes that rise by so much: the dot product of light and normal, by hand."""
    total = np.zeros(np.broadcast(east, north).shape)
    for azimuth, altitude, weight in ((315, 60, 3), (270, 60, 5), (225, 60, 3), (0, 60, 2), (180, 60, 1), (0, 90, 4)):
        up, flat = np.sin(np.radians(altitude)), np.cos(np.radians(altitude))
        sun = flat * np.sin(np.radians(azimuth)), flat * np.cos(np.radians(azimuth)), up
        normal = np.stack([-2 * east, -2 * north, np.ones_like(total)]) / np.sqrt(1 + 4 * east**2 + 4 * north**2)
        total += weight / 18 * np.maximum(sum(part * side for part, side in zip(sun, normal)), 0)
    return 255 * total


@pytest.mark.parametrize(("east", "north"), [(0.0, 0.0), (0.5, 0.0), (0.0, -0.7), (-1.0, 2.0)])
def test_light_comes_from_six_directions(east: float, north: float) -> None:
    plane = grid(lambda x, y: east * x + north * y)
    expected = lit(np.array(east), np.array(north))
    assert center(plane, "Hillshade", HillshadeType=1) == pytest.approx(float(expected))


def test_shaded_relief_is_color_times_light() -> None:
    raster = terrain()
    raster.statistics = (Statistics(0, 100, 0, 0),)
    arguments: dict[str, Any] = {"Azimuth": 200, "Altitude": 30, "ZFactor": 2}
    block = raster.after(rule("ShadedRelief", ColorSchemeType=1, ColorRamp="yellow to red", **arguments))
    shade = with_nan(raster.after(rule("Hillshade", "F64", **arguments)))[0]
    shares = np.clip(raster.values[0] / 100, 0, 1)
    green = 245 - 245 * shares
    assert (block.pixel_type, block.band_names) == ("U8", ("Red", "Green", "Blue"))
    assert with_nan(block)[0] == pytest.approx(245 * shade / 255, abs=0.51)
    assert with_nan(block)[1] == pytest.approx(green * shade / 255, abs=0.51)
    assert not with_nan(block)[2].any()


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (rule("Curvature", Type=3), "Curvature function: the argument Type must be 0, 1 or 2, not 3."),
        (
            rule("ShadedRelief", ColorSchemeType=0),
            "ShadedRelief function: only the ColorSchemeType 1, a ColorRamp, is available.",
        ),
        (rule("ShadedRelief", ColorRamp="Rainbow"), "ShadedRelief function: the color ramp Rainbow is not available."),
    ],
)
def test_wrong_arguments_of_a_relief_are_refused(wrong: dict[str, object], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        terrain().after(wrong)
    assert str(caught.value) == text
