"""The catalog: query with filters, pages, order and statistics, and single rasters."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.tests.test_imageserver.client import Client

XMIN, YMAX, CELL = 288776.25, 9120760.75, 28.5


def ids(client: Client, **parameters: object) -> list[int]:
    answer = client.json("Olinda/Landsat", "query", returnIdsOnly="true", **parameters)
    assert answer["objectIdFieldName"] == "OBJECTID"
    return list(answer["objectIds"])


def values(client: Client, field: str, **parameters: object) -> list[Any]:
    answer = client.json("Olinda/Landsat", "query", outFields=field, returnGeometry="false", **parameters)
    return [feature["attributes"][field] for feature in answer["features"]]


def test_a_record_says_everything_about_a_raster(client: Client) -> None:
    answer = client.json("Olinda/Landsat", "query", objectIds="2", outFields="*")
    assert answer["features"] == [
        {
            "attributes": {
                "OBJECTID": 2,
                "Name": "LE07; path 214: row 65",
                "MinPS": 0.0,
                "MaxPS": 28500.0,
                "LowPS": 28.5,
                "HighPS": 285.0,
                "Category": 1,
                "Tag": "Multispectral",
                "GroupName": "LE07_2000",
                "ProductName": "Level1",
                "CenterX": XMIN + 185 * CELL,
                "CenterY": YMAX - 100 * CELL,
                "ZOrder": None,
                "SOrder": 2,
                "CloudCover": 3.25,
                "Best": 20,
                "AcquisitionDate": 957875995000,  # 2000-05-09 12:39:55 UTC
            },
            "geometry": {
                "rings": [
                    [
                        [XMIN + 110 * CELL, YMAX],
                        [XMIN + 260 * CELL, YMAX],
                        [XMIN + 260 * CELL, YMAX - 200 * CELL],
                        [XMIN + 110 * CELL, YMAX - 200 * CELL],
                        [XMIN + 110 * CELL, YMAX],
                    ]
                ]
            },
        }
    ]
    assert answer["geometryType"] == "esriGeometryPolygon"
    assert answer["spatialReference"] == {"wkid": 31985, "latestWkid": 31985}
    assert [field["name"] for field in answer["fields"]] == list(answer["features"][0]["attributes"])


def test_names_are_as_awkward_as_real_ones(client: Client) -> None:
    names = values(client, "Name")
    assert "LE07; path 214: row 65" in names
    assert "Jaboatão dos Guararapes" in names
    assert "20010805" in names
    assert names.count("Recife") == 2


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"where": "1=1"}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"where": "Name = 'Recife'"}, [7, 8]),
        ({"where": "AcquisitionDate < TIMESTAMP '2000-05-09 12:39:56'"}, [1, 2, 7]),
        ({"objectIds": "8,3,77"}, [3, 8]),
        ({"objectIds": "8", "where": "Name = 'none'"}, [8]),
        ({"geometry": f"{XMIN + 1},{YMAX - 100},{XMIN + 100},{YMAX - 1}"}, [1]),
        ({"geometry": f"{XMIN + 175 * CELL},{YMAX - 175 * CELL}", "geometryType": "esriGeometryPoint"}, [2, 5, 7]),
        (
            {
                "geometry": {"x": -34.845, "y": -8.035, "spatialReference": {"wkid": 4326}},
                "geometryType": "esriGeometryPoint",
            },
            [6, 8],
        ),
        (
            {
                "geometry": {"xmin": -34.9151, "ymin": -7.9504, "xmax": -34.9145, "ymax": -7.9501},
                "inSR": "4326",
                "where": "Best > 0",
            },
            [1],
        ),
    ],
)
def test_filters_select_rasters(client: Client, filters: dict[str, Any], expected: list[int]) -> None:
    assert ids(client, **filters) == expected
    assert client.json("Olinda/Landsat", "query", returnCountOnly="true", **filters) == {"count": len(expected)}
    assert values(client, "OBJECTID", **filters) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("Best", [4, 2, 7, 6, 8, 1, 5, 3]),
        ("best DESC", [3, 5, 1, 8, 6, 7, 2, 4]),
        ("CloudCover", [8, 4, 2, 5, 1, 6, 3, 7]),
        ("Name DESC, Best", [7, 8, 4, 6, 1, 2, 3, 5]),
    ],
)
def test_features_are_ordered_by_fields(client: Client, order: str, expected: list[int]) -> None:
    assert values(client, "OBJECTID", orderByFields=order) == expected


def test_footprints_come_in_the_reference_asked_for_or_not_at_all(client: Client) -> None:
    feature = client.json("Olinda/Landsat", "query", objectIds="1", outSR="4326")["features"][0]
    assert feature["geometry"]["rings"][0][0] == pytest.approx([-34.91617, -7.94982], abs=1e-4)
    answer = client.json("Olinda/Landsat", "query", objectIds="1", returnGeometry="false")
    assert "geometry" not in answer["features"][0]


def test_the_id_is_the_only_field_unless_more_are_asked_for(client: Client) -> None:
    assert client.json("Olinda/Landsat", "query", objectIds="1")["features"][0]["attributes"] == {"OBJECTID": 1}
    answer = client.json("Olinda/Landsat", "query", objectIds="1", outFields="name,BEST")
    assert answer["features"][0]["attributes"] == {"Name": "LE07_214065_NW", "Best": 60}


def test_pages_follow_each_other_until_the_limit_is_no_longer_exceeded(client: Client) -> None:
    found: list[int] = []
    exceeded = []
    for offset in range(0, 9, 3):
        answer = client.json("Olinda/Landsat", "query", resultOffset=str(offset), resultRecordCount="3")
        found += [feature["attributes"]["OBJECTID"] for feature in answer["features"]]
        exceeded.append(answer.get("exceededTransferLimit", False))
    assert found == [1, 2, 3, 4, 5, 6, 7, 8]
    assert exceeded == [True, True, False]


def test_a_hundred_thousand_rasters_come_in_pages_of_a_thousand(client: Client) -> None:
    client.json("Test/BigCatalog")  # the first request builds the service
    answer = client.json("Test/BigCatalog", "query", resultOffset="99500", resultRecordCount="5000", outFields="*")
    first = client.json("Test/BigCatalog", "query", where="1=1", outFields="Name")
    count = client.json("Test/BigCatalog", "query", returnCountOnly="true")
    assert [feature["attributes"]["OBJECTID"] for feature in answer["features"]] == list(range(99501, 100001))
    assert "exceededTransferLimit" not in answer
    assert (len(first["features"]), first["exceededTransferLimit"]) == (1000, True)
    assert first["features"][41]["attributes"] == {"Name": "tile_000042"}
    assert count == {"count": 100000}


def test_ids_know_no_limit(client: Client) -> None:
    answer = client.json("Test/BigCatalog", "query", where="CloudCover < 50", returnIdsOnly="true")
    assert answer["objectIds"] == [number for number in range(1, 100001) if (number - 1) % 1000 < 500]


def test_distinct_values_and_statistics(client: Client) -> None:
    answer = client.json("Olinda/Landsat", "query", outFields="GroupName", returnDistinctValues="true")
    groups = [feature["attributes"]["GroupName"] for feature in answer["features"]]
    assert groups == ["LE07_1999", "LE07_2000", "LE07_2001", "LE07_2002"]

    wanted = [
        {"statisticType": "min", "onStatisticField": "CloudCover", "outStatisticFieldName": "least"},
        {"statisticType": "max", "onStatisticField": "CloudCover", "outStatisticFieldName": "greatest"},
        {"statisticType": "avg", "onStatisticField": "Best", "outStatisticFieldName": "mean"},
        {"statisticType": "count", "onStatisticField": "CloudCover"},
    ]
    answer = client.json("Olinda/Landsat", "query", outStatistics=wanted)
    statistics = {"least": 0.0, "greatest": 60.0, "mean": 45.0, "count_CloudCover": 7}
    assert answer["features"] == [{"attributes": statistics}]


@pytest.mark.parametrize(
    ("service", "parameters", "words"),
    [
        ("Olinda/Landsat", {"where": "Clouds = 1"}, "Invalid where clause"),
        ("Olinda/Landsat", {"where": "Name = 'x"}, "Invalid where clause"),
        ("Olinda/Landsat", {"outFields": "Clouds"}, "the field 'Clouds' does not exist"),
        ("Olinda/Landsat", {"orderByFields": "Best UP"}, "'orderByFields'"),
        ("Olinda/Landsat", {"objectIds": "one"}, "'objectIds'"),
        ("Olinda/Landsat", {"geometry": "1,2"}, "'geometry'"),
        ("Olinda/Landsat", {"geometry": "1,2", "geometryType": "esriGeometryPolyline"}, "'geometryType'"),
        ("Olinda/Landsat", {"resultOffset": "-1"}, "must not be negative"),
        ("Test/Single", {"where": "1=1"}, "the image service has no catalog"),
    ],
)
def test_a_query_that_cannot_be_done_is_refused_in_words(
    client: Client, service: str, parameters: dict[str, str], words: str
) -> None:
    code, text = client.error(service, "query", **parameters)
    assert (code, words in text) == (400, True)


def test_a_single_raster_of_the_mosaic_has_a_resource_of_its_own(client: Client) -> None:
    raster = client.json("Olinda/Landsat", "7")
    assert (raster["attributes"]["Name"], len(raster["geometry"]["rings"][0])) == ("Recife", 5)
    assert client.error("Olinda/Landsat", "12") == (400, "The raster 12 does not exist.")
