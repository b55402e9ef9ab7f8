"""Writes a layer into a file, tile by tile, as they come at the server's pace; after a break it goes on where it was.

Memory holds a few tiles whatever the size of the export. The file has its name only when it is whole; until then there
are a part and a journal beside it (`target_file`, `journal`, `resume`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from qgis.core import QgsProcessingFeedback

from ..backend.fetch import fetch_each
from ..backend.pixels import Pixels
from ..backend.source import Kind
from ..options.check import Note
from ..provider.statistics import Moments
from ..service.errors import AuthenticationError, FileError, ImageServerLayerError, OptionError, ResponseError
from ..service.extent import Extent
from ..service.pace import AdaptivePace
from ..service.preferences import requests_at_a_time
from ..service.transport import Transport
from ..translation import tr
from .export_size import check_first_space, check_largest_size, check_space_left, size_in_words, wanted_tiles
from .file_nodata import file_nodata, filled
from .job import ExportJob, FileFormat, file_form, tiles_key
from .journal import Entry, Journal
from .progress import Progress, raise_if_canceled
from .resume import open_or_create
from .target_file import TargetFile
from .tiles import Tile, tiling
from .working_file import WorkingFile, can_compress
from .writer import Writer

# In seconds, before tiles that failed are requested again, once all others have come.
_PAUSES = (1.0, 4.0)
# After so many failures in a row, the server is considered gone, and no more tiles are requested.
_MOST_FAILURES_IN_A_ROW = 12
# Of the progress bar, for the tiles of a COG; the rest is for the copy in the end.
_TILES_SHARE = 0.9
_AREAS_SHOWN, _REASONS_SHOWN = 5, 3


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
    """Write the file, going on from what an earlier run of the same export has left.

    Raises:
        CanceledError: the feedback was canceled. A part and its journal are left.
        MissingTilesError: the server does not give all tiles, and gaps are not allowed. Both are left, too.
        OptionError: the export is too large, or its nodata value cannot be used.
        FileError: the file cannot be written.
        NoSpaceError: there is no space for it, or none any more; what was read is kept.
        ImageServerLayerError: the server does not answer.
    """
    return _Export(job, feedback).run()


class _Export:
    """One run of an export."""

    def __init__(self, job: ExportJob, feedback: QgsProcessingFeedback) -> None:
        self._job, self._feedback = job, feedback
        self._target = TargetFile(job.path)
        self._tiling = tiling(job.source)
        has_holes = job.cut is not None or job.allows_gaps
        self._nodata = file_nodata(job.source, job.nodata, has_holes=has_holes)
        self._journal = Journal(self._target.journal, tiles_key(job, self._tiling, self._nodata))
        most = requests_at_a_time()
        # All connections are used from the start: many an export would be over before the pace had adapted.
        self._pace = AdaptivePace(most, most)
        self._entries: dict[int, Entry] = {}
        self._failures: dict[int, ImageServerLayerError] = {}

    def run(self) -> Exported:
        job = self._job
        self._target.check()
        if not can_compress(job.compression):
            message = tr("This build of GDAL does not know the compression {compression}; choose another.")
            raise OptionError("compression", message.format(compression=job.compression))
        wanted, pixels = wanted_tiles(self._tiling, job.cut, self._feedback)
        check_largest_size(job.source, pixels, job.largest_bytes)
        self._feedback.pushInfo(size_in_words(job.source, pixels))
        noted, was_closed = self._journal.read()
        check_first_space(job, self._target, pixels, len(noted) / max(1, len(wanted)))
        form = file_form(job, self._tiling, self._nodata)
        opened = open_or_create(self._target, form, noted, self._feedback, was_closed=was_closed)
        file, self._entries = opened.file, opened.entries
        kept = len(self._entries)
        with closing(self._journal):
            has_failed = False
            try:
                self._journal.begin(self._entries)
                self._fetch(file, [number for number in wanted if number not in self._entries], len(wanted))
                missing = self._missing(len(wanted))
                self._finish(file)
            except FileError:
                # Nobody knows what GDAL has written where.
                has_failed = True
                file.leave()
                raise
            finally:
                if not has_failed:
                    # Whatever else ends the run, such as a cancel: the next one goes on from what has been written.
                    file.close()
                    self._journal.note_closed()
        self._put_in_place(has_gaps=bool(missing))
        notes = (*opened.notes, *(self._reasons() if missing else ()))
        return Exported(len(self._entries), kept, self._pace.received, missing, notes)

    def _fetch(self, file: WorkingFile, numbers: Sequence[int], total: int) -> None:
        """Fetch and write tiles; those that failed are requested again in the end, after a pause."""
        share = _TILES_SHARE if self._job.file_format is FileFormat.COG else 1.0
        progress = Progress(self._feedback, len(numbers), share)
        for pause in (*_PAUSES, None):
            self._failures = {}
            with Writer(file, self._job.source, self._nodata, self._note) as writer:
                for tile, pixels in self._arriving(numbers):
                    inside = None if self._job.cut is None else self._job.cut.inside(tile.window)
                    writer.add(tile, *filled(pixels, self._job.source, self._nodata, inside))
                    progress.tile(self._pace.received)
                    check_space_left(self._job, self._target, len(self._entries), total)
            numbers = [number for number in numbers if number not in self._entries]
            if not numbers or pause is None:
                return
            self._pause(pause)

    def _arriving(self, numbers: Sequence[int]) -> Iterator[tuple[Tile, Pixels]]:
        """Yield the tiles as they come, and note which have failed."""
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
        """Return the extents of the tiles that did not come.

        Raises:
            MissingTilesError: there are any, and gaps are not allowed or the server is gone.
            ResponseError: there is not a single tile, as the server answers with something else.
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

    def _reasons(self) -> Iterator[Note]:
        """Yield why tiles are missing, each reason once."""
        reasons = dict.fromkeys(error.message for error in self._failures.values())
        for reason in islice(reasons, _REASONS_SHOWN):
            yield Note("output", tr("What is missing could not be read: {reason}").format(reason=reason))

    def _finish(self, file: WorkingFile) -> None:
        """Write the statistics and classes, and for a COG the copy."""
        parts = [entry.moments for entry in self._entries.values()]
        totals = [Moments()] * (len(self._job.source.bands) if self._job.source.kind is Kind.VALUES else 0)
        for part in parts:
            totals = [total.merged(band) for total, band in zip(totals, part)]
        file.describe(totals)
        if self._job.file_format is not FileFormat.COG:
            return
        self._feedback.setProgressText(tr("Writing the Cloud Optimized GeoTIFF…"))
        progress = Progress(self._feedback, 1, _TILES_SHARE)

        def copied(fraction: float, *_: Any) -> int:
            progress.copied(fraction)
            return 0 if self._feedback.isCanceled() else 1

        try:
            file.copy_as_cog(self._target.copy, "NEAREST" if self._job.source.is_thematic else "AVERAGE", copied)
        except ImageServerLayerError:
            self._target.copy.unlink(missing_ok=True)
            raise_if_canceled(self._feedback)
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
            raise_if_canceled(self._feedback)
            time.sleep(0.05)


def areas_text(areas: Sequence[Extent]) -> str:
    """Return the first of the areas in words, and how many more there are."""
    shown = "; ".join(map(str, areas[:_AREAS_SHOWN]))
    more = len(areas) - _AREAS_SHOWN
    return shown if more <= 0 else tr("{areas}, and {count} more").format(areas=shown, count=more)
