"""Mosaic rules on Olinda/Landsat: which raster each pixel comes from, found out from its value.

The raster with OBJECTID k shows `min(scene, 239) + 2 × (k - 1)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.test_imageserver.client import Array, Client

XMIN, YMAX, CELL = 288776.25, 9120760.75, 28.5
WHOLE = (XMIN, YMAX - 352 * CELL, XMIN + 349 * CELL, YMAX)

# Left, top, columns and rows of each raster; the seventh is a parallelogram with the corners below.
PARTS = {
    1: (0, 0, 160, 200),
    2: (110, 0, 150, 200),
    3: (200, 0, 149, 200),
    4: (0, 150, 160, 202),
    5: (110, 150, 150, 202),
    6: (200, 150, 149, 202),
    7: (70, 90, 210, 170),
    8: (230, 200, 119, 152),
}
CORNERS = np.array([(110, 90), (280, 110), (240, 260), (70, 240)])
NADIRS = {
    1: (150, 190),
    2: (230, 20),
    3: (210, 120),
    4: (10, 340),
    5: (120, 160),
    6: (340, 170),
    7: (90, 250),
    8: (300, 330),
}
BEST = {1: 60, 2: 20, 3: 80, 4: 10, 5: 70, 6: 40, 7: 30, 8: 50}
BY_DATE = [1, 7, 2, 6, 3, 4, 5, 8]


@cache
def scene() -> Array:
    return np.minimum(gdal.Open(str(DATA / "landsat7_olinda.tif")).ReadAsArray(), 239).astype(int)


def covered(number: int) -> Array:
    """Where a raster has pixels, (352, 349)."""
    rows, columns = np.indices((352, 349)) + 0.5
    if number == 7:
        along = np.roll(CORNERS, -1, axis=0) - CORNERS
        return np.all([(x1 * (rows - y) - y1 * (columns - x)) > 0 for (x, y), (x1, y1) in zip(CORNERS, along)], axis=0)
    left, top, width, height = PARTS[number]
    return (columns > left) & (columns < left + width) & (rows > top) & (rows < top + height)


def top_of(order: list[int]) -> Array:
    """The number of the raster seen at each pixel when they lie in this order, the first on top; 0 = none."""
    seen = np.zeros((352, 349), dtype=int)
    for number in reversed(order):
        seen[covered(number)] = number
    return seen


def seen(
    client: Client, rule: dict[str, Any] | None, box: tuple[float, ...] = WHOLE, size: tuple[int, int] = (349, 352)
) -> Array:
    """The number of the raster that each pixel comes from, as its value tells."""
    left, top = round((box[0] - XMIN) / CELL), round((YMAX - box[3]) / CELL)
    part = scene()[:, top : top + size[1], left : left + size[0]]
    pixels = client.pixels("Olinda/Landsat", box, size, **({"mosaicRule": rule} if rule else {})).astype(int)
    numbers = np.where(pixels == 0, 0, (pixels - part) // 2 + 1)
    assert np.array_equal(pixels, np.where(numbers == 0, 0, part + 2 * (numbers - 1)))
    assert (numbers == numbers[0]).all(), "all bands are of the same raster"
    return numbers[0]


def near(x: float, y: float, points: Mapping[int, tuple[float, float]]) -> list[int]:
    return sorted(points, key=lambda number: np.hypot(points[number][0] - x, points[number][1] - y))


CENTERS = {number: (left + width / 2, top + height / 2) for number, (left, top, width, height) in PARTS.items()}

METHODS: list[tuple[dict[str, Any], list[int]]] = [
    ({"mosaicMethod": "esriMosaicNone"}, [1, 2, 3, 4, 5, 6, 7, 8]),
    ({"mosaicMethod": "esriMosaicNorthwest"}, near(0, 0, CENTERS)),
    ({"mosaicMethod": "esriMosaicCenter"}, near(174.5, 176, CENTERS)),
    ({"mosaicMethod": "esriMosaicNadir"}, near(174.5, 176, NADIRS)),
    (
        {"mosaicMethod": "esriMosaicViewpoint", "viewpoint": {"x": XMIN + 349 * CELL, "y": YMAX - 300 * CELL}},
        near(349, 300, CENTERS),
    ),
    ({"mosaicMethod": "esriMosaicAttribute", "sortField": "Best"}, sorted(BEST, key=lambda number: BEST[number])),
    (
        {"mosaicMethod": "esriMosaicAttribute", "sortField": "Best", "sortValue": 42},
        sorted(BEST, key=lambda number: abs(BEST[number] - 42)),
    ),
    ({"mosaicMethod": "esriMosaicAttribute", "sortField": "AcquisitionDate", "sortValue": "1990/01/01"}, BY_DATE),
]


@pytest.mark.parametrize(
    ("rule", "order"), METHODS, ids=lambda value: value.get("mosaicMethod") if isinstance(value, dict) else ""
)
def test_every_method_lays_the_rasters_in_its_order(client: Client, rule: dict[str, Any], order: list[int]) -> None:
    assert np.array_equal(seen(client, rule), top_of(order))


@pytest.mark.parametrize(
    ("rule", "order"), METHODS, ids=lambda value: value.get("mosaicMethod") if isinstance(value, dict) else ""
)
def test_descending_turns_the_order_round(client: Client, rule: dict[str, Any], order: list[int]) -> None:
    assert np.array_equal(seen(client, {**rule, "ascending": False}), top_of(order[::-1]))


def test_the_methods_give_different_mosaics(client: Client) -> None:
    mosaics = {seen(client, rule).tobytes() for rule, _ in METHODS}
    assert len(mosaics) >= len(METHODS) - 1


def test_the_default_of_the_service_is_northwest(client: Client) -> None:
    assert np.array_equal(seen(client, None), top_of(near(0, 0, CENTERS)))


def test_a_viewpoint_may_be_of_another_spatial_reference(client: Client) -> None:
    point = {"x": -34.8297, "y": -8.0413, "spatialReference": {"wkid": 4326}}
    rule = {"mosaicMethod": "esriMosaicViewpoint", "viewpoint": point}
    # That is 298 km east and 9 110.8 km north in meters: beside the lower right corner of the scene.
    assert np.array_equal(seen(client, rule), top_of(near(348, 350, CENTERS)))


def test_center_and_nadir_depend_on_the_view(client: Client) -> None:
    box = (XMIN + 180 * CELL, YMAX - 350 * CELL, XMIN + 349 * CELL, YMAX - 150 * CELL)
    part = (slice(150, 350), slice(180, 349))
    methods: dict[str, Mapping[int, tuple[float, float]]] = {"esriMosaicCenter": CENTERS, "esriMosaicNadir": NADIRS}
    for method, points in methods.items():
        shown = seen(client, {"mosaicMethod": method}, box, (169, 200))
        assert np.array_equal(shown, top_of(near(264.5, 250, points))[part])


@pytest.mark.parametrize(
    ("field", "base", "order"),
    [
        ("CLOUDCOVER", None, [4, 2, 5, 1, 6, 3, 7, 8]),
        ("CloudCover", "10", [5, 1, 2, 4, 6, 3, 7, 8]),
        ("AcquisitionDate", "2001/08/05", [3, 4, 5, 6, 8, 2, 7, 1]),
        ("AcquisitionDate", "2001/11/25 13:05:30", [4, 5, 3, 8, 6, 2, 7, 1]),
        ("AcquisitionDate", 1013603841000, [5, 4, 3, 8, 6, 2, 7, 1]),
        ("OBJECTID", 5, [5, 4, 6, 3, 7, 2, 8, 1]),
    ],
)
def test_an_attribute_sorts_by_its_distance_from_the_base_value_and_null_comes_last(
    client: Client, field: str, base: object, order: list[int]
) -> None:
    rule = {"mosaicMethod": "esriMosaicAttribute", "sortField": field, "sortValue": base}
    assert np.array_equal(seen(client, rule), top_of(order))


@pytest.mark.parametrize("locked", [[4], [6, 8], [8, 6], [7, 1, 5], [4, 99]])
def test_locked_rasters_are_seen_alone_and_in_the_order_of_their_list(client: Client, locked: list[int]) -> None:
    rule = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": locked}
    assert np.array_equal(seen(client, rule), top_of([number for number in locked if number < 9]))


def test_a_raster_that_does_not_exist_locks_nothing(client: Client) -> None:
    assert not seen(client, {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [99]}).any()


@pytest.mark.parametrize(
    ("choice", "order"),
    [
        ({"where": "CloudCover < 10"}, [2, 4, 5]),
        ({"where": "Name = 'LE07; path 214: row 65'"}, [2]),
        ({"where": "Name LIKE 'Jaboatão%'"}, [3]),
        ({"where": "AcquisitionDate >= DATE '2001-01-01'"}, [3, 4, 5, 8]),
        ({"where": "CloudCover IS NULL"}, [8]),
        ({"where": "1=1"}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"fids": [3, 6, 7]}, [3, 6, 7]),
        ({"fids": [3, 6, 7], "where": "Best > 35"}, [3, 6]),
        ({"fids": []}, []),
    ],
)
def test_a_clause_and_ids_choose_the_rasters(client: Client, choice: dict[str, Any], order: list[int]) -> None:
    assert np.array_equal(seen(client, {"mosaicMethod": "esriMosaicNone", **choice}), top_of(order))


def test_a_clause_holds_for_locked_rasters_too(client: Client) -> None:
    rule = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [4, 7], "where": "CloudCover < 10"}
    assert np.array_equal(seen(client, rule), top_of([4]))


def test_seamlines_divide_the_scene_among_the_first_six_rasters(client: Client) -> None:
    shown = seen(client, {"mosaicMethod": "esriMosaicSeamline"})
    assert np.unique(shown).tolist() == [1, 2, 3, 4, 5, 6]
    # Along the middle of the upper and the lower half, the seams are crossed on the lines between these corners.
    for row, numbers in ((80, [1, 2, 3]), (260, [4, 5, 6])):
        crossings = np.flatnonzero(np.diff(shown[row])) + 1
        share = (row + 0.5) / 175 if row < 175 else (row + 0.5 - 175) / 177
        seams = (120 + 15 * share, 250 - 20 * share) if row < 175 else (135 + 15 * share, 230 - 20 * share)
        assert crossings.tolist() == [round(seam) for seam in seams]
        assert [shown[row, 0], shown[row, 180], shown[row, 348]] == numbers


# Operations


def stack(numbers: list[int]) -> Array:
    """The values of rasters, (rasters, bands, rows, columns), NaN where they have none."""
    return np.stack([np.where(covered(number), scene() + 2.0 * (number - 1), np.nan) for number in numbers])


@pytest.mark.filterwarnings("ignore:All-NaN slice:RuntimeWarning", "ignore:Mean of empty slice:RuntimeWarning")
@pytest.mark.parametrize(
    ("operation", "combine"),
    [
        ("MT_FIRST", lambda values: np.where(np.isnan(values[0]), values[1], values[0])),
        ("MT_LAST", lambda values: np.where(np.isnan(values[1]), values[0], values[1])),
        ("MT_MIN", lambda values: np.nanmin(values, axis=0)),
        ("MT_MAX", lambda values: np.nanmax(values, axis=0)),
        ("MT_MEAN", lambda values: np.floor(np.nanmean(values, axis=0) + 0.5)),
        ("MT_SUM", lambda values: np.minimum(np.nansum(values, axis=0), 255)),
    ],
)
def test_operations_resolve_where_rasters_overlap(client: Client, operation: str, combine: Any) -> None:
    rule = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [3, 6], "mosaicOperation": operation}
    pixels = client.pixels("Olinda/Landsat", WHOLE, (349, 352), mosaicRule=rule)
    assert np.array_equal(pixels, np.nan_to_num(combine(stack([3, 6]))))


def test_blending_goes_from_one_raster_to_the_other_by_the_distance_from_their_edges(client: Client) -> None:
    rule = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [1, 2], "mosaicOperation": "MT_BLEND"}
    pixels = client.pixels("Olinda/Landsat", WHOLE, (349, 352), mosaicRule=rule)
    # On row 100, rasters 1 and 2 overlap in columns 110 to 159; the nearest edges are the left and the right ones.
    columns = np.arange(110, 160) + 0.5
    one, two = 160 - columns, columns - 110
    values = (one * scene()[:, 100, 110:160] + two * (scene()[:, 100, 110:160] + 2)) / (one + two)
    assert np.abs(pixels[:, 100, 110:160] - values).max() <= 0.5 + 1e-6
    assert np.array_equal(pixels[:, 100, :110], scene()[:, 100, :110])
    assert np.array_equal(pixels[:, 100, 160:200], scene()[:, 100, 160:200] + 2)


# Scales


@pytest.mark.parametrize(("cell", "numbers"), [(10.0, [1, 3]), (15.0, [1, 2, 3]), (20.0, [2, 3])])
def test_a_raster_is_seen_at_its_scales_only(client: Client, cell: float, numbers: list[int]) -> None:
    # Rasters 1, 2 and 3 are strips of 490 m that begin every 240 m and read 10, 20 and 30.
    pixels = client.pixels("Test/Scales", (300000, 9099700, 300000 + 24 * cell, 9099700 + cell), (24, 1))
    last = client.pixels("Test/Scales", (300730, 9099700, 300730 + 10 * cell, 9099700 + cell), (10, 1))
    middle = client.pixels("Test/Scales", (300300, 9099700, 300300 + 5 * cell, 9099700 + cell), (5, 1))
    assert (10 in pixels) == (1 in numbers)
    assert (20 in middle) == (numbers == [2, 3])
    assert (30 in last) == (3 in numbers)


def test_locked_rasters_are_seen_at_all_scales(client: Client) -> None:
    rule = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [1]}
    assert (client.pixels("Test/Scales", (300000, 9099700, 300480, 9099720), (12, 1), mosaicRule=rule) == 10).all()


# Refusals


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({}, "The mosaic method 'None' is not known."),
        ({"mosaicMethod": "NorthWest"}, "the mosaic method 'NorthWest' is not known."),
        ({"mosaicMethod": "esriMosaicNone", "mosaicOperation": "MT_MEDIAN"}, "'MT_MEDIAN' is not known"),
        ({"mosaicMethod": "esriMosaicNone", "ascending": "no"}, "ascending must be true or false"),
        ({"mosaicMethod": "esriMosaicNone", "where": "Clouds < 5"}, "Invalid where clause"),
        ({"mosaicMethod": "esriMosaicNone", "where": "CloudCover <"}, "Invalid where clause"),
        ({"mosaicMethod": "esriMosaicNone", "fids": "1,2"}, "fids must be a list of whole numbers"),
        ({"mosaicMethod": "esriMosaicLockRaster"}, "lockRasterIds is missing"),
        ({"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": ["4"]}, "lockRasterIds must be a list"),
        ({"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": list(range(1, 22))}, "limit of 20 rasters"),
        ({"mosaicMethod": "esriMosaicAttribute"}, "the field '' does not exist"),
        ({"mosaicMethod": "esriMosaicAttribute", "sortField": "Clouds"}, "the field 'Clouds' does not exist"),
        ({"mosaicMethod": "esriMosaicAttribute", "sortField": "Name"}, "must be a numeric or date field"),
        ({"mosaicMethod": "esriMosaicAttribute", "sortField": "Best", "sortValue": "x"}, "'x' is not a number"),
        (
            {"mosaicMethod": "esriMosaicAttribute", "sortField": "AcquisitionDate", "sortValue": "5.8.2001"},
            "'5.8.2001' is not a date",
        ),
        ({"mosaicMethod": "esriMosaicViewpoint"}, "'mosaicRule.viewpoint' is not a point"),
    ],
)
def test_a_bad_rule_is_refused_in_words(client: Client, rule: dict[str, Any], words: str) -> None:
    code, text = client.error("Olinda/Landsat", bbox=",".join(map(str, WHOLE)), mosaicRule=rule)
    assert code == 400
    assert words.lower() in text.lower()


@pytest.mark.parametrize("method", ["esriMosaicLockRaster", "esriMosaicAttribute"])
def test_a_method_that_the_service_does_not_list_is_refused(client: Client, method: str) -> None:
    rule = {"mosaicMethod": method, "lockRasterIds": [1], "sortField": "Best"}
    code, text = client.error("Test/LimitedMethods", bbox="300000,9099700,300100,9099800", mosaicRule=rule)
    assert code == 400
    assert f"'{method}' is not allowed" in text


def test_a_single_raster_takes_no_notice_of_a_mosaic_rule(client: Client) -> None:
    box = (300000.0, 9099390.0, 300970.0, 9100000.0)
    rule = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [1]}
    assert np.array_equal(
        client.pixels("Test/U8", box, (97, 61), mosaicRule=rule), client.pixels("Test/U8", box, (97, 61))
    )


def test_a_view_of_many_rasters_shows_no_more_than_the_service_mosaics(client: Client) -> None:
    extent = client.json("Test/BigCatalog")["extent"]
    box = tuple(extent[key] for key in ("xmin", "ymin", "xmax", "ymax"))
    # Cells of one raster: without the limit every cell would have a value.
    pixels = client.pixels("Test/BigCatalog", box, (400, 250))
    assert np.count_nonzero(pixels) == 20
    assert pixels[0, 0, :20].tolist() == [number % 251 + 1 for number in range(1, 21)]
