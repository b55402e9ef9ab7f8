"""The QGIS raster data provider of image services: `QgsRasterLayer(source, name, "imageserver")`.

QGIS calls it on the main thread and on threads that draw. What all providers share is in `session`; objects that are
handed to QGIS go through `keeper`.
"""

from __future__ import annotations

import time
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsDataProvider,
    QgsPointXY,
    QgsRasterBlock,
    QgsRasterBlockFeedback,
    QgsRasterIdentifyResult,
    QgsRectangle,
)

from ..backend.windows import view_of
from ..options.grid import Grid
from ..service.errors import CanceledError
from .blank_frames import has_nothing, may_be_blank, nothing, without_pixels
from .guard import ForScripts, called_by_qgis, never_raises
from .identify_result import identify_result, nothing_identified, sampled
from .keeper import kept
from .opened_source import OpenedSource
from .pixel_blocks import empty_block, make_block
from .session import FAILURES, READER
from .source_provider import KEY, data_type_of, extent_of
from .statistics_provider import StatisticsProvider
from .temporal import frame_time
from .view_reader import Drawn

__all__ = ["KEY", "ImageServerProvider"]

# In seconds: QGIS requests the bands of a view one right after another. Later, the server's pixels may have changed.
_BANDS_FOLLOW_WITHIN = 5.0
_NOWHERE = QgsRectangle()
# Methods that QGIS calls in place of those that scripts call; see `guard`.
_CALLED_BY_QGIS = {
    "block": "_block_for_qgis",
    "bandStatistics": "_statistics_for_qgis",
    "cumulativeCut": "_cut_for_qgis",
    "clone": "_clone_for_qgis",
}


@dataclass
class _View:
    """A view that was read for one of its bands, and the bands that have not been taken yet."""

    key: Hashable
    grid: Grid
    generation: int
    drawn: Drawn
    time: float
    bands: set[int]


