"""The files that rasters of a mosaic are made of, asked for in batches of as many rasters as the server takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..service.client import ImageServiceClient
from ..service.errors import ImageServerLayerError, ServerError
from ..service.raster_files import RasterFile
from ..translation import tr

# How many batches are requested together, and after how many refused rasters without a single file no more are.
_AT_ONCE = 4
_MOST_REFUSED = 8


@dataclass(frozen=True)
class Refused:
    """A raster whose files the server does not name, and why."""

    raster_id: int
    reason: str


@dataclass(frozen=True)
class FileList:
    """The files of some rasters, each once, however many rasters are made of it."""

    files: tuple[RasterFile, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def size(self) -> int:
        """The bytes of all files whose size is known."""
        return sum(file.size or 0 for file in self.files)

    @property
    def unknown(self) -> int:
        """How many files there are whose size nobody knows."""
        return sum(file.size is None for file in self.files)


def list_files(
    client: ImageServiceClient, raster_ids: Sequence[int], batch: int, tell: Callable[[str], None]
) -> FileList:
    """Ask for the files of rasters. A batch that is too many, or too much, for the server is asked for by halves.

    `tell` is given how far it is.

    Raises:
        ImageServerLayerError: the server cannot be asked, or refuses every raster.
    """
    ids = list(raster_ids)
    waiting = deque(tuple(ids[start : start + batch]) for start in range(0, len(ids), batch))
    files: dict[str, RasterFile] = {}
    refused: list[Refused] = []
    done = 0
    while waiting:
        asked = [waiting.popleft() for _ in range(min(_AT_ONCE, len(waiting)))]
        halves: list[tuple[int, ...]] = []
        for rasters, answer in zip(asked, client.raster_files(asked)):
            if not isinstance(answer, ImageServerLayerError):
                _merge(files, answer)
                done += len(rasters)
            elif not isinstance(answer, ServerError) or not answer.is_about_the_request:
                raise answer
            elif len(rasters) > 1:
                halves += [rasters[: len(rasters) // 2], rasters[len(rasters) // 2 :]]
            else:
                refused.append(Refused(rasters[0], answer.words))
                done += 1
                if not files and len(refused) >= min(_MOST_REFUSED, len(ids)):
                    raise answer
        waiting.extendleft(reversed(halves))
        tell(tr("Sizes of {done} of {total} rasters").format(done=done, total=len(ids)))
    return FileList(tuple(files.values()), tuple(refused))


def _merge(files: dict[str, RasterFile], answer: Sequence[RasterFile]) -> None:
    for file in answer:
        before = files.get(file.id)
        ids = file.raster_ids if before is None else tuple(dict.fromkeys((*before.raster_ids, *file.raster_ids)))
        files[file.id] = replace(file, raster_ids=ids)
