"""What a layer of the project is made of, as a form can show it: ours, or QGIS' own layer of an image service."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer

from ..backend.source import Kind, LayerSource
from ..backend.source_reader import read_layer_source
from ..options.layer_options import LayerOptions, UnknownVersionError
from ..service.access import Access
from ..service.address import ServiceAddress
from ..service.errors import AddressError, ImageServerLayerError
from ..translation import tr
from .arguments import service_address
from .edit import provider_of
from .options_file import SavedOptions

_QGIS_PICTURES = "arcgismapserver"


@dataclass(frozen=True)
class EditableLayer:
    """The parts of a layer that a form can edit.

    Attributes:
        choices: its service, options, kind and provider.
        access: how its service is asked.
        problem: why it can be looked at, but not changed; empty where it can.
    """

    choices: SavedOptions
    access: Access
    problem: str = ""


def is_of_image_service(layer: QgsMapLayer, project: QgsProject) -> bool:
    """Whether a layer shows an image service, through this plugin, GDAL, or QGIS' own ArcGIS providers.

    This includes broken layers and those of a later version of this plugin, for which `editable` says why not.
    """
    if not isinstance(layer, QgsRasterLayer):
        return False
    try:
        return isinstance(service_address(layer, project)[0], ServiceAddress)
    except AddressError:
        return False
    except ImageServerLayerError:
        return True


def editable(layer: QgsRasterLayer, project: QgsProject) -> EditableLayer:
    """Return the parts of a layer that a form can edit. Main thread only; no request.

    Raises:
        ImageServerLayerError: it is no layer of an image service, or its source cannot be read here.
    """
    address, access = service_address(layer, project)
    source = read_layer_source(layer.source())
    if source is None:
        # QGIS' older provider shows what the server draws; that of 4.2 has the values.
        kind = Kind.PICTURE if layer.providerType() == _QGIS_PICTURES else None
        return EditableLayer(SavedOptions(address.url, LayerOptions(), kind), access)
    options, problem = _options(source)
    return EditableLayer(SavedOptions(address.url, options, source.kind, provider_of(layer)), access, problem)


def _options(source: LayerSource) -> tuple[LayerOptions, str]:
    try:
        return LayerOptions.from_json(source.options_json), ""
    except UnknownVersionError as error:
        text = tr("{problem} Shown are the options that this version can read.")
        return LayerOptions.readable_part(source.options_json), text.format(problem=error.message)
