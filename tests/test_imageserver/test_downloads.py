"""The server lists the files of its rasters, and sends them whole or from a byte on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from osgeo import gdal

from image_server_layer.tests.imageserver.downloads import FILE_IDS, SHARED_ID, download, source_rasters
from image_server_layer.tests.imageserver.errors import ServiceError
from image_server_layer.tests.imageserver.landsat import landsat
from image_server_layer.tests.imageserver.parameters import Parameters
from image_server_layer.tests.test_imageserver.client import Client, decoded

SOURCES = "Test/SourceRasters"
FILES = source_rasters().source_files


def test_files_are_listed_with_their_sizes_and_rasters(client: Client) -> None:
    files = client.json(SOURCES, "download", rasterIds="2,7", f="json")["rasterFiles"]
    assert files == [
        {"id": name, "size": len(FILES[name].content), "rasterIds": ids}
        for name, ids in ((FILE_IDS[1], [2]), (FILE_IDS[6], [7]), (SHARED_ID, [2]))
    ]


def test_a_file_holds_the_pixels_of_its_raster(client: Client) -> None:
    answer = client.get(SOURCES, "file", id=FILE_IDS[7], rasterId="8")
    assert answer.content == FILES[FILE_IDS[7]].content
    pixels = decoded(answer.content)
    catalog = landsat().catalog
    assert catalog is not None
    grid = catalog.item(7).raster.grid
    assert pixels.shape == (6, grid.rows, grid.columns)
    gdal.FileFromMemBuffer("/vsimem/source.tif", answer.content)
    dataset = gdal.Open("/vsimem/source.tif")
    assert dataset.GetGeoTransform() == (grid.xmin, 28.5, 0.0, grid.ymax, 0.0, -28.5)
    dataset = None
    gdal.Unlink("/vsimem/source.tif")


def test_the_rest_of_a_file_comes_as_long_as_it_is_the_same(client: Client) -> None:
    url, parameters = f"{client.server.service(SOURCES)}/file", {"id": FILE_IDS[6], "rasterId": "7"}
    content = FILES[FILE_IDS[6]].content
    whole = client.session.get(url, params=parameters, timeout=30)
    tag = whole.headers["ETag"]
    rest = client.session.get(url, params=parameters, headers={"Range": "bytes=100-", "If-Range": tag}, timeout=30)
    assert (rest.status_code, rest.content) == (206, content[100:])
    assert rest.headers["Content-Range"] == f"bytes 100-{len(content) - 1}/{len(content)}"
    other = client.session.get(url, params=parameters, headers={"Range": "bytes=100-", "If-Range": '"x"'}, timeout=30)
    assert (other.status_code, other.content) == (200, content)
    beyond = client.session.get(url, params=parameters, headers={"Range": f"bytes={len(content)}-"}, timeout=30)
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "said"),
    [
        (SOURCES, "download", {"rasterIds": "1,2,3,4"}, "exceeds the limit of 3"),
        (SOURCES, "download", {"rasterIds": "99"}, "The raster 99 does not exist."),
        (SOURCES, "download", {}, "'rasterIds' is missing"),
        (SOURCES, "file", {"id": "none.tif", "rasterId": "1"}, "File not found."),
        ("Olinda/Landsat", "download", {"rasterIds": "1"}, "not supported by this service"),
        ("Olinda/Landsat", "file", {"id": "a", "rasterId": "1"}, "not supported by this service"),
    ],
    ids=["too many", "no raster", "none", "no file", "not allowed", "file not allowed"],
)
def test_what_is_refused_is_an_error_of_arcgis(
    client: Client, service: str, operation: str, parameters: dict[str, str], said: str
) -> None:
    error = client.json(service, operation, f="json", **parameters)["error"]
    assert said in " ".join([error["message"], *error["details"]])


def test_too_much_at_once_is_refused() -> None:
    service = replace(source_rasters(), max_download_image_count=20, max_download_size_limit=1)
    with pytest.raises(ServiceError, match="exceed the size limit"):
        download(service, Parameters({"rasterIds": "1,2,3,4,5,6,7,8"}))
    assert download(service, Parameters({"rasterIds": "1,2,3"}))
