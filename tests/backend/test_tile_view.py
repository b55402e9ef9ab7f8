"""Which views are drawn from tiles, what they take of them, and how pixels of a level become those of a view."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.backend.source import PICTURE_BANDS, Kind, LayerSource, SourceBand
from image_server_layer.plugin.backend.tile_view import TileViewPlan, clip_view, plan_drawing
from image_server_layer.plugin.backend.windows import Lattice, view_of
from image_server_layer.plugin.options.clip import Clip
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.tile_info import TileInfo, TileLevel

# Levels that do not halve, from a corner above and left of the layer.
TILES = TileInfo(64, 32, (900.0, 2100.0), "PNG32", tuple(map(TileLevel, (0, 1, 3), (64.0, 10.0, 4.0))))
TRIANGLE = ((1000.0, 1900.0), (1000.0, 2000.0), (1050.0, 2000.0))
SHAPE = Clip(((TRIANGLE,),))
SOURCE = LayerSource(
    service_url="https://host/rest/services/X/ImageServer",
    service_name="X",
    kind=Kind.PICTURE,
    options_json='{"v":1}',
    parameters={"format": "png32"},
    grid=Grid(Extent(1000.0, 1800.0, 1500.0, 2000.0), 125, 50, (4.0, 4.0)),
    bands=tuple(map(SourceBand, PICTURE_BANDS)),
    data_type="Byte",
    reference="",
    crs="",
    largest_image=(4000, 4000),
    tiles=TILES,
    has_images=True,
)


def view(xmin: float, ymax: float, cell: tuple[float, float], columns: int = 20, rows: int = 10) -> Grid:
    """Return a view by its upper left corner and the size of its pixels."""
    return view_of(Extent(xmin, ymax - rows * cell[1], xmin + columns * cell[0], ymax), columns, rows)


def planned(asked: Grid, source: LayerSource = SOURCE) -> TileViewPlan:
    """Return what a view takes of tiles."""
    plan = plan_drawing(source, asked)[1]
    assert isinstance(plan, TileViewPlan)
    return plan


@pytest.mark.parametrize(
    ("cell", "size"),
    [
        ((3.9, 3.9), None),
        ((3.998, 3.998), 4.0),
        ((4.0, 4.0), 4.0),
        ((8.0, 8.0), 4.0),
        ((8.004, 8.004), 4.0),
        ((8.1, 8.1), None),
        ((9.9, 9.9), None),
        ((9.995, 9.995), 10.0),
        ((20.0, 20.0), 10.0),
        ((20.1, 20.1), None),
        ((4.0, 8.1), None),
        ((6.0, 7.5), 4.0),
        ((64.0, 64.0), 64.0),
        ((129.0, 129.0), None),
    ],
)
def test_a_level_is_as_fine_as_the_view_and_no_more_than_twice_as_fine(
    cell: tuple[float, float], size: float | None
) -> None:
    drawn, plan = plan_drawing(SOURCE, view(1000.0, 2000.0, cell))
    assert plan is not None
    if size is None:
        assert (drawn.tiles, type(plan).__name__) == (None, "ViewPlan")
        return
    assert (drawn.tiles, drawn.has_images) == (TILES, False)
    assert plan.lattice == Lattice(900.0, 2100.0, size, size)


@pytest.mark.parametrize("cell", [4.0, 9.0], ids=["tiles", "images"])
def test_the_shape_cuts_the_view_and_nothing_that_is_asked_for(cell: float) -> None:
    source, asked = replace(SOURCE, clip=SHAPE), view(1000.0, 2000.0, (cell, cell))
    assert plan_drawing(source, asked)[0].clip is None
    cut = clip_view(source, np.full((4, 10, 20), 255, np.uint8), asked)
    assert 0 < (cut[3] == 0).sum() < cut[3].size
    # Of a layer of nothing but tiles, each tile is cut by itself.
    assert plan_drawing(replace(source, has_images=False), asked)[0].clip == SHAPE


def test_a_view_of_too_many_tiles_is_an_image() -> None:
    wide = replace(SOURCE, grid=Grid(Extent(900.0, -1e6, 1e6, 2100.0), 249_775, 250_525, (4.0, 4.0)))
    # 16 × 16 tiles of 64 × 32 pixels, and one column more.
    for columns, has_tiles in ((1024, True), (1025, False)):
        drawn, plan = plan_drawing(wide, view(900.0, 2100.0, (4.0, 4.0), columns, 512))
        assert (drawn.tiles is not None, plan is not None) == (has_tiles, True)


def test_only_pixels_whose_centers_lie_in_the_layer_are_drawn() -> None:
    # Three pixels and a half beyond each edge; a center lies on the right edge and on the lower one.
    plan = planned(view(1000.0 - 14.0, 2000.0 + 14.0, (4.0, 4.0), 132, 57))
    assert (plan.first_column, len(plan.column_indexes)) == (3, 125)
    assert (plan.first_row, len(plan.row_indexes)) == (3, 50)
    placed = plan.place(np.full((4, plan.rows, plan.columns), 255, np.uint8), (57, 132))
    assert (placed[3] == 255).sum() == 125 * 50
    assert not placed[:, :3].any()
    assert not placed[:, :, 128:].any()
    mask = plan.place(np.ones((plan.rows, plan.columns), np.bool_), (57, 132))
    assert np.array_equal(mask, placed[3] == 255)
    for elsewhere in (view(0.0, 2000.0, (4.0, 4.0)), view(1000.0, 1700.0, (4.0, 4.0))):
        assert plan_drawing(SOURCE, elsewhere)[1] is None


def test_a_view_on_the_pixels_of_a_level_is_these_and_no_others() -> None:
    plan = planned(view(1000.0, 2000.0, (4.0, 4.0)))
    assert (plan.left, plan.top, plan.columns, plan.rows) == (25, 25, 20, 10)
    pixels = np.random.default_rng(1).integers(0, 256, (4, 10, 20)).astype(np.uint8)
    assert np.array_equal(plan.place(pixels, (10, 20)), pixels)


def one_row(values: list[int], alpha: list[int] | None = None) -> Any:
    """Return pixels of one row over and over, their red, green and blue the same."""
    opaque = [255] * len(values)
    return np.array([[values] * 4] * 3 + [[alpha or opaque] * 4], np.uint8)


def test_a_pixel_between_two_is_blended_of_both_the_last_one_too() -> None:
    # A quarter of a pixel of the level further to the right; rows lie on its rows.
    plan = planned(view(1001.0, 2000.0, (4.0, 4.0), 3, 4))
    assert (plan.left, plan.columns, plan.rows) == (25, 4, 4)
    placed = plan.place(one_row([0, 100, 200, 40]), (4, 3))
    assert placed[0].tolist() == [[25, 125, 160]] * 4
    assert (placed[3] == 255).all()


def test_a_transparent_pixel_has_no_color_to_give() -> None:
    plan = planned(view(1002.0, 2000.0, (4.0, 4.0), 3, 4))
    placed = plan.place(one_row([200, 10, 200, 10], [255, 0, 0, 255]), (4, 3))
    assert placed[3].tolist() == [[128, 0, 128]] * 4
    assert placed[0].tolist() == [[200, 0, 10]] * 4


def test_of_a_mask_the_nearest_is_taken() -> None:
    mask = np.array([[True, False, True, True]] * 5)
    for shift, expected in ((1.0, [True, False, True]), (3.0, [False, True, True])):
        plan = planned(view(1000.0 + shift, 2000.0 - shift, (4.0, 4.0), 3, 4))
        assert plan.place(mask, (4, 3)).tolist() == [expected] * 4
    falling = np.array([[row % 2 == 0] * 4 for row in range(5)])
    plan = planned(view(1003.0, 1997.0, (4.0, 4.0), 3, 4))
    assert plan.place(falling, (4, 3)).tolist() == [[row % 2 == 1] * 3 for row in range(4)]
