"""A source as a provider uses it: read once, and shared by all clones."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ..backend.source import LayerSource
from ..backend.source_reader import read_layer_source
from ..options.time_range import TimeRange
from ..service.errors import ImageServerLayerError
from ..translation import tr
from .recent_views import Lease, RecentViews
from .temporal import at_time, has_no_value

# For one layer: the views of so many frames are kept at most.
_MOST_FRAMES = 500


@dataclass
class Blank:
    """Whether the service has nothing of a time; None until that was asked."""

    is_known: bool | None = None


class Frames:
    """A source at the times that were asked for last. All methods may be called on any thread."""

    def __init__(self) -> None:
        self._opened: OrderedDict[TimeRange, OpenedSource] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, opened: OpenedSource, time: TimeRange, views: RecentViews) -> OpenedSource:
        """Return `opened` at a time."""
        with self._lock:
            known = self._opened.get(time)
        if known is None:
            source = at_time(opened.source, time)
            key = source_key(source)
            known = OpenedSource(source, key, opened.crs, opened.extent, views.lease(key))
            known.blank.is_known = True if has_no_value(opened.source, time) else None
        with self._lock:
            known = self._opened.setdefault(time, known)
            self._opened.move_to_end(time)
            while len(self._opened) > _MOST_FRAMES:
                self._opened.popitem(last=False)
        return known

    def keys(self) -> list[Hashable]:
        """Return the keys of all of them."""
        with self._lock:
            return [opened.key for opened in self._opened.values()]


@dataclass(frozen=True)
class OpenedSource:
    """What a provider needs at every call. `key` stands for everything that changes pixels."""

    source: LayerSource
    key: Hashable
    crs: QgsCoordinateReferenceSystem
    extent: QgsRectangle
    lease: Lease
    frames: Frames = field(default_factory=Frames, compare=False)
    blank: Blank = field(default_factory=Blank, compare=False)

    def at(self, time: TimeRange | None, views: RecentViews) -> OpenedSource:
        """Return the same source at a time, whose views are kept as its own are; None is the source itself."""
        return self if time is None else self.frames.get(self, time, views)


class NotOurSourceError(ImageServerLayerError):
    """The text is no source of a layer of this plugin."""


def read_source(text: str) -> LayerSource:
    """Return what a source says.

    Raises:
        ImageServerLayerError: it is not one of ours, broken, or written by a later version of the plugin.
    """
    source = read_layer_source(text)
    if source is None:
        raise NotOurSourceError(
            tr("The layer's source is not one of the plugin Image Server Layer, so nothing can be drawn.")
        )
    return source


def source_key(source: LayerSource) -> Hashable:
    """Return what two layers have in common that show the same pixels, names and looks aside."""
    return (
        source.service_url,
        source.kind,
        tuple(sorted(source.parameters.items())),
        source.reference,
        source.grid,
        source.data_type,
        len(source.bands),
        source.nodata_together,
        b"" if source.clip is None else source.clip.wkb,
        source.tiles,
        source.has_images,
        source.access.authcfg,
        source.access.referer,
    )
