"""What `download` answers, and what a service says of it."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.errors import ResponseError
from image_server_layer.plugin.service.raster_files import (
    RasterFile,
    batch_size,
    download_problem,
    file_parameters,
    parse_raster_files,
)
from image_server_layer.tests.service.root_documents import MOSAIC, described

URL = "https://example.org/arcgis/rest/services/Scenes/ImageServer"


def test_files_are_read_with_what_is_not_known_left_open() -> None:
    body = {
        "rasterFiles": [
            {"id": r".\a.tif", "size": 1000, "rasterIds": [3]},
            {"id": "a.tfw", "size": "12", "rasterIds": ["3", 4]},
            {"id": "made.tif", "size": 0, "rasterIds": [4]},
            {"id": "other.tif", "size": 5, "rasterIds": [99]},
        ]
    }
    files = parse_raster_files(body, (3, 4), URL)
    assert files == (
        RasterFile(r".\a.tif", 1000, (3,)),
        RasterFile("a.tfw", 12, (3, 4)),
        RasterFile("made.tif", None, (4,)),
    )
    assert file_parameters(files[1]) == {"id": "a.tfw", "rasterId": "3"}


@pytest.mark.parametrize(
    "body",
    [{}, {"rasterFiles": {}}, {"rasterFiles": [{"size": 1, "rasterIds": [1]}]}, {"rasterFiles": [{"id": "a"}]}],
    ids=["no list", "an object", "no name", "no rasters"],
)
def test_what_is_no_list_of_files_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ResponseError, match="instead of a list of files"):
        parse_raster_files(body, (1,), URL)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"capabilities": "Image,Catalog,Download"}, ""),
        ({"capabilities": "image,catalog,download"}, ""),
        ({"capabilities": "Image,Catalog"}, "does not allow downloads of its source rasters"),
        ({"capabilities": "Image,Download"}, "has no catalog of rasters"),
    ],
    ids=["allowed", "small letters", "not allowed", "closed catalog"],
)
def test_a_service_says_whether_its_rasters_can_be_downloaded(changes: dict[str, Any], problem: str) -> None:
    said = download_problem(described(changes, MOSAIC))
    assert problem in said
    assert bool(said) == bool(problem)


@pytest.mark.parametrize(("told", "size"), [(7, 7), (0, 20), (..., 20), ("5", 5)], ids=str)
def test_a_batch_is_as_large_as_the_service_says(told: Any, size: int) -> None:
    assert batch_size(described({"maxDownloadImageCount": told}, MOSAIC)) == size