class ImageServerProvider(StatisticsProvider):
    """Values or a picture of an image service; see `SourceProvider` for its arguments."""

    def __init__(
        self, uri: str, options: QgsDataProvider.ProviderOptions, opened: OpenedSource | None, problem: str = ""
    ) -> None:
        super().__init__(uri, options, opened, problem)
        self._options = options
        self._view: _View | None = None
        for name, method in _CALLED_BY_QGIS.items():
            called_by_qgis(self, name, method)

    def _frame(self) -> OpenedSource | None:
        """Return the source at the time that QGIS' temporal controller shows, if it does."""
        opened = self._opened
        if opened is None:
            return None
        return opened.at(frame_time(self.temporalCapabilities(), opened.source), READER.views)

    # What is drawn.

    @ForScripts
    @never_raises(QgsRasterBlock)
    def block(
        self,
        bandNo: int,
        boundingBox: QgsRectangle,
        width: int,
        height: int,
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> QgsRasterBlock:
        """Return a band of a view, in the layer's CRS. On the main thread too, where it waits for the server."""
        return self._block(bandNo, boundingBox, width, height, feedback)

    @never_raises(lambda: kept(QgsRasterBlock()))
    def _block_for_qgis(
        self, band: int, box: QgsRectangle, width: int, height: int, feedback: QgsRasterBlockFeedback | None
    ) -> QgsRasterBlock:
        return kept(self._block(band, box, width, height, feedback))

    def _block(
        self, band: int, box: QgsRectangle, width: int, height: int, feedback: QgsRasterBlockFeedback | None
    ) -> QgsRasterBlock:
        opened = self._frame()
        if opened is None or width < 1 or height < 1 or box.isEmpty() or not 1 <= band <= len(opened.source.bands):
            return QgsRasterBlock()
        nodata = self._nodata_in_use(band)
        data_type = data_type_of(opened)
        grid = view_of(extent_of(box), width, height)
        try:
            drawn = self._taken(opened, band, grid) or self._read(opened, band, grid, feedback)
        except CanceledError:
            return empty_block(width, height, data_type, nodata)
        block = make_block(drawn.values[band - 1], drawn.valid, data_type, nodata)
        ranges = self.userNoDataValues(band)
        if ranges:
            block.applyNoDataValues(ranges)
        return block

    def _taken(self, opened: OpenedSource, band: int, grid: Grid) -> Drawn | None:
        """Return the view if it was read a moment ago for another band, whether that went well or not."""
        view = self._view
        if view is None or (view.key, view.grid) != (opened.key, grid) or band not in view.bands:
            return None
        is_old = time.monotonic() - view.time > _BANDS_FOLLOW_WITHIN
        if is_old or view.generation != READER.views.generation(opened.key):
            self._view = None
            return None
        view.bands.discard(band)
        if not view.bands:
            self._view = None
        return view.drawn

    def _read(self, opened: OpenedSource, band: int, grid: Grid, feedback: QgsRasterBlockFeedback | None) -> Drawn:
        """Read a view, and tell once what went wrong with it."""
        generation = READER.views.generation(opened.key)
        is_preview = feedback is not None and feedback.isPreviewOnly()
        if opened.blank.is_known:
            drawn = nothing(opened.source, grid)
        else:
            drawn = READER.read(opened.source, opened.key, grid, feedback, only_known=is_preview)
        if opened is not self._opened and not is_preview and may_be_blank(opened.source, drawn):
            drawn = self._without_blanks(opened, drawn, feedback)
        others = set(range(1, len(opened.source.bands) + 1)) - {band}
        self._view = _View(opened.key, grid, generation, drawn, time.monotonic(), others) if others else None
        if drawn.error is not None:
            FAILURES.failed(self.source_key, drawn.error)
            if feedback is not None:
                feedback.appendError(drawn.error.message)
        elif not is_preview:
            FAILURES.drawn(self.source_key)
        return drawn

    def _without_blanks(self, opened: OpenedSource, drawn: Drawn, feedback: QgsRasterBlockFeedback | None) -> Drawn:
        """Return a frame without the zeros that a server draws where it has nothing of that time."""
        if opened.blank.is_known is None:
            opened.blank.is_known = has_nothing(opened.source, feedback)
        return without_pixels(drawn) if opened.blank.is_known else drawn

    # What is at a point.

    @never_raises(QgsRasterIdentifyResult)
    def identify(
        self,
        point: QgsPointXY,
        format: Any,  # noqa: A002 - QGIS' name
        boundingBox: QgsRectangle = _NOWHERE,  # noqa: ARG002
        width: int = 0,  # noqa: ARG002
        height: int = 0,  # noqa: ARG002
        dpi: int = 96,  # noqa: ARG002
    ) -> QgsRasterIdentifyResult:
        """Return what the service says of a point, or what went wrong."""
        opened = self._frame()
        if opened is None:
            return QgsRasterIdentifyResult()
        if opened.blank.is_known:
            return nothing_identified(opened.source, format)
        return identify_result(self, opened.source, (point.x(), point.y()), format)

    @never_raises(lambda: (float("nan"), False))
    def sample(
        self,
        point: QgsPointXY,
        band: int,
        boundingBox: QgsRectangle = _NOWHERE,  # noqa: ARG002
        width: int = 0,  # noqa: ARG002
        height: int = 0,  # noqa: ARG002
        dpi: int = 96,  # noqa: ARG002
    ) -> tuple[float, bool]:
        """Return a band's value at a point, and whether there is one."""
        opened = self._frame()
        if opened is None or opened.blank.is_known:
            return float("nan"), False
        return sampled(self, opened.source, (point.x(), point.y()), band)

    @never_raises(lambda: None)
    def reloadData(self) -> None:
        """Forget what is known, so that everything is asked for anew."""
        if self._opened is not None:
            for key in (self._opened.key, *self._opened.frames.keys()):
                READER.views.clear(key)
        super().reloadData()

    # Copies.

    @ForScripts
    @never_raises(lambda: None)
    def clone(self) -> ImageServerProvider:
        """Return another provider of the same source."""
        return self._cloned()

    @never_raises(lambda: None)
    def _clone_for_qgis(self) -> ImageServerProvider:
        return kept(self._cloned())

    def _cloned(self) -> ImageServerProvider:
        other = ImageServerProvider(self.dataSourceUri(), self._options, self._opened, self._problem)
        other.copyBaseSettings(self)
        return other
