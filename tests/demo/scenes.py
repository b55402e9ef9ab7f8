"""What the demo shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scene:
    """One picture: what it shows, the service, and the arguments of `make_image_server_layer` after the address."""

    file: str
    title: str
    service: str
    arguments: dict[str, Any]
    is_secured: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether the server draws it."""
        return self.arguments.get("kind") == "picture"

    def call(self) -> str:
        """Return the Python call, as a user would type it."""
        words = [f'"…/{self.service}/ImageServer"', *(f"{name}={value!r}" for name, value in self.arguments.items())]
        if self.is_secured:
            words.append("authcfg='…'")
        return f"make_image_server_layer({', '.join(words)})"


SCENES = (
    Scene("1_natural_color", "Natural color, found by the names of the bands", "Olinda/Landsat", {}),
    Scene("2_color_infrared", "Bands 4, 3 and 2: plants shine red", "Olinda/Landsat", {"band_index": "4;3;2"}),
    Scene(
        "3_least_cloud",
        "The least cloudy scene on top, cut to an extent",
        "Olinda/Landsat",
        {
            "template": "290000 9111500 297500 9118000",
            "mosaic_method": "BY_ATTRIBUTE",
            "order_field": "CloudCover",
            "order_base_value": 0,
            "processing_template": "None",
        },
    ),
    Scene(
        "4_locked_scenes",
        "Two scenes locked by name, one of which holds a semicolon",
        "Olinda/Landsat",
        {"mosaic_method": "LOCK_RASTER", "lock_rasterid": "'LE07; path 214: row 65';LE07_214065_SW", "nodata": 0},
    ),
    Scene(
        "5_since_2001",
        "Only what was acquired since 2001",
        "Olinda/Landsat",
        {"where_clause": "AcquisitionDate >= DATE '2001-01-01'", "nodata": 0},
    ),
    Scene(
        "6_ndvi",
        "A processing template: vegetation index, computed by the server",
        "Olinda/Landsat",
        {"processing_template": "NDVI"},
    ),
    Scene(
        "7_elevation",
        "Elevation in meters, in a reference system that is WKT only",
        "Olinda/Elevation",
        {"processing_template": "None"},
    ),
    Scene(
        "8_hillshade", "The same ground, shaded by the server", "Olinda/Elevation", {"processing_template": "Hillshade"}
    ),
    Scene(
        "9_cells_of_300_m",
        "The cell size of your choice: 300 m",
        "Olinda/Landsat",
        {"band_index": [4, 3, 2], "cell_size": 300},
    ),
    Scene("10_land_cover", "Land cover with the names and colors of its classes", "PuertoRico/LandCover", {}),
    Scene(
        "11_picture",
        "A picture, as the server draws it, instead of pixel values",
        "Olinda/Landsat",
        {"kind": "picture", "band_index": "4;5;3"},
    ),
    Scene(
        "12_secured",
        "Pixel values of a service that asks for a token",
        "Test/SecuredLandsat",
        {"band_index": "5;4;3"},
        is_secured=True,
    ),
)
