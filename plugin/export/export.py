"""A layer into a file, tile by tile: fetched at the server's pace, written as it comes, and gone on with after a break.

Memory holds a few tiles whatever the size of the export. The file has its name only when it is whole; until then there
are a part and a journal beside it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessingFeedback

from ..backend.fetch import fetch_each
from ..backend.pixels import Pixels
from ..backend.source import Kind
from ..options.check import Note
from ..provider.statistics import Moments
from ..service.errors import (
    AuthenticationError,
    CanceledError,
    FileError,
    ImageServerLayerError,
    OptionError,
    ResponseError,
)
from ..service.extent import Extent
from ..service.pace import AdaptivePace
from ..service.preferences import requests_at_a_time
from ..service.transport import Transport
from ..translation import tr, tr_n
from .file_nodata import file_nodata, filled
from .job import ExportJob, FileFormat, file_form, tiles_key
from .journal import Entry, Journal, not_writable
from .progress import Progress
from .target_file import TargetFile, size_text, used_space
from .tiles import Tile, bytes_per_pixel, tiling
from .working_file import WorkingFile, can_compress, create, open_again
from .writer import Writer, checksum

# In seconds: before what failed is asked for again, after all else has come.
_PAUSES = (1.0, 4.0)
# So many tiles in a row fail, and no more are asked for: the server is gone.
_MOST_FAILURES_IN_A_ROW = 12
# Of the file, with its overviews, where it is copied in the end.
_COPY_SHARE = 4 / 3
# How far compression takes pixels that are easy to compress. What it really comes to shows while tiles come.
_BEST_COMPRESSION = 10
# So many tiles tell what the others will take.
_ENOUGH_TILES = 8
_AREAS_SHOWN = 5


@dataclass(frozen=True)
class Exported:
    """What became of an export.

    Attributes:
        tiles: how many tiles hold pixels.
        kept: how many of them were there already, from a run before.
        received: the bytes that came over the network.
        missing: what the server did not give, in the CRS of the file.
        notes: odd but harmless things that the user should be told.
    """

    tiles: int
    kept: int
    received: int
    missing: tuple[Extent, ...] = ()
    notes: tuple[Note, ...] = ()


class MissingTilesError(ImageServerLayerError):
    """The server does not give all tiles. What it gave is kept."""


def export(job: ExportJob, feedback: QgsProcessingFeedback) -> Exported:
    """Write the file; whatever is there of the same export is gone on with.

    Raises:
        CanceledError: the feedback was canceled. A part and its journal are left.
        MissingTilesError: the server does not give all, and gaps are not allowed. Both are left, too.
        OptionError: the export is too large, or its nodata value cannot be used.
        FileError: the file cannot be written.
        NoSpaceError: there is no space for it, or none any more; what was read is kept.
        ImageServerLayerError: the server does not let itself be asked.
    """
    return _Export(job, feedback).run()


class _Export:
    """The state of an export."""

    def __init__(self, job: ExportJob, feedback: QgsProcessingFeedback) -> None:
        self._job, self._feedback = job, feedback
        self._target = TargetFile(job.path)
        self._tiling = tiling(job.source)
        has_holes = job.cut is not None or job.allows_gaps
        self._nodata = file_nodata(job.source, job.nodata, has_holes=has_holes)
        self._journal = Journal(self._target.journal, tiles_key(job, self._tiling, self._nodata))
        most = requests_at_a_time()
        # All connections from the first request on, as an export is often over before it could find out more.
        self._pace = AdaptivePace(most, most)
        self._entries: dict[int, Entry] = {}
        self._failures: dict[int, ImageServerLayerError] = {}

    def run(self) -> Exported:
        job = self._job
        self._target.check()
        if not can_compress(job.compression):
            message = tr("This build of GDAL does not know the compression {compression}; choose another.")
            raise OptionError("compression", message.format(compression=job.compression))
        wanted, pixels = self._wanted()
        self._check_size(pixels)
        noted, was_closed = self._journal.read()
        self._check_first_space(pixels, len(noted) / max(1, len(wanted)))
        file, notes = self._opened(noted, was_closed=was_closed)
        kept = len(self._entries)
        with closing(self._journal):
            self._journal.begin(self._entries)
            try:
                self._fetch(file, [number for number in wanted if number not in self._entries], len(wanted))
                missing = self._missing(len(wanted))
                self._finish(file)
            except FileError:
                # What GDAL writes after a failure may be anywhere.
                file.leave()
                raise
            except BaseException:
                # Whatever ends it, a cancel too: what has been written counts the next time.
                file.close()
                self._journal.note_closed()
                raise
            file.close()
            self._journal.note_closed()
        self._put_in_place(has_gaps=bool(missing))
        return Exported(len(self._entries), kept, self._pace.received, missing, notes)

    def _wanted(self) -> tuple[Sequence[int], int]:
        """Return the numbers of the tiles that are asked for, and how many pixels they have."""
        cut, grid = self._job.cut, self._job.source.grid
        if cut is None:
            # Not one by one: there may be more than anybody could ever ask for.
            return range(self._tiling.count), grid.columns * grid.rows
        numbers, pixels = [], 0
        for number in range(self._tiling.count):
            self._raise_if_canceled()
            window = self._tiling.tile(number).window
            if cut.touch(window):
                numbers.append(number)
                pixels += window.columns * window.rows
        return numbers, pixels

    def _check_size(self, pixels: int) -> None:
        size, grid = pixels * bytes_per_pixel(self._job.source), self._job.source.grid
        if size > self._job.largest_bytes:
            message = tr(
                "The export would hold {size} of pixels ({columns} × {rows}, {bands} bands), and {limit} are allowed: "
                "raise LARGEST_SIZE, or choose larger cells or a smaller extent."
            )
            limit, bands = size_text(self._job.largest_bytes), len(self._job.source.bands)
            raise OptionError(
                "largest_size",
                message.format(size=size_text(size), limit=limit, bands=bands, columns=grid.columns, rows=grid.rows),
            )
        text = tr("{columns} × {rows} pixels, {bands} bands, {size} at most.")
        self._feedback.pushInfo(
            text.format(columns=grid.columns, rows=grid.rows, bands=len(self._job.source.bands), size=size_text(size))
        )

    def _opened(self, noted: dict[int, Entry], *, was_closed: bool) -> tuple[WorkingFile, tuple[Note, ...]]:
        """Return the file: the one of a run before, with the tiles in it that are right, or a new one.

        A file that was not closed, as after a crash or on a full disk, is only read: what is written into it could
        meet what is there.
        """
        form, target = file_form(self._job, self._tiling, self._nodata), self._target
        before = open_again(target.part, form, to_write=was_closed) if noted else None
        if before is None and noted and not target.part.exists():
            # There were gaps, so that it has its name already, and may be laid out in another way.
            before, was_closed = open_again(target.path, form, to_write=False), False
        if before is None:
            notes = (_started_anew(),) if target.part.exists() else ()
            target.forget_part()
            return create(target.part, form), notes
        self._feedback.setProgressText(tr("Looking at what is there from the run before…"))
        file = before if was_closed else create(target.copy, form)
        try:
            self._take_over(before, file, noted)
        except BaseException:
            # GDAL keeps a file open, and locked on Windows, for as long as nobody closes it.
            before.close()
            file.close()
            raise
        text = tr_n("%n tile is there already.", "%n tiles are there already.", len(self._entries))
        self._feedback.pushInfo(text)
        if file is before:
            return file, ()
        before.close()
        file.close()
        target.replace_part()
        again = open_again(target.part, form, to_write=True)
        if again is None:
            raise not_writable(target.part, "cannot be opened again")
        return again, ()

    def _take_over(self, before: WorkingFile, file: WorkingFile, noted: dict[int, Entry]) -> None:
        """Look at the tiles of a run before, and copy those that are right where they are to be in another file."""
        for number, entry in noted.items():
            self._raise_if_canceled()
            tile = self._tiling.tile(number)
            try:
                values, valid = before.read(tile)
            except FileError:
                continue
            if checksum(values, valid) != entry.checksum:
                continue
            self._entries[number] = entry
            if file is not before:
                file.write(tile, values, valid)
                file.flush()

    def _check_first_space(self, pixels: int, share_done: float) -> None:
        size = pixels * bytes_per_pixel(self._job.source)
        least = size if self._job.compression == "NONE" else size / _BEST_COMPRESSION
        copy = least * _COPY_SHARE if self._job.file_format is FileFormat.COG else 0
        self._target.check_space(least * (1 - share_done) + copy)

    def _check_space_left(self, total: int) -> None:
        """Stop before the disk is full: by what the tiles so far have come to."""
        done = len(self._entries)
        if done < _ENOUGH_TILES:
            return
        each = used_space(self._target.part) / done
        copy = each * total * _COPY_SHARE if self._job.file_format is FileFormat.COG else 0
        self._target.check_space(each * (total - done) + copy)

    def _fetch(self, file: WorkingFile, numbers: Sequence[int], total: int) -> None:
        """Fetch and write tiles; what failed is asked for again in the end, after a pause."""
        share = 0.9 if self._job.file_format is FileFormat.COG else 1.0
        progress = Progress(self._feedback, len(numbers), share)
        for pause in (*_PAUSES, None):
            self._failures = {}
            with Writer(file, self._job.source, self._nodata, self._note) as writer:
                for tile, pixels in self._arriving(numbers):
                    inside = None if self._job.cut is None else self._job.cut.inside(tile.window)
                    writer.add(tile, *filled(pixels, self._job.source, self._nodata, inside))
                    progress.tile(self._pace.received)
                    self._check_space_left(total)
            numbers = [number for number in numbers if number not in self._entries]
            if not numbers or pause is None:
                return
            self._pause(pause)

    def _arriving(self, numbers: Sequence[int]) -> Iterator[tuple[Tile, Pixels]]:
        """Yield the tiles as they come, and note which do not."""
        transport = Transport(self._job.source.access, self._feedback)
        windows = (self._tiling.tile(number).window for number in numbers)
        in_a_row = 0
        with closing(fetch_each(self._job.source, windows, transport, self._pace)) as coming:
            for index, outcome in coming:
                if isinstance(outcome, Pixels):
                    in_a_row = 0
                    yield self._tiling.tile(numbers[index]), outcome
                    continue
                if isinstance(outcome, AuthenticationError):
                    raise outcome
                self._failures[numbers[index]] = outcome
                in_a_row += 1
                if in_a_row >= _MOST_FAILURES_IN_A_ROW:
                    break

    def _note(self, tile: Tile, entry: Entry) -> None:
        """Note that a tile is on the disk; the writer's thread calls this."""
        self._journal.note(tile.number, entry)
        self._entries[tile.number] = entry

    def _missing(self, total: int) -> tuple[Extent, ...]:
        """Return what did not come.

        Raises:
            MissingTilesError: something did not, and there may be no gaps, or nothing came at all.
        """
        count = total - len(self._entries)
        if not count:
            return ()
        areas = tuple(self._tiling.tile(number).window.extent for number in sorted(self._failures))
        is_dead = len(self._failures) < count or not self._entries
        if self._job.allows_gaps and not is_dead:
            return areas
        reason = next(iter(self._failures.values()))
        if isinstance(reason, ResponseError) and not self._entries:
            raise reason
        message = tr(
            "{count} of {total} tiles could not be read; what was read is kept, so run the export again to ask for the "
            "others, or allow gaps. The server's reason: {reason}"
        )
        lines = [*map(str, areas), reason.details]
        raise MissingTilesError(
            message.format(count=count, total=total, reason=reason.message), "\n".join(filter(None, lines))
        )

    def _finish(self, file: WorkingFile) -> None:
        """Write what is known at the end, and the copy, where there is to be one."""
        parts = [entry.moments for entry in self._entries.values()]
        totals = [Moments()] * (len(self._job.source.bands) if self._job.source.kind is Kind.VALUES else 0)
        for part in parts:
            totals = [total.merged(band) for total, band in zip(totals, part)]
        file.describe(totals)
        if self._job.file_format is not FileFormat.COG:
            return
        self._feedback.setProgressText(tr("Writing the Cloud Optimized GeoTIFF…"))
        progress = Progress(self._feedback, 1, 0.9)

        def copied(fraction: float, *_: Any) -> int:
            progress.copied(fraction)
            return 0 if self._feedback.isCanceled() else 1

        try:
            file.copy_as_cog(self._target.copy, "NEAREST" if self._job.source.is_thematic else "AVERAGE", copied)
        except ImageServerLayerError:
            self._target.copy.unlink(missing_ok=True)
            self._raise_if_canceled()
            raise

    def _put_in_place(self, *, has_gaps: bool) -> None:
        whole = self._target.copy if self._job.file_format is FileFormat.COG else self._target.part
        self._target.publish(whole)
        self._target.forget_part(and_journal=not has_gaps)
        self._feedback.setProgress(100)

    def _pause(self, seconds: float) -> None:
        self._feedback.setProgressText(tr("Waiting before what failed is asked for again…"))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._raise_if_canceled()
            time.sleep(0.05)

    def _raise_if_canceled(self) -> None:
        if self._feedback.isCanceled():
            raise CanceledError(tr("The export was canceled."))


def _started_anew() -> Note:
    return Note(
        "output", tr("What was there from a run before belongs to another export, so everything is asked for anew.")
    )


def areas_text(areas: Sequence[Extent]) -> str:
    """Return the first of some areas in words, and how many there are more."""
    shown = "; ".join(map(str, areas[:_AREAS_SHOWN]))
    more = len(areas) - _AREAS_SHOWN
    return shown if more <= 0 else tr("{areas}, and {count} more").format(areas=shown, count=more)
