"""*Download source rasters* brings the files of a mosaic home, byte by byte, and says first how large they are."""

from __future__ import annotations

import errno
import json
import shutil
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    NULL,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRectangle,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.export.local_names import LIST_NAME
from image_server_layer.tests.imageserver.downloads import MEDIUM, MEDIUM_SIZE, PATTERN, SHARED_ID, source_rasters
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.processing.running import CATALOG, DOWNLOAD, Log, new_context, run
from image_server_layer.tests.truth import landsat_extent

if TYPE_CHECKING:
    from image_server_layer.tests.credentials import Store
    from image_server_layer.tests.imageserver.process import ImageServerProcess

SOURCES = "Test/SourceRasters"
FILES = source_rasters().source_files
Usage = namedtuple("Usage", "total used free")

#: Where the files of the server come to lie.
PLACES = {
    r".\Landsat\1999\LE07_214065_NW.tif": "Landsat/1999/LE07_214065_NW.tif",
    r".\Landsat\1999\LE07_214065_NW.tif.aux.xml": "Landsat/1999/LE07_214065_NW.tif.aux.xml",
    r".\Landsat\1999\LE07_214065_NW.tif.ovr": "Landsat/1999/LE07_214065_NW.tif.ovr",
    r".\Landsat\1999\LE07_214065_NW.tfw": "Landsat/1999/LE07_214065_NW.tfw",
    r".\Landsat\2000\LE07; path 214: row 65.tif": "Landsat/2000/LE07; path 214_ row 65.tif",
    r"D:\archive\Jaboatão dos Guararapes\scene.tif": "archive/Jaboatão dos Guararapes/scene.tif",
    "../../../etc/LE07_214065_SW.tif": "etc/LE07_214065_SW.tif",
    "https://images.example.org/20010805.tif": "20010805.tif",
    r"\\store\share\Scene.tif": "store/share/Scene.tif",
    r"\\store\share\Scene.tif.aux.xml": "store/share/Scene.tif.aux.xml",
    r"\\store\share\Scene.tif.ovr": "store/share/Scene.tif.ovr",
    r"\\store\share\Scene.tfw": "store/share/Scene.tfw",
    "con.tif": "_con.tif",
    r"\\store\share\scene.tif": "store/share/scene_2.tif",
    r"\\store\share\scene.tif.aux.xml": "store/share/scene_2.tif.aux.xml",
    r"\\store\share\scene.tif.ovr": "store/share/scene_2.tif.ovr",
    r"\\store\share\scene.tfw": "store/share/scene_2.tfw",
    SHARED_ID: "Landsat/2000/calibration.txt",
}


