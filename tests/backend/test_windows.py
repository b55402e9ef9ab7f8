"""Which pixels a view takes: worked out pixel by pixel, and held against what the lattice says."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from image_server_layer.plugin.backend.source import Kind, LayerSource, SourceBand
from image_server_layer.plugin.backend.windows import (
    FEWEST_PIXELS_FOR_STRIPS,
    LARGEST_PIECE_BYTES,
    Lattice,
    Piece,
    part_of,
    pieces,
    plan_view,
    view_of,
)
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.backend.plain_sources import values_source

GRID = Grid(Extent(1000.0, 1800.0, 1500.0, 2000.0), 50, 20, (10.0, 10.0))
VALUES = replace(values_source(GRID), parameters={"adjustAspectRatio": "false", "format": "tiff"})
PICTURE = replace(VALUES, kind=Kind.PICTURE)
OLD_VALUES, OLD_PICTURE = (replace(source, parameters={"format": "x"}) for source in (VALUES, PICTURE))


def _places(window: Grid) -> tuple[np.ndarray, np.ndarray]:
    """Return the centers of a window's pixels, as an exact server would place them."""
    x = window.extent.xmin + (np.arange(window.columns) + 0.5) * window.extent.width / window.columns
    y = window.extent.ymax - (np.arange(window.rows) + 0.5) * window.extent.height / window.rows
    return x, y


def _check(source: LayerSource, view: Grid) -> None:
    """Hold a plan against the rules, pixel by pixel."""
    plan = plan_view(source, view)
    x, y = _places(view)
    own_x, own_y = (x - GRID.extent.xmin) / 10, (GRID.extent.ymax - y) / 10
    covered_columns = np.flatnonzero((own_x >= 0) & (own_x < 50))
    covered_rows = np.flatnonzero((own_y >= 0) & (own_y < 20))
    if plan is None:
        assert not covered_columns.size or not covered_rows.size
        return
    assert list(covered_columns) == list(range(plan.first_column, plan.first_column + len(plan.column_indexes)))
    assert list(covered_rows) == list(range(plan.first_row, plan.first_row + len(plan.row_indexes)))
    window = plan.window
    assert (window.columns, window.rows) == (plan.columns, plan.rows)
    asked_x, asked_y = _places(window)
    shown_x, shown_y = asked_x[plan.column_indexes], asked_y[plan.row_indexes]
    # What is shown is at most half of what was asked for away.
    cell_x, cell_y = window.cell_size
    assert np.abs(shown_x - x[covered_columns]).max() <= cell_x * 0.5001
    assert np.abs(shown_y - y[covered_rows]).max() <= cell_y * 0.5001
    # All that is asked for is used, at least where a pixel of the view is no larger than what is asked for.
    assert plan.column_indexes[0] == 0
    assert plan.row_indexes[0] == 0
    assert plan.column_indexes[-1] == plan.columns - 1
    assert plan.row_indexes[-1] == plan.rows - 1
    for size, own, asked, seen in (
        (view.cell_size[0], 10.0, cell_x, asked_x - GRID.extent.xmin),
        (view.cell_size[1], 10.0, cell_y, GRID.extent.ymax - asked_y),
    ):
        if "adjustAspectRatio" not in source.parameters:
            assert cell_x == pytest.approx(cell_y)
        elif source.kind is Kind.VALUES and size <= own:
            assert asked == 10
            np.testing.assert_allclose(seen % 10, 5, atol=1e-6)
        else:
            assert asked == pytest.approx(size)


def _random_view(dice: random.Random) -> Grid:
    columns, rows = dice.choice((1, 2, 7, 64, 333)), dice.choice((1, 3, 50, 217))
    cell_x = dice.choice((0.3, 5.0, 10.0, 10.0, 13.7, 40.0, 900.0))
    cell_y = cell_x if dice.random() < 0.6 else dice.choice((0.7, 10.0, 25.0))
    xmin = 1000 + dice.choice((0.0, dice.uniform(-2000, 600), dice.randrange(-50, 60) * 10.0))
    ymax = 2000 - dice.choice((0.0, dice.uniform(-1000, 300), dice.randrange(-20, 30) * 10.0))
    return view_of(Extent(xmin, ymax - rows * cell_y, xmin + columns * cell_x, ymax), columns, rows)


@pytest.mark.parametrize("source", [VALUES, PICTURE, OLD_VALUES, OLD_PICTURE])
def test_every_pixel_of_a_view_is_the_nearest_there_is(source: LayerSource) -> None:
    dice = random.Random(11)  # noqa: S311
    for _ in range(1500):
        _check(source, _random_view(dice))


def _placed(source: LayerSource, view: Grid, layer: np.ndarray) -> np.ndarray:
    """Return a view of a layer whose pixels are known, asked for at its own cells."""
    plan = plan_view(source, view)
    assert plan is not None
    window = layer[:, plan.top : plan.top + plan.rows, plan.left : plan.left + plan.columns]
    return plan.place(window, (view.rows, view.columns))


