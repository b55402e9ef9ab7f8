"""The provider in QGIS' registry. Once there it stays until QGIS ends: it outlives the plugin, and any reload of it."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDataProvider,
    QgsProviderRegistry,
    QgsRectangle,
)

from ..backend.source_reader import read_layer_source
from ..resources import LOG_TAG
from ..service.errors import ImageServerLayerError
from ..service.plain_text import markless_line
from ..service.warming import warm
from ..translation import tr
from .guard import never_raises
from .keeper import KEEPER, kept
from .metadata import ImageServerMetadata
from .opened_source import OpenedSource, read_source, source_key
from .raster_provider import KEY, ImageServerProvider
from .session import READER

_HELD_AS = "image_server_layer_metadata"


def start() -> None:
    """Let QGIS find the provider."""
    metadata = _registered()
    if metadata is None:
        metadata = ImageServerMetadata(KEY, tr("ArcGIS image services"))
        warm(metadata)
        QgsProviderRegistry.instance().registerProvider(metadata)
        # QGIS keeps C++'s half only, and a module of the plugin is gone after a reload.
        setattr(QgsProviderRegistry, _HELD_AS, metadata)
    metadata.turn_on(_created, uri_parts)
    if KEEPER not in metadata.keepers:
        metadata.keepers.append(KEEPER)


def stop() -> None:
    """Let QGIS find a provider that says why it cannot be used. Layers that are open go on drawing."""
    metadata = _registered()
    if metadata is not None:
        # Nothing of the code that goes may be held on to.
        reason = tr("The plugin Image Server Layer is switched off; switch it on to draw its layers.")
        metadata.turn_off(LOG_TAG, reason)


def _registered() -> ImageServerMetadata | None:
    return getattr(QgsProviderRegistry, _HELD_AS, None)


@never_raises(lambda: None)
def _created(uri: str, options: QgsDataProvider.ProviderOptions) -> ImageServerProvider:
    return kept(open_provider(uri, options))


def open_provider(uri: str, options: QgsDataProvider.ProviderOptions) -> ImageServerProvider:
    """Return a provider for a source, without a request."""
    try:
        source = read_source(uri)
    except ImageServerLayerError as error:
        return ImageServerProvider(uri, options, None, error.message)
    key = source_key(source)
    opened = OpenedSource(
        source,
        key,
        # QGIS shows the name in it as HTML.
        QgsCoordinateReferenceSystem(markless_line(source.crs)),
        QgsRectangle(*source.grid.extent),
        READER.views.lease(key),
    )
    return ImageServerProvider(uri, options, opened)


@never_raises(dict)
def uri_parts(uri: str) -> dict[str, Any]:
    """Return `url`, `layerName` and `source`, and `authcfg` where there are credentials; nothing for a foreign text."""
    try:
        source = read_layer_source(uri)
    except ImageServerLayerError:
        return {}
    if source is None:
        return {}
    parts = {"url": source.service_url, "layerName": source.service_name, "source": uri}
    return {**parts, "authcfg": source.access.authcfg} if source.access.authcfg else parts
