"""How large an export is and becomes, held against what the user allows and against the space on the disk."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qgis.core import QgsFeedback

from ..backend.shapes import Shapes
from ..backend.source import LayerSource
from ..service.errors import OptionError
from ..translation import tr, tr_n
from .job import ExportJob, FileFormat
from .progress import raise_if_canceled
from .target_file import TargetFile, size_text, used_space
from .tiles import Tiling, bytes_per_pixel

# The size of a file with its overviews, compared with one without: what the copy as a COG takes.
_COPY_SHARE = 4 / 3
# How far compression takes pixels that are easy to compress. What it really comes to shows while tiles come.
_BEST_COMPRESSION = 10
# So many tiles tell what the others will take.
_ENOUGH_TILES = 8


def wanted_tiles(tiles: Tiling, cut: Shapes | None, feedback: QgsFeedback) -> tuple[Sequence[int], int]:
    """Return the numbers of the tiles that an export asks for, and how many pixels they have.

    Raises:
        CanceledError: the feedback was canceled.
    """
    if cut is None:
        # A range, as the list of a huge export would not fit into memory.
        return range(tiles.count), tiles.grid.columns * tiles.grid.rows
    numbers, pixels = [], 0
    for number in range(tiles.count):
        raise_if_canceled(feedback)
        window = tiles.tile(number).window
        if cut.touch(window):
            numbers.append(number)
            pixels += window.columns * window.rows
    return numbers, pixels


def check_largest_size(source: LayerSource, pixels: int, largest_bytes: float) -> None:
    """Make sure that an export of so many pixels is not larger than the user allows.

    Raises:
        OptionError: it is.
    """
    size, grid = pixels * bytes_per_pixel(source), source.grid
    if size > largest_bytes:
        message = tr(
            "The export would hold {size} of pixels ({columns} × {rows}, {bands} bands), and {limit} are allowed: "
            "raise LARGEST_SIZE, or choose larger cells or a smaller extent."
        )
        limit, bands = size_text(largest_bytes), len(source.bands)
        raise OptionError(
            "largest_size",
            message.format(size=size_text(size), limit=limit, bands=bands, columns=grid.columns, rows=grid.rows),
        )


def size_in_words(source: LayerSource, pixels: int) -> str:
    """Return columns, rows, bands and bytes of an export."""
    grid, bands = source.grid, len(source.bands)
    text = tr("{columns} × {rows} pixels, {bands} bands, {size} at most.")
    size = size_text(pixels * bytes_per_pixel(source))
    return text.format(columns=grid.columns, rows=grid.rows, bands=bands, size=size)


def size_of_all(sources: Collection[LayerSource]) -> int:
    """Return the bytes of several exports, unpacked."""
    return sum(one.grid.columns * one.grid.rows * bytes_per_pixel(one) for one in sources)


def check_largest_size_of_all(sources: Collection[LayerSource], largest_bytes: float) -> None:
    """Make sure that several exports are not larger together than the user allows.

    Raises:
        OptionError: they are.
    """
    size = size_of_all(sources)
    if size > largest_bytes:
        message = tr(
            "The {count} files would hold {size} of pixels, and {limit} are allowed: raise LARGEST_SIZE, or choose "
            "larger cells or fewer files."
        )
        shown = message.format(count=len(sources), size=size_text(size), limit=size_text(largest_bytes))
        raise OptionError("largest_size", shown)


def size_of_all_in_words(sources: Collection[LayerSource]) -> str:
    """Return how many files there are of several exports, and their bytes."""
    text = tr_n("%n file, {size} of pixels at most.", "%n files, {size} of pixels at most.", len(sources))
    return text.format(size=size_text(size_of_all(sources)))


def check_first_space(job: ExportJob, target: TargetFile, pixels: int, share_done: float) -> None:
    """Make sure that the disk has space for an export, of which a share is done, if it compresses very well.

    Raises:
        NoSpaceError: there is not.
        FileError: nobody knows.
    """
    size = pixels * bytes_per_pixel(job.source)
    least = size if job.compression == "NONE" else size / _BEST_COMPRESSION
    copy = least * _COPY_SHARE if job.file_format is FileFormat.COG else 0
    target.check_space(least * (1 - share_done) + copy)


def check_space_left(job: ExportJob, target: TargetFile, done: int, total: int) -> None:
    """Make sure that the disk has space for the rest of the tiles, judging by those that are done.

    Raises:
        NoSpaceError: there is not.
        FileError: nobody knows.
    """
    if done < _ENOUGH_TILES:
        return
    each = used_space(target.part) / done
    copy = each * total * _COPY_SHARE if job.file_format is FileFormat.COG else 0
    target.check_space(each * (total - done) + copy)
