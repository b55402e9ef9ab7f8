"""Pixel values through GDAL: the source text of a QGIS `gdal` layer.

The source is an inline VRT over inline GDAL WMS documents with the AGS mini-driver. It holds everything that is needed
to open the layer again, with no plugin and no file. Why it looks as it does:

* One WMS document is the full resolution. Further ones, each smaller by the square root of two, are the overviews, so
  that a view reads at most twice the pixels it shows (GDAL's own overviews halve, and read up to four times as many).
* The VRT names the bands and keeps GDAL from taking the last of two or four bands for transparency.
* Servers before 10.3 widen the box of every request until its pixels are square. So overviews have the sizes nearby
  that keep the shape of the pixels best, which leaves an error of a few hundredths of a pixel.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ..options.grid import Grid

METADATA_DOMAIN = "image_server_layer"
BLOCK_SIZE = 512
CONNECTIONS = 12
# GDAL writes the reference into its URLs as it is, but 102100 for an empty one. This leaves `imageSR=&bboxSR=` empty.
NO_REFERENCE = "&"
# GDAL's own default lets one identify on a dead server wait for a quarter of an hour.
TIMEOUT_SECONDS = 30
# Larger sources make projects slow to read and write. Beyond it, GDAL's own overviews have to do.
LARGEST_SOURCE_WITH_OVERVIEWS = 200_000
# How much smaller than wanted an overview may be, for the sake of the shape of its pixels.
_SHORTEST_NEARBY = 0.97


@dataclass(frozen=True)
class ValuesBand:
    """A band of the layer: its name as QGIS shows it, and the value that means "no data"."""

    name: str
    nodata: float | None = None


@dataclass(frozen=True)
class ValuesSource:
    """What a values layer is made of; `source()` is the text that QGIS opens.

    `reference` is the service's spatial reference as it goes into `imageSR` and `bboxSR`, percent-encoded, or
    `NO_REFERENCE`; `crs` is what GDAL understands (`EPSG:n`, `ESRI:n` or WKT). `metadata` travels in the source, so
    that any copy of the layer can be edited.
    """

    server_url: str
    grid: Grid
    bands: Sequence[ValuesBand]
    data_type: str
    reference: str
    crs: str
    metadata: Mapping[str, str]
    largest_image: tuple[int, int] = (BLOCK_SIZE, BLOCK_SIZE)
    referer: str = ""
    timeout: int = TIMEOUT_SECONDS

    def source(self) -> str:
        """Return the inline VRT."""
        document = self._document(self.grid, overview_count=0)
        overviews = [self._document(grid, overview_count=0) for grid in _ladder(self.grid)]
        with_overviews = self._vrt(document, overviews)
        if len(with_overviews) <= LARGEST_SOURCE_WITH_OVERVIEWS:
            return with_overviews
        return self._vrt(self._document(self.grid, overview_count=_halvings(self.grid)), overviews=[])

    def _document(self, grid: Grid, overview_count: int) -> str:
        """Return one GDAL WMS document over the whole of `grid`."""
        extent = grid.extent
        block_x, block_y = (min(BLOCK_SIZE, limit) for limit in self.largest_image)
        nodata = self._nodata()
        parts = [
            "<GDAL_WMS><Service name='AGS'>",
            f"<ServerUrl>{_escaped(self.server_url)}</ServerUrl><BBoxOrder>xyXY</BBoxOrder>",
            f"<SRS>{_escaped(self.reference)}</SRS><ImageFormat>tiff</ImageFormat></Service>",
            f"<DataWindow><UpperLeftX>{extent.xmin!r}</UpperLeftX><UpperLeftY>{extent.ymax!r}</UpperLeftY>",
            f"<LowerRightX>{extent.xmax!r}</LowerRightX><LowerRightY>{extent.ymin!r}</LowerRightY>",
            f"<SizeX>{grid.columns}</SizeX><SizeY>{grid.rows}</SizeY></DataWindow>",
            f"<Projection>{_escaped(self.crs)}</Projection>",
            f"<BandsCount>{len(self.bands)}</BandsCount><DataType>{self.data_type}</DataType>",
            f"<DataValues NoData='{nodata}'/>" if nodata else "",
            f"<BlockSizeX>{block_x}</BlockSizeX><BlockSizeY>{block_y}</BlockSizeY><OverviewCount>{overview_count}</OverviewCount>",
            f"<MaxConnections>{CONNECTIONS}</MaxConnections><Timeout>{self.timeout}</Timeout>",
            "<UserAgent>QGIS Image Server Layer</UserAgent>",
            f"<Referer>{_escaped(self.referer)}</Referer>" if self.referer else "",
            "</GDAL_WMS>",
        ]
        return "".join(parts)

    def _nodata(self) -> str:
        """Return the values for empty blocks, one a band: GDAL takes none or all."""
        if any(band.nodata is None for band in self.bands):
            return ""
        return " ".join(_number(band.nodata) for band in self.bands if band.nodata is not None)

    def _vrt(self, document: str, overviews: Sequence[str]) -> str:
        extent, (cell_x, cell_y) = self.grid.extent, self.grid.cell_size
        size = f"xSize='{self.grid.columns}' ySize='{self.grid.rows}'"
        parts = [
            f"<VRTDataset rasterXSize='{self.grid.columns}' rasterYSize='{self.grid.rows}'>",
            f"<SRS>{_escaped(self.crs)}</SRS>",
            f"<GeoTransform>{extent.xmin!r},{cell_x!r},0,{extent.ymax!r},0,{-cell_y!r}</GeoTransform>",
            f"<Metadata domain='{METADATA_DOMAIN}'>",
            *(f"<MDI key='{key}'>{_escaped(value)}</MDI>" for key, value in self.metadata.items()),
            "</Metadata>",
        ]
        for number, band in enumerate(self.bands, start=1):
            parts += [
                f"<VRTRasterBand dataType='{self.data_type}' band='{number}'>",
                f"<Description>{_escaped(band.name)}</Description>",
                f"<NoDataValue>{_number(band.nodata)}</NoDataValue>" if band.nodata is not None else "",
                "<ColorInterp>Undefined</ColorInterp><SimpleSource>",
                _source_band(document, number),
                f"<SrcRect xOff='0' yOff='0' {size}/><DstRect xOff='0' yOff='0' {size}/></SimpleSource>",
                *(f"<Overview>{_source_band(overview, number)}</Overview>" for overview in overviews),
                "</VRTRasterBand>",
            ]
        # To QGIS, `|` begins its own part of a GDAL source.
        return "".join([*parts, "</VRTDataset>"]).replace("|", "&#124;")


def _escaped(text: str) -> str:
    """Return a text as the content of an XML element."""
    return escape(text, quote=False)


def _source_band(document: str, number: int) -> str:
    """Return a reference to a band of an inline document.

    Escaping the document as a whole, in place of CDATA, would make projects a third larger.
    """
    return f"<SourceFilename relativeToVRT='0'><![CDATA[{document}]]></SourceFilename><SourceBand>{number}</SourceBand>"


def _ladder(grid: Grid) -> Iterator[Grid]:
    """Yield the same window with ever fewer pixels, until one block holds it."""
    long, short = max(grid.columns, grid.rows), min(grid.columns, grid.rows)
    step = 0
    length = long
    while length > BLOCK_SIZE:
        step += 1
        length, breadth = _smaller(long, short, math.sqrt(2) ** step)
        columns, rows = (length, breadth) if grid.columns >= grid.rows else (breadth, length)
        yield Grid(grid.extent, columns, rows, (grid.extent.width / columns, grid.extent.height / rows))


def _smaller(long: int, short: int, factor: float) -> tuple[int, int]:
    """Return both sizes divided by about `factor`: of the whole numbers nearby those that keep the ratio best."""

    def distortion(length: int) -> float:
        breadth = length * short / long
        return abs(max(1, round(breadth)) / breadth - 1)

    longest = round(long / factor)
    length = min(range(math.ceil(longest * _SHORTEST_NEARBY), longest + 1), key=distortion)
    return length, max(1, round(length * short / long))


def _halvings(grid: Grid) -> int:
    """Return how often the grid must be halved until one block holds it."""
    return max(0, math.ceil(math.log2(max(grid.columns, grid.rows) / BLOCK_SIZE)))


def _number(value: float) -> str:
    """Return the shortest text that reads back as the same number, without a needless ".0"."""
    if math.isnan(value):
        return "nan"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
