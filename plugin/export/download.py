"""Bring files of a mosaic home: each appears when it is whole, and what is there is not asked for again."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from qgis.core import QgsProcessingFeedback

from ..service.client import ImageServiceClient
from ..service.errors import AuthenticationError, FileError, ImageServerLayerError, OptionError, ServerError
from ..service.pace import Pace
from ..service.plain_text import markless_line
from ..service.preferences import requests_at_a_time
from ..service.raster_files import RasterFile
from ..service.redaction import redacted
from ..translation import tr, tr_n
from .download_journal import Listed, file_key, listed_file, read_list, write_list
from .file_list import FileList
from .local_names import local_paths
from .part_file import PartFile, check_free_space
from .progress import time_text
from .target_file import size_text

# Files under way together; each holds some megabytes of memory.
_AT_A_TIME = 4
# So many files in a row fail for other reasons than what they are, and no more are asked for.
_MOST_FAILURES_IN_A_ROW = 5
_NOT_FOUND = (404, 410)
# Of the files, so many are named with their sizes.
_MOST_NAMED = 20
# In seconds, between two texts.
_PAUSE = 1.0


@dataclass(frozen=True)
class Wanted:
    """A file, and its place below the folder; `noted` is what the list of the folder said of it before."""

    file: RasterFile
    path: PurePosixPath
    noted: Listed | None


@dataclass(frozen=True)
class Failure:
    """A file that there is not, and why."""

    id: str
    reason: str


@dataclass
class Downloaded:
    """What became of the files.

    Attributes:
        sizes: in bytes, of each file that is whole now, by its place below the folder.
        kept: how many of them were there before.
        failures: those that there are not.
    """

    sizes: dict[PurePosixPath, int] = field(default_factory=dict)
    kept: int = 0
    failures: list[Failure] = field(default_factory=list)


def place_files(folder: Path, service_url: str, files: Sequence[RasterFile]) -> list[Wanted]:
    """Return where each file belongs in a folder: where it lay before, or where nothing else is."""
    listed = read_list(folder)
    noted = {file.id: listed.get(file_key(service_url, file.id)) for file in files}
    known = {file_id: entry.path for file_id, entry in noted.items() if entry is not None}
    others = {key: entry.path for key, entry in listed.items() if key not in {e.key for e in noted.values() if e}}
    sizes = {file.id: file.size for file in files}

    def is_free(file_id: str, path: PurePosixPath) -> bool:
        there = _size_of(folder / path)
        return there is None or there == sizes[file_id]

    paths = local_paths([file.id for file in files], {**known, **others}, is_free)
    return [Wanted(file, paths[file.id], noted[file.id]) for file in files]


def check_size(files: FileList, largest_bytes: float) -> None:
    """Make sure that there is not more to download than the user wants to.

    Raises:
        OptionError: there is.
    """
    if files.size > largest_bytes:
        text = tr(
            "{files}, {size} in all: more than {limit}. Take fewer rasters, or raise the largest size if you want all."
        ).format(
            files=tr_n("%n file", "%n files", len(files.files)),
            size=size_text(files.size),
            limit=size_text(largest_bytes),
        )
        raise OptionError("largest_size", text)


def check_folder(folder: Path) -> None:
    """Make a folder where there is none, and make sure that files can be written into it.

    Raises:
        FileError: they cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        text = tr("The folder {path} cannot be written into: check its permissions, or choose another one.")
        raise FileError(text.format(path=folder), str(error)) from error


def download(
    wanted: Sequence[Wanted],
    folder: Path,
    client: ImageServiceClient,
    largest_bytes: float,
    feedback: QgsProcessingFeedback,
) -> Downloaded:
    """Download what is not there. What fails does not lose the others; a second run asks for what is missing only.

    `largest_bytes` is for a file whose size nobody knows. The client cancels with its own feedback.

    Raises:
        CanceledError: that was canceled.
        AuthenticationError: the server wants credentials.
        NoSpaceError: the disk is full, or would be.
        FileError: a file cannot be written.
    """
    check_folder(folder)
    run = _Run(wanted, folder, client, largest_bytes, feedback)
    try:
        return run.all()
    finally:
        run.close()


