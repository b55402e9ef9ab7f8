"""Services that say in several ways what their spatial reference is, and what the server is sent of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from osgeo import gdal

from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.truth import elevation, land_cover

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

CODES = (
    ("Olinda/Landsat", "EPSG:31985", "31985"),
    ("Test/SyntheticNonSquare", "EPSG:4326", "4326"),
    # Known to Esri only.
    ("Test/EsriCode", "ESRI:102629", "102629"),
    # The service's own id goes out, though a later one is known.
    ("Test/WebMercator", "EPSG:3857", "102100"),
    # Before 10.0 it stands only inside the extents.
    ("Test/Version93", "EPSG:31985", "31985"),
)
"""Services with a code: its name in QGIS, and what goes out."""

TEXTS = (
    ("Olinda/Elevation", "dem_olinda.tif", elevation),
    ("PuertoRico/LandCover", "landcover_puerto_rico.tif", land_cover),
)
"""Services with nothing but a text: the file that they publish, and its pixels."""


def published_text(file: str) -> str:
    """Return the spatial reference of a file as its service writes it."""
    return str(gdal.Open(str(DATA / file)).GetSpatialRef().ExportToWkt(["FORMAT=WKT1_ESRI"]))


def take_reference_away(server: ImageServerProcess) -> None:
    """Let `Test/FourBands` say where it lies, but not in which reference."""
    box = {"xmin": 300000, "ymin": 9099390, "xmax": 300970, "ymax": 9100000}
    server.patch("Test/FourBands", {"spatialReference": {}, "extent": box, "fullExtent": box, "initialExtent": box})


def sent_references(server: ImageServerProcess) -> list[tuple[str | None, str | None]]:
    """Return the references of image and box in each request for an image."""
    drawings = server.requests(operation="exportImage")
    return [(request.query.get("imageSR"), request.query.get("bboxSR")) for request in drawings]
