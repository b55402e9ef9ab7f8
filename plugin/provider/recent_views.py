"""The pixels of recent views, shared by everything that draws, so that nothing known is requested again."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..backend.pixels import Pixels
from ..backend.windows import Lattice
from ..service.extent import Extent
from .own_memory import apart

DEFAULT_MAX_BYTES = 256 * 2**20
# If what is missing of a view comes in more pieces, the view is requested as a whole.
_MOST_PIECES = 3


class Window(NamedTuple):
    """A rectangle of pixels of a lattice: columns count to the right, rows downwards."""

    left: int
    top: int
    columns: int
    rows: int

    @property
    def right(self) -> int:
        """The first column that is no longer inside."""
        return self.left + self.columns

    @property
    def bottom(self) -> int:
        """The first row that is no longer inside."""
        return self.top + self.rows

    def moved(self, columns: int, rows: int) -> Window:
        """Return the window elsewhere."""
        return Window(self.left + columns, self.top + rows, self.columns, self.rows)

    def intersection(self, other: Window) -> Window | None:
        """Return what both have in common, None if nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Window(left, top, right - left, bottom - top) if left < right and top < bottom else None

    def without(self, other: Window) -> Iterator[Window]:
        """Yield what is left when the common part is taken away, in at most four pieces."""
        common = self.intersection(other)
        if common is None:
            yield self
            return
        pieces = (
            Window(self.left, self.top, self.columns, common.top - self.top),
            Window(self.left, common.bottom, self.columns, self.bottom - common.bottom),
            Window(self.left, common.top, common.left - self.left, common.rows),
            Window(common.right, common.top, self.right - common.right, common.rows),
        )
        yield from (piece for piece in pieces if piece.columns > 0 and piece.rows > 0)


@dataclass(frozen=True)
class Known:
    """Pixels of the store; `window` is where they lie on the lattice that was asked about."""

    window: Window
    pixels: Pixels


@dataclass(frozen=True)
class Found:
    """What the store has of a window: parts to be laid over each other, and the windows that nothing is known of.

    `generation` tells whether *Refresh* came between asking the store and adding to it.
    """

    parts: tuple[Known, ...]
    missing: tuple[Window, ...]
    generation: int


@dataclass(frozen=True)
class _View:
    source: Hashable
    lattice: Lattice
    window: Window
    pixels: Pixels
    size: int


class Lease:
    """Kept by each user of a source; with the last one its views are forgotten."""

    def __init__(self, views: RecentViews, source: Hashable) -> None:
        self._views = views
        self._source = source

    def __del__(self) -> None:
        self._views.give_back(self._source)


