"""Time as QGIS has it: from when until when a layer has something, and which time a frame of its controller asks for.

A layer follows the temporal controller where the service has times and none of them was chosen for good. QGIS tells the
provider, which is a copy made for that drawing, the range of the frame. Outside of the controller there is none, and
the service decides, as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qgis.core import QgsDateTimeRange, QgsInterval, QgsRasterDataProviderTemporalCapabilities, QgsUnitTypes
from qgis.PyQt.QtCore import QDateTime, Qt

from ..backend.source import LayerSource
from ..options.arcgis_arguments import time as read_time
from ..options.time_range import TimeRange, read_parameter
from ..service.json_values import compact_json, integer, mapping, sequence, text
from ..service.multidimensional import is_time


def offer_times(capabilities: QgsRasterDataProviderTemporalCapabilities, source: LayerSource) -> None:
    """Let QGIS know when there is something; and each date, where these are known, as steps of the controller."""
    if source.times is None:
        return
    capabilities.setHasTemporalCapabilities(True)
    capabilities.setAvailableTemporalRange(_range(source.times))
    if source.dates:
        offer_steps(capabilities, source.dates)


def offer_steps(capabilities: QgsRasterDataProviderTemporalCapabilities, dates: Sequence[TimeRange]) -> None:
    """Let the temporal controller go from date to date: QGIS presets its step so for the first layer with times."""
    capabilities.setAllAvailableTemporalRanges([_range(date) for date in dates])
    capabilities.setDefaultInterval(QgsInterval(1, QgsUnitTypes.TemporalIrregularStep))


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
    if wanted is None or source.time_dimension:
        return None if wanted is None else value_of_frame(wanted, source)
    return _nearest(wanted, source.dates)


def at_time(source: LayerSource, time: TimeRange) -> LayerSource:
    """Return a source at the time of a frame."""
    if not source.time_dimension:
        return replace(source, parameters={**source.parameters, "time": time.parameter()})
    rule = source.mosaic_rule
    for part in rule["multidimensionalDefinition"]:
        if part.get("dimensionName") == source.time_dimension:
            instant = time.begin == time.end
            part.update(values=[time.begin if instant else list(time)], isSlice=time in source.dates)
    return replace(source, parameters={**source.parameters, "mosaicRule": compact_json(rule)})


def value_of_frame(wanted: TimeRange, source: LayerSource) -> TimeRange:
    """Return the first value in a frame, or the nearest one if that is wanted; else the frame itself."""
    values = (date for date in source.dates if wanted.touches(*date))
    first = next(values, None)
    if first is None and source.nearest_value:
        return _nearest(wanted, source.dates)
    return wanted if first is None else first


def dates_on_screen(
    source: LayerSource, frame: QgsDateTimeRange | None, known: tuple[TimeRange, ...] = ()
) -> tuple[TimeRange, ...]:
    """Return the dates that are shown, in a frame of the controller or without it; none where they are not known.

    Several are shown over each other in the server's own order, so that none of them is known to be on top. `known` are
    the dates of the layer's rasters, where these do not stand in its source.
    """
    wanted = None if frame is None or frame.isInfinite() or frame.isEmpty() else read_time(frame)
    dates = source.dates or known
    if source.times is None or wanted is None:
        time = _time_of_rule(source) or read_parameter(source.parameters.get("time", ""))
        if time is not None and (time.begin == time.end or time in source.dates):
            return (time,)
        if source.time_dimension or (source.times is None and time is None):
            return ()
        return tuple(date for date in dates if time is None or time.touches(*date))
    if source.time_dimension:
        value = value_of_frame(wanted, source)
        return () if has_no_value(source, value) else (value,)
    matches = tuple(date for date in dates if wanted.touches(*date))
    return matches or ((_nearest(wanted, source.dates),) if source.dates else ())


def has_no_value(source: LayerSource, time: TimeRange) -> bool:
    """Whether the dimension that frames choose from has no value of a time, so that there is nothing to ask for."""
    return bool(source.time_dimension) and time not in source.dates


def _time_of_rule(source: LayerSource) -> TimeRange | None:
    """Return the time that the mosaic rule of a source asks for as a dimension."""
    for part in map(mapping, sequence(source.mosaic_rule.get("multidimensionalDefinition"))):
        value = next(iter(sequence(part.get("values"))), None)
        ends = [integer(end) for end in (value if isinstance(value, list) else [value])]
        if is_time(text(part.get("dimensionName"))) and None not in ends and part.get("isSlice") is True:
            return TimeRange(ends[0], ends[-1])
    return None


def _nearest(wanted: TimeRange, dates: tuple[TimeRange, ...]) -> TimeRange:
    """Return the time itself where there is something of it, else the date that is nearest to it."""
    if not dates or any(wanted.touches(*date) for date in dates):
        return wanted
    return min(dates, key=wanted.distance)


def _range(time: TimeRange) -> QgsDateTimeRange:
    return QgsDateTimeRange(*(QDateTime.fromMSecsSinceEpoch(limit, Qt.TimeSpec.UTC) for limit in time))
