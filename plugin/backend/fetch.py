"""Fetches the pixels of a layer from its service: several images at a time, each checked against what was requested.

The transport repeats requests after passing faults. What is too much for the server at once is requested again in
halves.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

import numpy as np

from ..options.grid import Grid
from ..service.errors import ImageServerLayerError, RequestTimeoutError, ServerError
from ..service.image_files import image_content, tile_content, tile_request
from ..service.pace import Pace
from ..service.response import Response
from ..service.tile_info import TileInfo
from ..service.transport import Request, Transport
from .export_image import drawing_request
from .pixel_types import numpy_type
from .pixels import Pixels, decode
from .source import LayerSource
from .tile_pieces import tile_part
from .tile_pixels import decode_tile, no_tile
from .windows import AT_A_TIME, part_of, pieces

if TYPE_CHECKING:
    # Not at run time: Python would keep the classes in a cache of its own when the plugin is reloaded.
    Outcome = Union[Pixels, ImageServerLayerError]

# In bytes: what a file may be longer than its pixels, by headers and by compression that makes noise longer.
_SLACK_BYTES = 2**20
_SMALLEST_HALF = 128
# If a server is late with fewer pixels, their number is not the reason.
_FEWEST_PIXELS_FOR_LATE = 512 * 512
_CONTENT_TOO_LARGE = 413
_SIZE_WORDS = re.compile(
    r"size limit|image size|too (?:large|big|many pixels)|exceed\w*.*(?:size|limit|maximum|width|height)"
    r"|(?:size|limit|maximum|width|height).*exceed|out of memory|insufficient memory|not enough memory",
    re.IGNORECASE,
)


@dataclass
class _Part:
    """A window, or a part of one that was too much at once: the number of the window, its place, and its pixels."""

    index: int
    left: int
    top: int
    grid: Grid
    halvings: int = 0


def fetch(
    source: LayerSource,
    windows: Sequence[Grid],
    transport: Transport,
    at_a_time: int = AT_A_TIME,
) -> list[Outcome]:
    """Return the pixels of each window, or what went wrong with it, in order.

    Windows are in the layer's CRS, within `source.largest_image` and bounded in memory, as `windows.pieces` cuts them.

    Raises:
        CanceledError: the transport's feedback was canceled.
    """
    with closing(fetch_each(source, windows, transport, Pace(at_a_time))) as coming:
        outcomes = dict(coming)
    return [outcomes[index] for index in range(len(windows))]


def fetch_each(
    source: LayerSource, windows: Iterable[Grid], transport: Transport, pace: Pace
) -> Generator[tuple[int, Outcome], None, None]:
    """Yield the pixels of each window, or what went wrong with it, as they come; its number counts from 0.

    Of a layer that has tiles and images, images are requested: only a whole view can decide for tiles. Windows are as
    in `fetch`, and any number of them: each is requested as late, and kept as briefly, as possible. Close the generator
    to stop what is under way.

    Raises:
        CanceledError: the transport's feedback was canceled.
    """
    fetching = _Fetching(source, windows)
    with closing(transport.stream(fetching.next_request, pace)) as coming:
        for number, answer in coming:
            yield from fetching.receive(number, answer)


class _Fetching:
    """The state of `fetch_each`: what is asked for, and what is not complete yet."""

    def __init__(self, source: LayerSource, windows: Iterable[Grid]) -> None:
        self._source = source.of_images()
        self._windows = enumerate(windows)
        self._asked: dict[int, _Part] = {}
        self._count = 0
        # Of the windows that are not complete yet, those that failed left out.
        self._assemblies: dict[int, _Assembly] = {}
        self._halves: deque[_Part] = deque()

    def next_request(self) -> Request | None:
        """Return the next request, halves of earlier windows before new ones; None if there is none now."""
        part = self._next_part()
        if part is None:
            return None
        self._asked[self._count] = part
        self._count += 1
        return _request(self._source, part.grid)

    def receive(self, number: int, answer: Response | ImageServerLayerError) -> Iterator[tuple[int, Outcome]]:
        """Take the answer to the request of this number; yield its window if that is complete now, or has failed."""
        part = self._asked.pop(number)
        assembly = self._assemblies.get(part.index)
        if assembly is None:
            return
        outcome: Outcome | None = _outcome(answer, self._source, part.grid)
        if isinstance(outcome, Pixels):
            outcome = assembly.add(part, outcome)
        elif outcome is not None and self._source.tiles is None and _is_too_much(outcome, part):
            self._halves += _halved(part)
            outcome = None
        if outcome is not None:
            del self._assemblies[part.index]
            yield part.index, outcome

    def _next_part(self) -> _Part | None:
        while self._halves:
            half = self._halves.popleft()
            if half.index in self._assemblies:
                return half
        for index, window in self._windows:
            self._assemblies[index] = _Assembly(self._source, window)
            if self._source.tiles is None:
                return _Part(index, 0, 0, window)
            first, *others = pieces(self._source, window)
            is_part = int(bool(others))
            self._halves += [_Part(index, each.left, each.top, each.grid, is_part) for each in others]
            return _Part(index, first.left, first.top, first.grid, is_part)
        return None


class _Assembly:
    """Puts the parts of a window together."""

    def __init__(self, source: LayerSource, window: Grid) -> None:
        self._source = source
        self._window = window
        self._missing = window.columns * window.rows
        self._pixels: Pixels | None = None

    def add(self, part: _Part, pixels: Pixels) -> Pixels | None:
        """Take a part; return the window when it is complete."""
        if part.halvings == 0:
            return pixels
        if self._pixels is None:
            shape = self._window.rows, self._window.columns
            values = np.zeros((len(self._source.bands), *shape), numpy_type(self._source.data_type))
            source = self._source
            may_have_holes = source.nodata_together or source.clip is not None or source.tiles is not None
            self._pixels = Pixels(values, np.ones(shape, np.bool_) if may_have_holes else None)
        rows = slice(part.top, part.top + part.grid.rows)
        columns = slice(part.left, part.left + part.grid.columns)
        self._pixels.values[:, rows, columns] = pixels.values
        if self._pixels.valid is not None and pixels.valid is not None:
            self._pixels.valid[rows, columns] = pixels.valid
        self._missing -= part.grid.columns * part.grid.rows
        return None if self._missing else self._pixels


def _request(source: LayerSource, window: Grid) -> Request:
    """Return the request for one image, always a GET, which servers and proxies can cache."""
    depth = numpy_type(source.data_type).itemsize * len(source.bands)
    if source.tiles is not None:
        part = tile_part(source.tiles, window)
        most = source.tiles.columns * source.tiles.rows * depth * 2 + _SLACK_BYTES
        return tile_request(source.service_url, part.level, part.row, part.column, most)
    return Request(
        f"{source.service_url}/exportImage",
        drawing_request(source, window),
        max_bytes=window.columns * window.rows * depth * 2 + _SLACK_BYTES,
        always_get=True,
    )


def _outcome(answer: Response | ImageServerLayerError, source: LayerSource, window: Grid) -> Outcome:
    if source.tiles is not None:
        return _tile_outcome(answer, source, source.tiles, window)
    if isinstance(answer, ImageServerLayerError):
        return answer
    try:
        return decode(image_content(answer), source, window)
    except ImageServerLayerError as error:
        return error


def _tile_outcome(
    answer: Response | ImageServerLayerError, source: LayerSource, tiles: TileInfo, window: Grid
) -> Outcome:
    try:
        content = tile_content(answer)
        if content is None:
            return no_tile(source, window)
        return decode_tile(content, source, tiles, tile_part(tiles, window), window)
    except ImageServerLayerError as error:
        return error


def _is_too_much(error: ImageServerLayerError, part: _Part) -> bool:
    """Whether a smaller image may succeed where this one failed."""
    pixels = part.grid.columns * part.grid.rows
    if max(part.grid.columns, part.grid.rows) < 2 * _SMALLEST_HALF:
        return False
    if isinstance(error, RequestTimeoutError):
        # Only once, or else a dead server would be waited for again and again.
        return part.halvings == 0 and pixels > _FEWEST_PIXELS_FOR_LATE
    if not isinstance(error, ServerError):
        return False
    return error.code == _CONTENT_TOO_LARGE or bool(_SIZE_WORDS.search(error.words))


def _halved(part: _Part) -> list[_Part]:
    """Return both halves of a part, cut across its longer side."""
    grid = part.grid
    if grid.columns >= grid.rows:
        half = grid.columns // 2
        cuts = [(0, 0, half, grid.rows), (half, 0, grid.columns - half, grid.rows)]
    else:
        half = grid.rows // 2
        cuts = [(0, 0, grid.columns, half), (0, half, grid.columns, grid.rows - half)]
    return [
        _Part(part.index, part.left + left, part.top + top, part_of(grid, left, top, columns, rows), part.halvings + 1)
        for left, top, columns, rows in cuts
    ]
