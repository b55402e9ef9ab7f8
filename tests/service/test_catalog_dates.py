"""The true dates of a service: counted by the server, or read one by one."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service import catalog_dates
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.catalog_dates import lists_dates, read_dates
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.errors import NetworkError, UnsupportedServiceError
from image_server_layer.plugin.service.time_info import CatalogDate, CatalogDates
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.times import milliseconds


def dates(server: ImageServerProcess, name: str) -> CatalogDates:
    """Read the dates; what was asked before is forgotten."""
    client = ImageServiceClient(server.service(name), Transport(Access(timeout=5)))
    service = client.describe()
    server.clear()
    return read_dates(client, service)


def test_the_server_counts_the_dates(image_server: ImageServerProcess) -> None:
    found = dates(image_server, "Test/Yearly")
    expected = [CatalogDate(milliseconds(year), milliseconds(year + 1) - 1, 1) for year in range(2017, 2022)]
    assert found == CatalogDates(tuple(expected))
    assert [request.query["groupByFieldsForStatistics"] for request in image_server.requests()] == ["StartDate,EndDate"]


def test_rasters_of_one_date_are_counted_together(image_server: ImageServerProcess) -> None:
    image_server.patch("Olinda/Landsat", {"timeInfo": {"startTimeField": "best", "timeExtent": None}})
    assert [date.begin for date in dates(image_server, "Olinda/Landsat").dates] == list(range(10, 90, 10))
    image_server.patch("Olinda/Landsat", {"timeInfo": {"startTimeField": "Category", "timeExtent": None}})
    assert dates(image_server, "Olinda/Landsat").dates == (CatalogDate(1, 1, 8),)


def test_many_dates_come_page_by_page_until_there_are_too_many(
    image_server: ImageServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_dates, "MOST_DATES", 2500)
    image_server.patch("Test/BigCatalog", {"timeInfo": {"startTimeField": "AcquisitionDate", "timeExtent": None}})
    found = dates(image_server, "Test/BigCatalog")
    assert [request.query["resultOffset"] for request in image_server.requests()] == ["0", "1000", "2000"]
    assert not found.is_whole
    assert [date.begin for date in found.dates] == [946684800000 + hour * 3600_000 for hour in range(2500)]


def test_where_the_server_cannot_count_the_records_are_read(image_server: ImageServerProcess) -> None:
    body = '{"error":{"code":400,"message":"Statistics are not supported.","details":[]}}'
    image_server.fault("status", match="outStatistics", times=1, status=200, body=body)
    assert [date.count for date in dates(image_server, "Test/Monthly").dates] == [1] * 23


def test_an_answer_without_groups_is_not_believed(image_server: ImageServerProcess) -> None:
    image_server.fault(
        "status", match="outStatistics", times=1, status=200, body='{"features":[{"attributes":{"RasterCount":23}}]}'
    )
    assert len(dates(image_server, "Test/Monthly").dates) == 23


def test_a_server_that_answers_every_page_alike_is_asked_twice(image_server: ImageServerProcess) -> None:
    row = '{"features":[{"attributes":{"STARTDATE":1,"RasterCount":"3"}}],"exceededTransferLimit":true}'
    image_server.fault("status", match="outStatistics", times=9, status=200, body=row)
    assert dates(image_server, "Test/Monthly").dates == (CatalogDate(1, 1, 3),)
    assert len(image_server.requests()) == 2


def test_what_is_no_date_is_left_out(image_server: ImageServerProcess) -> None:
    values = ("null", '"x"', "1e300", "5", "NaN")
    rows = ",".join(f'{{"attributes":{{"StartDate":{value},"RasterCount":1}}}}' for value in values)
    image_server.fault("status", match="outStatistics", times=1, status=200, body=f'{{"features":[{rows}]}}')
    assert dates(image_server, "Test/Monthly").dates == (CatalogDate(5, 5, 1),)


def test_a_lost_connection_is_told(image_server: ImageServerProcess) -> None:
    image_server.fault("drop", match="outStatistics", times=9)
    with pytest.raises(NetworkError):
        dates(image_server, "Test/Monthly")


def test_a_service_without_dates_says_so(image_server: ImageServerProcess) -> None:
    client = ImageServiceClient(image_server.service("Test/BigCatalog"), Transport(Access()))
    service = client.describe()
    assert not lists_dates(service)
    with pytest.raises(UnsupportedServiceError, match="does not say when its rasters are of"):
        read_dates(client, service)
