"""`python -m tests.desktop.pictures`: take the pictures for README and help page over from the last `make desktop`.

They are reduced to 256 colors, which makes them small.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal, gdal_array

from .__main__ import OUTPUT, ROOT

DOCS, HELP = ROOT / "docs" / "images", ROOT / "resources" / "help" / "images"
PICTURES = {
    "dialog_2_natural_color": (DOCS / "form.png", HELP / "form.png"),
    "dialog_3_rasters": (DOCS / "lock_rasters.png", HELP / "lock_rasters.png"),
    "dialog_7_reopened": (DOCS / "layers.png",),
    "states_1_data_source_manager": (DOCS / "data_source_manager.png",),
    "states_3_server": (DOCS / "server.png",),
    "states_4_clause": (DOCS / "where_clause.png",),
    "states_13_dark_service": (DOCS / "dark_theme.png",),
}
COLORS = 256
# Of the palette: those that are there most often stay as they are, so that surfaces stay plain.
KEPT = 96


def main() -> None:
    gdal.UseExceptions()
    for name, files in PICTURES.items():
        picture = reduced(OUTPUT / f"{name}.png")
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            copy = gdal.GetDriverByName("PNG").CreateCopy(str(file), picture, options=["ZLEVEL=9"])
            copy.FlushCache()
            file.with_name(f"{file.name}.aux.xml").unlink(missing_ok=True)


def reduced(file: Path) -> gdal.Dataset:
    """Return a picture with a palette."""
    picture = gdal.Open(str(file))
    pixels = picture.ReadAsArray()[:3].transpose(1, 2, 0)
    colors, places, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    often = colors[np.argsort(counts)[::-1][:KEPT]]
    table = gdal.ColorTable()
    gdal.ComputeMedianCutPCT(*(picture.GetRasterBand(band) for band in (1, 2, 3)), COLORS - len(often), table)
    rest = np.array([table.GetColorEntry(index)[:3] for index in range(table.GetCount())], dtype=np.uint8)
    palette = np.concatenate([often, rest])
    nearest = np.array([np.square(palette.astype(int) - color).sum(axis=1).argmin() for color in colors.astype(int)])
    indexed = nearest[places].astype(np.uint8).reshape(pixels.shape[:2])
    dataset = gdal_array.OpenArray(indexed)
    entries = gdal.ColorTable()
    for index, color in enumerate(palette.tolist()):
        entries.SetColorEntry(index, tuple(color))
    memory = gdal.GetDriverByName("MEM").CreateCopy("", dataset)
    memory.GetRasterBand(1).SetColorTable(entries)
    return memory


if __name__ == "__main__":
    main()
