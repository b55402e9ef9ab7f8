"""Vector layers that list the rasters of an image service: of which service, and which rasters are selected in them."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer

from ..service.json_values import integer
from .edit import options_of, source_of
from .own_properties import write_property

# Custom properties of the layer, which the project saves.
_SERVICE = "image_server_layer/rasters_of"
_ID_FIELD = "image_server_layer/raster_id_field"


@dataclass(frozen=True)
class RasterList:
    """What a layer lists: the rasters of the service at a URL, with their ids in a field."""

    service_url: str
    id_field: str


def mark_raster_list(layer: QgsMapLayer, listed: RasterList) -> None:
    """Let a layer know what it lists."""
    write_property(layer, _SERVICE, listed.service_url)
    write_property(layer, _ID_FIELD, listed.id_field)


def raster_list_of(layer: QgsMapLayer | None) -> RasterList | None:
    """Return what a layer lists, None where it lists no rasters, or the field of their ids has gone."""
    if not isinstance(layer, QgsVectorLayer):
        return None
    listed = RasterList(str(layer.customProperty(_SERVICE, "")), str(layer.customProperty(_ID_FIELD, "")))
    return listed if listed.service_url and layer.fields().indexOf(listed.id_field) >= 0 else None


def selected_rasters(layer: QgsVectorLayer, listed: RasterList) -> tuple[int, ...]:
    """Return the ids of the rasters whose features are selected, in the order of the features."""
    features = sorted(layer.getSelectedFeatures(), key=lambda feature: feature.id())
    ids = (integer(feature.attribute(listed.id_field)) for feature in features)
    return tuple(dict.fromkeys(raster_id for raster_id in ids if raster_id is not None))


def layers_of_service(project: QgsProject, service_url: str) -> list[QgsRasterLayer]:
    """Return the layers of this plugin that show the service at a URL, and can be changed here, by their names."""
    found = []
    for layer in project.mapLayers().values():
        source = source_of(layer)
        if source is not None and source.service_url == service_url and options_of(layer) is not None:
            found.append(layer)
    return sorted(found, key=lambda layer: layer.name().casefold())
