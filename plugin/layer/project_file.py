"""Layers are live in the session and portable on disk.

The source of a live layer is a document that GDAL reads too. So while a project is written, an open service's layer is
said to be GDAL's: the project opens anywhere, with the same numbers. When it is read with the plugin at hand, such a
layer becomes live again, without a request. Layers with credentials stay live in the file: GDAL could not draw them.
"""

from __future__ import annotations

from qgis.core import QgsDataProvider, QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..backend.source_reader import read_layer_source
from ..provider.raster_provider import KEY, ImageServerProvider
from ..service.errors import ImageServerLayerError
from .own_properties import write_property

GDAL = "gdal"
# Custom property of a layer that is meant to be an ordinary GDAL layer.
KEEP_GDAL_PROPERTY = "image_server_layer/keep_gdal"


class ProjectFile:
    """Looks after the layers of a project while it is written and read."""

    def __init__(self, project: QgsProject) -> None:
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = project

    def start(self) -> None:
        """Look after the project from now on, and make live what is in it already."""
        self._project.writeMapLayer.connect(make_portable)
        self._project.readMapLayer.connect(self._on_read)
        for layer in self._project.mapLayers().values():
            self._make_live(layer)

    def stop(self) -> None:
        """Look after the project no longer."""
        self._project.writeMapLayer.disconnect(make_portable)
        self._project.readMapLayer.disconnect(self._on_read)

    def _on_read(self, layer: QgsMapLayer, _: QDomElement) -> None:
        self._make_live(layer)

    def _make_live(self, layer: QgsMapLayer) -> None:
        """Make a layer live; that changes nothing that would have to be saved."""
        was_dirty = self._project.isDirty()
        if make_live(layer) or make_plain(layer):
            self._project.setDirty(was_dirty)


def keep_gdal(layer: QgsMapLayer, *, keep: bool = True) -> None:
    """Let a GDAL layer over a source of ours stay one, in this project and when it is opened; or let it become live."""
    write_property(layer, KEEP_GDAL_PROPERTY, True if keep else None)


def stays_gdal(layer: QgsMapLayer) -> bool:
    """Whether a layer is meant to be an ordinary GDAL layer."""
    return bool(layer.customProperty(KEEP_GDAL_PROPERTY, defaultValue=False))


def make_live(layer: QgsMapLayer) -> bool:
    """Give a GDAL layer over a source of ours to the provider of this plugin, without a request.

    Id, style, CRS and everything else of the layer stay. The same is done to a live layer that was opened before the
    plugin was reloaded, as old code would draw it. Returns whether it was done: not for other layers, for one that is
    to stay GDAL's, or for a source that is broken or of a later version, which GDAL may still draw.
    """
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() not in (GDAL, KEY):
        return False
    if isinstance(layer.dataProvider(), ImageServerProvider):
        return False
    if stays_gdal(layer):
        return False
    try:
        source = read_layer_source(layer.source())
    except ImageServerLayerError:
        return False
    if source is None:
        return False
    crs = layer.crs()
    # Not the text as it is: a stranger may have put something else into it beside what we read.
    layer.setDataSource(source.text(), layer.name(), KEY, QgsDataProvider.ProviderOptions(), False)
    if crs.isValid() and crs != layer.crs():
        layer.setCrs(crs)
    return True


def make_plain(layer: QgsMapLayer) -> bool:
    """Give a live layer the source that we would write, if it has another one of the same meaning.

    A stranger may have put something into the text that we ignore but GDAL does not. Returns whether it was done.
    """
    provider = layer.dataProvider() if layer.providerType() == KEY else None
    if not isinstance(provider, ImageServerProvider) or provider.source is None:
        return False
    text = provider.source.text()
    if layer.source() == text:
        return False
    layer.setDataSource(text, layer.name(), KEY, QgsDataProvider.ProviderOptions(), False)
    return True


def make_portable(layer: QgsMapLayer, element: QDomElement, _: QDomDocument) -> None:
    """Write a live layer of an open service as one of GDAL's, in the XML of a project that is being saved."""
    provider = layer.dataProvider() if layer.providerType() == KEY else None
    if not isinstance(provider, ImageServerProvider) or provider.source is None or not provider.source.is_portable:
        return
    element.firstChildElement("provider").firstChild().setNodeValue(GDAL)
