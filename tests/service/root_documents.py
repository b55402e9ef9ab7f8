"""Root documents as services of several releases send them."""

from __future__ import annotations

import json
from typing import Any

from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.image_service import ImageService

URL = "https://gis.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer"

EXTENT = {"xmin": 0, "ymin": -30, "xmax": 100, "ymax": 20, "spatialReference": {"wkid": 31985, "latestWkid": 31985}}
SMALLEST = {"pixelSizeX": 10, "pixelSizeY": 5, "extent": EXTENT}

# What a mosaic of ArcGIS Server 10.9.1 says.
MOSAIC = {
    "currentVersion": 10.91,
    "serviceDescription": "Landsat of <b>Olinda</b>",
    "name": "Olinda/Landsat",
    "description": "",
    "extent": EXTENT,
    "initialExtent": EXTENT,
    "fullExtent": EXTENT,
    "spatialReference": {"wkid": 31985, "latestWkid": 31985},
    "pixelSizeX": 10,
    "pixelSizeY": 5,
    "bandCount": 2,
    "pixelType": "U8",
    "minValues": [0, 1],
    "maxValues": [255, 254.5],
    "meanValues": [70.25, "NaN"],
    "stdvValues": [20, None],
    "bandNames": ["Blue", "Band_2"],
    "noDataValues": [0, None],
    "copyrightText": " INPE ",
    "serviceDataType": "esriImageServiceDataTypeGeneric",
    "objectIdField": "OBJECTID",
    "fields": [
        {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID", "domain": None},
        {"name": "Name", "type": "esriFieldTypeString", "alias": "Raster name"},
        {"name": "Best", "type": "esriFieldTypeInteger"},
        {"name": "CloudCover", "type": "esriFieldTypeDouble", "alias": "CloudCover"},
        {"name": "AcquisitionDate", "type": "esriFieldTypeDate", "alias": "AcquisitionDate"},
    ],
    "capabilities": "Catalog,Mensuration,Image,Metadata",
    "defaultMosaicMethod": "Northwest",
    "allowedMosaicMethods": "NorthWest,Center,LockRaster,ByAttribute,Nadir,Viewpoint,Seamline,None",
    "sortField": "BEST",
    "sortValue": 0,
    "mosaicOperator": "First",
    "maxMosaicImageCount": 20,
    "maxRecordCount": 1000,
    "maxImageWidth": 4000,
    "maxImageHeight": 4000,
    "defaultResamplingMethod": "Bilinear",
    "allowRasterFunction": True,
    "rasterFunctionInfos": [
        {"name": "None", "description": "", "help": ""},
        {"name": "NDVI", "description": "Vegetation", "help": "An index.", "thumbnail": "iVBORw0KGgo="},
    ],
    "hasRasterAttributeTable": False,
    "hasColormap": False,
    "singleFusedMapCache": False,
}


def described(changes: dict[str, Any], base: dict[str, Any] | None = None, url: str = URL) -> ImageService:
    """Parse the smallest description there is, or another one, with changes; a change to `...` takes a key out."""
    root = {**(SMALLEST if base is None else base), **changes}
    root = {key: value for key, value in root.items() if value is not ...}
    return parse_description(json.dumps(root).encode(), url)
