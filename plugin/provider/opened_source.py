"""A source as a provider uses it: read once, and shared by all clones."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ..backend.source import LayerSource, read_layer_source
from ..service.errors import ImageServerLayerError
from ..translation import tr
from .recent_views import Lease


@dataclass(frozen=True)
class OpenedSource:
    """What a provider needs at every call. `key` stands for everything that changes pixels."""

    source: LayerSource
    key: Hashable
    crs: QgsCoordinateReferenceSystem
    extent: QgsRectangle
    lease: Lease


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
        source.access.authcfg,
        source.access.referer,
    )
