"""What the values of a layer are like: statistics and cut.

QGIS asks for them whenever it makes, copies or styles a layer, on its main thread, where nobody may wait for a server:
it is answered from what the service tells and from recent views. A script that asks wants the truth, and gets it worked
out from pixels; so does whatever of QGIS asks in the background.

`histogram` and `hasHistogram` must stay QGIS' own, which count the pixels of `block`: when QGIS calls them in Python,
it hands over two numbers as if they were objects of Python, and crashes (3.22 to 3.44). Layer Properties do so at once.
"""

from __future__ import annotations

import threading
from typing import Any

from qgis.core import QgsRasterBandStats, QgsRasterBlockFeedback, QgsRectangle

from . import sampling, statistics
from .guard import ForScripts, never_raises
from .session import READER
from .source_provider import SourceProvider

_NOWHERE = QgsRectangle()


class StatisticsProvider(SourceProvider):
    """A provider that knows what its values are like."""

    @ForScripts
    @never_raises(QgsRasterBandStats)
    def bandStatistics(
        self,
        bandNo: int,
        stats: Any = QgsRasterBandStats.All,  # noqa: ARG002 - all of them, always
        extent: QgsRectangle = _NOWHERE,
        sampleSize: int = 0,
        feedback: QgsRasterBlockFeedback | None = None,
    ) -> QgsRasterBandStats:
        """Return the statistics of a band: those of the service for the whole layer, else worked out from pixels."""
        known = self._service_statistics(bandNo, extent)
        if known is not None:
            return known
        sample = self._sample(bandNo, extent, sampleSize, feedback)
        return QgsRasterBandStats() if sample is None else sampling.band_statistics(sample)

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
            return self.bandStatistics(band, stats, extent, sample_size, feedback)
        source = self._opened.source
        numbers = self._known_numbers(band, extent)
        if numbers.size:
            return statistics.from_moments(source, band, statistics.Moments().with_numbers(numbers))
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
        sample = self._sample(bandNo, extent, sampleSize)
        return (0.0, 0.0) if sample is None else sampling.cut(sample, (lowerCount, upperCount))

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

    def _service_statistics(self, band: int, extent: QgsRectangle) -> QgsRasterBandStats | None:
        """Return the service's statistics where they are meant: for all of its pixels, none of which is left out."""
        if self._opened is None or self._opened.source.clip is not None or self.userNoDataValues(band):
            return None
        is_whole = extent.isEmpty() or extent.contains(self._opened.extent)
        return statistics.from_service(self._opened.source, band) if is_whole else None

    def _sample(
        self, band: int, extent: QgsRectangle, size: int, feedback: QgsRasterBlockFeedback | None = None
    ) -> sampling.Sample | None:
        """Return the pixels to look at for an answer; None where there are none."""
        area = self._area(extent)
        if self._opened is None or area is None:
            return None
        return sampling.Sample(self._opened, band, area, size, self._nodata_in_use(band), feedback)

    def _known_numbers(self, band: int, extent: QgsRectangle) -> statistics.Numbers:
        """Return the values of recent views over an extent, empty for all of the layer."""
        area = self._area(extent)
        if self._opened is None or area is None:
            return statistics.NO_NUMBERS
        pixels = READER.views.latest_over(self._opened.key, area)
        if pixels is None:
            return statistics.NO_NUMBERS
        return statistics.band_numbers(pixels.values[band - 1], pixels.valid, self._nodata_in_use(band))


def _is_main_thread() -> bool:
    return threading.get_ident() == threading.main_thread().ident
