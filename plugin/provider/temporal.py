"""Time as QGIS has it: from when until when a layer has something, and which time a frame of its controller asks for.

A layer follows the temporal controller where the service has times and none of them was chosen for good. QGIS tells the
provider, which is a copy made for that drawing, the range of the frame. Outside of the controller there is none, and
the service decides, as ever.
"""

from __future__ import annotations

from qgis.core import QgsDateTimeRange, QgsRasterDataProviderTemporalCapabilities
from qgis.PyQt.QtCore import QDateTime, Qt

from ..backend.source import LayerSource
from ..options.arcgis_arguments import time as read_time
from ..options.time_range import TimeRange


def offer_times(capabilities: QgsRasterDataProviderTemporalCapabilities, source: LayerSource) -> None:
    """Let QGIS know when there is something; and each date, where these are known, as steps of the controller."""
    if source.times is None:
        return
    capabilities.setHasTemporalCapabilities(True)
    capabilities.setAvailableTemporalRange(_range(source.times))
    if source.dates:
        capabilities.setAllAvailableTemporalRanges([_range(date) for date in source.dates])


def frame_time(capabilities: QgsRasterDataProviderTemporalCapabilities | None, source: LayerSource) -> TimeRange | None:
    """Return the time to ask for, None for what the source says by itself."""
    if source.times is None or capabilities is None:
        return None
    return time_of_frame(capabilities.requestedTemporalRange(), source)


def time_of_frame(frame: QgsDateTimeRange, source: LayerSource) -> TimeRange | None:
    """Return the time of a source that is shown in a frame of the controller; None for what it says by itself."""
    if source.times is None or frame.isInfinite() or frame.isEmpty():
        return None
    wanted = read_time(frame)
    return wanted if wanted is None else _nearest(wanted, source.dates)


def _nearest(wanted: TimeRange, dates: tuple[TimeRange, ...]) -> TimeRange:
    """Return the time itself where there is something of it, else the date that is nearest to it."""
    if not dates or any(wanted.touches(*date) for date in dates):
        return wanted
    return min(dates, key=wanted.distance)


def _range(time: TimeRange) -> QgsDateTimeRange:
    return QgsDateTimeRange(*(QDateTime.fromMSecsSinceEpoch(limit, Qt.TimeSpec.UTC) for limit in time))
