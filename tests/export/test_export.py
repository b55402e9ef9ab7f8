"""An export holds the service's own pixels, whatever the server and the network do, and goes on after a break."""

from __future__ import annotations

import json
import resource
import shutil
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.plugin.export import export as export_module
from image_server_layer.plugin.export import export_size
from image_server_layer.plugin.export.export import MissingTilesError
from image_server_layer.plugin.export.job import FileFormat
from image_server_layer.plugin.export.target_file import NoSpaceError
from image_server_layer.plugin.service.errors import AuthenticationError, CanceledError, FileError, OptionError
from image_server_layer.plugin.service.pace import AdaptivePace
from image_server_layer.plugin.service.preferences import requests_at_a_time
from image_server_layer.tests.backend.engine import source_of
from image_server_layer.tests.export.exports import (
    COLUMNS,
    ROWS,
    TILES,
    Stop,
    exported,
    files_in,
    noted_in,
    pixels_of,
    refusal,
    synthetic_source,
    synthetic_truth,
)
from image_server_layer.tests.processing.running import Log

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


Usage = namedtuple("Usage", "total used free")


def images(server: ImageServerProcess) -> list[str]:
    """Return the boxes of the images that the server was asked for, each once."""
    return sorted({request.query["bbox"] for request in server.requests(operation="exportImage")})