def there(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but the list."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != LIST_NAME)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def wire(server: ImageServerProcess, operation: str) -> list[dict[str, str]]:
    return [request.query for request in server.requests(operation=operation)]


def downloaded(server: ImageServerProcess, folder: Path, log: Log | None = None, **given: Any) -> dict[str, Any]:
    return run(DOWNLOAD, log, IN_IMAGE_SERVICE=server.service(SOURCES), OUTPUT=str(folder), **given)


def test_all_files_come_byte_by_byte_to_safe_places(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    outputs = downloaded(image_server, tmp_path, log)
    assert there(tmp_path) == {PLACES[name]: file.content for name, file in FILES.items()}
    size = sum(len(file.content) for file in FILES.values())
    assert (outputs["COUNT"], outputs["BYTES"], outputs["FAILED"]) == (18, size, "")
    assert [Path(path).name for path in outputs["RASTERS"]] == [
        "LE07_214065_NW.tif",
        "LE07; path 214_ row 65.tif",
        "scene.tif",
        "LE07_214065_SW.tif",
        "20010805.tif",
        "Scene.tif",
        "_con.tif",
        "scene_2.tif",
    ]
    asked = sorted(wire(image_server, "download"), key=lambda query: query["rasterIds"])
    assert asked == [{"rasterIds": ids, "f": "json"} for ids in ("1,2,3", "4,5,6", "7,8")]
    assert sorted(one["id"] for one in wire(image_server, "file")) == sorted(FILES)
    # Told before anything is asked for.
    assert log.infos[0].startswith("18 files of 8 rasters: ")
    assert f"  {SHARED_ID}: 10 bytes" in log.infos
    assert not (tmp_path.parent / "etc").exists()
    listed = {file["id"]: file for file in json.loads((tmp_path / LIST_NAME).read_text("utf-8"))["files"]}
    shared = listed[SHARED_ID]
    assert (shared["path"], shared["bytes"], shared["raster_ids"]) == (PLACES[SHARED_ID], 10, [2, 6])


def test_a_second_run_asks_for_what_is_missing_only(image_server: ImageServerProcess, tmp_path: Path) -> None:
    downloaded(image_server, tmp_path)
    (tmp_path / PLACES["con.tif"]).unlink()
    (tmp_path / PLACES[r"\\store\share\scene.tif"]).unlink()
    image_server.clear()
    log = Log()
    # In another selection, files lie where they lay before.
    downloaded(image_server, tmp_path, log, LOCK_RASTERID="8;7;6")
    assert sorted(one["id"] for one in wire(image_server, "file")) == [r"\\store\share\scene.tif", "con.tif"]
    assert there(tmp_path) == {PLACES[name]: file.content for name, file in FILES.items()}
    assert log.infos[11:13] == ["8 files are there already.", "10 files are whole."]


def test_sizes_are_told_without_a_download(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    outputs = downloaded(image_server, tmp_path / "new", log, ONLY_SIZES=True, TABLE="memory:", LOCK_RASTERID="2;6")
    sizes = {name: len(FILES[name].content) for name in FILES if set(FILES[name].raster_ids) & {2, 6}}
    assert (outputs["COUNT"], outputs["BYTES"]) == (6, sum(sizes.values()))
    rows = {(row["raster_id"], row["file_id"]): (row["bytes"], row["path"]) for row in outputs["TABLE"].getFeatures()}
    assert len(rows) == 7
    assert rows[2, SHARED_ID] == rows[6, SHARED_ID] == (10, NULL)
    assert wire(image_server, "file") == []
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({"WHERE_CLAUSE": "CloudCover < 10"}, "2,4,5"),
        ({"TEMPLATE": QgsRectangle(*landsat_extent(0, 0, 60, 60))}, "1"),
        ({"LOCK_RASTERID": "Recife"}, "7,8"),
        ({"LOCK_RASTERID": "4;1", "WHERE_CLAUSE": "CloudCover > 1"}, "1"),
    ],
    ids=["where", "extent", "list", "both"],
)
def test_options_say_which(image_server: ImageServerProcess, tmp_path: Path, given: dict[str, Any], ids: str) -> None:
    downloaded(image_server, tmp_path, ONLY_SIZES=True, **given)
    assert [query["rasterIds"] for query in wire(image_server, "download")] == [ids]


def test_a_layer_says_which_by_its_lock(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service(SOURCES), lock_rasterid="3;5")
    image_server.clear()
    outputs = run(DOWNLOAD, INPUT=layer, OUTPUT=str(tmp_path), TABLE="memory:")
    assert wire(image_server, "download") == [{"rasterIds": "3,5", "f": "json"}]
    rows = [(row["raster_id"], row["path"], row["bytes"]) for row in outputs["TABLE"].getFeatures()]
    expected = [(3, r"D:\archive\Jaboatão dos Guararapes\scene.tif"), (5, "https://images.example.org/20010805.tif")]
    assert rows == [(number, str(tmp_path / PLACES[name]), len(FILES[name].content)) for number, name in expected]


def test_selected_footprints_say_which(image_server: ImageServerProcess, project: QgsProject, tmp_path: Path) -> None:
    footprints = run(CATALOG, IN_IMAGE_SERVICE=image_server.service(SOURCES), OUTPUT="memory:")["OUTPUT"]
    project.addMapLayer(footprints)
    footprints.selectByExpression("OBJECTID IN (4, 7)")
    selected = QgsProcessingFeatureSourceDefinition(footprints.id(), True)
    image_server.clear()
    # With the service too, as they do not know it in every way of running it.
    run(DOWNLOAD, IN_IMAGE_SERVICE=image_server.service(SOURCES), FOOTPRINTS=selected, OUTPUT=str(tmp_path))
    assert wire(image_server, "download") == [{"rasterIds": "4,7", "f": "json"}]
    footprints.removeSelection()
    with pytest.raises(QgsProcessingException, match="There is no raster to download: select some"):
        run(DOWNLOAD, IN_IMAGE_SERVICE=image_server.service(SOURCES), FOOTPRINTS=selected, OUTPUT=str(tmp_path))


@pytest.mark.parametrize(
    ("service", "given", "said"),
    [
        ("Olinda/Landsat", {}, "“Olinda/Landsat” does not allow downloads of its source rasters"),
        ("Test/Single", {}, "has no catalog of rasters"),
        (SOURCES, {"WHERE_CLAUSE": "Best > 40", "LOCK_RASTERID": "2;4"}, "There is no raster to download"),
        (SOURCES, {"LARGEST_SIZE": 0.0001}, "more than 104"),
        (SOURCES, {"OUTPUT": ""}, "Choose the folder"),
    ],
    ids=["not allowed", "no catalog", "none", "too much", "no folder"],
)
def test_what_cannot_be_downloaded_gets_a_sentence(
    image_server: ImageServerProcess, tmp_path: Path, service: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(QgsProcessingException, match=said):
        run(DOWNLOAD, **{"IN_IMAGE_SERVICE": image_server.service(service), "OUTPUT": str(tmp_path), **given})
    assert wire(image_server, "file") == []


def test_a_batch_that_is_too_much_is_asked_for_by_halves(image_server: ImageServerProcess, tmp_path: Path) -> None:
    image_server.patch(SOURCES, {"maxDownloadImageCount": 100})
    outputs = downloaded(image_server, tmp_path, ONLY_SIZES=True)
    assert outputs["COUNT"] == 18
    asked = [query["rasterIds"] for query in wire(image_server, "download")]
    assert asked[0] == "1,2,3,4,5,6,7,8"
    assert sorted(asked[1:3]) == ["1,2,3,4", "5,6,7,8"]
    assert sorted(asked[3:]) == ["1,2", "3,4", "5,6", "7,8"]


def test_a_raster_without_files_is_told_of_and_the_others_come(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    image_server.fault("json_error", match="rasterIds=1%2C2%2C3", message="Raster is gone", code=400)
    image_server.fault("json_error", match="rasterIds=1&", message="Raster is gone", code=400)
    log = Log()
    assert downloaded(image_server, tmp_path, log, LOCK_RASTERID="1;2;3")["COUNT"] == 3
    assert "There are no files of raster 1: Raster is gone" in log.warnings


@pytest.mark.parametrize(
    ("fault", "arguments", "said"),
    [
        ("status", {"status": 404}, "con.tif: the server no longer has this file"),
        ("json_error", {"code": 404, "message": "File not found."}, "con.tif: the server no longer has this file"),
        ("html", {}, "instead of a file"),
        ("status", {"status": 503}, "is unavailable"),
        ("truncate", {"fraction": 0.001}, "cut the connection"),
    ],
    ids=["404", "an error of ArcGIS", "a web page", "503", "cut each time"],
)
def test_a_file_that_fails_does_not_lose_the_others(
    image_server: ImageServerProcess, tmp_path: Path, fault: str, arguments: dict[str, Any], said: str
) -> None:
    image_server.fault(fault, match="con.tif", **arguments)
    log = Log()
    outputs = downloaded(image_server, tmp_path, log, LOCK_RASTERID="5;7")
    assert list(there(tmp_path)) == ["20010805.tif"]
    assert said in outputs["FAILED"]
    assert outputs["FAILED"] in log.errors[0]
    assert outputs["COUNT"] == 1
    image_server.reset()
    assert downloaded(image_server, tmp_path, LOCK_RASTERID="5;7")["FAILED"] == ""
    assert [one["id"] for one in wire(image_server, "file")] == ["con.tif"]


def test_a_dead_server_is_not_asked_for_each_file(image_server: ImageServerProcess, tmp_path: Path) -> None:
    image_server.fault("status", match="/file?", status=500)
    log = Log()
    with pytest.raises(QgsProcessingException):
        downloaded(image_server, tmp_path, log)
    # Five in a row, and those that were under way beside the last of them.
    assert 5 <= len(wire(image_server, "file")) <= 8
    assert there(tmp_path) == {}
    # What there is not any more says nothing of the others.
    image_server.reset()
    image_server.fault("status", match="/file?", status=404)
    with pytest.raises(QgsProcessingException):
        downloaded(image_server, tmp_path)
    assert len(wire(image_server, "file")) == len(FILES)


def test_a_wrong_size_is_no_whole_file(image_server: ImageServerProcess, tmp_path: Path) -> None:
    image_server.fault("file_size", match="download", difference=3)
    with pytest.raises(QgsProcessingException, match="bytes and sends"):
        downloaded(image_server, tmp_path, LOCK_RASTERID="7")
    assert there(tmp_path) == {}


def test_cancel_leaves_no_half_file_and_is_gone_on_with(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    log.progressChanged.connect(lambda percent: log.cancel() if percent > 5 else None)
    large = {"IN_IMAGE_SERVICE": image_server.service("Test/LargeFile"), "OUTPUT": str(tmp_path), "LOCK_RASTERID": "2"}
    assert run(DOWNLOAD, log, **large) == {}
    assert sorted(there(tmp_path)) == [f"{MEDIUM}.part", f"{MEDIUM}.part.json"]
    begun = (tmp_path / f"{MEDIUM}.part").stat().st_size
    assert 2 * 2**20 < begun < 30 * 2**20
    image_server.clear()
    assert run(DOWNLOAD, Log(), **large)["COUNT"] == 1
    (request,) = image_server.requests(operation="file")
    assert request.headers["range"] == f"bytes={begun}-"
    assert sorted(there(tmp_path)) == [MEDIUM]
    assert (tmp_path / MEDIUM).read_bytes() == PATTERN * (MEDIUM_SIZE // 2**20)


def test_other_peoples_files_are_left_alone(image_server: ImageServerProcess, tmp_path: Path) -> None:
    (tmp_path / "20010805.tif").write_bytes(b"mine")
    downloaded(image_server, tmp_path, LOCK_RASTERID="5")
    assert (tmp_path / "20010805.tif").read_bytes() == b"mine"
    assert (tmp_path / "20010805_2.tif").read_bytes() == FILES["https://images.example.org/20010805.tif"].content
    (tmp_path / "20010805_2.tif").write_bytes(b"changed by me")
    # As QGIS does with the statistics beside a raster.
    downloaded(image_server, tmp_path, LOCK_RASTERID="5")
    downloaded(image_server, tmp_path, LOCK_RASTERID="5")
    assert (tmp_path / "20010805_2.tif").read_bytes() == b"changed by me"
    image_server.fault("file_size", match="download", difference=3)
    with pytest.raises(QgsProcessingException, match="is another file, or was changed"):
        downloaded(image_server, tmp_path, LOCK_RASTERID="5")
    assert (tmp_path / "20010805_2.tif").read_bytes() == b"changed by me"


def test_a_folder_that_is_none_and_a_full_disk_get_a_sentence(
    image_server: ImageServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(QgsProcessingException, match="cannot be written into"):
        downloaded(image_server, tmp_path / "file")
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: Usage(10, 10, 2**20))
        with pytest.raises(QgsProcessingException, match="make room, or choose another disk"):
            downloaded(image_server, tmp_path / "new")
    assert wire(image_server, "file") == []

    def full(_self: object, _piece: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    opened = Path.open

    class Full:
        def __init__(self, file: Any) -> None:
            self._file = file

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

        write = full

    def open_full(path: Path, mode: str = "r", *given: Any, **more: Any) -> Any:
        file = opened(path, mode, *given, **more)
        return Full(file) if path.name.endswith(".part") else file

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(QgsProcessingException, match="is full: make room, and run the download again"):
        downloaded(image_server, tmp_path / "new")


def test_credentials_open_a_secured_service(image_server: ImageServerProcess, tmp_path: Path, stored: Store) -> None:
    authcfg = stored("EsriToken", {"token": TOKEN})
    service = image_server.service("Test/SecuredSourceRasters")
    run(DOWNLOAD, IN_IMAGE_SERVICE=service, AUTHCFG=authcfg, LOCK_RASTERID="7", OUTPUT=str(tmp_path))
    assert there(tmp_path) == {"_con.tif": FILES["con.tif"].content}
    assert TOKEN not in (tmp_path / LIST_NAME).read_text("utf-8")


def test_a_temporary_folder_is_one_too(image_server: ImageServerProcess) -> None:
    service = image_server.service(SOURCES)
    outputs = run(DOWNLOAD, IN_IMAGE_SERVICE=service, LOCK_RASTERID="7", OUTPUT="TEMPORARY_OUTPUT")
    assert there(Path(outputs["OUTPUT"])) == {"_con.tif": FILES["con.tif"].content}


def test_rasters_are_opened_and_nothing_that_stands_beside_them(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    import processing

    context: QgsProcessingContext = new_context()
    parameters = {
        "IN_IMAGE_SERVICE": image_server.service(SOURCES),
        "LOCK_RASTERID": "1",
        "OUTPUT": str(tmp_path),
        "OPEN": True,
    }
    processing.run(DOWNLOAD, parameters, context=context, feedback=Log())
    opened = {Path(path).name: details.name for path, details in context.layersToLoadOnCompletion().items()}
    assert opened == {"LE07_214065_NW.tif": "LE07_214065_NW"}
