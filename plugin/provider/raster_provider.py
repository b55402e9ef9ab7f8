"""The QGIS raster data provider of image services: `QgsRasterLayer(source, name, "imageserver")`.

It answers everything but pixels from its source. QGIS calls it on the main thread and on the threads that draw; what it
shares with others is in `session`. What is handed to QGIS goes through the keeper.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsDataProvider,
    QgsError,
    QgsPointXY,
    QgsRasterBandStats,
    QgsRasterBlock,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRasterHistogram,
    QgsRasterIdentifyResult,
    QgsRectangle,
)

from ..backend.pixel_types import numpy_type
from ..backend.source import Kind, LayerSource
from ..options.grid import Grid
from ..service.errors import CanceledError
from ..service.extent import Extent
from ..translation import tr
from . import qgis_types, sampling, statistics
from .class_table import attribute_table, color_items
from .guard import ForScripts, called_by_qgis, never_raises
from .identify_result import identify_result, sampled
from .information import html_rows
from .keeper import kept
from .opened_source import OpenedSource
from .pixel_blocks import empty_block, make_block
from .session import FAILURES, READER
from .view_reader import Drawn

KEY = "imageserver"
# QGIS cuts a view into steps of this size. Larger ones are cut by the service's own limits, but the bands of a step have
# to be in memory at once.
_LARGEST_STEP_BYTES = 128 * 2**20
# In seconds: QGIS asks for the bands of a view one right after another. What is asked for later may have changed.
_BANDS_FOLLOW_WITHIN = 5.0
_NOWHERE = QgsRectangle()


@dataclass
class _View:
    """A view that was read for one of its bands, and the bands that have not been taken yet."""

    grid: Grid
    generation: int
    drawn: Drawn
    time: float
    bands: set[int]


class ImageServerProvider(QgsRasterDataProvider):
    """Values or a picture of an image service.

    Args:
        uri: the text of the source.
        options: QGIS' own.
        opened: what the text says; None for a text that cannot be used.
        problem: why it cannot be used.
    """

    def __init__(
        self, uri: str, options: QgsDataProvider.ProviderOptions, opened: OpenedSource | None, problem: str = ""
    ) -> None:
        super().__init__(uri, options)
        self._options = options
        self._opened = opened
        self._problem = problem
        self._view: _View | None = None
        # What C++ disconnects from an object that Python made must not have to wait for Python while it holds a lock
        # of Qt's: PyQt does so the first time only.
        self.dataChanged.connect(_nothing)
        self.dataChanged.disconnect(_nothing)
        for name, method in _CALLED_BY_QGIS.items():
            called_by_qgis(self, name, method)
        if problem:
            self.setError(QgsError(problem, KEY))
        if opened is None:
            return
        for band, facts in enumerate(opened.source.bands, start=1):
            self.setUseSourceNoDataValue(band, facts.nodata is not None)
        if qgis_types.HAS_ATTRIBUTE_TABLES and opened.source.classes:
            self.setAttributeTable(1, attribute_table(opened.source))

    @property
    def source(self) -> LayerSource | None:
        """What the layer is; None where the source cannot be used."""
        return self._opened.source if self._opened else None

    @property
    def source_key(self) -> Hashable:
        """What stands for everything that changes pixels; None where the source cannot be used."""
        return self._opened.key if self._opened else None

    @property
    def is_elevation(self) -> bool:
        """Whether the values are heights."""
        return bool(self._opened and self._opened.source.is_elevation)

    # What it is.

    @never_raises(lambda: KEY)
    def name(self) -> str:
        """Return the key of the provider."""
        return KEY

    @never_raises(lambda: "")
    def description(self) -> str:
        """Return what the provider is for."""
        return tr("ArcGIS image services")

    @never_raises(lambda: False)
    def isValid(self) -> bool:
        """Whether the source can be used. Whether the service answers is seen when it is drawn."""
        return self._opened is not None

    @never_raises(qgis_types.capabilities)
    def capabilities(self) -> Any:
        """Return what the provider can do."""
        return qgis_types.capabilities()

    @never_raises(lambda: qgis_types.provider_capabilities(has_table=False))
    def providerCapabilities(self) -> Any:
        """Return what the provider brings along."""
        return qgis_types.provider_capabilities(has_table=bool(self._opened and self._opened.source.classes))

    @never_raises(lambda: (False, ""))
    def readNativeAttributeTable(self) -> tuple[bool, str]:
        """Tell that the attribute table is there: it came with the source."""
        has_table = bool(self._opened and self._opened.source.classes)
        return has_table, "" if has_table else tr("The image service has no attribute table.")

    @never_raises(lambda: "")
    def lastErrorTitle(self) -> str:
        """Return a title for `lastError`."""
        return tr("Image Server Layer") if self._problem else ""

    @never_raises(lambda: "")
    def lastError(self) -> str:
        """Return why the source cannot be used."""
        return self._problem

    @never_raises(lambda: "")
    def htmlMetadata(self) -> str:
        """Return what the layer is, as rows of the table in its Information panel."""
        return html_rows(self._opened.source) if self._opened else ""

    # Its pixels.

    @never_raises(QgsCoordinateReferenceSystem)
    def crs(self) -> QgsCoordinateReferenceSystem:
        """Return the service's CRS."""
        return self._opened.crs if self._opened else QgsCoordinateReferenceSystem()

    @never_raises(QgsRectangle)
    def extent(self) -> QgsRectangle:
        """Return the layer's extent in the service's CRS; nothing is drawn outside."""
        return self._opened.extent if self._opened else QgsRectangle()

    @never_raises(lambda: 0)
    def xSize(self) -> int:
        """Return the columns of the layer's own grid."""
        return self._opened.source.grid.columns if self._opened else 0

    @never_raises(lambda: 0)
    def ySize(self) -> int:
        """Return the rows of the layer's own grid."""
        return self._opened.source.grid.rows if self._opened else 0

    @never_raises(lambda: 0)
    def bandCount(self) -> int:
        """Return how many bands there are."""
        return len(self._opened.source.bands) if self._opened else 0

    @never_raises(lambda: Qgis.DataType.UnknownDataType)
    def dataType(self, _band: int) -> Qgis.DataType:
        """Return the type of the pixels."""
        return _data_type(self._opened)

    @never_raises(lambda: Qgis.DataType.UnknownDataType)
    def sourceDataType(self, _band: int) -> Qgis.DataType:
        """Return the type of the pixels."""
        return _data_type(self._opened)

    @never_raises(lambda: False)
    def sourceHasNoDataValue(self, band: int) -> bool:
        """Whether a value means "no data" in a band."""
        return _nodata(self._opened, band) is not None

    @never_raises(lambda: 0.0)
    def sourceNoDataValue(self, band: int) -> float:
        """Return the value that means "no data" in a band."""
        return _nodata(self._opened, band) or 0.0

    @never_raises(qgis_types.undefined_color_interpretation)
    def colorInterpretation(self, band: int) -> Any:
        """Return what a band is to QGIS."""
        if self._opened is None:
            return qgis_types.undefined_color_interpretation()
        return qgis_types.color_interpretation(self._opened.source, band)

    @never_raises(list)
    def colorTable(self, _band: int) -> list[QgsColorRampShader.ColorRampItem]:
        """Return the colors of the classes."""
        return color_items(self._opened.source) if self._opened else []

    @never_raises(lambda: "")
    def generateBandName(self, band: int) -> str:
        """Return what a band is called."""
        name = tr("Band {number}").format(number=band)
        if self._opened is None or self._opened.source.kind is Kind.PICTURE:
            return name
        bands = self._opened.source.bands
        own = bands[band - 1].name if 1 <= band <= len(bands) else ""
        return f"{name}: {own}" if own and own != name else name

    @never_raises(lambda: 2048)
    def stepWidth(self) -> int:
        """Return how wide the parts are in which QGIS asks for a view."""
        return _step(self._opened)

    @never_raises(lambda: 2048)
    def stepHeight(self) -> int:
        """Return how high the parts are in which QGIS asks for a view."""
        return _step(self._opened)

    @never_raises(lambda: None)
    def reloadData(self) -> None:
        """Forget what is known, so that everything is asked for anew."""
        if self._opened is not None:
            READER.views.clear(self._opened.key)
        super().reloadData()

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
        opened = self._opened
        if opened is None or width < 1 or height < 1 or box.isEmpty() or not 1 <= band <= len(opened.source.bands):
            return QgsRasterBlock()
        nodata = self._nodata_in_use(band)
        data_type = _data_type(opened)
        extent = _extent(box)
        grid = Grid(extent, width, height, (extent.width / width, extent.height / height))
        try:
            drawn = self._taken(band, grid) or self._read(opened, band, grid, feedback)
        except CanceledError:
            return empty_block(width, height, data_type, nodata)
        block = make_block(drawn.values[band - 1], drawn.valid, data_type, nodata)
        ranges = self.userNoDataValues(band)
        if ranges:
            block.applyNoDataValues(ranges)
        return block

    def _taken(self, band: int, grid: Grid) -> Drawn | None:
        """Return the view if it was read a moment ago for another band, whether that went well or not."""
        view = self._view
        if view is None or view.grid != grid or band not in view.bands or self._opened is None:
            return None
        is_old = time.monotonic() - view.time > _BANDS_FOLLOW_WITHIN
        if is_old or view.generation != READER.views.generation(self._opened.key):
            self._view = None
            return None
        view.bands.discard(band)
        if not view.bands:
            self._view = None
        return view.drawn

    def _read(
        self, opened: OpenedSource, band: int, grid: Grid, feedback: QgsRasterBlockFeedback | None
    ) -> Drawn:
        """Read a view, and tell once what went wrong with it."""
        generation = READER.views.generation(opened.key)
        is_preview = feedback is not None and feedback.isPreviewOnly()
        drawn = READER.read(opened.source, opened.key, grid, feedback, only_known=is_preview)
        others = set(range(1, len(opened.source.bands) + 1)) - {band}
        self._view = _View(grid, generation, drawn, time.monotonic(), others) if others else None
        if drawn.error is not None:
            FAILURES.failed(opened.key, drawn.error)
            if feedback is not None:
                feedback.appendError(drawn.error.message)
        elif not is_preview:
            FAILURES.drawn(opened.key)
        return drawn

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
        if self._opened is None:
            return QgsRasterIdentifyResult()
        return identify_result(self, self._opened.source, (point.x(), point.y()), format)

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
        if self._opened is None:
            return float("nan"), False
        return sampled(self, self._opened.source, (point.x(), point.y()), band)

    # What the values are like.

    @ForScripts
    @never_raises(QgsRasterBandStats)
    def bandStatistics(
        self,
        bandNo: int,
        stats: Any = QgsRasterBandStats.All,
        extent: QgsRectangle = _NOWHERE,
        sampleSize: int = 0,
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> QgsRasterBandStats:
        """Return the statistics of a band: those of the service for the whole layer, else worked out from pixels."""
        known = self._service_statistics(bandNo, extent)
        if known is not None:
            return known
        return QgsRasterDataProvider.bandStatistics(self, bandNo, stats, extent, sampleSize, feedback)

    @never_raises(QgsRasterBandStats)
    def _statistics_for_qgis(
        self, band: int, stats: Any, extent: QgsRectangle, sample_size: int, feedback: QgsRasterBlockFeedback | None
    ) -> QgsRasterBandStats:
        if self._opened is None:
            return QgsRasterBandStats()
        known = self._service_statistics(band, extent)
        if known is not None:
            return known
        if not _is_main_thread():
            return QgsRasterDataProvider.bandStatistics(self, band, stats, extent, sample_size, feedback)
        source = self._opened.source
        numbers = self._known_numbers(band, extent)
        if numbers.size:
            return statistics.from_numbers(source, band, numbers)
        return statistics.from_service(source, band) or statistics.from_type(source, band)

    @never_raises(lambda: False)
    def hasStatistics(
        self,
        band: int,
        stats: Any = QgsRasterBandStats.All,  # noqa: ARG002
        extent: QgsRectangle = _NOWHERE,
        sample_size: int = 0,  # noqa: ARG002
    ) -> bool:
        """Whether `bandStatistics` has an answer without asking for pixels."""
        return self._service_statistics(band, extent) is not None

    @ForScripts
    @never_raises(lambda: (0.0, 0.0))
    def cumulativeCut(
        self, bandNo: int, lowerCount: float, upperCount: float, extent: QgsRectangle = _NOWHERE, sampleSize: int = 0
    ) -> tuple[float, float]:
        """Return the values below which these shares of the pixels lie, worked out from pixels."""
        area = self._area(extent)
        if self._opened is None or area is None:
            return 0.0, 0.0
        return sampling.cut(
            self._opened, bandNo, area, (lowerCount, upperCount), sampleSize, self._nodata_in_use(bandNo)
        )

    @never_raises(lambda: (0.0, 0.0))
    def _cut_for_qgis(
        self, band: int, lower: float, upper: float, extent: QgsRectangle, _sample_size: int
    ) -> tuple[float, float]:
        if self._opened is None:
            return 0.0, 0.0
        # QGIS asks whenever it makes or copies a layer, on the main thread, and a guess is good enough for it.
        source = self._opened.source
        found = statistics.cut(source.bands[band - 1], self._known_numbers(band, extent), lower, upper)
        if found is not None:
            return found
        widest = statistics.from_type(source, band)
        return widest.minimumValue, widest.maximumValue

    @never_raises(lambda: False)
    def hasHistogram(
        self,
        band: int,
        bins: int,  # noqa: ARG002
        minimum: float = float("nan"),  # noqa: ARG002
        maximum: float = float("nan"),  # noqa: ARG002
        extent: QgsRectangle = _NOWHERE,
        sample_size: int = 0,  # noqa: ARG002
        include_out_of_range: bool = False,  # noqa: ARG002
    ) -> bool:
        """Whether QGIS can show a histogram without asking for pixels."""
        return bool(self._known_numbers(band, extent).size)

    @ForScripts
    @never_raises(QgsRasterHistogram)
    def histogram(
        self,
        bandNo: int,
        binCount: int = 0,
        minimum: float = float("nan"),
        maximum: float = float("nan"),
        extent: QgsRectangle = _NOWHERE,
        sampleSize: int = 0,
        includeOutOfRange: bool = False,  # noqa: ARG002 - what is out of range is not counted
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> QgsRasterHistogram:
        """Return the histogram of a band, worked out from pixels."""
        area = self._area(extent)
        if self._opened is None or area is None:
            return QgsRasterHistogram()
        limits = (_nan_for_none(minimum), _nan_for_none(maximum))
        return sampling.histogram(
            self._opened, bandNo, area, limits, binCount, sampleSize, self._nodata_in_use(bandNo), feedback
        )

    @never_raises(QgsRasterHistogram)
    def _histogram_for_qgis(
        self,
        band: int,
        bins: int,
        least: float,
        greatest: float,
        extent: QgsRectangle,
        sample_size: int,
        include_out_of_range: bool,
        feedback: QgsRasterBlockFeedback | None,
    ) -> QgsRasterHistogram:
        if self._opened is None:
            return QgsRasterHistogram()
        numbers = self._known_numbers(band, extent)
        # On the main thread only the button "Compute Histogram" brings a feedback: the user wants it, and can wait.
        if numbers.size or (feedback is None and _is_main_thread()):
            limits = _nan_for_none(least), _nan_for_none(greatest)
            return statistics.histogram(self._opened.source, band, numbers, bins, *limits)
        return self.histogram(band, bins, least, greatest, extent, sample_size, include_out_of_range, feedback)

    def _service_statistics(self, band: int, extent: QgsRectangle) -> QgsRasterBandStats | None:
        """Return the service's statistics where they are meant: for the whole layer, no value left out by the user."""
        if self._opened is None or self.userNoDataValues(band):
            return None
        is_whole = extent.isEmpty() or extent.contains(self._opened.extent)
        return statistics.from_service(self._opened.source, band) if is_whole else None

    def _known_numbers(self, band: int, extent: QgsRectangle) -> statistics.Numbers:
        """Return the values of recent views over an extent, empty for all of the layer."""
        area = self._area(extent)
        if self._opened is None or area is None:
            return statistics.NO_NUMBERS
        pixels = READER.views.latest_over(self._opened.key, area)
        if pixels is None:
            return statistics.NO_NUMBERS
        return statistics.band_numbers(pixels.values[band - 1], pixels.valid, self._nodata_in_use(band))

    def _area(self, extent: QgsRectangle) -> Extent | None:
        """Return the part of the layer in an extent, all of it for an empty one; None if there is none."""
        if self._opened is None:
            return None
        area = self._opened.extent if extent.isEmpty() else extent.intersect(self._opened.extent)
        return None if area.isEmpty() else _extent(area)

    def _nodata_in_use(self, band: int) -> float | None:
        return _nodata(self._opened, band) if self.useSourceNoDataValue(band) else None

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


_CALLED_BY_QGIS = {
    "block": ImageServerProvider._block_for_qgis,
    "bandStatistics": ImageServerProvider._statistics_for_qgis,
    "cumulativeCut": ImageServerProvider._cut_for_qgis,
    "histogram": ImageServerProvider._histogram_for_qgis,
    "clone": ImageServerProvider._clone_for_qgis,
}


def _data_type(opened: OpenedSource | None) -> Qgis.DataType:
    return qgis_types.data_type(opened.source.data_type if opened else "")


def _nodata(opened: OpenedSource | None, band: int) -> float | None:
    if opened is None or not 1 <= band <= len(opened.source.bands):
        return None
    return opened.source.bands[band - 1].nodata


def _extent(box: QgsRectangle) -> Extent:
    return Extent(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


def _nan_for_none(value: float | None) -> float:
    return float("nan") if value is None else value


def _step(opened: OpenedSource | None) -> int:
    """Return the side of a square whose bands fit into memory."""
    if opened is None:
        return 1
    depth = numpy_type(opened.source.data_type).itemsize * len(opened.source.bands)
    return max(256, math.isqrt(_LARGEST_STEP_BYTES // depth))


def _is_main_thread() -> bool:
    return threading.get_ident() == threading.main_thread().ident


def _nothing() -> None:
    """Be connected."""
