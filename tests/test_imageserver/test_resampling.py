"""exportImage in other spatial references than the service's, and by other interpolations than the nearest pixel."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, osr

from image_server_layer.tests.test_imageserver.client import Client, projected

# Test/Synthetic: pixels of 10 m of which the first band reads 1e8 + row × 1e4 + column.
LEFT, TOP, CELL = 300000.0, 9100000.0, 10.0


# Spatial references


@pytest.mark.parametrize(
    ("definition", "reference"),
    [
        ("EPSG:4326", "4326"),
        ("EPSG:3857", "102100"),
        ("EPSG:3857", '{"wkid": 102100, "latestWkid": 3857}'),
        ("EPSG:32725", '{"wkid": 32725}'),
    ],
)
def test_an_image_in_another_reference_shows_the_pixels_at_its_ground_points(
    client: Client, definition: str, reference: str
) -> None:
    x, y = projected("EPSG:31985", definition, np.array([310000.0]), np.array([9090000.0]))
    cell = 1e-4 if definition == "EPSG:4326" else 10.0
    corners = (x[0], y[0] - 40 * cell, x[0] + 50 * cell, y[0])
    pixels = client.pixels("Test/Synthetic", corners, (50, 40), bboxSR=reference, imageSR=reference, bandIds="0")

    columns, rows = np.meshgrid(np.arange(50) + 0.5, np.arange(40) + 0.5)
    ground_x, ground_y = projected(definition, "EPSG:31985", x[0] + columns.ravel() * cell, y[0] - rows.ravel() * cell)
    places = np.stack([(TOP - ground_y) / CELL, (ground_x - LEFT) / CELL])
    truth = 100_000_000 + np.floor(places[0]) * 10_000 + np.floor(places[1])
    # A point right on the edge of two pixels may show either.
    clear = (np.abs(places - np.rint(places)) > 1e-3).all(axis=0)
    assert clear.mean() > 0.99
    assert np.array_equal(pixels[0].ravel()[clear], truth[clear])


def test_a_box_in_another_reference_is_transformed(client: Client) -> None:
    longitude, latitude = projected("EPSG:31985", "EPSG:4326", np.array([302000, 303000]), np.array([9080000, 9081000]))
    extent = client.json(
        "Test/Synthetic",
        "exportImage",
        bbox=f"{longitude[0]},{latitude[0]},{longitude[1]},{latitude[1]}",
        bboxSR="4326",
        size="10,10",
        adjustAspectRatio="false",
    )["extent"]
    # The degrees' box is the smallest around the two corners; its own edges lean against the meters' by some meters.
    expected = {"xmin": 302000, "ymin": 9080000, "xmax": 303000, "ymax": 9081000}
    assert {key: extent[key] for key in expected} == pytest.approx(expected, abs=15)
    assert extent["spatialReference"]["wkid"] == 31985


def test_a_function_is_evaluated_in_the_service_and_then_brought_to_the_image(client: Client) -> None:
    corners = (-34.87, -8.0, -34.86, -7.99)
    asked = {"bboxSR": "4326", "imageSR": "4326"}
    raw = client.pixels("Olinda/Landsat", corners, (60, 60), **asked)
    red = client.pixels("Olinda/Landsat", corners, (60, 60), **asked, renderingRule={"rasterFunction": "NaturalColor"})
    assert np.array_equal(red, raw[[2, 1, 0]])


def test_a_service_known_by_wkt_only_is_asked_by_its_wkt(client: Client) -> None:
    description = client.json("Olinda/Elevation")
    reference, extent = description["spatialReference"], description["extent"]
    assert list(reference) == ["wkt"]
    corners = tuple(extent[key] for key in ("xmin", "ymin", "xmax", "ymax"))
    plain = client.pixels("Olinda/Elevation", corners, (111, 111))
    assert np.array_equal(
        client.pixels("Olinda/Elevation", corners, (111, 111), imageSR=reference, bboxSR=reference), plain
    )


@pytest.mark.parametrize("service", ["Test/EsriCode", "Test/WebMercator"])
def test_esri_codes_place_the_image_on_the_ground(client: Client, service: str) -> None:
    extent = client.json(service)["extent"]
    cell = client.json(service)["pixelSizeX"]
    corners = (extent["xmin"], extent["ymax"] - 20 * cell, extent["xmin"] + 30 * cell, extent["ymax"])
    code = str(extent["spatialReference"]["wkid"])
    image = client.image(service, corners, (30, 20), bboxSR=code, imageSR=code)
    gdal.FileFromMemBuffer("/vsimem/placed.tif", image)
    exported = gdal.Open("/vsimem/placed.tif")
    assert np.array_equal(exported.ReadAsArray(), 100_000_000 + np.arange(20)[:, np.newaxis] * 10_000 + np.arange(30))
    reference = osr.SpatialReference()
    reference.SetFromUserInput({"102629": "ESRI:102629", "102100": "EPSG:3857"}[code])
    assert exported.GetSpatialRef().IsSame(reference)


# Interpolation


@pytest.mark.parametrize("interpolation", ["RSP_BilinearInterpolation", "RSP_CubicConvolution"])
def test_interpolation_of_a_plane_is_the_plane(client: Client, interpolation: str) -> None:
    # Test/Single reads row + column + 1 at pixel centers; both kernels reproduce what is linear.
    corners = (300100.0, 9099700.0, 300100.0 + 40 * 2.5, 9099700.0 + 20 * 2.5)
    pixels = client.pixels("Test/Single", corners, (40, 20), interpolation=interpolation)
    columns = (300100 + (np.arange(40) + 0.5) * 2.5 - 300000) / 10 - 0.5
    rows = (9100000 - (9099750 - (np.arange(20) + 0.5) * 2.5)) / 10 - 0.5
    assert np.allclose(pixels[0], rows[:, np.newaxis] + columns[np.newaxis, :] + 1, rtol=0, atol=1e-4)


def test_the_interpolation_is_the_nearest_pixel_unless_the_service_says_otherwise(client: Client) -> None:
    corners, size = (300100.0, 9099700.0, 300200.0, 9099750.0), (40, 20)
    own = client.pixels("Test/Single", corners, size)
    assert np.array_equal(own, client.pixels("Test/Single", corners, size, interpolation="RSP_BilinearInterpolation"))
    nearest = client.pixels("Test/Single", corners, size, interpolation="RSP_NearestNeighbor")
    assert np.array_equal(nearest[0], np.floor(nearest[0]))
    assert not np.array_equal(own, nearest)


def test_cubic_convolution_weighs_sixteen_pixels(client: Client) -> None:
    # Midway between two pixels the kernel with a = -1/2 weighs -1/16, 9/16, 9/16 and -1/16, each way.
    weights = np.array([-1, 9, 9, -1]) / 16
    xmin, ymax, cell = 288776.25 + 9 * 28.5, 9120760.75 - 20 * 28.5, 28.5
    block = client.pixels("Olinda/Landsat", (xmin, ymax - 4 * cell, xmin + 4 * cell, ymax), (4, 4))
    middle = (xmin + 1.5 * cell, ymax - 2.5 * cell, xmin + 2.5 * cell, ymax - 1.5 * cell)
    pixels = client.pixels("Olinda/Landsat", middle, (1, 1), interpolation="RSP_CubicConvolution")
    truth = np.einsum("brc,r,c->b", block.astype(float), weights, weights)
    assert np.array_equal(pixels[:, 0, 0], np.floor(truth + 0.5))


def test_interpolation_keeps_the_outline_of_the_data(client: Client) -> None:
    extent = client.json("Olinda/Elevation")["extent"]
    corners = tuple(extent[key] for key in ("xmin", "ymin", "xmax", "ymax"))
    nearest = client.pixels("Olinda/Elevation", corners, (333, 333))
    smooth = client.pixels("Olinda/Elevation", corners, (333, 333), interpolation="RSP_BilinearInterpolation")
    assert np.array_equal(smooth == -9999, nearest == -9999)
    assert smooth[smooth != -9999].min() >= -1


def test_majority_takes_the_most_frequent_value(client: Client) -> None:
    # Each pixel of the image covers 2 × 2 classes; where three of them are the same there is no doubt. 0 is no data.
    extent = client.json("PuertoRico/LandCover")["extent"]
    corners = tuple(extent[key] for key in ("xmin", "ymin", "xmax", "ymax"))
    native = client.pixels("PuertoRico/LandCover", corners, (84, 46))[0]
    groups = native.reshape(23, 2, 42, 2).swapaxes(1, 2).reshape(23, 42, 4)
    counts = (groups[..., np.newaxis] == np.arange(256)).sum(axis=2)[..., 1:]
    certain = counts.max(axis=2) >= 3
    pixels = client.pixels("PuertoRico/LandCover", corners, (42, 23), interpolation="RSP_Majority")[0]
    assert certain.sum() > 100
    assert np.array_equal(pixels[certain], counts.argmax(axis=2)[certain] + 1)
