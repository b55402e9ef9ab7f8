"""`Olinda/Landsat`: a part of a Landsat 7 scene, cut into eight overlapping rasters that pixels can be told by.

The raster with OBJECTID k shows `min(scene, 239) + 2 × (k - 1)`, in every band: with the scene at hand, a pixel tells
which raster it came from, and to the eye the mosaic stays a Landsat picture.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import NamedTuple

import numpy as np
from osgeo import gdal

from .catalog import Catalog, Item, Ring, catalog_of, inside, rectangle
from .data import DATA
from .functions import Window
from .functions.block import Array
from .pixels import array_raster, extent_of, part
from .service import ImageService, MosaicDefaults, Rule

GRID = Window(288776.25, 9120760.75, 28.5, 28.5, 349, 352)

BANDS = (
    ("Blue", 450, 520),
    ("Green", 520, 600),
    ("Red", 630, 690),
    ("NearInfrared_1", 770, 900),
    ("MidInfrared_1", 1550, 1750),
    ("MidInfrared_2", 2090, 2350),
)


class Scene(NamedTuple):
    """A raster of the mosaic: its part of the scene and its nadir in columns and rows, and what its record says."""

    left: int
    top: int
    columns: int
    rows: int
    name: str
    acquired: str
    cloud_cover: float | None
    best: int
    nadir: tuple[int, int]


SCENES = (
    Scene(0, 0, 160, 200, "LE07_214065_NW", "1999-08-11 12:41:07", 12.5, 60, (150, 190)),
    Scene(110, 0, 150, 200, "LE07; path 214: row 65", "2000-05-09 12:39:55", 3.25, 20, (230, 20)),
    Scene(200, 0, 149, 200, "Jaboatão dos Guararapes", "2001-08-05 00:00:00", 45.0, 80, (210, 120)),
    Scene(0, 150, 160, 202, "LE07_214065_SW", "2001-11-25 13:05:30", 0.0, 10, (10, 340)),
    Scene(110, 150, 150, 202, "20010805", "2002-02-13 12:37:21", 7.75, 70, (120, 160)),
    Scene(200, 150, 149, 202, "LE07_214065_SE", "2000-12-03 12:38:02", 22.0, 40, (340, 170)),
    Scene(70, 90, 210, 170, "Recife", "1999-12-01 12:40:44", 60.0, 30, (90, 250)),
    Scene(230, 200, 119, 152, "Recife", "2002-10-27 12:36:10", None, 50, (300, 330)),
)

#: The seventh raster is a tilted one; its corners in columns and rows.
TILTED = ((110, 90), (280, 110), (240, 260), (70, 240))

#: Corners in columns and rows. The seamlines of the first six rasters tile the scene, the others have none.
SEAMLINES = (
    ((0, 0), (120, 0), (135, 175), (0, 160)),
    ((120, 0), (250, 0), (230, 175), (135, 175)),
    ((250, 0), (349, 0), (349, 190), (230, 175)),
    ((0, 160), (135, 175), (150, 352), (0, 352)),
    ((135, 175), (230, 175), (210, 352), (150, 352)),
    ((230, 175), (349, 190), (349, 352), (210, 352)),
    None,
    None,
)

_TYPES = {
    "OBJECTID": "OID",
    "Name": "String",
    "MinPS": "Double",
    "MaxPS": "Double",
    "LowPS": "Double",
    "HighPS": "Double",
    "Category": "Integer",
    "Tag": "String",
    "GroupName": "String",
    "ProductName": "String",
    "CenterX": "Double",
    "CenterY": "Double",
    "ZOrder": "Integer",
    "SOrder": "Integer",
    "CloudCover": "Double",
    "Best": "Integer",
    "AcquisitionDate": "Date",
}

FIELDS = tuple(
    {
        "name": name,
        "type": f"esriFieldType{type_name}",
        "alias": name,
        "domain": None,
        **({"length": 200} if type_name == "String" else {}),
    }
    for name, type_name in _TYPES.items()
)

_NDVI: Rule = {"rasterFunction": "NDVI", "rasterFunctionArguments": {"VisibleBandID": 2, "InfraredBandID": 3}}

#: NDVI as the U8 of Esri's function (0 to 200), in five classes from water to forest.
_NDVI_CLASSES = ((0, 90, 1), (90, 105, 2), (105, 120, 3), (120, 135, 4), (135, 201, 5))
_NDVI_COLORS = ((1, 44, 98, 160), (2, 206, 178, 136), (3, 226, 217, 120), (4, 132, 186, 91), (5, 26, 112, 50))


def _rule(function: str, description: str, **arguments: object) -> Rule:
    return {"rasterFunction": function, "rasterFunctionArguments": arguments, "description": description}


def _functions() -> dict[str, Rule]:
    classes: Rule = _rule(
        "Remap",
        "",
        Raster=_NDVI,
        InputRanges=[bound for least, greatest, _ in _NDVI_CLASSES for bound in (least, greatest)],
        OutputValues=[value for _, _, value in _NDVI_CLASSES],
    )
    colored: Rule = _rule("Colormap", "", Raster=classes, Colormap=[list(color) for color in _NDVI_COLORS])
    return {
        "None": _rule("None", "A raster function template."),
        "NaturalColor": _rule("ExtractBand", "Red, green and blue as the eye sees them.", BandIDs=[2, 1, 0]),
        "ColorInfrared": _rule("ExtractBand", "Vegetation in red.", BandIDs=[3, 2, 1]),
        "ShortWaveInfrared": _rule("ExtractBand", "Moisture and burns.", BandIDs=[5, 3, 2]),
        "NaturalColorStretched": _rule(
            "Stretch",
            "Natural color, two standard deviations.",
            Raster=_rule("ExtractBand", "", BandIDs=[2, 1, 0]),
            StretchType=3,
            NumberOfStandardDeviations=2,
            DRA=False,
            UseGamma=False,
        ),
        "NDVI": _rule(
            "BandArithmetic", "Normalized difference vegetation index, -1 to 1.", Method=1, BandIndexes="4 3"
        ),
        "NDVIScaled": {**_NDVI, "description": "The index as 0 to 200."},
        "NDVIClasses": {**colored, "description": "Five classes from water to forest, with a colormap."},
        "NDVIColored": _rule("ColormapToRGB", "Five classes from water to forest, as colors.", Raster=colored),
        "Brightness": _rule("BandArithmetic", "Mean of the visible bands.", Method=0, BandIndexes="(B1 + B2 + B3) / 3"),
        "WaterIndex": _rule(
            "BandArithmetic", "Green against near infrared.", Method=0, BandIndexes="(B2 - B4) / (B2 + B4)"
        ),
        "Panchromatic": _rule("ExtractBand", "The green band.", BandIDs=[1]),
        "Infrared": _rule(
            "ExtractBand", "The three infrared bands.", BandNames=["NearInfrared_1", "MidInfrared_1", "MidInfrared_2"]
        ),
        "Hillshade": _rule("Hillshade", "The first band as if it were a surface.", Azimuth=315, Altitude=45, ZFactor=1),
        "Smooth": _rule("Resample", "Bilinear interpolation.", ResamplingType=1),
        'Water "&" Land + 100 % #1: ção': _rule(
            "Remap",
            "A name that must be encoded.",
            Raster=_rule("ExtractBand", "", BandIDs=[4]),
            InputRanges=[0, 30, 30, 256],
            OutputValues=[1, 2],
        ),
    }


def landsat() -> ImageService:
    properties = tuple(
        {"BandName": name, "WavelengthMin": shortest, "WavelengthMax": longest} for name, shortest, longest in BANDS
    )
    return ImageService(
        name="Olinda/Landsat",
        reference={"wkid": 31985, "latestWkid": 31985},
        grid=GRID,
        pixel_type="U8",
        band_names=tuple(name for name, _, _ in BANDS),
        source=_catalog(),
        description="Landsat 7 ETM+ of Olinda, Brazil, as a mosaic of eight overlapping rasters.",
        copyright_text="U.S. Geological Survey",
        functions=_functions(),
        mosaic=MosaicDefaults(sort_field="Best", sort_value=0),
        time_fields=("AcquisitionDate", ""),
        function_tables={"NDVIClasses": _class_table()},
        band_properties=properties,
    )


def landsat_secured() -> ImageService:
    """`Test/SecuredLandsat`: the same for those who have a token."""
    return replace(landsat(), name="Test/SecuredLandsat", access="token")


def landsat_default() -> ImageService:
    """`Test/LandsatDefault`: the same, but NDVI unless the request says otherwise, as public services do."""
    functions = _functions()
    return replace(landsat(), name="Test/LandsatDefault", functions={"NDVI": functions["NDVI"], **functions})


def _class_table() -> dict[str, object]:
    """The classes of NDVIClasses; as on some real servers, no field bears the name of the object id."""
    names = ("Water", "Bare", "Sparse", "Grass", "Forest")
    return {
        "objectIdFieldName": "OBJECTID",
        "fields": [
            {"name": "Value", "type": "esriFieldTypeInteger", "alias": "Value", "domain": None},
            {"name": "Class_Name", "type": "esriFieldTypeString", "alias": "Class_Name", "domain": None},
            *(
                {"name": color, "type": "esriFieldTypeInteger", "alias": color, "domain": None}
                for color in ("red", "green", "blue")
            ),
        ],
        "features": [
            {"attributes": {"Value": value, "Class_Name": name, "red": red, "green": green, "blue": blue}}
            for name, (value, red, green, blue) in zip(names, _NDVI_COLORS)
        ],
    }


def _catalog() -> Catalog:
    pixels = np.minimum(gdal.Open(str(DATA / "landsat7_olinda.tif")).ReadAsArray(), 239)
    return catalog_of(FIELDS, [_item(number, scene, pixels) for number, scene in enumerate(SCENES, start=1)])


def _item(number: int, scene: Scene, pixels: Array) -> Item:
    grid = part(GRID, scene.left, scene.top, scene.columns, scene.rows)
    footprint = _ground(TILTED) if scene.left == 70 else rectangle(extent_of(grid))
    shown = pixels[:, scene.top : scene.top + scene.rows, scene.left : scene.left + scene.columns] + np.uint8(
        2 * (number - 1)
    )
    mask = inside(footprint, grid.x_centers[np.newaxis, :], grid.y_centers[:, np.newaxis])
    seamline = SEAMLINES[number - 1]
    return Item(
        attributes=_record(number, scene, footprint),
        raster=array_raster(shown, grid, "U8", mask=mask),
        footprint=footprint,
        nadir=tuple(_ground((scene.nadir,))[0]),
        seamline=_ground(seamline) if seamline else None,
    )


def _record(number: int, scene: Scene, footprint: Ring) -> dict[str, object]:
    center = (footprint.min(axis=0) + footprint.max(axis=0)) / 2
    acquired = datetime.strptime(scene.acquired, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
    return {
        "OBJECTID": number,
        "Name": scene.name,
        "MinPS": 0.0,
        "MaxPS": 28500.0,
        "LowPS": 28.5,
        "HighPS": 285.0,
        "Category": 1,
        "Tag": "Multispectral",
        "GroupName": f"LE07_{scene.acquired[:4]}",
        "ProductName": "Level1",
        "CenterX": float(center[0]),
        "CenterY": float(center[1]),
        "ZOrder": None,
        "SOrder": number if SEAMLINES[number - 1] else None,
        "CloudCover": scene.cloud_cover,
        "Best": scene.best,
        "AcquisitionDate": int(acquired.timestamp() * 1000),
    }


def _ground(corners: tuple[tuple[int, int], ...]) -> Ring:
    """A ring of columns and rows as a closed ring on the ground (a single corner stays one point)."""
    points = np.array(corners if len(corners) == 1 else [*corners, corners[0]], dtype=np.float64)
    return np.column_stack([GRID.xmin + points[:, 0] * GRID.cell_x, GRID.ymax - points[:, 1] * GRID.cell_y])
