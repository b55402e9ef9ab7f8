"""The provider in QGIS' registry. Once there it stays until QGIS ends: it outlives the plugin, and any reload of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDataProvider,
    QgsProviderMetadata,
    QgsProviderRegistry,
    QgsRectangle,
)

from ..backend.source import read_layer_source
from ..service.errors import ImageServerLayerError
from ..translation import tr
from .guard import never_raises
from .keeper import KEEPER, kept
from .opened_source import OpenedSource, read_source, source_key
from .raster_provider import KEY, ImageServerProvider
from .session import READER

_HELD_AS = "image_server_layer_metadata"

CreateProvider = Callable[[str, QgsDataProvider.ProviderOptions], QgsDataProvider]


class ImageServerMetadata(QgsProviderMetadata):
    """What QGIS asks for a provider; `create` is the code of the plugin that is loaded now.

    `keepers` outlive the code that handed objects to them.
    """

    def __init__(self, create: CreateProvider) -> None:
        super().__init__(KEY, tr("ArcGIS image services"))
        self.create = create
        self.keepers: list[Any] = []

    @never_raises(lambda: None)
    def createProvider(self, uri: str, options: QgsDataProvider.ProviderOptions, flags: Any = None) -> Any:  # noqa: ARG002
        """Return a provider; one that is not valid for a source that cannot be used."""
        return kept(self.create(uri, options))

    @never_raises(dict)
    def decodeUri(self, uri: str) -> dict[str, Any]:
        """Return the address of the service and what else QGIS may show of a source."""
        return uri_parts(uri)

    @never_raises(lambda: "")
    def encodeUri(self, parts: dict[str, Any]) -> str:
        """Return the source that was taken apart."""
        return str(parts.get("source", ""))

    @never_raises(lambda: "")
    def absoluteToRelativeUri(self, uri: str, context: Any) -> str:  # noqa: ARG002
        """Return the source as it is: there is no path in it."""
        return uri

    @never_raises(lambda: "")
    def relativeToAbsoluteUri(self, uri: str, context: Any) -> str:  # noqa: ARG002
        """Return the source as it is: there is no path in it."""
        return uri


def start() -> None:
    """Let QGIS find the provider."""
    metadata = _registered()
    if metadata is None:
        metadata = ImageServerMetadata(open_provider)
        QgsProviderRegistry.instance().registerProvider(metadata)
        # QGIS keeps C++'s half only, and a module of the plugin is gone after a reload.
        setattr(QgsProviderRegistry, _HELD_AS, metadata)
    metadata.create = open_provider
    if KEEPER not in metadata.keepers:
        metadata.keepers.append(KEEPER)


def stop() -> None:
    """Let QGIS find a provider that says why it cannot be used. Layers that are open go on drawing."""
    metadata = _registered()
    if metadata is not None:
        metadata.create = switched_off


def _registered() -> ImageServerMetadata | None:
    return getattr(QgsProviderRegistry, _HELD_AS, None)


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
        QgsCoordinateReferenceSystem(source.crs),
        QgsRectangle(*source.grid.extent),
        READER.views.lease(key),
    )
    return ImageServerProvider(uri, options, opened)


def switched_off(uri: str, options: QgsDataProvider.ProviderOptions) -> ImageServerProvider:
    """Return a provider that draws nothing."""
    problem = tr("The plugin Image Server Layer is switched off; switch it on to draw the layer.")
    return ImageServerProvider(uri, options, None, problem)


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
