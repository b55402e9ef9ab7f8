"""The catalog of a mosaic, asked as services answer it and as older ones do."""

from __future__ import annotations

import json

import pytest

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.catalog import Catalog, CatalogRaster, Page
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.errors import ResponseError, ServerError, UnsupportedServiceError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess


def catalog_of(server: ImageServerProcess, name: str) -> Catalog:
    """Return the catalog of a service; what was asked so far is forgotten."""
    client = ImageServiceClient(server.service(name), Transport(Access()))
    catalog = Catalog(client, client.describe())
    server.clear()
    return catalog


@pytest.fixture
def landsat(image_server: ImageServerProcess) -> Catalog:
    return catalog_of(image_server, "Olinda/Landsat")


@pytest.fixture
def big(image_server: ImageServerProcess) -> Catalog:
    return catalog_of(image_server, "Test/BigCatalog")


def ids(page: Page) -> list[int]:
    return [raster.id for raster in page.rasters]


@pytest.mark.parametrize("name", ["Olinda/Elevation", "Test/Version93", "Test/Single"])
def test_a_single_raster_has_no_catalog(image_server: ImageServerProcess, name: str) -> None:
    with pytest.raises(UnsupportedServiceError) as caught:
        catalog_of(image_server, name)
    assert str(caught.value).endswith("has no catalog of rasters to look into.")


@pytest.mark.parametrize(
    ("where", "count"), [("", 8), ("CloudCover < 10", 3), ("Name = 'Recife'", 2), ("OBJECTID > 100", 0)]
)
def test_rasters_are_counted(image_server: ImageServerProcess, landsat: Catalog, where: str, count: int) -> None:
    assert landsat.count(where) == count
    assert len(image_server.requests()) == 1


def test_rasters_are_counted_by_their_ids_where_the_server_cannot_count(
    image_server: ImageServerProcess, landsat: Catalog
) -> None:
    image_server.fault("status", match="returnCountOnly", times=1, status=200, body='{"features":[]}')
    assert landsat.count("Name = 'Recife'") == 2


def test_a_bad_where_clause_is_told_in_the_servers_words(landsat: Catalog) -> None:
    with pytest.raises(ServerError) as caught:
        landsat.count("Clouds < 10")
    assert caught.value.code == 400
    assert "Clouds" in caught.value.words


def test_ids_are_checked(image_server: ImageServerProcess, landsat: Catalog) -> None:
    assert landsat.existing_ids([3, 99, 1, 3]) == {1, 3}
    assert landsat.existing_ids([99]) == set()
    assert len(image_server.requests()) == 2


def test_nothing_is_asked_about_no_ids_and_no_names(image_server: ImageServerProcess, landsat: Catalog) -> None:
    assert landsat.existing_ids([]) == set()
    assert landsat.ids_named([]) == {}
    assert image_server.requests() == []


def test_many_ids_are_asked_for_in_parts(image_server: ImageServerProcess, big: Catalog) -> None:
    wanted = range(99_876, 100_126)
    assert big.existing_ids(wanted) == set(range(99_876, 100_001))
    assert len(image_server.requests()) == 3


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("LE07_214065_NW", (1,)),
        ("LE07; path 214: row 65", (2,)),
        ("Jaboatão dos Guararapes", (3,)),
        ("20010805", (5,)),
        ("Recife", (7, 8)),
        ("recife", ()),
        ("Rec", ()),
        ("Rec%", ()),
        ("O'Brien", ()),
        ("' OR 1=1 --", ()),
    ],
)
def test_names_lead_to_the_ids_of_all_rasters_that_bear_them(
    landsat: Catalog, name: str, found: tuple[int, ...]
) -> None:
    assert landsat.ids_named([name]) == {name: found}


def test_several_names_are_asked_for_at_once(image_server: ImageServerProcess, landsat: Catalog) -> None:
    names = ["Recife", "Nowhere", "20010805", "Recife"]
    assert landsat.ids_named(names) == {"Recife": (7, 8), "Nowhere": (), "20010805": (5,)}
    assert len(image_server.requests()) == 1


