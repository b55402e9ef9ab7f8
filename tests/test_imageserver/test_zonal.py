"""computeStatisticsHistograms and computeHistograms: what is in an area, counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.test_imageserver.client import Client
from image_server_layer.tests.truth import NORTH_WEST, elevation, land_cover, landsat_extent, mosaic

BY_CORNER = {"mosaicMethod": "esriMosaicNorthwest"}


def box(left: int, top: int, columns: int, rows: int) -> dict[str, float]:
    return dict(zip(("xmin", "ymin", "xmax", "ymax"), landsat_extent(left, top, columns, rows)))


def computed(client: Client, service: str, geometry: dict[str, Any], **parameters: object) -> Any:
    kind = "esriGeometryPolygon" if "rings" in geometry else "esriGeometryEnvelope"
    return client.json(service, "computeStatisticsHistograms", geometry=geometry, geometryType=kind, **parameters)


def test_an_envelope_has_the_pixels_whose_centers_it_holds(client: Client) -> None:
    answer = computed(client, "Olinda/Landsat", box(90, 30, 80, 50), mosaicRule=BY_CORNER)
    truth = mosaic(NORTH_WEST)[:, 30:80, 90:170].reshape(6, -1)
    assert len(answer["statistics"]) == 6
    for told, histogram, values in zip(answer["statistics"], answer["histograms"], truth):
        assert (told["min"], told["max"], told["count"]) == (values.min(), values.max(), 4000)
        assert told["mean"] == pytest.approx(values.mean(dtype=float))
        assert told["standardDeviation"] == pytest.approx(values.std(dtype=float))
        assert told["median"] == np.median(values)
        assert (histogram["min"], histogram["max"], histogram["size"]) == (-0.5, 255.5, 256)
        assert histogram["counts"] == np.bincount(values, minlength=256).tolist()


def test_a_polygon_leaves_out_its_hole(client: Client) -> None:
    outer, hole = landsat_extent(10, 10, 20, 20), landsat_extent(15, 15, 5, 5)
    rings = [
        [(xmin, ymax), (xmax, ymax), (xmax, ymin), (xmin, ymin), (xmin, ymax)]
        for xmin, ymin, xmax, ymax in (outer, hole)
    ]
    answer = computed(client, "Olinda/Landsat", {"rings": rings}, mosaicRule=BY_CORNER)
    kept = np.ones((20, 20), bool)
    kept[5:10, 5:10] = False
    values = mosaic(NORTH_WEST)[0, 10:30, 10:30][kept]
    assert (answer["statistics"][0]["count"], answer["statistics"][0]["max"]) == (375, values.max())


def test_a_function_changes_what_is_counted(client: Client) -> None:
    answer = computed(client, "Olinda/Landsat", box(0, 0, 50, 50), renderingRule={"rasterFunction": "NDVI"})
    (told,) = answer["statistics"]
    assert -1 <= told["min"] < told["max"] <= 1
    assert answer["histograms"][0]["size"] == 256


def test_no_data_does_not_count_and_nothing_has_no_statistics(client: Client) -> None:
    described = client.json("Olinda/Elevation")
    extent, cell = described["extent"], described["pixelSizeX"]
    area = {
        "xmin": extent["xmin"] + 96 * cell,
        "xmax": extent["xmin"] + 106 * cell,
        "ymin": extent["ymax"] - 10 * cell,
        "ymax": extent["ymax"],
    }
    values = elevation()[0, :10, 96:106]
    told = computed(client, "Olinda/Elevation", area)["statistics"][0]
    assert told["count"] == int((values != -9999).sum()) == 50
    area = {"xmin": 0, "ymin": 0, "xmax": 10, "ymax": 10}
    assert computed(client, "Olinda/Elevation", area) == {"statistics": [], "histograms": []}


def test_histograms_alone(client: Client) -> None:
    extent = {name: value for name, value in client.json("PuertoRico/LandCover")["extent"].items() if name[0] in "xy"}
    answer = client.json(
        "PuertoRico/LandCover", "computeHistograms", geometry=extent, geometryType="esriGeometryEnvelope"
    )
    truth = land_cover()[0]
    known = np.bincount(truth[truth != 0], minlength=256)
    assert list(answer) == ["histograms"]
    assert answer["histograms"][0]["counts"][1:] == known.tolist()[1:]


def test_larger_pixels_are_fewer_and_too_many_are_refused(client: Client) -> None:
    answer = computed(client, "Olinda/Landsat", box(0, 0, 40, 40), pixelSize="57,57")
    assert answer["statistics"][0]["count"] == 400
    answer = computed(client, "Olinda/Landsat", box(0, 0, 349, 352), pixelSize="0.5")
    assert answer["error"] == {"code": 400, "message": "The requested image exceeds the size limit.", "details": []}


def test_what_is_no_area_is_refused(client: Client) -> None:
    assert computed(client, "Olinda/Landsat", {"rings": [["a"]]})["error"]["code"] == 400
