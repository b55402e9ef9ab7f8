"""Descriptions of image services, made by hand, for the tests of the options."""

from __future__ import annotations

from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import (
    Band,
    Field,
    ImageService,
    Mosaic,
    RasterFunction,
    SpatialReference,
)
from image_server_layer.plugin.service.vocabulary import MosaicMethod, MosaicOperation

ALL_METHODS = tuple(MosaicMethod)
FIELDS = (
    Field("OBJECTID", "OBJECTID", "esriFieldTypeOID"),
    Field("Name", "Name", "esriFieldTypeString"),
    Field("AcquisitionDate", "Acquisition date", "esriFieldTypeDate"),
    Field("CloudCover", "Cloud cover", "esriFieldTypeDouble"),
    Field("Best", "Best", "esriFieldTypeInteger"),
)
MOSAIC = Mosaic(
    allowed_methods=ALL_METHODS,
    default_method=MosaicMethod.NORTH_WEST,
    sort_field="Best",
    sort_value=0,
    operation=MosaicOperation.FIRST,
    max_image_count=20,
    object_id_field="OBJECTID",
    fields=FIELDS,
)


def named_bands(*names: str) -> tuple[Band, ...]:
    return tuple(Band(number, name, has_own_name=True) for number, name in enumerate(names, 1))


def functions(*names: str) -> tuple[RasterFunction, ...]:
    return tuple(RasterFunction(name) for name in names)


LANDSAT = ImageService(
    url="https://example.com/arcgis/rest/services/Olinda/Landsat/ImageServer",
    name="Olinda/Landsat",
    version=10.91,
    bands=named_bands("Blue", "Green", "Red", "Near Infrared"),
    pixel_type="U8",
    spatial_reference=SpatialReference(wkid=31985),
    extent=Extent(1000, 2000, 2000, 2600),
    pixel_size=(10, 10),
    functions=functions("None", "NaturalColor", "NDVI", "Hillshade"),
    mosaic=MOSAIC,
)
"""A mosaic of 100 × 60 pixels that answers raw pixels by itself."""

ELEVATION = ImageService(
    url="https://example.com/arcgis/rest/services/Olinda/Elevation/ImageServer",
    name="Olinda/Elevation",
    version=10.91,
    bands=(Band(1, "Band_1"),),
    pixel_type="F32",
    spatial_reference=SpatialReference(wkt='PROJCS["Somewhere"]'),
    extent=Extent(0, 0, 100, 60),
    pixel_size=(1, 1),
    functions=functions("Hillshade", "None", "Slope"),
)
"""A single raster that answers its first published function by itself."""
