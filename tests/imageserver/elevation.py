"""Services made from the elevation model of Olinda, and the land cover of Puerto Rico."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from osgeo import gdal

from .catalog import Item, catalog_of, rectangle
from .data import DATA
from .functions import Window
from .functions.block import Array
from .landsat import FIELDS
from .pixels import LOWEST_F32, array_raster, extent_of, part
from .service import ImageService, MosaicDefaults, Rule

#: Rows and columns of the elevation model that have no data: ten by ten pixels of sea in the upper right corner.
NO_DATA_CORNER = (slice(0, 10), slice(101, 111))

_HILLSHADE: Rule = {
    "rasterFunction": "Hillshade",
    "rasterFunctionArguments": {"Azimuth": 315, "Altitude": 45, "ZFactor": 1},
    "description": "Light from the northwest.",
}
_SLOPE: Rule = {
    "rasterFunction": "Slope",
    "rasterFunctionArguments": {"ZFactor": 1, "SlopeType": 1},
    "description": "Slope in degrees.",
}
_NONE: Rule = {"rasterFunction": "None", "description": "A raster function template."}


def elevation() -> ImageService:
    """`Olinda/Elevation`: a single raster whose spatial reference is WKT only and whose functions begin with None."""
    functions = {"None": _NONE, "Hillshade": _HILLSHADE, "Slope": _SLOPE}
    return replace(_elevation("Olinda/Elevation", -9999.0, functions), thumbnail_function="Hillshade")


def elevation_default() -> ImageService:
    """`Olinda/ElevationDefault`: a hillshade unless the request says otherwise; the lowest F32 is no data."""
    functions = {"Hillshade": _HILLSHADE, "Slope": _SLOPE, "None": _NONE}
    return _elevation("Olinda/ElevationDefault", LOWEST_F32, functions)


def _elevation(name: str, no_data: float, functions: dict[str, Rule]) -> ImageService:
    pixels, grid, reference = _read("dem_olinda.tif")
    pixels[0][NO_DATA_CORNER] = no_data
    return ImageService(
        name=name,
        reference=reference,
        grid=grid,
        pixel_type="F32",
        band_names=("Elevation",),
        source=array_raster(pixels, grid, "F32", (no_data,)),
        no_data=(no_data,),
        description="SRTM elevation of Olinda, Brazil, in meters.",
        copyright_text="NASA / USGS",
        data_type="esriImageServiceDataTypeElevation",
        functions=functions,
    )


def sample_mosaic() -> ImageService:
    """`Test/Sample`: what the sample of the ArcGIS tool needs: three bands, rasters to lock, a Hillshade of one band.

    The raster with OBJECTID k shows `elevation + 1000 × (band - 1) + 10000 × k`, bands and ids counted from 1.
    """
    pixels, grid, reference = _read("dem_olinda.tif")
    items = []
    for number, (left, top) in enumerate(((0, 0), (41, 0), (0, 41), (41, 41), (20, 20)), start=1):
        cut = part(grid, left, top, 70, 70)
        levels = np.array([1000, 2000, 3000], dtype=np.float32)[:, np.newaxis, np.newaxis] - 1000 + 10000 * number
        footprint = rectangle(extent_of(cut))
        center = (footprint.min(axis=0) + footprint.max(axis=0)) / 2
        record = dict.fromkeys((str(field["name"]) for field in FIELDS), None)
        record |= {"OBJECTID": number, "Name": f"srtm_{number}", "MinPS": 0.0, "MaxPS": 90000.0, "Category": 1}
        record |= {
            "CenterX": float(center[0]),
            "CenterY": float(center[1]),
            "Best": number,
            "AcquisitionDate": 950486400000,
        }
        raster = array_raster(pixels[:, top : top + 70, left : left + 70] + levels, cut, "F32")
        items.append(Item(record, raster, footprint, (float(center[0]), float(center[1]))))
    return ImageService(
        name="Test/Sample",
        reference=reference,
        grid=grid,
        pixel_type="F32",
        band_names=("Ground", "Canopy", "Cloud"),
        source=catalog_of(FIELDS, items),
        description="Elevation in three bands, for the sample of the Make Image Server Layer tool.",
        functions={"None": _NONE, "Hillshade": _HILLSHADE},
        mosaic=MosaicDefaults(sort_field="Best", sort_value=0),
    )


def land_cover() -> ImageService:
    """`PuertoRico/LandCover`: classes with a colormap and an attribute table; 0 is no data."""
    pixels, grid, reference = _read("landcover_puerto_rico.tif")
    # A band dies with its dataset, so the dataset is kept.
    dataset = gdal.Open(str(DATA / "landcover_puerto_rico.tif"))
    band = dataset.GetRasterBand(1)
    table, colors = band.GetDefaultRAT(), band.GetColorTable()
    values, counts = np.unique(pixels, return_counts=True)
    classes = {int(value): int(count) for value, count in zip(values, counts) if value}
    colormap = {value: tuple(colors.GetColorEntry(value)[:3]) for value in classes}
    rows = [
        {
            "OBJECTID": number,
            "Value": value,
            "Count": count,
            "ClassName": table.GetValueAsString(value, table.GetColumnCount() - 1),
            **dict(zip(("Red", "Green", "Blue"), colormap[value])),
        }
        for number, (value, count) in enumerate(classes.items(), start=1)
    ]
    types = {"OBJECTID": "OID", "Count": "Double", "ClassName": "String"}
    return ImageService(
        name="PuertoRico/LandCover",
        reference=reference,
        grid=grid,
        pixel_type="U8",
        band_names=("Layer_1",),
        source=array_raster(pixels, grid, "U8", (0,)),
        no_data=(0,),
        description="National Land Cover Database, Puerto Rico.",
        copyright_text="MRLC",
        data_type="esriImageServiceDataTypeThematic",
        colormap=colormap,
        attribute_table={
            "objectIdFieldName": "OBJECTID",
            "fields": [
                {"name": name, "type": f"esriFieldType{types.get(name, 'Integer')}", "alias": name, "domain": None}
                for name in rows[0]
            ],
            "features": [{"attributes": row} for row in rows],
        },
    )


def _read(file: str) -> tuple[Array, Window, dict[str, object]]:
    """The pixels (bands, rows, columns) of a raster, its grid, and its spatial reference in Esri's WKT."""
    dataset = gdal.Open(str(DATA / file))
    xmin, cell_x, _, ymax, _, cell_y = dataset.GetGeoTransform()
    pixels = dataset.ReadAsArray().reshape(dataset.RasterCount, dataset.RasterYSize, dataset.RasterXSize)
    grid = Window(xmin, ymax, cell_x, -cell_y, dataset.RasterXSize, dataset.RasterYSize)
    return pixels, grid, {"wkt": dataset.GetSpatialRef().ExportToWkt(["FORMAT=WKT1_ESRI"])}
