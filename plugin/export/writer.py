"""Tiles on their way into the file: several at a time, while others are fetched."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Any, Optional

import numpy as np
import numpy.typing as npt

from ..backend.shapes import Mask
from ..backend.source import Kind, LayerSource
from ..service.errors import FileError
from .band_moments import band_moments
from .file_nodata import FileNodata
from .heap import give_back
from .journal import Entry
from .tiles import Tile
from .working_file import WorkingFile

# A batch is written when it has so many bytes, as GDAL compresses several blocks at a time, or is so many seconds old,
# as what is not written is lost in a crash.
_BATCH_BYTES = 4 * 2**20
_BATCH_SECONDS = 3.0
# So many bytes may wait while a batch is written, so that fetching goes on and memory stays bounded. They become the
# next batch.
_MOST_WAITING_BYTES = 16 * 2**20

if TYPE_CHECKING:
    # Not at run time: Python would keep the classes in a cache of its own when the plugin is reloaded.
    _Waiting = tuple[Tile, npt.NDArray[Any], Optional[Mask], Future[Entry]]


class Writer:
    """Writes tiles on a thread of its own, one batch at a time; a context in which nothing else uses the file.

    `written` is called on that thread with each tile that is on the disk. When the context ends, everything is written,
    also after an error, unless that is about the file.
    """

    def __init__(
        self,
        file: WorkingFile,
        source: LayerSource,
        nodata: FileNodata,
        written: Callable[[Tile, Entry], None],
    ) -> None:
        self._file, self._source, self._nodata, self._told = file, source, nodata, written
        self._thread = ThreadPoolExecutor(1, "image server layer export")
        # Computes checksums and statistics while other tiles are compressed.
        self._examiner = ThreadPoolExecutor(1, "image server layer export")
        self._under_way: Future[None] | None = None
        self._waiting: list[_Waiting] = []
        self._size = 0
        self._since = time.monotonic()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if not isinstance(error, FileError):
                self._write_waiting()
                self._wait()
        finally:
            self._thread.shutdown()
            self._examiner.shutdown()

    def add(self, tile: Tile, values: npt.NDArray[Any], valid: Mask | None) -> None:
        """Take a tile (bands, rows, columns), of which `valid` is where it has data.

        Raises:
            FileError: one of those before could not be written.
        """
        self._waiting.append((tile, values, valid, self._examiner.submit(self._entry, values, valid)))
        self._size += values.nbytes
        is_enough = self._size >= _BATCH_BYTES or time.monotonic() - self._since >= _BATCH_SECONDS
        is_free = self._under_way is None or self._under_way.done()
        if self._size >= _MOST_WAITING_BYTES or (is_enough and is_free):
            self._write_waiting()

    def _write_waiting(self) -> None:
        self._wait()
        batch, self._waiting, self._size = self._waiting, [], 0
        self._since = time.monotonic()
        if batch:
            self._under_way = self._thread.submit(self._write, batch)

    def _wait(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def _write(self, batch: list[_Waiting]) -> None:
        entries = self._on_the_disk(batch)
        # The executor keeps its arguments, and with them the pixels, for longer than they are needed.
        batch.clear()
        give_back()
        for tile, entry in entries:
            self._told(tile, entry)

    def _on_the_disk(self, batch: list[_Waiting]) -> list[tuple[Tile, Entry]]:
        for tile, values, valid, _ in batch:
            self._file.write(tile, values, valid)
        self._file.flush()
        return [(tile, entry.result()) for tile, _, _, entry in batch]

    def _entry(self, values: npt.NDArray[Any], valid: Mask | None) -> Entry:
        is_picture = self._source.kind is Kind.PICTURE
        moments = () if is_picture else tuple(band_moments(band, valid, self._nodata.value) for band in values)
        return Entry(checksum(values, valid if self._nodata.has_mask else None), moments)


def checksum(values: npt.NDArray[Any], valid: Mask | None) -> int:
    """Return a number that stands for the pixels of a tile, and for its mask; None is the mask of data everywhere."""
    found = zlib.crc32(np.ascontiguousarray(values).data)
    return found if valid is None or valid.all() else zlib.crc32(np.ascontiguousarray(valid).data, found)