@pytest.mark.parametrize("source", [VALUES, PICTURE, OLD_VALUES, OLD_PICTURE])
@pytest.mark.parametrize(
    ("left", "top", "columns", "rows"), [(0, 0, 50, 20), (-3, -5, 60, 40), (49, 19, 1, 1), (7, 3, 11, 5)]
)
def test_a_view_at_the_layers_own_cells_is_exact(
    source: LayerSource, left: int, top: int, columns: int, rows: int
) -> None:
    layer = np.arange(1, 1001).reshape(1, 20, 50)
    xmin, ymax = 1000 + left * 10.0, 2000 - top * 10.0
    # As a map computes it, a hair off.
    view = view_of(Extent(xmin + 1e-7, ymax - rows * 10 - 1e-7, xmin + columns * 10 - 1e-7, ymax), columns, rows)
    expected = np.zeros((1, rows, columns), int)
    for row in range(rows):
        for column in range(columns):
            if 0 <= row + top < 20 and 0 <= column + left < 50:
                expected[0, row, column] = layer[0, row + top, column + left]
    np.testing.assert_array_equal(_placed(source, view, layer), expected)
    plan = plan_view(source, view)
    assert plan is not None
    assert (plan.lattice.x, plan.lattice.y, plan.lattice.cell_x, plan.lattice.cell_y) == (1000, 2000, 10, 10)


@pytest.mark.parametrize("source", [VALUES, OLD_VALUES, OLD_PICTURE])
@pytest.mark.parametrize("noise", [-1e-6, 0.0, 1e-6])
def test_a_center_between_two_cells_is_in_the_second_whatever_the_rounding(source: LayerSource, noise: float) -> None:
    """Else the noise of a map's own arithmetic would repeat some pixels and leave others out."""
    view = view_of(Extent(1005.0 + noise, 1855.0 + noise, 1105.0 + noise, 1905.0 + noise), 10, 5)
    if source is OLD_PICTURE:
        view = view_of(Extent(1005.0, 1855.0, 1205.0, 1905.0 + noise), 10, 5)
    plan = plan_view(source, view)
    assert plan is not None
    if source is OLD_PICTURE:
        # Squares of 10 under columns of 20: each center lies between two of them.
        assert list(plan.column_indexes) == list(range(0, 19, 2))
    else:
        assert (plan.left, plan.top, plan.columns, plan.rows) == (1, 10, 10, 5)
        assert list(plan.column_indexes) == list(range(10))


@pytest.mark.parametrize("source", [VALUES, OLD_VALUES])
def test_values_closer_up_are_true_pixels_repeated(source: LayerSource) -> None:
    layer = np.arange(1, 1001).reshape(1, 20, 50)
    view = view_of(Extent(1035.0, 1915.0, 1115.0, 1955.0), 32, 16)
    expected = layer[:, np.array([4, 5, 6, 7, 8])[np.repeat(range(5), [2, 4, 4, 4, 2])], :]
    expected = expected[:, :, np.repeat(range(3, 12), [2, *[4] * 7, 2])]
    np.testing.assert_array_equal(_placed(source, view, layer), expected)


def test_pictures_closer_up_are_drawn_by_the_server() -> None:
    view = view_of(Extent(1035.0, 1915.0, 1115.0, 1955.0), 32, 16)
    plan = plan_view(PICTURE, view)
    assert plan is not None
    assert plan.window == Grid(view.extent, 32, 16, (2.5, 2.5))


def test_values_a_little_coarser_are_still_the_layers_own() -> None:
    for factor, own in ((1.0005, True), (1.01, False)):
        view = view_of(Extent(1000.0, 2000 - 200 * factor, 1000 + 500 * factor, 2000.0), 50, 20)
        plan = plan_view(VALUES, view)
        assert plan is not None
        assert (plan.lattice.cell_x == 10) is own


@pytest.mark.parametrize(
    "extent",
    [
        Extent(1500.0, 1800.0, 2000.0, 2000.0),
        Extent(0.0, 0.0, 999.0, 999.0),
        Extent(900.0, 1700.0, 1000.1, 2000.0),
        Extent(float("nan"), 0.0, 1.0, 1.0),
        Extent(float("-inf"), 0.0, 1.0, 1.0),
        Extent(1100.0, 1900.0, 1100.0, 1900.0),
    ],
)
def test_where_no_center_is_in_the_layer_nothing_is_asked(extent: Extent) -> None:
    for source in (VALUES, PICTURE, OLD_VALUES):
        assert plan_view(source, view_of(extent, 10, 10)) is None


