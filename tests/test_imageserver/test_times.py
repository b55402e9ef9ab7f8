"""Services that know times: what they say of them, and what `time` selects."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.imageserver.times import MISSING_MONTH, milliseconds, month_value
from image_server_layer.tests.test_imageserver.client import Client

BOX, SIZE = (300000.0, 9099390.0, 300970.0, 9100000.0), (97, 61)
DAY = 86_400_000


def shown(client: Client, service: str, **parameters: object) -> set[int]:
    """The values of the image that is drawn; 0 where nothing is."""
    return set(np.unique(client.pixels(service, BOX, SIZE, **parameters)).tolist())


def test_a_description_tells_field_and_extent(client: Client) -> None:
    assert client.json("Olinda/Landsat")["timeInfo"] == {
        "startTimeField": "AcquisitionDate",
        "endTimeField": None,
        "timeExtent": [934375267000, 1035722170000],  # 1999-08-11 12:41:07 and 2002-10-27 12:36:10
        "timeReference": None,
    }
    assert client.json("Test/Yearly")["timeInfo"]["timeExtent"] == [milliseconds(2017), milliseconds(2022) - 1]
    assert "timeInfo" not in client.json("Olinda/Elevation")


@pytest.mark.parametrize(
    ("time", "value"),
    [
        ("", month_value(2021, 12)),
        (str(milliseconds(2020, 3)), month_value(2020, 3)),
        (f"{milliseconds(2020, 3)},{milliseconds(2020, 4) - 1}", month_value(2020, 3)),
        (f"null,{milliseconds(2020, 5)}", month_value(2020, 5)),
        (f"{milliseconds(2021, 12)},null", month_value(2021, 12)),
        (f"{milliseconds(*MISSING_MONTH)},{milliseconds(2020, 8) - 1}", 0),
        (str(milliseconds(2020, 3) + 1), 0),
    ],
)
def test_an_image_is_of_the_time_that_is_asked_for(client: Client, time: str, value: int) -> None:
    assert shown(client, "Test/Monthly", time=time) == {value}


@pytest.mark.parametrize(
    ("time", "value"),
    [
        (milliseconds(2018, 6, 1), 18),
        (milliseconds(2019) - 1, 18),
        (milliseconds(2019), 19),
        (milliseconds(2016), 0),
    ],
)
def test_a_raster_that_lasts_is_of_every_moment_until_it_ends(client: Client, time: int, value: int) -> None:
    assert shown(client, "Test/Yearly", time=str(time)) == {value}


@pytest.mark.parametrize("time", ["yesterday", "1,2,3", "null"])
def test_what_is_no_time_is_refused(client: Client, time: str) -> None:
    code, words = client.error("Test/Monthly", time=time, bbox="0,0,1,1")
    assert (code, words) == (
        400,
        "Invalid or missing input parameters. Parameter 'time' must be one or two times in milliseconds.",
    )


def test_a_service_without_times_takes_no_notice(client: Client) -> None:
    assert shown(client, "Test/U8", time="0") == shown(client, "Test/U8")


def test_identify_samples_statistics_and_query_know_the_time(client: Client) -> None:
    point = {"geometry": {"x": 300005.0, "y": 9099995.0}, "geometryType": "esriGeometryPoint"}
    march = {"time": str(milliseconds(2020, 3))}
    found = client.json("Test/Monthly", "identify", **point, **march)
    assert found["value"] == "3"
    assert [item["attributes"]["Name"] for item in found["catalogItems"]["features"]] == ["2020-03"]
    samples = client.json("Test/Monthly", "getSamples", **point, **march)["samples"]
    assert [sample["value"] for sample in samples] == ["3"]
    box = dict(zip(("xmin", "ymin", "xmax", "ymax"), BOX))
    statistics = client.json(
        "Test/Monthly", "computeStatisticsHistograms", geometry=box, geometryType="esriGeometryEnvelope", **march
    )["statistics"]
    assert [(band["min"], band["max"]) for band in statistics] == [(3, 3)]
    assert client.json("Test/Monthly", "query", returnCountOnly="true", **march) == {"count": 1}


def test_dates_are_counted_in_pages(client: Client) -> None:
    statistic = [{"statisticType": "count", "onStatisticField": "OBJECTID", "outStatisticFieldName": "N"}]
    given: dict[str, Any] = {
        "outStatistics": statistic,
        "groupByFieldsForStatistics": "Name",
        "orderByFields": "Name DESC",
    }
    answer = client.json("Olinda/Landsat", "query", **given, resultRecordCount="2")
    assert answer["exceededTransferLimit"] is True
    first = [feature["attributes"] for feature in answer["features"]]
    assert first == [{"Name": "Recife", "N": 2}, {"Name": "LE07_214065_SW", "N": 1}]
    rest = client.json("Olinda/Landsat", "query", **given, resultOffset="2")
    assert "exceededTransferLimit" not in rest
    assert len(rest["features"]) == 5
