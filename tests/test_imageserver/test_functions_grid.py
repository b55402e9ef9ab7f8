"""Functions of place: Clip and Resample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.imageserver.functions import Block, FunctionError, Window, evaluate
from image_server_layer.tests.test_imageserver.rasters import Array, MemoryRaster, rule, with_nan

NAN = np.nan


def square() -> MemoryRaster:
    """Two bands of 4 × 4 cells of 10 × 10, between (0, 0) and (40, 40): 0 to 15 and 100 to 115."""
    values = np.arange(16.0).reshape(1, 4, 4)
    return MemoryRaster(np.concatenate([values, values + 100]), "U8")


def envelope(xmin: float, ymin: float, xmax: float, ymax: float, **more: object) -> dict[str, object]:
    return {"xmin": xmin, "ymin": ymin, "xmax": xmax, "ymax": ymax, **more}


# Clip

LEFT_HALF = ["1100", "1100", "1100", "1100"]
DIAMOND = ["0110", "1111", "1111", "0110"]


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        pytest.param({"ClippingGeometry": envelope(0, 0, 20, 40)}, LEFT_HALF, id="cells of an envelope"),
        pytest.param(
            {"ClippingGeometry": envelope(-99, -99, 24.9, 99)}, LEFT_HALF, id="a cell whose center is outside"
        ),
        pytest.param(
            {"ClippingGeometry": envelope(-99, -99, 25.1, 99)}, ["1110"] * 4, id="a cell whose center is inside"
        ),
        pytest.param({"ClippingGeometry": envelope(50, 50, 60, 60)}, ["0000"] * 4, id="elsewhere"),
        pytest.param(
            {"ClippingGeometry": envelope(10, 10, 30, 30), "ClippingType": 2},
            ["1111", "1001", "1001", "1111"],
            id="what is inside is erased",
        ),
        pytest.param(
            {"ClippingGeometry": {"rings": [[[20, -5], [-5, 20], [20, 45], [45, 20]]]}}, DIAMOND, id="an open ring"
        ),
        pytest.param(
            {"ClippingGeometry": {"rings": [[[20, -5, 7], [45, 20, 7], [20, 45, 7], [-5, 20, 7], [20, -5, 7]]]}},
            DIAMOND,
            id="a closed ring with heights, the other way round",
        ),
        pytest.param(
            {
                "ClippingGeometry": {
                    "rings": [
                        [[0, 0], [0, 40], [40, 40], [40, 0], [0, 0]],
                        [[10, 10], [30, 10], [30, 30], [10, 30], [10, 10]],
                    ]
                }
            },
            ["1111", "1001", "1001", "1111"],
            id="a hole",
        ),
        pytest.param(
            {"ClippingGeometry": {"rings": [[[0, 0], [0, 10], [10, 10], [10, 0]], [[30, 28], [30, 40], [42, 40]]]}},
            ["0001", "0000", "0000", "1000"],
            id="two parts, one a triangle",
        ),
        pytest.param(
            {"ClippingGeometry": {"rings": [[[5, 45], [5, 5], [45, 5]]]}},
            ["1000", "1100", "1110", "0000"],
            id="vertices and edges at the height of centers",
        ),
        pytest.param({"Extent": envelope(0, 0, 20, 40)}, LEFT_HALF, id="an extent alone"),
        pytest.param(
            {"ClippingGeometry": envelope(0, 0, 10, 40), "ClippingType": 2, "Extent": envelope(0, 0, 20, 40)},
            ["0100"] * 4,
            id="beyond the extent is nothing, even when the inside is erased",
        ),
    ],
)
def test_clip_keeps_the_pixels_whose_center_is_on_the_right_side(arguments: dict[str, Any], kept: list[str]) -> None:
    block = square().after(rule("Clip", **arguments))
    mask = np.array([[character == "1" for character in line] for line in kept])
    assert np.array_equal(with_nan(block), np.where(mask, square().values, NAN), equal_nan=True)
    assert (block.pixel_type, block.pixels.dtype) == ("U8", np.uint8)


def test_clip_works_on_the_chain_below_it() -> None:
    sum_of_bands = rule("BandArithmetic", "S16", Method=0, BandIndexes="B1 + B2")
    block = square().after(rule("Clip", ClippingGeometry=envelope(0, 30, 20, 40), Raster=sum_of_bands))
    expected = np.full((1, 4, 4), NAN)
    expected[0, 0, :2] = [100, 102]
    assert np.array_equal(with_nan(block), expected, equal_nan=True)


def test_a_geometry_in_another_spatial_reference_is_projected_along_its_edges() -> None:
    seen = []

    def project(points: Array, reference: Mapping[str, Any]) -> Array:
        """From a CRS in which the x axis is bent: y grows with the square of x."""
        seen.append((points, reference))
        return np.column_stack([points[:, 0], points[:, 1] + points[:, 0] ** 2 / 80.0])

    raster = square()
    context = replace(raster.context, project=project)
    # In the raster's CRS: between y = x² / 80 and 200 above it.
    geometry = envelope(0, 0, 40, 200, spatialReference={"wkid": 4326})
    block = evaluate(rule("Clip", ClippingGeometry=geometry), {}, raster.read, raster.window, context)
    y, x = np.meshgrid(raster.window.y_centers, raster.window.x_centers, indexing="ij")
    assert np.array_equal(block.valid[0], y > x**2 / 80.0)
    points, reference = seen[0]
    assert reference == {"wkid": 4326}
    assert len(points) == 4 * 32 + 1


def test_a_geometry_that_names_no_spatial_reference_is_not_projected() -> None:
    def project(points: Array, reference: Mapping[str, Any]) -> Array:
        raise AssertionError(f"{points} are not to be projected from {reference}")

    raster = square()
    context = replace(raster.context, project=project)
    asked = rule("Clip", ClippingGeometry=envelope(0, 0, 20, 40))
    block = evaluate(asked, {}, raster.read, raster.window, context)
    assert block.valid[0].sum() == 8


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({}, "the argument ClippingGeometry is required."),
        ({"ClippingGeometry": "0,0,1,1"}, "the argument ClippingGeometry must be an envelope or a polygon."),
        ({"ClippingGeometry": {"xmin": 0}}, "the argument ClippingGeometry must be an envelope or a polygon."),
        ({"ClippingGeometry": {"rings": [[1, 2]]}}, "the argument ClippingGeometry must be an envelope or a polygon."),
        ({"ClippingGeometry": {"rings": [[]]}}, "the argument ClippingGeometry must be an envelope or a polygon."),
        ({"ClippingGeometry": envelope(0, 0, 1, float("nan"))}, "the coordinates of ClippingGeometry must be numbers."),
        (
            {"ClippingGeometry": envelope(0, 0, 1, 1), "ClippingType": 0},
            "the argument ClippingType must be 1 or 2, not 0.",
        ),
    ],
)
def test_clip_refuses_what_is_no_geometry(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        square().after(rule("Clip", **arguments))
    assert str(caught.value) == f"Clip function: {text}"


# Resample


def plane() -> MemoryRaster:
    """8 × 8 cells of 10 × 10 whose value at (x, y) is 2 x + 3 y."""
    centers = np.arange(8) * 10.0 + 5.0
    return MemoryRaster((2 * centers[np.newaxis, :] + 3 * centers[::-1, np.newaxis])[np.newaxis], "F64")


@pytest.mark.parametrize("resampling", [1, 2])
def test_interpolation_of_a_plane_is_exact_between_the_cells(resampling: int) -> None:
    window = Window(21.0, 58.0, 2.5, 3.5, 9, 8)
    block = plane().after(rule("Resample", ResamplingType=resampling), window)
    expected = 2 * window.x_centers[np.newaxis, :] + 3 * window.y_centers[:, np.newaxis]
    assert block.pixels[0] == pytest.approx(expected)


def test_cubic_convolution_has_the_weights_of_keys() -> None:
    step = MemoryRaster(np.array([[[0.0, 0, 0, 16, 16, 16]] * 6]))
    block = step.after(rule("Resample", ResamplingType=2), Window(17.5, 40.0, 5.0, 10.0, 5, 1))
    # Halfway between two cells the weights are -1/16, 9/16, 9/16 and -1/16.
    assert block.pixels[0, 0].tolist() == pytest.approx([-1, 0, 8, 16, 17])


def test_nearest_is_the_default_and_repeats_pixels() -> None:
    block = square().after(rule("Resample"), Window(0.0, 40.0, 5.0, 5.0, 8, 8))
    assert np.array_equal(block.pixels, square().values.repeat(2, axis=1).repeat(2, axis=2))
    assert block.pixel_type == "U8"


@pytest.mark.parametrize("size", [20, {"x": 20, "y": 20}])
def test_an_output_cell_size_makes_larger_cells_on_the_grid_of_the_raster(size: object) -> None:
    block = square().after(rule("Resample", ResamplingType=1, InputCellsize=10, OutputCellsize=size))
    # The center of a cell of 20 lies between four cells of 10: (0 + 1 + 4 + 5) / 4 = 2.5, rounded.
    assert block.pixels[0].tolist() == [[3, 3, 5, 5], [3, 3, 5, 5], [11, 11, 13, 13], [11, 11, 13, 13]]


def test_a_part_of_a_resampled_raster_is_a_part_of_the_whole() -> None:
    asked = rule("Resample", "F64", ResamplingType=1, OutputCellsize=13)
    whole = plane().after(asked)
    part = plane().after(asked, Window(20.0, 50.0, 10.0, 10.0, 4, 3))
    assert np.array_equal(part.pixels, whole.pixels[:, 3:6, 2:6])


def test_a_coarse_view_reads_no_finer_cells_than_it_shows() -> None:
    cells = []

    class Watched(MemoryRaster):
        def read(self, window: Window) -> Block:
            cells.append((window.cell_x, window.cell_y))
            return super().read(window)

    asked = rule("Resample", ResamplingType=1, OutputCellsize=15)
    Watched(plane().values).after(asked, Window(0.0, 80.0, 20.0, 40.0, 4, 2))
    assert cells == [(20.0, 40.0)]


@pytest.mark.parametrize("resampling", [1, 2])
def test_beside_nodata_and_at_the_edge_the_nearest_cell_stands(resampling: int) -> None:
    raster = plane()
    raster.values[0, 4, 4] = NAN
    window = Window(0.0, 80.0, 5.0, 5.0, 16, 16)
    block = with_nan(raster.after(rule("Resample", ResamplingType=resampling), window))[0]
    nearest = raster.values[0].repeat(2, axis=0).repeat(2, axis=1)
    assert np.array_equal(np.isnan(block), np.isnan(nearest))
    assert block[0].tolist() == nearest[0].tolist()
    assert block[7, 7] == nearest[7, 7]
    # Away from both, it interpolates; so it does along the last row, for no other row takes part.
    along = raster.after(rule("Resample", ResamplingType=resampling), Window(25.0, 10.0, 5.0, 10.0, 4, 1))
    assert with_nan(along)[0, 0].tolist() == [2 * x + 15 for x in (27.5, 32.5, 37.5, 42.5)]
    assert block[12, 3] == pytest.approx(2 * 17.5 + 3 * 17.5)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"ResamplingType": 3}, "the ResamplingType 3 is not available; available are 0, 1 and 2."),
        ({"OutputCellsize": 0}, "the argument OutputCellsize must be positive."),
        ({"OutputCellsize": {"x": 5}}, "the argument OutputCellsize must be a number, not None."),
    ],
)
def test_resample_refuses_what_it_cannot_do(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        square().after(rule("Resample", **arguments))
    assert str(caught.value) == f"Resample function: {text}"
