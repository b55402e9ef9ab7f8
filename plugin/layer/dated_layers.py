"""Layers that each show one date of another one, in the frames of QGIS' temporal controller that are of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qgis.core import (
    Qgis,
    QgsDataProvider,
    QgsDateTimeRange,
    QgsFeedback,
    QgsMapLayer,
    QgsRasterLayer,
    QgsReadWriteContext,
)
from qgis.PyQt.QtCore import QDateTime, Qt
from qgis.PyQt.QtXml import QDomDocument

from ..backend.source import LayerSource
from ..options.date_groups import alone
from ..options.date_ranges import DatedFrame
from ..options.dimension_value import DimensionValue
from ..options.layer_options import LayerOptions
from ..options.time_range import TimeRange
from ..provider.layers import make_layer
from ..provider.temporal import at_time
from ..service.address import ServiceAddress
from ..service.time_info import CatalogDate, CatalogDates
from ..translation import tr
from .connect import connect
from .dates import dates_of_options
from .describe import abstract_holder, describe_time
from .edit import options_of, provider_of, source_of
from .factory import layer_name
from .kind import Provider
from .project_file import keep_gdal

MOST_LAYERS = 100
"""More layers are not made at once: each is drawn by requests of its own, and is a row of the layer tree."""

_SECOND = 1000


def can_be_dated(layer: QgsMapLayer) -> bool:
    """Whether a layer shows different times, of which others can be made."""
    source = source_of(layer)
    return source is not None and source.times is not None and options_of(layer) is not None


def one_time_only(name: str) -> str:
    """Return why there are no dates to make layers of."""
    text = tr("“{name}” shows one time only: leave out the time, or choose a service whose rasters have dates.")
    return text.format(name=name)


def dates_of_layer(source: LayerSource, options: LayerOptions, feedback: QgsFeedback | None = None) -> CatalogDates:
    """Return the dates that a layer has: those that it knows, or else those that the catalog tells of its rasters.

    Raises:
        ImageServerLayerError: the catalog cannot be asked, or tells no dates.
    """
    known = _known_dates(source)
    if known:
        return CatalogDates(tuple(CatalogDate(date.begin or 0, date.end or 0, 1) for date in known))
    connected = connect(ServiceAddress(source.service_url), source.access, feedback)
    return dates_of_options(connected.client(feedback), connected.service, options)


def what_is_counted(source: LayerSource) -> str:
    """Return what the counts of `dates_of_layer` are of: how many rasters have a date, the catalog alone tells."""
    if not _known_dates(source):
        return tr("Rasters")
    return tr("Slices") if source.time_dimension else tr("Dates")


def dated_source(source: LayerSource, options: LayerOptions, date: TimeRange) -> LayerSource:
    """Return the source of a layer that shows a date for good."""
    if source.time_dimension:
        others = [value for value in options.dimensions if value.name.casefold() != source.time_dimension.casefold()]
        chosen = DimensionValue(source.time_dimension, float(date.begin or 0), float(date.end or 0))
        options = replace(options, dimensions=tuple(sorted([*others, chosen])), nearest_date=False)
    else:
        options = replace(options, time=date, nearest_date=False)
    return replace(
        at_time(source, date),
        options_json=options.to_json(),
        times=None,
        # Says that a range is one date, which the layer is of.
        dates=(date,),
        time_dimension="",
        nearest_value=False,
    )


class DatedLayers:
    """Makes them from a layer as it is now, without a request: with its style, and its name with the date.

    Main thread only. The layer can be shown by this version of the plugin, see `can_be_dated`.
    """

    def __init__(self, layer: QgsRasterLayer) -> None:
        source, options = source_of(layer), options_of(layer)
        if source is None or options is None:
            raise ValueError(layer.name())
        self._source, self._options, self._name = source, options, layer.name()
        self._crs, self._metadata = layer.crs(), layer.metadata().clone()
        self._keeps_gdal = provider_of(layer) is Provider.GDAL
        self._style = QDomDocument()
        layer.exportNamedStyle(self._style, QgsReadWriteContext())
        self._tooltip = abstract_holder(layer).abstract()

    def make(self, frame: DatedFrame) -> QgsRasterLayer:
        """Return the layer of a date; it is in no project yet."""
        source, when = dated_source(self._source, self._options, frame.date), str(alone(frame.date))
        name = layer_name(f"{self._name} – {when}")
        layer = make_layer(source, name)
        if self._keeps_gdal:
            key = Provider.GDAL.value
            layer.setDataSource(source.text(), name, key, QgsDataProvider.ProviderOptions(), False)
            keep_gdal(layer)
        layer.setCrs(self._crs)
        layer.importNamedStyle(self._style)
        layer.setMetadata(self._metadata)
        describe_time(layer, self._tooltip, when)
        properties = layer.temporalProperties()
        properties.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
        properties.setFixedTemporalRange(fixed_range(frame.shown))
        properties.setIsActive(True)
        return layer


def fixed_range(shown: TimeRange) -> QgsDateTimeRange:
    """Return when QGIS is to show a layer, both ends included.

    QGIS 3.22 takes a frame to have its end in common with what begins there, though frames end before. There, what is
    shown begins a second later, the least that it keeps.
    """
    begin, end = shown.begin or 0, shown.end or 0
    if _touches_the_frame_before():
        begin += _SECOND
    return QgsDateTimeRange(_utc(begin), _utc(max(begin, end)))


def frames_in(frames: Sequence[DatedFrame], time: TimeRange | None) -> tuple[DatedFrame, ...]:
    """Return the frames whose dates have something in common with a time; all of them for None."""
    return tuple(frame for frame in frames if time is None or frame.date.touches(*time))


def _known_dates(source: LayerSource) -> list[TimeRange]:
    return [date for date in source.dates if date.begin is not None and date.end is not None]


def _touches_the_frame_before() -> bool:
    frame = QgsDateTimeRange(_utc(0), _utc(_SECOND), True, False)
    return bool(QgsDateTimeRange(_utc(_SECOND), _utc(2 * _SECOND)).overlaps(frame))


def _utc(milliseconds: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(milliseconds, Qt.TimeSpec.UTC)
