"""Where pixels are, and how many."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import pytest

from image_server_layer.plugin.options.grid import Grid, pixel_grid
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.tests.options.services import ELEVATION, LANDSAT


def service(extent: Extent, pixel_size: tuple[float, float]) -> ImageService:
    return dataclasses.replace(LANDSAT, extent=extent, pixel_size=pixel_size)


def test_without_extent_and_cell_size_the_grid_is_the_service_s_own() -> None:
    assert pixel_grid(LANDSAT) == Grid(Extent(1000, 2000, 2000, 2600), 100, 60, (10, 10))


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        # whole pixels stay
        (Extent(1100, 2100, 1200, 2300), Grid(Extent(1100, 2100, 1200, 2300), 10, 20, (10, 10))),
        # parts of pixels grow outward on each of the four sides
        (Extent(1101, 2101, 1199, 2299), Grid(Extent(1100, 2100, 1200, 2300), 10, 20, (10, 10))),
        (Extent(1109.9, 2100, 1200.1, 2300), Grid(Extent(1100, 2100, 1210, 2300), 11, 20, (10, 10))),
        (Extent(1100, 2099.9, 1200, 2300.1), Grid(Extent(1100, 2090, 1200, 2310), 10, 22, (10, 10))),
        # what is outside is cut off
        (Extent(-5000, 0, 1105, 1e9), Grid(Extent(1000, 2000, 1110, 2600), 11, 60, (10, 10))),
        (Extent(1995, 0, 3000, 2005), Grid(Extent(1990, 2000, 2000, 2010), 1, 1, (10, 10))),
        # noise is no pixel
        (
            Extent(1100 - 1e-6, 2100 - 1e-6, 1200 + 1e-6, 2300 + 1e-6),
            Grid(Extent(1100, 2100, 1200, 2300), 10, 20, (10, 10)),
        ),
        (
            Extent(1100 + 1e-6, 2100 + 1e-6, 1200 - 1e-6, 2300 - 1e-6),
            Grid(Extent(1100, 2100, 1200, 2300), 10, 20, (10, 10)),
        ),
        # but a thousandth of a pixel is
        (Extent(1099.99, 2100, 1200, 2300), Grid(Extent(1090, 2100, 1200, 2300), 11, 20, (10, 10))),
        # an extent inside a pixel is that pixel
        (Extent(1101, 2101, 1102, 2102), Grid(Extent(1100, 2100, 1110, 2110), 1, 1, (10, 10))),
        (Extent(1100, 2100, 1100 + 1e-9, 2100 + 1e-9), Grid(Extent(1100, 2090, 1110, 2100), 1, 1, (10, 10))),
    ],
)
def test_an_extent_grows_to_whole_pixels_of_the_service(extent: Extent, expected: Grid) -> None:
    assert pixel_grid(LANDSAT, extent) == expected


def test_a_grid_of_the_whole_service_has_the_very_extent_of_the_service() -> None:
    full = Extent(-35.2, -8.03984, -34.04736, -7.4)
    grid = pixel_grid(service(full, (0.00064, 0.00048)))
    assert (grid.extent, grid.columns, grid.rows) == (full, 1801, 1333)
    assert grid.cell_size == pytest.approx((0.00064, 0.00048), rel=1e-14)


def test_pixels_are_counted_from_the_upper_left() -> None:
    # 2.5 pixels high: the lowest one would be half outside, and the grid hangs from the top.
    odd = service(Extent(0, 0, 40, 24), (10, 10))
    assert pixel_grid(odd) == Grid(Extent(0, 4, 40, 24), 4, 2, (10, 10))
    assert pixel_grid(odd, Extent(0, 0, 40, 5)) == Grid(Extent(0, 4, 40, 14), 4, 1, (10, 10))
    assert pixel_grid(odd, Extent(0, 0, 40, 1)) == Grid(Extent(0, 4, 40, 14), 4, 1, (10, 10))


def test_a_last_pixel_that_is_mostly_inside_counts() -> None:
    assert pixel_grid(service(Extent(0, 0, 36, 30), (10, 10))) == Grid(Extent(0, 0, 40, 30), 4, 3, (10, 10))


def test_a_service_smaller_than_its_pixel_has_one() -> None:
    assert pixel_grid(service(Extent(0, 0, 3, 3), (10, 10))) == Grid(Extent(0, -7, 10, 3), 1, 1, (10, 10))


def test_pixels_need_not_be_square() -> None:
    grid = pixel_grid(service(Extent(0, 0, 1, 1), (0.25, 0.125)), Extent(0.3, 0.3, 0.6, 0.6))
    assert grid == Grid(Extent(0.25, 0.25, 0.75, 0.625), 2, 3, (0.25, 0.125))


@pytest.mark.parametrize("pixel", [9.9999987, 9.99999999999998, 10.0000013])
def test_a_pixel_size_published_with_a_rounding_error_does_not_shift_the_grid(pixel: float) -> None:
    rounded = service(Extent(1000, 2000, 51000, 42000), (pixel, pixel))
    assert pixel_grid(rounded) == Grid(Extent(1000, 2000, 51000, 42000), 5000, 4000, (10, 10))
    # Near the far corner, where the errors of 5000 pixels would have added up.
    assert pixel_grid(rounded, Extent(50980, 2010, 50990, 2020)) == Grid(
        Extent(50980, 2010, 50990, 2020), 1, 1, (10, 10)
    )


@pytest.mark.parametrize(
    ("full", "pixel"),
    [
        (Extent(288776.25, 9110728.75, 298722.75, 9120760.75), 28.5),
        (Extent(-20037508.342787, -19971868.88, 20037508.342787, 19971868.88), 152.87405657),
        (Extent(-180.3125, -90.15625, 179.6875, 90.15625), 0.3125),
        (Extent(0.1, 0.2, 0.1 + 0.0003 * 70001, 0.2 + 0.0003 * 33333), 0.0003),
    ],
)
def test_extents_on_the_edges_of_pixels_are_kept_in_spite_of_floating_point(full: Extent, pixel: float) -> None:
    whole = service(full, (pixel, pixel))
    own = pixel_grid(whole)
    for left, top, columns, rows in [(0, 0, 1, 1), (1, 3, 17, 5), (own.columns - 3, own.rows - 7, 3, 7)]:
        # The edges as someone else would compute them: exactly, then rounded to the nearest float.
        size = Fraction(full.xmax) - Fraction(full.xmin), Fraction(full.ymax) - Fraction(full.ymin)
        width, height = (
            exact / count if abs(exact / Fraction(pixel) - count) < Fraction(1, 100) else Fraction(pixel)
            for exact, count in zip(size, (own.columns, own.rows), strict=True)
        )
        extent = Extent(
            float(Fraction(full.xmin) + left * width),
            float(Fraction(full.ymax) - (top + rows) * height),
            float(Fraction(full.xmin) + (left + columns) * width),
            float(Fraction(full.ymax) - top * height),
        )
        grid = pixel_grid(whole, extent)
        assert (grid.columns, grid.rows) == (columns, rows)
        assert tuple(grid.extent) == pytest.approx(tuple(extent), rel=1e-15, abs=1e-7 * pixel)


@pytest.mark.parametrize(
    ("extent", "cell_size", "expected"),
    [
        (None, (20, 20), Grid(Extent(1000, 2000, 2000, 2600), 50, 30, (20, 20))),
        (None, (30, 45), Grid(Extent(1000, 1970, 2020, 2600), 34, 14, (30, 45))),
        (Extent(1003, 2003, 1100, 2100), (10, 10), Grid(Extent(1003, 2000, 1103, 2100), 10, 10, (10, 10))),
        (Extent(0, 2550, 1100, 9999), (25, 25), Grid(Extent(1000, 2550, 1100, 2600), 4, 2, (25, 25))),
        (Extent(1000, 2000, 1100, 2100), (1e6, 1e6), Grid(Extent(1000, -997900, 1001000, 2100), 1, 1, (1e6, 1e6))),
        (None, (0.5, 0.5), Grid(Extent(1000, 2000, 2000, 2600), 2000, 1200, (0.5, 0.5))),
    ],
)
def test_a_cell_size_is_exact_and_counted_from_the_upper_left_of_the_part_inside(
    extent: Extent | None, cell_size: tuple[float, float], expected: Grid
) -> None:
    assert pixel_grid(LANDSAT, extent, cell_size) == expected


def test_noise_in_the_extent_does_not_add_a_cell() -> None:
    # 0.3 / 0.1 is 2.9999999999999996 and 0.1 * 3 is 0.30000000000000004
    decimal = service(Extent(0, 0, 1, 1), (0.01, 0.01))
    assert pixel_grid(decimal, Extent(0.1, 0.1, 0.1 * 4, 0.1 * 4), (0.1, 0.1)).columns == 3
    assert pixel_grid(decimal, Extent(0.1, 0.1, 0.4, 0.4), (0.1, 0.1)).rows == 3


@pytest.mark.parametrize(
    "extent",
    [Extent(0, 0, 10, 10), Extent(2000, 2000, 2100, 2600), Extent(1000, 2600, 2000, 2700), Extent(-180, -90, 180, 90)],
)
def test_an_extent_elsewhere_is_an_error_that_names_both(extent: Extent) -> None:
    with pytest.raises(OptionError) as raised:
        pixel_grid(LANDSAT, extent)
    assert raised.value.option == "extent"
    assert raised.value.message == (
        f"The template extent {extent} does not overlap the service's extent 1000 2000 2000 2600; "
        "both are xmin ymin xmax ymax in the service's coordinate reference system."
    )


@pytest.mark.parametrize(
    "extent", [Extent(1200, 2000, 1100, 2100), Extent(1100, 2000, 1100, 2100), Extent(math.nan, 0, 1, 1)]
)
def test_an_extent_without_area_is_an_error_that_names_it(extent: Extent) -> None:
    with pytest.raises(OptionError) as raised:
        pixel_grid(LANDSAT, extent)
    assert raised.value.option == "extent"
    assert raised.value.message == (
        f"The template extent {extent} has no area; give xmin ymin xmax ymax, each minimum below its maximum."
    )


@pytest.mark.parametrize(
    ("cell_size", "named"),
    [((0, 1), "0 × 1"), ((1, -30.5), "1 × -30.5"), ((math.nan, 1), "nan × 1"), ((1, math.inf), "1 × inf")],
)
def test_a_cell_size_must_be_positive(cell_size: tuple[float, float], named: str) -> None:
    with pytest.raises(OptionError) as raised:
        pixel_grid(ELEVATION, cell_size=cell_size)
    assert raised.value.option == "cell_size"
    assert raised.value.message == (
        f"The cell size {named} is not a positive number; "
        "give it in units of the service's coordinate reference system."
    )


@pytest.mark.parametrize("size", [1e-8, 1e-320])
def test_more_cells_than_gdal_can_count_are_an_error(size: float) -> None:
    with pytest.raises(OptionError, match=r"there would be \S+ columns and \S+ rows; choose larger cells") as raised:
        pixel_grid(LANDSAT, cell_size=(size, size))
    assert raised.value.option == "cell_size"


def test_a_service_with_more_pixels_than_gdal_can_count_needs_an_extent_or_a_cell_size() -> None:
    world = service(Extent(-2e7, -2e7, 2e7, 2e7), (0.01, 0.01))
    with pytest.raises(OptionError) as raised:
        pixel_grid(world)
    assert raised.value.message == (
        "With cells of 0.01 × 0.01 there would be 4000000000 columns and 4000000000 rows; choose larger cells."
    )
    assert pixel_grid(world, Extent(0, 0, 1, 1)) == Grid(Extent(0, 0, 1, 1), 100, 100, (0.01, 0.01))
    assert pixel_grid(world, cell_size=(1000, 1000)).columns == 40000
