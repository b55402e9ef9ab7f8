"""`python -m tests.desktop.pictures`: take pictures for README and help page over from `make demo` and `make desktop`.

They are reduced to 256 colors, which makes them small.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from .__main__ import OUTPUT, ROOT

DOCS, HELP = ROOT / "docs" / "images", ROOT / "resources" / "help" / "images"
DEMO = ROOT / "build" / "demo"
PICTURES = {
    DEMO / "1_natural_color.png": (DOCS / "natural_color.png",),
    OUTPUT / "dialog_2_natural_color.png": (DOCS / "form.png", HELP / "form.png"),
    OUTPUT / "gallery_2_chosen.png": (DOCS / "gallery.png", HELP / "gallery.png"),
    OUTPUT / "image_6_hillshade.png": (HELP / "function.png",),
    OUTPUT / "dialog_3_rasters.png": (DOCS / "lock_rasters.png", HELP / "lock_rasters.png"),
    OUTPUT / "dialog_7_reopened.png": (DOCS / "layers.png",),
    OUTPUT / "documents_1_dropped.png": (DOCS / "documents.png", HELP / "documents.png"),
    OUTPUT / "states_1_data_source_manager.png": (DOCS / "data_source_manager.png",),
    OUTPUT / "map_2_drawn.png": (DOCS / "extent.png",),
    OUTPUT / "states_3_server.png": (DOCS / "server.png", HELP / "server.png"),
    OUTPUT / "states_4_builder.png": (DOCS / "where_builder.png", HELP / "where_builder.png"),
    OUTPUT / "states_4_clause.png": (DOCS / "where_clause.png", HELP / "where_clause.png"),
    OUTPUT / "states_13_dark_image.png": (DOCS / "dark_theme.png",),
    OUTPUT / "portal_2_found.png": (DOCS / "portal.png", HELP / "portal.png"),
    OUTPUT / "dimensions_3_climate.png": (DOCS / "dimensions.png", HELP / "dimensions.png"),
    OUTPUT / "pixel_5_time.png": (DOCS / "pixel.png", HELP / "pixel.png"),
    OUTPUT / "tiles_1_form.png": (DOCS / "tiles.png", HELP / "tiles.png"),
    OUTPUT / "around_7_export_as_script.png": (DOCS / "export.png", HELP / "export.png"),
    OUTPUT / "editing_4_menu.png": (DOCS / "editing.png", HELP / "editing.png"),
}
# Of pictures of the whole screen, what there is to see: left, top, width and height.
PARTS = {
    "pixel_5_time.png": (700, 95, 900, 880),
    "around_7_export_as_script.png": (428, 198, 726, 566),
    "editing_4_menu.png": (160, 530, 920, 470),
    "states_4_clause.png": (0, 40, 612, 590),
}
COLORS = 256
# Of the palette: those that are there most often stay as they are, so that surfaces stay plain.
KEPT = 96
ROUNDS = 8


def main() -> None:
    gdal.UseExceptions()
    for source, files in PICTURES.items():
        picture = reduced(source)
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            copy = gdal.GetDriverByName("PNG").CreateCopy(str(file), picture, options=["ZLEVEL=9"])
            copy.FlushCache()
            file.with_name(f"{file.name}.aux.xml").unlink(missing_ok=True)


def reduced(file: Path) -> gdal.Dataset:
    """Return a picture with a palette, found by k-means; what is rare counts for more than its share of the pixels."""
    pixels = gdal.Open(str(file)).ReadAsArray(*PARTS.get(file.name, ()))[:3]
    colors, places, counts = np.unique(pixels.reshape(3, -1).T, axis=0, return_inverse=True, return_counts=True)
    weights = np.sqrt(counts)
    others = colors[np.linspace(0, len(colors) - 1, COLORS - KEPT).astype(int)]
    palette = np.concatenate([colors[np.argsort(-counts)[:KEPT]], others]).astype(float)
    for _ in range(ROUNDS):
        nearest = _nearest(colors, palette)
        for index in np.unique(nearest[nearest >= KEPT]):
            members = nearest == index
            palette[index] = np.average(colors[members], axis=0, weights=weights[members])
    palette = palette.round()
    indexed = _nearest(colors, palette)[places].reshape(pixels.shape[1:])
    table = gdal.ColorTable()
    for index, color in enumerate(palette.astype(int).tolist()):
        table.SetColorEntry(index, tuple(color))
    picture = gdal.GetDriverByName("MEM").Create("", indexed.shape[1], indexed.shape[0])
    picture.GetRasterBand(1).WriteArray(indexed.astype(np.uint8))
    picture.GetRasterBand(1).SetColorTable(table)
    return picture


def _nearest(colors: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """Return the place in the palette of what is nearest to each color."""
    return (np.square(palette).sum(axis=1) - 2.0 * colors @ palette.T).argmin(axis=1)


if __name__ == "__main__":
    main()
