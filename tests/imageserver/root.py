"""The description of an image service: `…/ImageServer?f=json`, also after a rendering rule.

Source: "Image Service" of the REST reference; shaped like the answer of an ArcGIS Enterprise 10.9.1.
"""

from __future__ import annotations

from .functions import Block
from .parameters import Parameters
from .service import ImageService

CURRENT_VERSION = 10.91


def describe(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """The root document of a service. With `renderingRule` bands, type and statistics are those that come out of it."""
    rendering = service.rendering_rule(parameters) if parameters.text("renderingRule") else None
    extent = service.extent.to_json(service.reference)
    document: dict[str, object] = {
        "currentVersion": service.version,
        "serviceDescription": service.description,
        "name": service.name,
        "description": service.description,
        "extent": extent,
        "initialExtent": extent,
        "fullExtent": extent,
        "spatialReference": dict(service.reference),
        "pixelSizeX": service.grid.cell_x,
        "pixelSizeY": service.grid.cell_y,
        **_bands(service, service.described(rendering)),
        "datasetFormat": "AMD" if service.catalog else "TIFF",
        "compressionType": "",
        "minPixelSize": 0,
        "maxPixelSize": 0,
        "copyrightText": service.copyright_text,
        "serviceDataType": service.data_type,
        "capabilities": _capabilities(service),
        "supportedImageFormatTypes": "TIFF,JPGPNG,PNG,PNG8,PNG24,PNG32,JPG",
        "hasHistograms": False,
        "hasColormap": service.colormap is not None and rendering is None,
        "hasRasterAttributeTable": service.attribute_table is not None and rendering is None,
        "hasMultidimensions": bool(service.variables),
        "minScale": 0,
        "maxScale": 0,
        "exportTilesAllowed": False,
        "allowRasterFunction": service.allow_raster_function,
        "rasterFunctionInfos": function_infos(service),
        "rasterTypeInfos": [
            {"name": "Raster Dataset", "description": "Supports all ArcGIS Raster Datasets", "help": ""}
        ],
        "mensurationCapabilities": "Basic",
        "maxImageHeight": service.max_image_height,
        "maxImageWidth": service.max_image_width,
        "maxRecordCount": service.max_record_count,
        "maxMosaicImageCount": service.max_mosaic_image_count,
        "maxDownloadImageCount": service.max_download_image_count,
        "maxDownloadSizeLimit": service.max_download_size_limit,
        "defaultCompressionQuality": 75,
        "defaultResamplingMethod": service.resampling,
        **_mosaic(service),
        **_time(service),
        **_cache(service),
        "advancedQueryCapabilities": {
            "useStandardizedQueries": True,
            "supportsStatistics": True,
            "supportsOrderBy": True,
            "supportsDistinct": True,
            "supportsPagination": True,
        },
        "supportsStatistics": True,
        "supportsAdvancedQueries": True,
        "uncompressedSize": service.grid.columns * service.grid.rows * len(service.band_names),
        "ownershipBasedAccessControlForRasters": None,
    }
    return service.reshape(document)


def _bands(service: ImageService, block: Block) -> dict[str, object]:
    no_data = service.no_data_after(block)
    return {
        "bandCount": block.band_count,
        "pixelType": block.pixel_type,
        "bandNames": list(block.band_names),
        "minValues": [band.minimum for band in block.statistics],
        "maxValues": [band.maximum for band in block.statistics],
        "meanValues": [band.mean for band in block.statistics],
        "stdvValues": [band.standard_deviation for band in block.statistics],
        "noDataValue": no_data[0] if no_data and len(set(no_data)) == 1 else None,
        "noDataValues": list(no_data) if no_data else None,
    }


def _capabilities(service: ImageService) -> str:
    if service.tiles_only:
        return "Image,TilesOnly,Tilemap"
    operations = ("Catalog," if service.catalog else "") + "Mensuration,Image,Metadata"
    if service.source_files:
        operations = f"{operations},Download"
    return f"{operations},Tilemap" if service.tiles else operations


def function_infos(service: ImageService) -> list[dict[str, object]]:
    """The published functions, the default one first; as on real servers, each has a help, if an empty one."""
    return [
        {"name": name, "description": str(rule.get("description", "A raster function template.")), "help": ""}
        for name, rule in service.functions.items()
    ]


def _mosaic(service: ImageService) -> dict[str, object]:
    if service.catalog is None:
        return {"objectIdField": "", "fields": [], "defaultMosaicMethod": "Center", "allowedMosaicMethods": ""}
    mosaic = service.mosaic
    return {
        "objectIdField": "OBJECTID",
        "fields": [
            *service.catalog.fields,
            {"name": "Shape", "type": "esriFieldTypeGeometry", "alias": "Shape", "domain": None},
        ],
        "defaultMosaicMethod": mosaic.method,
        "allowedMosaicMethods": mosaic.allowed_methods,
        "sortField": mosaic.sort_field,
        "sortValue": mosaic.sort_value,
        "sortAscending": mosaic.ascending,
        "mosaicOperator": mosaic.operator,
    }


def _time(service: ImageService) -> dict[str, object]:
    if service.time_fields is None or service.time_extent is None:
        return {}
    start, end = service.time_fields
    extent = list(service.time_extent)
    return {
        "timeInfo": {
            "startTimeField": start,
            "endTimeField": end or None,
            "timeExtent": extent,
            "timeReference": None,
        }
    }


def _cache(service: ImageService) -> dict[str, object]:
    if service.tiles is None:
        return {"singleFusedMapCache": False}
    x, y = service.tiles.origin
    return {
        "singleFusedMapCache": True,
        "cacheDirectory": f"/arcgiscache/{service.name}",
        "tileInfo": {
            "rows": service.tiles.size,
            "cols": service.tiles.size,
            "dpi": 96,
            "format": service.tiles.format,
            "compressionQuality": 0,
            "origin": {"x": x, "y": y},
            "spatialReference": dict(service.reference),
            # One pixel of a screen with 96 dots an inch, in meters of the ground.
            "lods": [
                {"level": level, "resolution": resolution, "scale": resolution * 96 / 0.0254}
                for level, resolution in enumerate(service.tiles.resolutions)
            ],
        },
    }
