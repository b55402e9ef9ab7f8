"""Large answers are read without Python looking through all of QGIS for garbage, which it does as before afterwards."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator

import pytest

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.catalog import Catalog
from image_server_layer.plugin.service.catalog_dates import read_dates
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.json_values import load
from image_server_layer.plugin.service.no_collection import NO_COLLECTION
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.garbage import THRESHOLD, searches, searching
from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.fixture(autouse=True)
def _as_in_qgis() -> Iterator[None]:
    with searching():
        yield


def client_of(server: ImageServerProcess, name: str) -> ImageServiceClient:
    return ImageServiceClient(server.service(name), Transport(Access()))


def test_that_many_objects_make_python_search() -> None:
    assert searches(lambda: [[] for _ in range(10 * THRESHOLD)]) >= 9


def test_short_json_of_many_lists_is_read_without_a_search() -> None:
    content = json.dumps([[number] for number in range(10 * THRESHOLD)]).encode()
    # One when all is read.
    assert searches(lambda: load(content)) <= 1


def test_a_page_of_rasters_is_read_without_a_search(image_server: ImageServerProcess) -> None:
    client = client_of(image_server, "Test/BigCatalog")
    catalog = Catalog(client, client.describe())
    # Each raster has an outline, a box and attributes, and so has what is read.
    assert searches(lambda: catalog.rasters(limit=1000)) <= 3


def test_dates_are_read_without_a_search(image_server: ImageServerProcess) -> None:
    groups = [{"attributes": {"StartDate": number * 86_400_000, "RasterCount": 1}} for number in range(9000)]
    client = client_of(image_server, "Test/Monthly")
    service = client.describe()
    image_server.fault("status", match="groupBy", status=200, body=json.dumps({"features": groups}))
    assert searches(lambda: read_dates(client, service)) <= 6


def test_an_answer_that_is_kept_is_read_without_a_search(image_server: ImageServerProcess) -> None:
    rows = [{"attributes": {"Value": number, "ClassName": "Forest"}} for number in range(5000)]
    client = client_of(image_server, "Test/Yearly")
    image_server.fault("status", match="rasterAttributeTable", status=200, body=json.dumps({"features": rows}))
    assert searches(client.attribute_table) <= 3


def test_python_searches_again_afterwards() -> None:
    with NO_COLLECTION:
        assert not gc.isenabled()
    assert gc.isenabled()


def test_who_has_switched_the_search_off_wants_it_so() -> None:
    gc.disable()
    with NO_COLLECTION:
        pass
    assert not gc.isenabled()


def test_python_does_not_search_as_long_as_anybody_reads() -> None:
    with NO_COLLECTION:
        # Another thread begins and ends meanwhile.
        load(b"[1,2]")
        assert not gc.isenabled()
        with pytest.raises(ZeroDivisionError), NO_COLLECTION:
            raise ZeroDivisionError
        assert not gc.isenabled()
    assert gc.isenabled()
