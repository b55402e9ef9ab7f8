"""The dates of layers whose frames are times of a catalog: read once, in the background, when they are asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable

from qgis.core import QgsMapLayer, QgsProject

from ..backend.source import LayerSource
from ..options.layer_options import LayerOptions
from ..options.time_range import TimeRange
from ..provider.temporal import offer_steps
from ..service.background_task import BackgroundTask
from ..service.errors import ImageServerLayerError
from ..service.time_info import CatalogDates
from ..translation import tr
from .dated_layers import dates_of_layer
from .edit import source_of

# In seconds: how long to wait before dates that could not be read are requested again.
_PAUSE = 60.0


class KnownDates:
    """The dates that have been read, as long as the plugin is loaded.

    `find` may be called on any thread, the rest on the main thread.
    """

    def __init__(self) -> None:
        self._found: dict[Hashable, tuple[TimeRange, ...]] = {}
        self._failed: dict[Hashable, float] = {}
        self._reading: dict[Hashable, BackgroundTask] = {}
        self._lock = threading.Lock()

    def find(self, source: LayerSource) -> tuple[TimeRange, ...]:
        """Return the dates of the rasters that a layer shows, the earliest first; none where they are not known."""
        with self._lock:
            return self._found.get(_key(source), ())

    def read(self, source: LayerSource) -> None:
        """Read the dates of a layer that are not known yet, and redraw its layers then."""
        key = _key(source)
        pause_ends = self._failed.get(key, -_PAUSE) + _PAUSE
        if not _has_dates(source) or key in self._found or key in self._reading or time.monotonic() < pause_ends:
            return
        try:
            options = LayerOptions.from_json(source.options_json)
        except ImageServerLayerError:
            return
        task = BackgroundTask(
            tr("Read the dates of “{name}”").format(name=source.service_name),
            lambda feedback: dates_of_layer(source, options, feedback),
            lambda ended: self._land(key, ended),
        )
        self._reading[key] = task
        task.start()

    def stop(self) -> None:
        """Read no more, and forget all."""
        for task in self._reading.values():
            task.cancel()
        self._reading.clear()
        self._failed.clear()
        with self._lock:
            self._found.clear()

    def _land(self, key: Hashable, task: BackgroundTask) -> None:
        if self._reading.get(key) is not task:
            return
        del self._reading[key]
        if task.error is not None:
            self._failed[key] = time.monotonic()
            return
        found: CatalogDates = task.result
        # Some of the dates are missing, so nobody knows which ones a frame holds.
        dates = found.dates if found.is_whole else ()
        with self._lock:
            self._found[key] = tuple(TimeRange(date.begin, date.end) for date in dates)
        for layer in QgsProject.instance().mapLayers().values():
            source = source_of(layer)
            if source is not None and _key(source) == key:
                _offer_steps(layer, self._found[key])
                layer.triggerRepaint()


def _offer_steps(layer: QgsMapLayer, dates: tuple[TimeRange, ...]) -> None:
    """Let the temporal controller go from date to date, where it plays the layer."""
    provider = layer.dataProvider()
    capabilities = None if provider is None else provider.temporalCapabilities()
    if dates and capabilities is not None and capabilities.hasTemporalCapabilities():
        offer_steps(capabilities, dates)


def _has_dates(source: LayerSource) -> bool:
    """Whether times are requested as such, and no list of dates came with the layer."""
    if source.dates or (source.times is None and "time" not in source.parameters):
        return False
    return "multidimensionalDefinition" not in source.mosaic_rule


def _key(source: LayerSource) -> Hashable:
    return source.service_url, source.options_json, source.access.authcfg, source.access.referer


KNOWN_DATES = KnownDates()
