"""How large an export is and becomes, held against what the user allows and against the space on the disk."""

from __future__ import annotations

from ..service.errors import OptionError
from ..translation import tr
from .job import ExportJob, FileFormat
from .target_file import TargetFile, size_text, used_space
from .tiles import bytes_per_pixel

# The size of a file with its overviews, compared with one without: what the copy as a COG takes.
_COPY_SHARE = 4 / 3
# How far compression takes pixels that are easy to compress. What it really comes to shows while tiles come.
_BEST_COMPRESSION = 10
# So many tiles tell what the others will take.
_ENOUGH_TILES = 8


def check_largest_size(job: ExportJob, pixels: int) -> None:
    """Make sure that an export of so many pixels is not larger than the user allows.

    Raises:
        OptionError: it is.
    """
    size, grid = pixels * bytes_per_pixel(job.source), job.source.grid
    if size > job.largest_bytes:
        message = tr(
            "The export would hold {size} of pixels ({columns} × {rows}, {bands} bands), and {limit} are allowed: "
            "raise LARGEST_SIZE, or choose larger cells or a smaller extent."
        )
        limit, bands = size_text(job.largest_bytes), len(job.source.bands)
        raise OptionError(
            "largest_size",
            message.format(size=size_text(size), limit=limit, bands=bands, columns=grid.columns, rows=grid.rows),
        )


def size_in_words(job: ExportJob, pixels: int) -> str:
    """Return columns, rows, bands and bytes of an export."""
    grid, bands = job.source.grid, len(job.source.bands)
    text = tr("{columns} × {rows} pixels, {bands} bands, {size} at most.")
    size = size_text(pixels * bytes_per_pixel(job.source))
    return text.format(columns=grid.columns, rows=grid.rows, bands=bands, size=size)


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