def test_the_file_is_the_service(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path, log = synthetic_source(image_server), tmp_path / "scene.tif", Log()
    result = exported(source, path, log)
    assert (result.tiles, result.kept, result.missing) == (TILES, 0, ())
    assert len(images(image_server)) == TILES
    assert log.progress() == 100
    truth, data = synthetic_truth(), gdal.Open(str(path))
    np.testing.assert_array_equal(data.ReadAsArray(), truth)
    assert data.GetGeoTransform() == (307000.0, 10.0, 0.0, 9097000.0, 0.0, -10.0)
    assert data.GetSpatialRef().GetAuthorityCode(None) == "31985"
    bands = [data.GetRasterBand(number) for number in (1, 2)]
    assert [band.GetDescription() for band in bands] == ["Band_1", "Band_2"]
    for band, values in zip(bands, truth):
        expected = values.min(), values.max(), values.mean(), values.std()
        np.testing.assert_allclose(band.GetStatistics(False, False), expected, rtol=1e-9)
    assert data.GetMetadata() == {
        "AREA_OR_POINT": "Area",
        "IMAGE_SERVER_LAYER_SERVICE": source.service_url,
        "IMAGE_SERVER_LAYER_KIND": "values",
        "IMAGE_SERVER_LAYER_OPTIONS": '{"bands":[1,2],"v":1}',
    }
    assert data.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE"
    assert files_in(tmp_path) == ["scene.tif"]


def test_failures_and_cut_connections_change_no_pixel(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    image_server.fault("status", every=10, status=503)
    image_server.fault("reset", every=7)
    image_server.fault("drop", every=9)
    image_server.fault("truncate", every=8)
    assert exported(source, path).missing == ()
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())
    assert len(image_server.requests(operation="exportImage")) > TILES


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_less_gets_half_as_much_at_once(
    image_server: ImageServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    source, path, limits = synthetic_source(image_server), tmp_path / "scene.tif", list[int]()

    class Watched(AdaptivePace):
        def answered(self, status: int, seconds: float, size: int) -> None:
            super().answered(status, seconds, size)
            limits.append(self.limit)

    monkeypatch.setattr(export_module, "AdaptivePace", Watched)
    image_server.fault("status", times=1, after=4, status=status, headers={"Retry-After": "0"})
    assert exported(source, path).missing == ()
    assert min(limits) == requests_at_a_time() // 2
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())
    assert len(image_server.requests(operation="exportImage")) == TILES + 1


def test_what_is_too_much_at_once_comes_by_halves(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    image_server.fault("json_error", times=3, message="The requested image exceeds the size limit.")
    exported(source, path)
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())
    assert len(images(image_server)) == TILES + 3 * 2


def test_a_canceled_export_leaves_no_file_and_is_gone_on_with(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    with pytest.raises(CanceledError):
        exported(source, path, Stop(40))
    assert files_in(tmp_path) == ["scene.tif.journal", "scene.tif.part"]
    noted = noted_in(tmp_path)
    assert 8 <= noted < TILES
    image_server.clear()
    log = Log()
    result = exported(source, path, log)
    assert (result.tiles, result.kept) == (TILES, noted)
    assert len(images(image_server)) == TILES - noted
    assert f"{noted} tiles are there already." in log.infos
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())
    data = gdal.Open(str(path))
    np.testing.assert_allclose(data.GetRasterBand(1).GetStatistics(False, False)[2], synthetic_truth()[0].mean())
    assert files_in(tmp_path) == ["scene.tif"]


def test_a_tile_that_was_spoiled_meanwhile_is_asked_for_again(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    with pytest.raises(CanceledError):
        exported(source, path, Stop(50))
    part = gdal.Open(str(tmp_path / "scene.tif.part"), gdal.GA_Update)
    number = json.loads((tmp_path / "scene.tif.journal").read_text().splitlines()[1])[0]
    part.GetRasterBand(2).WriteArray(np.ones((1, 1), np.int32), number % 5 * 512 + 7, number // 5 * 512 + 9)
    part = None
    noted = noted_in(tmp_path)
    assert exported(source, path).kept == noted - 1
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())


@pytest.mark.parametrize("broken", ["no part", "no TIFF", "half a journal", "no journal", "not closed"])
def test_whatever_is_left_of_a_run_before_the_file_is_right(
    image_server: ImageServerProcess, tmp_path: Path, broken: str
) -> None:
    source, path = synthetic_source(image_server, bands=(1,)), tmp_path / "scene.tif"
    with pytest.raises(CanceledError):
        exported(source, path, Stop(50))
    part, journal = tmp_path / "scene.tif.part", tmp_path / "scene.tif.journal"
    if broken == "no part":
        part.unlink()
    elif broken == "no TIFF":
        part.write_bytes(b"II*\0 and nothing more")
    elif broken == "not closed":
        journal.write_text(journal.read_text().replace('"closed"\n', ""))
    elif broken == "no journal":
        journal.write_bytes(b"\xff\0{")
    else:
        journal.write_text(journal.read_text()[:-40])
    kept = exported(source, path).kept
    assert (kept > 0) == broken.endswith(("half a journal", "not closed"))
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth((1,)))


def test_another_export_of_the_same_name_begins_anew(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "scene.tif"
    with pytest.raises(CanceledError):
        exported(synthetic_source(image_server, bands=(1, 2)), path, Stop(50))
    result = exported(synthetic_source(image_server, bands=(2, 1)), path)
    assert result.kept == 0
    assert "another export" in result.notes[0].text
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth((2, 1)))


def test_what_the_server_does_not_give_is_an_error_and_can_be_asked_for_again(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    source, path = synthetic_source(image_server, bands=(1,)), tmp_path / "scene.tif"
    whole = exported(source, tmp_path / "whole.tif")
    lost = images(image_server)[3]
    image_server.fault("json_error", match=lost, message="The disk of the server is broken.")
    error = refusal(lambda: exported(source, path))
    assert isinstance(error, MissingTilesError)
    assert error.message == (
        f"1 of {whole.tiles} tiles could not be read; what was read is kept, so run the export again to ask for the "
        "others, or allow gaps. The server's reason: 127.0.0.1 answered with an error: The disk of the server is "
        "broken."
    ).replace("127.0.0.1", image_server.origin.split("//")[1])
    assert lost.split(",")[0].split(".")[0] in error.details
    image_server.reset()
    assert exported(source, path).kept == whole.tiles - 1
    assert len(images(image_server)) == 1
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth((1,)))


@pytest.mark.parametrize("file_format", list(FileFormat), ids=lambda file_format: file_format.value)
def test_gaps_have_no_data_and_are_listed_and_asked_for_again(
    image_server: ImageServerProcess, tmp_path: Path, file_format: FileFormat
) -> None:
    source, path = synthetic_source(image_server, bands=(1, 2)), tmp_path / "scene.tif"
    exported(source, tmp_path / "whole.tif")
    lost = images(image_server)[3]
    image_server.fault("json_error", match=lost)
    result = exported(source, path, allows_gaps=True, file_format=file_format)
    (area,) = result.missing
    (note,) = result.notes
    assert note.text.startswith("What is missing could not be read: ")
    assert note.text.endswith("answered with an error: Error performing operation")
    assert lost == ",".join(f"{value:.1f}" for value in area)
    data, truth = gdal.Open(str(path)), synthetic_truth((1, 2))
    nodata = data.GetRasterBand(1).GetNoDataValue()
    left, top = round((area.xmin - 307000) / 10), round((9097000 - area.ymax) / 10)
    truth[:, top : top + round(area.height / 10), left : left + round(area.width / 10)] = nodata
    np.testing.assert_array_equal(data.ReadAsArray(), truth)
    assert nodata == -(2**31)
    data = None
    image_server.reset()
    result = exported(source, path, allows_gaps=True, file_format=file_format)
    assert (images(image_server), result.kept, result.missing) == ([lost], TILES - 1, ())
    assert result.notes == ()
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth((1, 2)))
    assert files_in(tmp_path) == ["scene.tif", "whole.tif"]


