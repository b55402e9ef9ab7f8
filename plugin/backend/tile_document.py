"""The document that GDAL reads picture tiles through: GDAL_WMS with the TMS mini-driver, inside a VRT.

GDAL finds tiles whose levels halve and are numbered without a gap. Tiles of values are not for it: it shows 0 where a
LERC is masked, which is a wrong number.
"""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape

from ..options.clip import Clip
from ..options.grid import Grid
from ..service.tile_info import TileInfo

_COLORS = ("Red", "Green", "Blue", "Alpha")
# Tolerance, as a share: each level must be twice as fine as the one before.
_HALF = 1e-9
# Tolerance, in pixels: how far the cells of the layer may be off those of a level.
_ON_PIXELS = 1e-3


def tiles_for_gdal(tiles: TileInfo, cell_size: float, clip: Clip | None, *, has_images: bool) -> TileInfo | None:
    """Return the tiles with the levels that GDAL needs for cells of a size; None if GDAL cannot draw them.

    It cannot if it would miscount the tiles, or show something else than they hold, or if the layer is clipped. If the
    service also draws images, the tiles must show as much as these.
    """
    needed = replace(tiles, levels=tiles.needed_levels(cell_size))
    is_regular = all(
        finer.level == coarser.level + 1 and abs(coarser.resolution / finer.resolution / 2 - 1) <= _HALF
        for coarser, finer in zip(needed.levels, needed.levels[1:])
    )
    is_square = tiles.columns == tiles.rows
    if clip is not None or not is_regular or not is_square or tiles.holds_values:
        return None
    return needed if not has_images or needed.is_as_fine_as(cell_size) else None


def tile_document(service_url: str, tiles: TileInfo, grid: Grid, head: str, last: str) -> str:
    """Return the document of four bands of bytes, the last of them transparency.

    Where `grid` does not lie on the pixels of the finest of the levels, GDAL shows the nearest of them. `head` is what
    the VRT says of itself, `last` what stands at the end of each request.
    """
    finest, side = tiles.levels[-1], tiles.columns
    left = _whole((grid.extent.xmin - tiles.origin[0]) / finest.resolution)
    top = _whole((tiles.origin[1] - grid.extent.ymax) / finest.resolution)
    width, height = (
        _whole(count * cell / finest.resolution) for count, cell in zip((grid.columns, grid.rows), grid.cell_size)
    )
    halvings = min(len(tiles.levels) - 1, max(0, math.ceil(math.log2(max(width, height) / side))))
    # GDAL halves the number of the first tile with each level, so it is rounded down to one that can be halved.
    column, row = (math.floor(value / side) >> halvings << halvings for value in (left, top))
    across = math.ceil((left + width) / side) - column
    down = math.ceil((top + height) / side) - row
    span = side * finest.resolution
    x, y = tiles.origin[0] + column * span, tiles.origin[1] - row * span
    # Escaped, it can end neither its element nor the CDATA around it.
    address = escape(service_url, quote=False)
    inner = "".join(
        [
            f"<GDAL_WMS><Service name='TMS'><ServerUrl>{address}/tile/${{z}}/${{y}}/${{x}}</ServerUrl></Service>",
            f"<DataWindow><UpperLeftX>{x!r}</UpperLeftX><UpperLeftY>{y!r}</UpperLeftY>",
            f"<LowerRightX>{x + across * span!r}</LowerRightX><LowerRightY>{y - down * span!r}</LowerRightY>",
            f"<SizeX>{across * side}</SizeX><SizeY>{down * side}</SizeY>",
            f"<TileLevel>{finest.level}</TileLevel><TileX>{column}</TileX><TileY>{row}</TileY><YOrigin>top</YOrigin>",
            f"</DataWindow><BandsCount>4</BandsCount><BlockSizeX>{side}</BlockSizeX><BlockSizeY>{side}</BlockSizeY>",
            f"<OverviewCount>{halvings}</OverviewCount><ZeroBlockHttpCodes>204,404</ZeroBlockHttpCodes>{last}</GDAL_WMS>",
        ]
    )
    size = f"xSize='{grid.columns}' ySize='{grid.rows}'"
    taken = f"xSize='{width!r}' ySize='{height!r}'"
    source = f"<SrcRect xOff='{left - column * side!r}' yOff='{top - row * side!r}' {taken}/>"
    place = f"{source}<DstRect xOff='0' yOff='0' {size}/>"
    bands = "".join(
        f"<VRTRasterBand dataType='Byte' band='{number}'><ColorInterp>{color}</ColorInterp><SimpleSource>"
        f"<SourceFilename relativeToVRT='0'><![CDATA[{inner}]]></SourceFilename><SourceBand>{number}</SourceBand>"
        f"{place}</SimpleSource></VRTRasterBand>"
        for number, color in enumerate(_COLORS, start=1)
    )
    return f"<VRTDataset rasterXSize='{grid.columns}' rasterYSize='{grid.rows}'>{head}{bands}</VRTDataset>"


def _whole(pixels: float) -> float:
    """Return a number of pixels without what rounding has made of it."""
    return round(pixels) if abs(pixels - round(pixels)) <= _ON_PIXELS else pixels