class _Run:
    def __init__(
        self,
        wanted: Sequence[Wanted],
        folder: Path,
        client: ImageServiceClient,
        largest_bytes: float,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._wanted, self._folder, self._client = wanted, folder, client
        self._largest, self._feedback = max(1, int(largest_bytes)), feedback
        self._downloaded = Downloaded()
        self._missing: list[Wanted] = []
        self._parts: list[PartFile] = []
        self._failed_in_a_row = 0
        self._progress = _Progress(feedback)

    def all(self) -> Downloaded:
        """Download them."""
        for one in self._wanted:
            self._look(one)
        check_free_space(self._folder, sum(one.file.size or 0 for one in self._missing))
        self._note()
        self._progress.begin(len(self._missing), [one.file.size for one in self._missing])
        coming = self._client.receive_files(self._next, self._largest, Pace(min(_AT_A_TIME, requests_at_a_time())))
        try:
            for number, outcome in coming:
                self._end(number, outcome if isinstance(outcome, ImageServerLayerError) else None)
        finally:
            coming.close()
        for one in self._missing[len(self._parts) :]:
            reason = tr("not asked for, as too many files in a row have failed")
            self._downloaded.failures.append(Failure(_shown(one.file), reason))
        self._note()
        return self._downloaded

    def close(self) -> None:
        """Let go of what is not whole, and note what is, however it has ended."""
        for part in self._parts:
            part.close()
        # What went wrong before counts more.
        with suppress(FileError):
            self._note()

    def _look(self, one: Wanted) -> None:
        """See whether a file is there already, and whether it may be replaced where it is another one."""
        there, told = _size_of(self._folder / one.path), one.file.size
        noted = None if one.noted is None else one.noted.size
        if there is not None and (there == told or (told is None and there == noted)):
            self._keep(one, there)
        elif there is not None and noted is not None and noted == told:
            # It was whole, and changed since, as GDAL does with statistics in a file beside a raster.
            self._keep(one, noted)
        elif there is None or there == noted:
            self._missing.append(one)
        else:
            reason = tr("{path} is another file, or was changed: move it away, or choose another folder")
            self._downloaded.failures.append(Failure(_shown(one.file), reason.format(path=self._folder / one.path)))

    def _keep(self, one: Wanted, size: int) -> None:
        self._downloaded.sizes[one.path] = size
        self._downloaded.kept += 1

    def _next(self) -> tuple[RasterFile, PartFile] | None:
        if len(self._parts) == len(self._missing) or self._failed_in_a_row >= _MOST_FAILURES_IN_A_ROW:
            return None
        one = self._missing[len(self._parts)]
        key = file_key(self._client.url, one.file.id)
        part = PartFile(self._folder / one.path, one.file.size, key, self._progress.grown)
        self._parts.append(part)
        return one.file, part

    def _end(self, number: int, error: ImageServerLayerError | None) -> None:
        one, part = self._missing[number], self._parts[number]
        if isinstance(error, AuthenticationError):
            raise error
        if error is None:
            part.publish()
            self._downloaded.sizes[one.path] = part.offset
            self._failed_in_a_row = 0
        else:
            part.close()
            gone = isinstance(error, ServerError) and error.code in _NOT_FOUND
            self._failed_in_a_row = 0 if gone else self._failed_in_a_row + 1
            reason = tr("the server no longer has this file") if gone else error.message
            self._downloaded.failures.append(Failure(_shown(one.file), reason))
            if error.details:
                self._feedback.pushDebugInfo(error.details)
        self._progress.ended()

    def _note(self) -> None:
        """Write the list of the folder: what it said before, and what is true of the files now."""
        entries = read_list(self._folder)
        for one in self._wanted:
            new = listed_file(self._client.url, one.file, one.path, self._downloaded.sizes.get(one.path))
            before = entries.get(new.key)
            if before is not None:
                ids = tuple(dict.fromkeys((*before.raster_ids, *new.raster_ids)))
                new = replace(new, raster_ids=ids, size=new.size if new.size is not None else before.size)
            entries[new.key] = new
        write_list(self._folder, entries.values())


class _Progress:
    """Tells how far it is, in files and bytes, and how much time is left."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._files = self._done = self._size = self._received = 0
        self._is_size_known = False
        self._began = self._told = time.monotonic()

    def begin(self, files: int, sizes: Sequence[int | None]) -> None:
        """Take note of what there is to do."""
        self._files, self._size = files, sum(size or 0 for size in sizes)
        self._is_size_known = None not in sizes
        self._began = self._told = time.monotonic()

    def grown(self, by: int) -> None:
        """Take note of bytes that have come."""
        self._received += by
        self._tell()

    def ended(self) -> None:
        """Take note of a file."""
        self._done += 1
        self._tell()

    def _tell(self) -> None:
        share = self._received / self._size if self._is_size_known and self._size else self._done / max(1, self._files)
        self._feedback.setProgress(100 * min(1.0, share))
        now = time.monotonic()
        if now - self._told < _PAUSE or not 0 < share <= 1:
            return
        self._told = now
        left = time_text((now - self._began) * (1 - share) / share)
        text = tr("{done} of {total} files, {received} of {size}, {time} left")
        if not self._is_size_known:
            text = tr("{done} of {total} files, {received} received, {time} left")
        size, received = size_text(self._size), size_text(self._received)
        shown = text.format(done=self._done, total=self._files, received=received, size=size, time=left)
        self._feedback.setProgressText(shown)


def sizes_in_words(files: FileList, rasters: int) -> str:
    """Return how many files there are of so many rasters, and how large they are."""
    counted = tr_n("%n file", "%n files", len(files.files))
    text = tr("{files} of {rasters}: {size}").format(
        files=counted, rasters=tr_n("%n raster", "%n rasters", rasters), size=size_text(files.size)
    )
    if files.unknown:
        more = tr_n("and %n file whose size is not known", "and %n files whose size is not known", files.unknown)
        text = f"{text}, {more}"
    return text


def tell_sizes(files: FileList, rasters: int, feedback: QgsProcessingFeedback) -> None:
    """Say how many files there are, and how large each of the first ones is."""
    feedback.pushInfo(sizes_in_words(files, rasters))
    for file in files.files[:_MOST_NAMED]:
        size = tr("size not known") if file.size is None else size_text(file.size)
        feedback.pushInfo(f"  {_shown(file)}: {size}")
    if len(files.files) > _MOST_NAMED:
        feedback.pushInfo("  …")
    for refused in files.refused:
        text = tr("There are no files of raster {id}: {reason}")
        feedback.pushWarning(text.format(id=refused.raster_id, reason=refused.reason))


def _size_of(path: Path) -> int | None:
    """Return the size of a file, None where there is none; what is no file has none that is ever right."""
    try:
        return path.stat().st_size if path.is_file() or not path.exists() else -1
    except OSError:
        return None


def _shown(file: RasterFile) -> str:
    return markless_line(redacted(file.id))