def test_many_names_are_asked_for_in_parts(image_server: ImageServerProcess, big: Catalog) -> None:
    names = [f"tile_{number:06d}" for number in range(1, 251)]
    assert big.ids_named(names) == {name: (number,) for number, name in enumerate(names, start=1)}
    assert len(image_server.requests()) == 3


def test_a_name_that_more_rasters_bear_than_fit_into_an_answer_leads_to_all_of_them(
    image_server: ImageServerProcess, landsat: Catalog
) -> None:
    for first in (1, 1001, 2001):
        numbers = range(first, min(first + 1000, 2501))
        rows = [{"attributes": {"OBJECTID": number, "Name": "Recife"}} for number in numbers]
        body = json.dumps({"features": rows, "exceededTransferLimit": first < 2001})
        image_server.fault("status", match=f"resultOffset={first - 1}&", status=200, body=body)
    assert landsat.ids_named(["Recife"]) == {"Recife": tuple(range(1, 2501))}


def test_the_case_of_names_counts_where_the_database_does_not_care(
    image_server: ImageServerProcess, landsat: Catalog
) -> None:
    rows = [{"attributes": {"OBJECTID": 1, "Name": "recife"}}, {"attributes": {"OBJECTID": 2, "Name": "Recife"}}]
    image_server.fault("status", match="/query", status=200, body=json.dumps({"features": rows}))
    assert landsat.ids_named(["Recife"]) == {"Recife": (2,)}


def test_fields_in_another_case_than_described_are_found(image_server: ImageServerProcess, landsat: Catalog) -> None:
    rows = [{"attributes": {"objectid": 5, "NAME": "Recife"}}]
    image_server.fault("status", match="/query", status=200, body=json.dumps({"features": rows}))
    assert landsat.ids_named(["Recife"]) == {"Recife": (5,)}


def test_blanks_belong_to_a_name(image_server: ImageServerProcess, landsat: Catalog) -> None:
    rows = [{"attributes": {"OBJECTID": 1, "Name": "Recife "}}, {"attributes": {"OBJECTID": 2, "Name": "Recife"}}]
    image_server.fault("status", match="/query", status=200, body=json.dumps({"features": rows}))
    assert landsat.ids_named(["Recife "]) == {"Recife ": (1,)}


def test_a_catalog_without_names_says_so(image_server: ImageServerProcess) -> None:
    fields = [{"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"}]
    image_server.patch("Olinda/Landsat", {"fields": fields})
    catalog = catalog_of(image_server, "Olinda/Landsat")
    with pytest.raises(UnsupportedServiceError, match="have no names: give raster ids"):
        catalog.ids_named(["Recife"])


def test_a_raster_has_its_record_and_the_box_of_its_footprint(landsat: Catalog) -> None:
    page = landsat.rasters("OBJECTID = 7")
    assert not page.has_more
    (raster,) = page.rasters
    assert (raster.id, raster.name) == (7, "Recife")
    assert raster.attributes["CloudCover"] == 60.0
    assert raster.attributes["AcquisitionDate"] == 944052044000
    assert raster.footprint == Extent(290771.25, 9113350.75, 296756.25, 9118195.75)


def test_rasters_come_in_order(landsat: Catalog) -> None:
    assert ids(landsat.rasters()) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert ids(landsat.rasters(order="Best DESC")) == [3, 5, 1, 8, 6, 7, 2, 4]


def test_rasters_within_an_extent_are_found(landsat: Catalog) -> None:
    upper_left = Extent(288776.25, 9120732.25, 288804.75, 9120760.75)
    assert ids(landsat.rasters(extent=upper_left)) == [1]
    assert ids(landsat.rasters(extent=Extent(0, 0, 1, 1))) == []