def test_an_old_server_is_asked_for_squares_only() -> None:
    view = view_of(Extent(1000.0, 1800.0, 1500.0, 2000.0), 25, 5)
    plan = plan_view(OLD_PICTURE, view)
    assert plan is not None
    assert plan.lattice == Lattice(1000, 2000, 20, 20)
    assert (plan.left, plan.top, plan.columns, plan.rows) == (0, 1, 25, 9)
    assert list(plan.row_indexes) == [0, 2, 4, 6, 8]
    assert plan_view(PICTURE, view).window == Grid(view.extent, 25, 5, (20.0, 40.0))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Lattice(0, 0, 10, 10), (0, 0)),
        (Lattice(-30, 20, 10, 10), (-3, -2)),
        (Lattice(30 + 1e-6, -50 - 1e-6, 10, 10), (3, 5)),
        (Lattice(30, -50, 10 + 1e-8, 10), (3, 5)),
        (Lattice(35, 0, 10, 10), None),
        (Lattice(30, -55, 10, 10), None),
        (Lattice(0, 0, 10.01, 10), None),
        (Lattice(0, 0, 10, 20), None),
        (Lattice(float("inf"), 0, 10, 10), None),
    ],
)
def test_lattices_are_the_same_where_their_cells_are(other: Lattice, expected: tuple[int, int] | None) -> None:
    assert Lattice(0, 0, 10, 10).offset_of(other, reach=4000) == expected


def test_a_pan_by_whole_pixels_stays_on_the_lattice_at_any_scale() -> None:
    dice = random.Random(5)  # noqa: S311
    for _ in range(300):
        cell = dice.uniform(0.001, 300)
        columns, rows = dice.randrange(1, 2000), dice.randrange(1, 1000)
        xmin, ymax = dice.uniform(-2e7, 2e7), dice.uniform(-1e7, 1e7)
        right, down = dice.randrange(-500, 500), dice.randrange(-500, 500)
        source = replace(PICTURE, grid=Grid(Extent(-3e7, -3e7, 3e7, 3e7), 10**9, 10**9, (0.06, 0.06)))
        plans = []
        for x, y in ((xmin, ymax), (xmin + right * cell, ymax - down * cell)):
            plans.append(plan_view(source, view_of(Extent(x, y - rows * cell, x + columns * cell, y), columns, rows)))
        first, second = plans
        assert first is not None
        assert second is not None
        assert first.lattice.offset_of(second.lattice, max(columns, rows)) == (right, down)


@pytest.mark.parametrize(
    ("columns", "rows", "largest", "follows", "expected"),
    [
        (400, 300, (15000, 4100), False, (1, 1)),
        (1200, 800, (15000, 4100), False, (1, 4)),
        (1200, 800, (15000, 4100), True, (1, 1)),
        (1200, 800, (600, 4100), False, (2, 2)),
        (1200, 800, (500, 300), True, (3, 3)),
        (300_000, 1, (15000, 4100), False, (20, 1)),
        (1, 300_000, (15000, 4100), False, (1, 74)),
        (10, 10, (1, 1), False, (10, 10)),
    ],
)
def test_a_window_becomes_as_many_images_as_it_must(
    columns: int, rows: int, largest: tuple[int, int], follows: bool, expected: tuple[int, int]
) -> None:
    source = replace(VALUES, largest_image=largest, follows_view=follows)
    window = Grid(Extent(0.0, -rows / 3, columns / 7, 0.0), columns, rows, (1 / 7, 1 / 3))
    cut = pieces(source, window)
    assert len(cut) == expected[0] * expected[1]
    assert max(piece.grid.columns for piece in cut) <= largest[0]
    assert max(piece.grid.rows for piece in cut) <= largest[1]
    if columns * rows < 10**7:
        seen = np.zeros((rows, columns), int)
        for piece in cut:
            seen[piece.top : piece.top + piece.grid.rows, piece.left : piece.left + piece.grid.columns] += 1
        assert (seen == 1).all()
    for piece in cut:
        extent = piece.grid.extent
        assert extent.xmin == pytest.approx(piece.left / 7, abs=1e-9)
        assert extent.ymax == pytest.approx(-piece.top / 3, abs=1e-9)
        assert extent.width == pytest.approx(piece.grid.columns / 7, abs=1e-9)
        assert extent.height == pytest.approx(piece.grid.rows / 3, abs=1e-9)


def test_no_image_is_too_large_for_memory() -> None:
    source = replace(VALUES, data_type="Float64", bands=(SourceBand("a"),) * 6, follows_view=True)
    window = Grid(Extent(0.0, 0.0, 8000.0, 4000.0), 8000, 4000, (1.0, 1.0))
    sizes = [piece.grid.columns * piece.grid.rows * 8 * 6 for piece in pieces(source, window)]
    assert max(sizes) <= LARGEST_PIECE_BYTES
    assert sum(sizes) == 8000 * 4000 * 8 * 6
    assert FEWEST_PIXELS_FOR_STRIPS < 8000 * 4000


def test_the_parts_of_a_window_keep_its_edges() -> None:
    window = Grid(Extent(0.1, 0.2, 0.7, 0.9), 3, 7, (0.6 / 3, 0.1))
    assert part_of(window, 0, 0, 3, 7) == window
    assert Piece(0, 0, part_of(window, 2, 6, 1, 1)).grid.extent[1:3] == (0.2, 0.7)
