"""Pixels from the service: where they belong, whatever the server makes of a request."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsFeedback

from image_server_layer.plugin.backend.fetch import fetch
from image_server_layer.plugin.backend.pixels import Pixels
from image_server_layer.plugin.backend.source import Kind, LayerSource
from image_server_layer.plugin.backend.windows import part_of, view_of
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import (
    CanceledError,
    ImageServerLayerError,
    NotValuesError,
    RequestTimeoutError,
    ResponseError,
    ServerError,
)
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.backend.engine import (
    part_view,
    source_of,
    transport,
    view_pixels,
    whole_view,
    with_parameters,
)
from image_server_layer.tests.patience import meanwhile
from image_server_layer.tests.reading import Array, exported
from image_server_layer.tests.truth import NORTH_WEST, mosaic, ramps

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

SYNTHETIC = "Test/Synthetic"


def _place(left: int, top: int, columns: int, rows: int) -> Array:
    """Return the second band of `Test/Synthetic`."""
    down, across = np.mgrid[top : top + rows, left : left + columns]
    return (200_000_000 + down * 10_000 + across)[np.newaxis]


@pytest.fixture
def synthetic(image_server: ImageServerProcess) -> LayerSource:
    return source_of(image_server, SYNTHETIC, bands=(2,))


def _sizes(server: ImageServerProcess) -> list[tuple[int, ...]]:
    return [tuple(map(int, r.query["size"].split(","))) for r in server.requests(operation="exportImage")]


def test_each_window_has_its_pixels_in_order(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    places = [(0, 0, 40, 30), (4961, 3747, 40, 30), (100, 200, 1, 1), (7, 3000, 300, 2)]
    windows = [part_of(synthetic.grid, *place) for place in places]
    found = fetch(synthetic, windows, transport())
    for place, outcome in zip(places, found):
        assert isinstance(outcome, Pixels)
        np.testing.assert_array_equal(outcome.values, _place(*place))
    assert len(image_server.requests(operation="exportImage")) == 4
    assert {request.method for request in image_server.requests()} == {"GET"}
    assert fetch(synthetic, [], transport()) == []


def test_drawing_is_always_a_get(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    long = with_parameters(synthetic, renderingRule='{"rasterFunction":"Identity","note":"' + "x" * 5000 + '"}')
    fetch(long, [part_of(synthetic.grid, 0, 0, 5, 5)], transport())
    assert [request.method for request in image_server.requests()] == ["GET"]


FAULTS = [
    ({"kind": "json_error", "code": 500, "message": "Disk is full"}, ServerError, "Disk is full"),
    ({"kind": "html"}, ResponseError, "sent a web page"),
    ({"kind": "empty"}, ResponseError, "sent an empty answer"),
    ({"kind": "status", "status": 404}, ServerError, "404"),
    ({"kind": "size", "columns": 3, "rows": 2}, ResponseError, "3 × 2 pixels where 301 × 201 were asked for"),
    ({"kind": "bands", "count": 3}, ResponseError, "sent 3 bands of the type Int32 where the layer has 1"),
    ({"kind": "pixel_type", "pixel_type": "F32"}, ResponseError, "sent 1 bands of the type Float32 where the layer"),
    ({"kind": "truncate", "fraction": 0.5}, ImageServerLayerError, ""),
    ({"kind": "html", "body": "<html>" + "x" * 3_000_000}, ResponseError, "sent more than"),
]


@pytest.mark.parametrize(("fault", "kind", "words"), FAULTS)
def test_what_goes_wrong_with_one_window_is_an_error_of_that_window(
    image_server: ImageServerProcess, synthetic: LayerSource, fault: dict[str, Any], kind: type[Exception], words: str
) -> None:
    image_server.fault(match="301,201", **fault)
    windows = [part_of(synthetic.grid, 9, 9, columns, 201) for columns in (300, 301, 302)]
    before, wrong, after = fetch(synthetic, windows, transport())
    assert isinstance(wrong, kind)
    assert words in str(wrong)
    for outcome, columns in ((before, 300), (after, 302)):
        assert isinstance(outcome, Pixels)
        np.testing.assert_array_equal(outcome.values, _place(9, 9, columns, 201))


def test_a_picture_in_answer_to_values_is_said_to_be_one(
    image_server: ImageServerProcess, synthetic: LayerSource
) -> None:
    image_server.fault("format", format="png32")
    found = fetch(synthetic, [part_of(synthetic.grid, 0, 0, 5, 5)], transport())
    assert isinstance(found[0], NotValuesError)
    assert len(image_server.requests()) == 1


SIZE_FAULTS: list[dict[str, Any]] = [
    {"kind": "status", "status": 413},
    {"kind": "json_error", "code": 400, "message": "The requested image exceeds the size limit."},
    {"kind": "json_error", "code": 500, "message": "Error exporting image", "details": ["Insufficient memory."]},
    {"kind": "json_error", "code": 400, "message": "", "details": ["The size of requested image is too large."]},
]


@pytest.mark.parametrize("fault", SIZE_FAULTS)
def test_what_is_too_large_comes_by_halves(
    image_server: ImageServerProcess, synthetic: LayerSource, fault: dict[str, Any]
) -> None:
    for size in ("1001,601", "500,601", "501,601"):
        image_server.fault(match=size, **fault)
    whole = part_of(synthetic.grid, 11, 13, 1001, 601)
    small, large = fetch(synthetic, [part_of(synthetic.grid, 0, 0, 9, 9), whole], transport())
    assert isinstance(large, Pixels)
    assert isinstance(small, Pixels)
    np.testing.assert_array_equal(large.values, _place(11, 13, 1001, 601))
    assert large.valid is None
    assert sorted(_sizes(image_server)) == sorted(
        [(9, 9), (1001, 601), (500, 601), (501, 601), (500, 300), (500, 301), (501, 300), (501, 301)]
    )


def test_a_server_that_takes_no_size_is_left_alone_in_the_end(
    image_server: ImageServerProcess, synthetic: LayerSource
) -> None:
    image_server.fault("status", status=413)
    window = part_of(synthetic.grid, 0, 0, 700, 300)
    found = fetch(synthetic, [window], transport())
    assert isinstance(found[0], ServerError)
    assert found[0].code == 413
    assert len(_sizes(image_server)) <= 15
    assert min(min(size) for size in _sizes(image_server)) >= 64


def test_other_errors_are_not_asked_again(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    image_server.fault("json_error", code=400, message="Invalid or missing input parameters.")
    found = fetch(synthetic, [part_of(synthetic.grid, 0, 0, 1000, 1000)], transport())
    assert isinstance(found[0], ServerError)
    assert len(_sizes(image_server)) == 1


def test_a_large_image_that_takes_too_long_is_asked_for_by_halves_once(
    image_server: ImageServerProcess, synthetic: LayerSource
) -> None:
    source = replace(synthetic, access=Access(timeout=1.5))
    image_server.fault("hang", match="900,700")
    (found,) = fetch(source, [part_of(source.grid, 0, 0, 900, 700)], transport(source.access))
    assert isinstance(found, Pixels)
    np.testing.assert_array_equal(found.values, _place(0, 0, 900, 700))
    image_server.reset()
    image_server.fault("hang")
    (found,) = fetch(source, [part_of(source.grid, 0, 0, 900, 700)], transport(source.access))
    assert isinstance(found, RequestTimeoutError)
    assert set(_sizes(image_server)) <= {(900, 700), (450, 700)}
    (found,) = fetch(source, [part_of(source.grid, 0, 0, 90, 70)], transport(source.access))
    assert isinstance(found, RequestTimeoutError)
    assert min(_sizes(image_server)) == (90, 70)


def test_halves_know_where_there_is_no_data(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/FourBandsU8", nodata=(20, 30, 40, 50), nodata_matches_all=True)
    source = replace(source, grid=replace(source.grid, columns=970, rows=610, cell_size=(1.0, 1.0)))
    image_server.fault("status", status=413, match="970,610")
    (found,) = fetch(source, [source.grid], transport())
    assert isinstance(found, Pixels)
    rows, columns = np.mgrid[:610, :970] // 10
    np.testing.assert_array_equal(found.valid, rows + columns + 1 != 20)
    np.testing.assert_array_equal(found.values[2], rows + columns + 21)


def test_pieces_know_where_there_is_no_data(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/FourBandsU8", nodata=(20, 30, 40, 50), nodata_matches_all=True)
    found = view_pixels(replace(source, largest_image=(40, 25)))
    np.testing.assert_array_equal(found.valid, ramps(1)[0] != 20)
    assert len(_sizes(image_server)) == 9


def test_a_large_window_comes_in_strips_and_is_whole(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    found = whole_view(synthetic, part_view(synthetic, 100, 50, 1203, 801))
    np.testing.assert_array_equal(found, _place(100, 50, 1203, 801))
    assert sorted(_sizes(image_server)) == [(1203, 200)] * 3 + [(1203, 201)]


def test_a_strip_that_fails_leaves_a_gap_and_a_sentence(
    image_server: ImageServerProcess, synthetic: LayerSource
) -> None:
    image_server.fault("json_error", match="1203,201", message="Disk is full")
    view = part_view(synthetic, 100, 50, 1203, 801)
    found = view_pixels(synthetic, view)
    assert str(found.error).endswith("Disk is full")
    assert found.valid is not None
    assert found.valid.sum() == 1203 * 600
    expected = _place(100, 50, 1203, 801)[0]
    np.testing.assert_array_equal(found.values[0][found.valid], expected[found.valid])


def test_a_view_whose_order_depends_on_it_is_one_request(image_server: ImageServerProcess) -> None:
    options: dict[str, Any] = {"processing_template": "None", "mosaic_method": MosaicMethod.CENTER}
    source = source_of(image_server, "Olinda/Landsat", Kind.PICTURE, **options)
    view_pixels(source, view_of(source.grid.extent, 1000, 1000))
    assert _sizes(image_server) == [(1000, 1000)]


@pytest.mark.parametrize("kind", Kind)
def test_a_coarser_view_is_what_the_server_resamples(image_server: ImageServerProcess, kind: Kind) -> None:
    options: dict[str, Any] = {"processing_template": "None", "bands": (3, 2, 1)}
    source = source_of(image_server, "Olinda/Landsat", kind, **options)
    view = view_of(source.grid.extent, 131, 97)
    found = whole_view(source, view)
    (request,) = image_server.requests(operation="exportImage")
    query = {key: value for key, value in request.query.items() if key not in ("bbox", "size", "f")}
    expected = exported(image_server, "Olinda/Landsat", source.grid.extent, (131, 97), **query)
    np.testing.assert_array_equal(found, expected)


def test_a_view_beyond_the_layer_asks_for_the_layer_only(image_server: ImageServerProcess) -> None:
    for kind in Kind:
        source = source_of(
            image_server, "Olinda/Landsat", kind, processing_template=ProcessingTemplate("None"), bands=(1, 2, 3)
        )
        found = view_pixels(source, part_view(source, -40, -30, 500, 410))
        assert found.valid is not None
        inside = np.zeros((410, 500), bool)
        inside[30:382, 40:389] = True
        np.testing.assert_array_equal(found.valid, inside)
        drawn = found.values[:3, 30:382, 40:389]
        np.testing.assert_array_equal(drawn, mosaic(NORTH_WEST)[:3])
        assert _sizes(image_server) == [(349, 352)]
        assert not found.values[:, ~inside].any()
        image_server.clear()
        nothing = view_pixels(source, part_view(source, 400, 0, 500, 410))
        assert nothing.valid is not None
        assert not nothing.valid.any()
        assert nothing.values.shape == (len(source.bands), 410, 500)
        assert _sizes(image_server) == []


def test_values_closer_up_are_true_pixels(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    extent = Extent(300_003.0, 9_099_851.0, 300_103.0, 9_099_951.0)
    found = whole_view(synthetic, view_of(extent, 300, 300))
    columns = np.floor((3 + (np.arange(300) + 0.5) / 3) / 10).astype(int)
    rows = np.floor((49 + (np.arange(300) + 0.5) / 3) / 10).astype(int)
    np.testing.assert_array_equal(found[0], 200_000_000 + rows[:, np.newaxis] * 10_000 + columns)
    assert _sizes(image_server) == [(11, 11)]
    image_server.clear()
    assert whole_view(synthetic, view_of(Extent(300_003, 9_099_958, 300_004, 9_099_959), 1, 1)) == 200_040_000


@pytest.mark.parametrize("patch", [{}, {"currentVersion": 10.2}])
@pytest.mark.parametrize("service", ["Test/SyntheticNonSquare", "Test/Synthetic"])
@pytest.mark.parametrize("size", [(800, 604), (333, 250), (1201, 801), (50, 700)])
def test_a_map_of_any_size_is_in_place(
    image_server: ImageServerProcess, service: str, patch: dict[str, Any], size: tuple[int, int]
) -> None:
    """A pixel of a view shows the nearest pixel of the service, or of the squares that an old server draws."""
    image_server.patch(service, patch)
    source = source_of(image_server, service, bands=(2,))
    extent, columns, rows = source.grid.extent, *size
    pixels = whole_view(source, view_of(extent, columns, rows))[0].astype(np.int64) - 200_000_000
    cell_x, cell_y = (0.00064, 0.00048) if "NonSquare" in service else (10.0, 10.0)
    x = (np.arange(columns) + 0.5) * extent.width / columns / cell_x
    y = (np.arange(rows) + 0.5) * extent.height / rows / cell_y
    square = min(extent.width / columns, extent.height / rows)
    room_x, room_y = (square / cell_x / 2, square / cell_y / 2) if patch else (0, 0)
    assert np.abs(pixels % 10_000 + 0.5 - x).max() <= 0.501 + room_x
    assert np.abs(pixels // 10_000 + 0.5 - y[:, np.newaxis]).max() <= 0.501 + room_y


@pytest.mark.parametrize("version", [10.91, 10.2, None])
def test_old_servers_are_exact_at_their_own_cells(image_server: ImageServerProcess, version: float | None) -> None:
    image_server.patch(SYNTHETIC, {"currentVersion": version})
    source = source_of(image_server, SYNTHETIC, bands=(2,))
    np.testing.assert_array_equal(whole_view(source, part_view(source, 70, 90, 701, 333)), _place(70, 90, 701, 333))
    sent = {request.query.get("adjustAspectRatio") for request in image_server.requests("", "exportImage")}
    assert sent == ({"false"} if version == 10.91 else {None})


def test_strips_travel_at_the_same_time(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    image_server.fault("hang")
    # All are asked for before the first is answered.
    meanwhile(lambda: len(image_server.requests(operation="exportImage")) == 4, image_server.release)
    whole_view(synthetic, part_view(synthetic, 0, 0, 800, 600))
    assert len(image_server.requests(operation="exportImage")) == 4


def test_what_is_canceled_is_not_asked(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    feedback = QgsFeedback()
    feedback.cancel()
    with pytest.raises(CanceledError):
        view_pixels(synthetic, feedback=feedback)
    assert image_server.requests() == []


def test_any_view_shows_the_pixels_at_its_centers(image_server: ImageServerProcess, synthetic: LayerSource) -> None:
    """The server draws the nearest pixel, so that every view of every scale is known."""
    dice = random.Random(23)  # noqa: S311
    for _ in range(40):
        columns, rows = dice.randrange(1, 300), dice.randrange(1, 200)
        cell_x, cell_y = dice.choice((0.7, 4, 10, 10, 33, 170)), dice.choice((0.7, 4, 10, 10, 33, 170))
        left, top = dice.uniform(-0.3 * columns * cell_x, 50_010), dice.uniform(-0.3 * rows * cell_y, 37_770)
        extent = Extent(
            300_000 + left, 9_100_000 - top - rows * cell_y, 300_000 + left + columns * cell_x, 9_100_000 - top
        )
        found = view_pixels(synthetic, view_of(extent, columns, rows))
        x = (left + (np.arange(columns) + 0.5) * cell_x) / 10
        y = (top + (np.arange(rows) + 0.5) * cell_y)[:, np.newaxis] / 10
        inside = (x >= 0) & (x < 5001) & (y >= 0) & (y < 3777)
        np.testing.assert_array_equal(inside if found.valid is None else found.valid, inside)
        place = found.values[0].astype(np.int64) - 200_000_000
        assert np.abs(place % 10_000 + 0.5 - x)[inside].max(initial=0) <= 0.5001
        assert np.abs(place // 10_000 + 0.5 - y)[inside].max(initial=0) <= 0.5001
    assert image_server.requests(operation="exportImage")