def test_rasters_come_in_pages(landsat: Catalog) -> None:
    pages = [landsat.rasters(offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [ids(page) for page in pages] == [[1, 2, 3], [4, 5, 6], [7, 8]]
    assert [page.has_more for page in pages] == [True, True, False]


def test_a_page_deep_in_a_large_catalog_costs_a_request_of_its_own_size(
    image_server: ImageServerProcess, big: Catalog
) -> None:
    page = big.rasters(offset=99_990, limit=20)
    assert ids(page) == list(range(99_991, 100_001))
    assert not page.has_more
    assert sum(request.size for request in image_server.requests()) < 50_000


def test_a_server_that_sends_more_than_was_asked_for_is_cut_short(
    image_server: ImageServerProcess, landsat: Catalog
) -> None:
    image_server.fault("status", match="/query", status=200, body=all_rows())
    page = landsat.rasters(limit=3)
    assert (ids(page), page.has_more) == ([1, 2, 3], True)


def test_a_server_that_knows_no_pages_is_asked_by_ids(image_server: ImageServerProcess, landsat: Catalog) -> None:
    image_server.fault("status", match="resultOffset", status=200, body=all_rows())
    pages = [landsat.rasters(order="Best DESC", offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [set(ids(page)) for page in pages[1:]] == [{4, 5, 6}, {7, 8}]
    assert [page.has_more for page in pages] == [True, True, False]


def test_a_server_that_answers_with_the_same_page_for_ever_is_asked_a_few_times(
    image_server: ImageServerProcess, landsat: Catalog
) -> None:
    row = json.loads(all_rows())["features"][0]
    body = json.dumps({"objectIdFieldName": "OBJECTID", "features": [row], "exceededTransferLimit": True})
    image_server.fault("status", match="/query", status=200, body=body)
    assert [raster.id for page in landsat.pages() for raster in page] == [1]
    assert len(image_server.requests()) < 10


def all_rows() -> str:
    """Return what a server before 10.3 answers, whatever page was asked for."""
    rows = [{"attributes": {"OBJECTID": number, "Name": f"Raster {number}"}} for number in range(1, 9)]
    return json.dumps({"objectIdFieldName": "OBJECTID", "features": rows})


@pytest.mark.parametrize(
    ("geometry", "footprint"),
    [
        ({"rings": [[[0, 0], [0, 2], [3, 2], [0, 0]], [[5, 1], [6, 1], [6, 4], [5, 1]]]}, Extent(0, 0, 6, 4)),
        ({"rings": [[[0, 0, 100], [2, 3, 100]]]}, Extent(0, 0, 2, 3)),
        ({"rings": [[[0, "NaN"], [None, 1]]]}, None),
        ({"rings": []}, None),
        ({}, None),
        (None, None),
    ],
)
def test_footprints_may_be_missing(
    image_server: ImageServerProcess, landsat: Catalog, geometry: object, footprint: Extent | None
) -> None:
    rows = [{"attributes": {"OBJECTID": 1, "Name": None}, "geometry": geometry}]
    image_server.fault("status", match="/query", status=200, body=json.dumps({"features": rows}))
    (raster,) = landsat.rasters().rasters
    assert raster == CatalogRaster(1, "", {"OBJECTID": 1, "Name": None}, footprint)


@pytest.mark.parametrize("id_field", ["objectid", "ObjectId"])
def test_attributes_bear_the_names_that_the_description_gives_the_fields(
    image_server: ImageServerProcess, id_field: str
) -> None:
    fields = [
        {"name": "objectid", "type": "esriFieldTypeOID"},
        {"name": "name", "type": "esriFieldTypeString"},
        {"name": "cloudCover", "type": "esriFieldTypeDouble"},
    ]
    image_server.patch("Olinda/Landsat", {"fields": fields, "objectIdField": id_field})
    catalog = catalog_of(image_server, "Olinda/Landsat")
    row = {"OBJECTID": 7, "Name": "Recife", "CLOUDCOVER": 12.5, "Shape_Area": 3}
    body = json.dumps({"objectIdFieldName": "OBJECTID", "features": [{"attributes": row}]})
    image_server.fault("status", match="/query", status=200, body=body)
    attributes = {"objectid": 7, "name": "Recife", "cloudCover": 12.5, "Shape_Area": 3}
    assert catalog.rasters().rasters == (CatalogRaster(7, "Recife", attributes),)


@pytest.mark.parametrize("body", ["{}", '{"features": null}', '{"objectIds": [1]}'])
def test_an_answer_without_rasters_is_refused(image_server: ImageServerProcess, landsat: Catalog, body: str) -> None:
    image_server.fault("status", match="/query", status=200, body=body)
    with pytest.raises(ResponseError, match="instead of a list of rasters"):
        landsat.rasters()
