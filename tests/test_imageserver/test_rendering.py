"""Rendering rules through exportImage: chains, seams between blocks, clips, and the first published function."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.test_imageserver.client import Array, Client, projected

XMIN, YMAX, CELL = 288776.25, 9120760.75, 28.5


def box(left: int, top: int, columns: int, rows: int) -> tuple[float, float, float, float]:
    """The box of so many pixels of Olinda/Landsat."""
    return (XMIN + left * CELL, YMAX - (top + rows) * CELL, XMIN + (left + columns) * CELL, YMAX - top * CELL)


def landsat(client: Client, left: int, top: int, columns: int, rows: int, **parameters: object) -> Array:
    return client.pixels("Olinda/Landsat", box(left, top, columns, rows), (columns, rows), **parameters)


def function(name: str, **arguments: Any) -> dict[str, Any]:
    return {"rasterFunction": name, "rasterFunctionArguments": arguments}


def test_a_chain_of_functions_is_evaluated_from_the_inside_out(client: Client) -> None:
    raw = landsat(client, 0, 0, 100, 100).astype(float)
    index = ((raw[3] - raw[2]) / (raw[3] + raw[2]) * 100 + 100).astype(np.float32)
    truth = np.select([index < 100, index < 130], [1, 2], 3)
    chain = function(
        "Remap",
        Raster=function("BandArithmetic", Method=0, BandIndexes="(B4 - B3) / (B4 + B3) * 100 + 100"),
        InputRanges=[0, 100, 100, 130, 130, 201],
        OutputValues=[1, 2, 3],
    )
    assert np.array_equal(landsat(client, 0, 0, 100, 100, renderingRule=chain)[0], truth)
    assert np.array_equal(np.unique(truth), [1, 2, 3])


def test_mosaic_rule_and_rendering_rule_and_bands_work_together(client: Client) -> None:
    lock = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [5]}
    raw = landsat(client, 150, 200, 60, 60, mosaicRule=lock)
    rule = function("ExtractBand", BandIDs=[5, 3, 2])
    pixels = landsat(client, 150, 200, 60, 60, mosaicRule=lock, renderingRule=rule, bandIds="2,0")
    assert np.array_equal(pixels, raw[[2, 5]])


@pytest.mark.parametrize("name", ["Hillshade", "Slope"])
def test_blocks_of_a_function_that_looks_at_neighbors_have_no_seam(client: Client, name: str) -> None:
    # The rasters 3 and 8 meet at row 200, where the two blocks meet as well.
    rule = {
        "mosaicRule": {"mosaicMethod": "esriMosaicNone", "where": "OBJECTID IN (3, 8)"},
        "renderingRule": function(name),
    }
    whole = landsat(client, 240, 150, 60, 100, **rule)
    upper, lower = landsat(client, 240, 150, 60, 50, **rule), landsat(client, 240, 200, 60, 50, **rule)
    assert np.array_equal(np.concatenate([upper, lower], axis=1), whole)


def test_a_clip_in_another_reference_keeps_what_is_inside(client: Client) -> None:
    x, y = projected(
        "EPSG:31985",
        "EPSG:4326",
        np.array([XMIN + 50 * CELL, XMIN + 90 * CELL]),
        np.array([YMAX - 80 * CELL, YMAX - 20 * CELL]),
    )
    corners = {"xmin": x[0], "ymin": y[0], "xmax": x[1], "ymax": y[1], "spatialReference": {"wkid": 4326}}
    raw = landsat(client, 0, 0, 150, 100)
    pixels = landsat(client, 0, 0, 150, 100, renderingRule=function("Clip", ClippingGeometry=corners))
    inside = (pixels != 0).all(axis=0)
    assert np.array_equal(pixels[:, inside], raw[:, inside])
    # The box in degrees leans against the grid in meters by less than a pixel here.
    assert inside[21:79, 51:89].all()
    assert not inside[:19].any()
    assert not inside[:, 91:].any()
    outside = landsat(client, 0, 0, 150, 100, renderingRule=function("Clip", ClippingGeometry=corners, ClippingType=2))
    assert np.array_equal((outside == 0).all(axis=0), inside)


def test_without_a_rule_the_first_published_function_is_applied(client: Client) -> None:
    extent = client.json("Olinda/ElevationDefault")["extent"]
    corners = tuple(extent[key] for key in ("xmin", "ymin", "xmax", "ymax"))

    def pixels(service: str, **parameters: object) -> Array:
        return client.pixels(service, corners, (111, 111), **parameters)

    shaded = pixels("Olinda/ElevationDefault")
    assert shaded.dtype == np.uint8
    assert np.array_equal(shaded, pixels("Olinda/Elevation", renderingRule={"rasterFunction": "Hillshade"}))
    raw = pixels("Olinda/ElevationDefault", renderingRule={"rasterFunction": "None"})
    lowest = np.finfo(np.float32).min
    assert np.array_equal(np.where(raw == lowest, -9999, raw), pixels("Olinda/Elevation"))
    assert (raw[0, :10, 101:] == lowest).all()


def test_names_of_functions_come_through_whatever_they_hold(client: Client) -> None:
    names = [info["name"] for info in client.json("Olinda/Landsat")["rasterFunctionInfos"]]
    name = next(name for name in names if "&" in name)
    pixels = landsat(client, 0, 0, 50, 50, renderingRule={"rasterFunction": name})
    assert np.array_equal(pixels[0], np.where(landsat(client, 0, 0, 50, 50)[4] < 30, 1, 2))


def test_the_output_pixel_type_of_a_rule_is_kept(client: Client) -> None:
    rule = {**function("BandArithmetic", Method=0, BandIndexes="B1 - B2 * 2"), "outputPixelType": "S16"}
    raw = landsat(client, 0, 0, 40, 40).astype(int)
    pixels = landsat(client, 0, 0, 40, 40, renderingRule=rule)
    assert pixels.dtype == np.int16
    assert np.array_equal(pixels[0], raw[0] - 2 * raw[1])


def test_many_requests_at_once_are_all_answered_right(client: Client) -> None:
    places = [(left, top) for left in (0, 80, 160, 240) for top in (0, 80, 160, 240)]
    whole = landsat(client, 0, 0, 349, 352, renderingRule=function("ExtractBand", BandIDs=[2, 1, 0]))

    def block(place: tuple[int, int]) -> Array:
        own = Client(client.server)
        with own.session:
            return landsat(own, *place, 100, 100, renderingRule={"rasterFunction": "NaturalColor"}, compression="LZ77")

    with ThreadPoolExecutor(8) as pool:
        for (left, top), pixels in zip(places, pool.map(block, places)):
            assert np.array_equal(pixels, whole[:, top : top + 100, left : left + 100])