class RecentViews:
    """A store limited in bytes; the least recently used views go first. All methods may be called on any thread.

    A source is identified by a key that stands for all that changes its pixels. Only correct pixels belong here, never
    an error.
    """

    def __init__(self, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._views: OrderedDict[int, _View] = OrderedDict()
        self._bytes = 0
        self._next_id = 0
        self._users: Counter[Hashable] = Counter()
        self._generations: Counter[Hashable] = Counter()
        # Filled without the lock: the garbage collector, which gives back, may run on the very thread that holds it.
        self._given_back: list[Hashable] = []
        self._lock = threading.Lock()

    def lease(self, source: Hashable) -> Lease:
        """Return what keeps the views of a source in the store for as long as it is kept itself."""
        with self._lock:
            self._settle()
            self._users[source] += 1
        return Lease(self, source)

    def give_back(self, source: Hashable) -> None:
        """End a lease; called by the lease."""
        self._given_back.append(source)
        if self._lock.acquire(blocking=False):
            try:
                self._settle()
            finally:
                self._lock.release()

    def find(self, source: Hashable, lattice: Lattice, window: Window, *, as_a_whole: bool = False) -> Found:
        """Return what is known of a window. With `as_a_whole`, it must be the identical view."""
        with self._lock:
            self._settle()
            generation = self._generations[source]
            candidates = []
            for number, view in self._views.items():
                if view.source == source:
                    placed = _placed(view, lattice, window)
                    if placed is not None and (placed == window or not as_a_whole):
                        candidates.append((number, Known(placed, view.pixels)))
            parts, missing = _cover(window, candidates)
            for number, _ in parts:
                self._views.move_to_end(number)
        return Found(tuple(known for _, known in parts), missing, generation)

    def add(self, source: Hashable, lattice: Lattice, window: Window, pixels: Pixels, generation: int) -> None:
        """Keep pixels that cover a window, unless they were requested before a *Refresh*, or nobody uses the source.

        Earlier views that they cover are dropped.
        """
        size = pixels.values.nbytes + (0 if pixels.valid is None else pixels.valid.nbytes)
        if size > self._max_bytes:
            return
        kept = Pixels(apart(pixels.values), None if pixels.valid is None else apart(pixels.valid))
        with self._lock:
            self._settle()
            if generation != self._generations[source] or not self._users[source]:
                return
            for number, view in list(self._views.items()):
                if view.source == source:
                    placed = _placed(view, lattice, window)
                    if placed is not None and placed.intersection(window) == placed:
                        self._drop(number)
            self._views[self._next_id] = _View(source, lattice, window, kept, size)
            self._next_id += 1
            self._bytes += size
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._views)))

    def latest_over(self, source: Hashable, extent: Extent) -> Pixels | None:
        """Return the pixels of the last used view that covers an extent of the layer's CRS, cut to it; None if none."""
        with self._lock:
            self._settle()
            views = [view for view in reversed(self._views.values()) if view.source == source]
        return next(filter(None, (_cut(view, extent) for view in views)), None)

    def clear(self, source: Hashable) -> None:
        """Forget the views of a source, and those that are under way."""
        with self._lock:
            self._settle()
            self._generations[source] += 1
            self._forget(source)

    def generation(self, source: Hashable) -> int:
        """Return how often the source was cleared."""
        with self._lock:
            return self._generations[source]

    @property
    def size(self) -> int:
        """How many bytes the pixels in the store take."""
        with self._lock:
            self._settle()
            return self._bytes

    def _settle(self) -> None:
        while self._given_back:
            source = self._given_back.pop()
            self._users[source] -= 1
            if self._users[source] <= 0:
                del self._users[source]
                # The count goes on, as a view of the former users may still be under way.
                self._generations[source] += 1
                self._forget(source)

    def _forget(self, source: Hashable) -> None:
        for number in [number for number, view in self._views.items() if view.source == source]:
            self._drop(number)

    def _drop(self, number: int) -> None:
        self._bytes -= self._views.pop(number).size


def _placed(view: _View, lattice: Lattice, window: Window) -> Window | None:
    """Return where a view lies on another lattice, None where its pixels are not pixels of that."""
    reach = max(view.window.right, view.window.bottom, window.right, window.bottom)
    offset = lattice.offset_of(view.lattice, reach)
    return None if offset is None else view.window.moved(*offset)


def _cut(view: _View, extent: Extent) -> Pixels | None:
    """Return the part of a view over an extent, None where it reaches less far (but for half a pixel)."""
    covered, (cell_x, cell_y) = view.lattice.window(*view.window).extent, (view.lattice.cell_x, view.lattice.cell_y)
    left, right = round((extent.xmin - covered.xmin) / cell_x), round((extent.xmax - covered.xmin) / cell_x)
    top, bottom = round((covered.ymax - extent.ymax) / cell_y), round((covered.ymax - extent.ymin) / cell_y)
    if left < 0 or top < 0 or right > view.window.columns or bottom > view.window.rows:
        return None
    rows, columns = slice(top, max(bottom, top + 1)), slice(left, max(right, left + 1))
    valid = view.pixels.valid
    return Pixels(view.pixels.values[:, rows, columns], None if valid is None else valid[rows, columns])


def _cover(window: Window, candidates: list[tuple[int, Known]]) -> tuple[list[tuple[int, Known]], tuple[Window, ...]]:
    """Choose the parts that leave the least to be asked for, in few pieces."""
    missing, parts = [window], []
    for number, known in sorted(candidates, key=lambda candidate: -_common_area(window, candidate[1].window)):
        left = [piece for area in missing for piece in area.without(known.window)]
        if left != missing and len(left) <= _MOST_PIECES:
            missing = left
            parts.append((number, known))
    return parts, tuple(missing)


def _common_area(window: Window, other: Window) -> int:
    common = window.intersection(other)
    return common.columns * common.rows if common else 0
