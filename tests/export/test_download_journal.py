"""The list of a folder may come from a stranger: it leads to no place outside, and holds no secrets."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from image_server_layer.plugin.export.download import place_files
from image_server_layer.plugin.export.download_journal import Listed, file_key, listed_file, read_list, write_list
from image_server_layer.plugin.export.local_names import LIST_NAME
from image_server_layer.plugin.service.raster_files import RasterFile

URL = "https://example.org/arcgis/rest/services/Scenes/ImageServer"
FILE = RasterFile("a/scene.tif", 1000, (3, 4))


def entry(**changes: Any) -> dict[str, Any]:
    """Return a file as it stands in a list."""
    key = file_key(URL, FILE.id)
    known = {"path": "b/scene.tif", "bytes": 1000, "raster_ids": [3], "service": URL, "id": FILE.id, "key": key}
    return {**known, **changes}


def listing(folder: Path, *files: Any) -> dict[str, Listed]:
    """Return what is read of a list."""
    (folder / LIST_NAME).write_text(json.dumps({"image_server_layer": 1, "files": list(files)}), encoding="utf-8")
    return read_list(folder)


def test_a_file_lies_where_it_lay_before(tmp_path: Path) -> None:
    assert listing(tmp_path, entry()) == {
        file_key(URL, FILE.id): Listed(file_key(URL, FILE.id), URL, FILE.id, PurePosixPath("b/scene.tif"), (3,), 1000)
    }
    assert [str(one.path) for one in place_files(tmp_path, URL, [FILE])] == ["b/scene.tif"]


@pytest.mark.parametrize(
    "path",
    [
        "../scene.tif",
        "b/../../scene.tif",
        "/etc/scene.tif",
        "//store/share/scene.tif",
        "C:/scene.tif",
        "b\\..\\scene.tif",
        "con.tif",
        "b/./scene.tif",
        "",
        ".",
        LIST_NAME,
        "scene.tif.part",
        "scene.tif.part.json",
        "b\n.tif",
    ],
)
def test_a_place_that_no_download_would_choose_is_none(tmp_path: Path, path: str) -> None:
    assert listing(tmp_path, entry(path=path)) == {}
    assert [str(one.path) for one in place_files(tmp_path, URL, [FILE])] == ["a/scene.tif"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", '{"files": {}}', '{"files": [7, null, []]}', "[" * 50_000, "9" * 5000],
    ids=["empty", "broken", "a list", "a number", "null", "an object", "other things", "deep", "a long number"],
)
def test_what_is_no_list_lists_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / LIST_NAME).write_text(text, encoding="utf-8")
    assert read_list(tmp_path) == {}


@pytest.mark.parametrize("key", ["key", "path", "service", "id"])
@pytest.mark.parametrize("value", [None, 7, ["x"]])
def test_what_is_not_said_in_text_is_left_out(tmp_path: Path, key: str, value: Any) -> None:
    assert listing(tmp_path, entry(**{key: value}), entry(key="another")).keys() == {"another"}


def test_the_list_holds_no_secrets(tmp_path: Path) -> None:
    file = RasterFile("https://images.example.org/a/scene.tif?sig=open-sesame&x=1", None, (1,))
    path = write_list(tmp_path, [listed_file(URL, file, PurePosixPath("a/scene.tif"), 5)])
    assert "open-sesame" not in path.read_text(encoding="utf-8")
    # Though it tells the file from another one.
    other = RasterFile("https://images.example.org/a/scene.tif?sig=other&x=1", None, (1,))
    assert set(read_list(tmp_path)) == {file_key(URL, file.id)} != {file_key(URL, other.id)}
    assert [found.name for found in tmp_path.iterdir()] == [LIST_NAME]