def test_a_dead_server_is_not_asked_for_every_tile(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    image_server.fault("json_error", message="Gone.")
    error = refusal(lambda: exported(source, path, allows_gaps=True))
    assert error.message.endswith("Gone.")
    assert files_in(tmp_path) == ["scene.tif.journal", "scene.tif.part"]


def test_a_server_that_wants_credentials_half_way_ends_it(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    image_server.fault("json_error", after=8, code=499, message="Token Required")
    error = refusal(lambda: exported(source, path))
    assert isinstance(error, AuthenticationError)
    image_server.reset()
    # Of eight answers, those to the requests beside the one that failed may have been given up.
    assert exported(source, path).kept >= 3


@pytest.mark.parametrize(
    ("fault", "arguments", "said"),
    [
        ("pixel_type", {"pixel_type": "F64"}, "The server sent 1 bands of the type Float64 where the layer has 1"),
        ("bands", {"count": 3}, "The server sent 3 bands"),
        ("size", {"columns": 100, "rows": 100}, "The server sent an image of 100 × 100 pixels where "),
        ("format", {"format": "png"}, "pictures"),
    ],
)
def test_a_server_that_changes_half_way_is_one_sentence(
    image_server: ImageServerProcess, tmp_path: Path, fault: str, arguments: dict[str, Any], said: str
) -> None:
    source, path = synthetic_source(image_server, bands=(1,)), tmp_path / "scene.tif"
    image_server.fault(fault, after=5, **arguments)
    error = refusal(lambda: exported(source, path))
    assert said in error.message
    assert error.message.count("tiles could not be read") == 1
    assert not path.exists()


def test_a_cog_is_the_service_too(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, path, log = synthetic_source(image_server), tmp_path / "scene.tif", Log()
    exported(source, path, log, file_format=FileFormat.COG, compression="LZW")
    data = gdal.Open(str(path))
    np.testing.assert_array_equal(data.ReadAsArray(), synthetic_truth())
    assert data.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert data.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "LZW"
    assert data.GetRasterBand(1).GetOverviewCount() > 0
    assert data.GetRasterBand(2).GetDescription() == "Band_2"
    assert data.GetMetadataItem("IMAGE_SERVER_LAYER_SERVICE") == source.service_url
    assert data.GetRasterBand(2).GetMetadataItem("STATISTICS_MINIMUM") == str(synthetic_truth()[1].min())
    assert files_in(tmp_path) == ["scene.tif"]
    assert log.progress() == 100


def test_a_cog_that_is_canceled_at_the_end_asks_for_nothing_twice(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    with pytest.raises(CanceledError):
        exported(source, path, Stop(91), file_format=FileFormat.COG)
    assert files_in(tmp_path) == ["scene.tif.journal", "scene.tif.part"]
    image_server.clear()
    exported(source, path, file_format=FileFormat.COG)
    assert images(image_server) == []
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())


@pytest.mark.parametrize("service", [f"Test/{name}" for name in ("U8", "S8", "U16", "S16", "U32", "S32", "F32", "F64")])
def test_every_type_keeps_its_values(image_server: ImageServerProcess, tmp_path: Path, service: str) -> None:
    from image_server_layer.tests.reading import exported as asked_by_hand

    source, path = source_of(image_server, service), tmp_path / "scene.tif"
    exported(source, path)
    extra = {"pixelType": "S16"} if service.endswith("S8") else {}
    size = source.grid.columns, source.grid.rows
    expected = asked_by_hand(image_server, service, source.grid.extent, size, **extra)
    found = pixels_of(path)
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)


def test_too_large_an_export_is_refused_before_anything_is_asked_for(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    source = synthetic_source(image_server)
    error = refusal(lambda: exported(source, tmp_path / "scene.tif", largest_bytes=20e6))
    assert isinstance(error, OptionError)
    assert error.message == (
        "The export would hold 25.63 MiB of pixels (2100 × 1600, 2 bands), and 19.07 MiB are allowed: raise "
        "LARGEST_SIZE, or choose larger cells or a smaller extent."
    )
    assert (images(image_server), files_in(tmp_path)) == ([], [])


def test_a_full_disk_is_one_sentence_and_what_is_there_is_kept(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (12 * 2**20, hard))
    try:
        error = refusal(lambda: exported(source, path, compression="NONE"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(error, FileError)
    assert error.message.startswith(f"The file {path}.part cannot be written: check the folder")
    kept = exported(source, path, compression="NONE").kept
    assert kept > 0
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())


def test_there_must_be_space_on_the_disk(image_server: ImageServerProcess, tmp_path: Path) -> None:
    from dataclasses import replace

    source = synthetic_source(image_server, bands=(1,))
    grid = source.grid
    vast = replace(source, grid=replace(grid, columns=2**24, rows=2**22))
    error = refusal(lambda: exported(vast, tmp_path / "scene.tif", compression="NONE"))
    assert isinstance(error, NoSpaceError)
    assert " more, and the disk of " in error.message
    assert images(image_server) == []


def test_a_disk_that_others_fill_meanwhile_ends_it_and_what_is_there_is_kept(
    image_server: ImageServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, path, looks = synthetic_source(image_server), tmp_path / "scene.tif", list[Path]()

    def filling(folder: Path) -> Usage:
        looks.append(folder)
        return Usage(2**40, 0, 2**40 if len(looks) < 2 else 65 * 2**20)

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", filling)
        # How soon eight of them are on the disk depends on the machine.
        patched.setattr(export_size, "_ENOUGH_TILES", 1)
        error = refusal(lambda: exported(source, path, compression="NONE"))
    assert isinstance(error, NoSpaceError)
    assert " more, and the disk of " in error.message
    assert files_in(tmp_path) == ["scene.tif.journal", "scene.tif.part"]
    assert 0 < exported(source, path, compression="NONE").kept < TILES
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("scene.png", "must end with .tif"),
        ("nowhere/scene.tif", "does not exist; make it, or choose another one."),
        ("folder.tif", "cannot be replaced: close it where it is open"),
    ],
)
def test_a_target_that_cannot_be_is_refused_at_once(
    image_server: ImageServerProcess, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "folder.tif").mkdir()
    source = synthetic_source(image_server)
    error = refusal(lambda: exported(source, tmp_path / name))
    assert isinstance(error, FileError)
    assert said in error.message
    assert images(image_server) == []


def test_what_cannot_be_written_is_refused_at_once(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source = synthetic_source(image_server)
    (tmp_path / "scene.tif.part").mkdir()
    error = refusal(lambda: exported(source, tmp_path / "scene.tif"))
    assert error.message.startswith(f"The file {tmp_path}/scene.tif.part cannot be written")
    assert "the disk of /proc has 0 bytes left" in refusal(lambda: exported(source, Path("/proc/scene.tif"))).message
    assert images(image_server) == []


def test_a_file_that_is_replaced_takes_its_statistics_along(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "scene.tif"
    path.write_bytes(b"old")
    (tmp_path / "scene.tif.aux.xml").write_text("<PAMDataset/>")
    (tmp_path / "scene.tif.ovr").write_bytes(b"old")
    (tmp_path / "scene.tif.msk").write_bytes(b"old")
    exported(synthetic_source(image_server, bands=(1,)), path)
    assert files_in(tmp_path) == ["scene.tif"]
    assert pixels_of(path).shape == (1, ROWS, COLUMNS)
