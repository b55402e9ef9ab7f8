"""However a run ends that goes on from an earlier one: no file stays open, none is half, and the next run goes on.

The errors are kept until the end of each test, as whoever tells them does: their frames know all that was going on.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.plugin.service.errors import AuthenticationError, CanceledError, FileError
from image_server_layer.tests.export.exports import (
    TILES,
    Stop,
    exported,
    files_in,
    noted_in,
    pixels_of,
    synthetic_source,
    synthetic_truth,
)
from image_server_layer.tests.processing.running import Log

if TYPE_CHECKING:
    from image_server_layer.plugin.backend.source import LayerSource
    from image_server_layer.tests.imageserver.process import ImageServerProcess

# What there is of an earlier run: a file that it has closed, one that it has not, as after a crash, and one that has
# its name already and gaps.
BEFORE = ["closed", "not closed", "gaps"]


class StopAtLook(Log):
    """A feedback that cancels as soon as the run looks at what is there."""

    def setProgressText(self, text: str) -> None:  # noqa: N802
        if text.startswith("Looking"):
            self.cancel()


class Broken(Log):
    """A feedback that breaks when the first new tile is there."""

    def setProgress(self, progress: float) -> None:  # noqa: ARG002, N802
        raise ZeroDivisionError


def begun(server: ImageServerProcess, folder: Path, before: str) -> tuple[LayerSource, int]:
    """Export a part of the service, and return it with the number of tiles that are there."""
    source, path = synthetic_source(server), folder / "scene.tif"
    if before == "gaps":
        server.fault("json_error", every=2, message="The disk of the server is broken.")
        result = exported(source, path, allows_gaps=True, compression="NONE")
        server.reset()
        assert files_in(folder) == ["scene.tif", "scene.tif.journal"]
        assert 0 < len(result.missing) < TILES
    else:
        with pytest.raises(CanceledError):
            exported(source, path, Stop(50), allows_gaps=True, compression="NONE")
        if before == "not closed":
            journal = folder / "scene.tif.journal"
            journal.write_text(journal.read_text().replace('"closed"\n', ""))
    server.clear()
    return source, noted_in(folder)


def gone_on_with(source: LayerSource, folder: Path, log: Log | None = None) -> int:
    """Export once more; return how many tiles were there."""
    return exported(source, folder / "scene.tif", log, allows_gaps=True, compression="NONE").kept


def open_files(folder: Path) -> list[str]:
    """Return the files in a folder that this process has open."""
    links = (Path("/proc/self/fd") / name.name for name in Path("/proc/self/fd").iterdir())
    targets = (link.readlink() for link in links if link.is_symlink())
    return sorted(target.name for target in targets if target.parent == folder)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as a disk that is full does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def is_whole(source: LayerSource, server: ImageServerProcess, folder: Path, kept: int) -> None:
    """Make sure that one more run goes on from what was there, and that the file is right then."""
    server.reset()
    assert gone_on_with(source, folder) >= kept
    assert len({request.query["bbox"] for request in server.requests(operation="exportImage")}) <= TILES - kept
    np.testing.assert_array_equal(pixels_of(folder / "scene.tif"), synthetic_truth())
    assert files_in(folder) == ["scene.tif"]
    assert open_files(folder) == []


def nothing_is_half(folder: Path, before: str) -> None:
    """Make sure that no file is open, and that only a whole one has its name."""
    assert open_files(folder) == []
    assert (folder / "scene.tif").exists() == (before == "gaps")
    if before == "gaps":
        data = gdal.Open(str(folder / "scene.tif"))
        nodata = data.GetRasterBand(1).GetNoDataValue()
        found, truth = data.ReadAsArray(), synthetic_truth()
        assert ((found == truth) | (found == nodata)).all()


@pytest.mark.parametrize("before", BEFORE)
def test_it_finishes(image_server: ImageServerProcess, tmp_path: Path, before: str) -> None:
    source, noted = begun(image_server, tmp_path, before)
    is_whole(source, image_server, tmp_path, noted)


@pytest.mark.parametrize("before", BEFORE)
def test_it_is_canceled_while_it_looks_at_what_is_there(
    image_server: ImageServerProcess, tmp_path: Path, before: str
) -> None:
    source, noted = begun(image_server, tmp_path, before)
    there, journal = files_in(tmp_path), (tmp_path / "scene.tif.journal").read_bytes()
    with pytest.raises(CanceledError) as _error:
        gone_on_with(source, tmp_path, StopAtLook())
    assert image_server.requests(operation="exportImage") == []
    assert (files_in(tmp_path), (tmp_path / "scene.tif.journal").read_bytes()) == (there, journal)
    nothing_is_half(tmp_path, before)
    is_whole(source, image_server, tmp_path, noted)


@pytest.mark.parametrize("before", BEFORE)
def test_it_is_canceled_while_tiles_come(image_server: ImageServerProcess, tmp_path: Path, before: str) -> None:
    source, noted = begun(image_server, tmp_path, before)
    with pytest.raises(CanceledError) as _error:
        gone_on_with(source, tmp_path, Stop(30))
    nothing_is_half(tmp_path, before)
    assert {"scene.tif.journal", "scene.tif.part"} == set(files_in(tmp_path)) - {"scene.tif"}
    assert noted_in(tmp_path) > noted
    is_whole(source, image_server, tmp_path, noted_in(tmp_path))


@pytest.mark.parametrize("before", BEFORE)
def test_the_server_fails(image_server: ImageServerProcess, tmp_path: Path, before: str) -> None:
    source, noted = begun(image_server, tmp_path, before)
    image_server.fault("json_error", after=1, code=499, message="Token Required")
    with pytest.raises(AuthenticationError) as _error:
        gone_on_with(source, tmp_path)
    nothing_is_half(tmp_path, before)
    is_whole(source, image_server, tmp_path, noted)


@pytest.mark.parametrize("before", BEFORE)
def test_something_breaks_that_nobody_expects(image_server: ImageServerProcess, tmp_path: Path, before: str) -> None:
    source, noted = begun(image_server, tmp_path, before)
    with pytest.raises(ZeroDivisionError) as _error:
        gone_on_with(source, tmp_path, Broken())
    nothing_is_half(tmp_path, before)
    assert '"closed"' in (tmp_path / "scene.tif.journal").read_text()
    is_whole(source, image_server, tmp_path, noted)


@pytest.mark.parametrize("before", BEFORE)
def test_the_disk_is_full_while_tiles_come(image_server: ImageServerProcess, tmp_path: Path, before: str) -> None:
    source, noted = begun(image_server, tmp_path, before)
    size = max(path.stat().st_size for path in tmp_path.iterdir())
    with largest_file(size + 2**20), pytest.raises(FileError, match=r"scene\.tif\.part cannot be written") as _error:
        gone_on_with(source, tmp_path)
    nothing_is_half(tmp_path, before)
    # What GDAL has written of it nobody knows, so it is only read.
    assert '"closed"' not in (tmp_path / "scene.tif.journal").read_text()
    is_whole(source, image_server, tmp_path, noted)


@pytest.mark.parametrize("before", BEFORE[1:])
@pytest.mark.parametrize("room", [0, 3 * 2**20], ids=["at once", "later"])
def test_the_disk_is_full_while_what_is_there_is_copied(
    image_server: ImageServerProcess, tmp_path: Path, before: str, room: int
) -> None:
    source, noted = begun(image_server, tmp_path, before)
    there, journal = files_in(tmp_path), (tmp_path / "scene.tif.journal").read_bytes()
    with largest_file(room), pytest.raises(FileError, match=r"scene\.tif\.copy cannot be written") as _error:
        gone_on_with(source, tmp_path)
    # Half a copy would keep the disk full.
    assert (files_in(tmp_path), (tmp_path / "scene.tif.journal").read_bytes()) == (there, journal)
    nothing_is_half(tmp_path, before)
    is_whole(source, image_server, tmp_path, noted)


@pytest.mark.parametrize("before", BEFORE)
def test_the_journal_cannot_be_written(image_server: ImageServerProcess, tmp_path: Path, before: str) -> None:
    source, noted = begun(image_server, tmp_path, before)
    (tmp_path / "scene.tif.journal.new").mkdir()
    with pytest.raises(FileError, match=r"scene\.tif\.journal cannot be written") as _error:
        gone_on_with(source, tmp_path)
    nothing_is_half(tmp_path, before)
    (tmp_path / "scene.tif.journal.new").rmdir()
    # What it said before is as true as it was.
    is_whole(source, image_server, tmp_path, noted)


def test_the_file_cannot_be_put_in_place(image_server: ImageServerProcess, tmp_path: Path) -> None:
    """As where another program has it open, on Windows."""
    source, path = synthetic_source(image_server), tmp_path / "scene.tif"

    class InTheWay(Log):
        def setProgress(self, progress: float) -> None:  # noqa: N802
            if progress == 100:
                path.mkdir(exist_ok=True)

    with pytest.raises(FileError, match="close it where it is open") as _error:
        gone_on_with(source, tmp_path, InTheWay())
    assert open_files(tmp_path) == []
    path.rmdir()
    is_whole(source, image_server, tmp_path, TILES)
