"""The document that GDAL reads pixels through: GDAL_WMS with the AGS mini-driver, for values inside a VRT.

It is the source of every layer, so that GDAL's own tools, and QGIS without this plugin, draw an open service too. Why
it looks as it does:

* A picture is four bands, of which GDAL takes the last for transparency, as it should. It needs no VRT.
* Values have a VRT around them. It names the bands, and gives them no color, so that the last of two or four is not
  taken for transparency. It repeats the inner document for each band, so that one holds nothing that the VRT says.
* What is clipped has a warped VRT around all of it, with the shape as its cutline. It moves no pixel; those whose
  center is outside become no data, for which types that have no value for it give way to the next wider one.
* Overviews are GDAL's own halvings: short, and good enough for programs that do not know the plugin.
* It begins with what it is, in words: in a layer's Information QGIS shows the text of the document as the source.
* All of it is ASCII, without `|`, at which QGIS would cut a GDAL source.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, urlencode

from ..options.clip import Clip
from ..options.grid import Grid
from ..service.tile_info import TileInfo
from .clipped_document import ClippedBand, clipped_document, clipped_picture
from .tile_document import tile_document

METADATA_DOMAIN = "image_server_layer"
BLOCK_SIZE = 512
CONNECTIONS = 12
# GDAL writes 102100 into its URLs if the reference is empty. With this, `imageSR=&bboxSR=` stay empty.
_NO_REFERENCE = "&"
_PICTURE_COLORS = ("Red", "Green", "Blue", "Alpha")
# Parameters that GDAL appends to its URLs itself, with the elements that set them.
_OWN_ELEMENTS = {"format": "ImageFormat", "transparent": "Transparent", "time": "TimeRange"}
# Characters that XML forbids, even as references.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class DocumentBand:
    """A band as GDAL shows it. `statistics` are GDAL's: MINIMUM, MAXIMUM, MEAN, STDDEV, as far as they are known."""

    name: str
    nodata: float | None = None
    statistics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class DocumentClass:
    """A value from 0 to 255, its label, and red, green and blue from 0 to 255."""

    value: int
    label: str
    color: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Document:
    """What GDAL is told.

    Attributes:
        service_url: canonical address of the service.
        parameters: the `exportImage` parameters that do not change with the view.
        grid: the pixels, in the CRS.
        bands: the bands of the VRT; those of a picture need none.
        data_type: GDAL's name of the type of all bands.
        reference: what goes into `imageSR` and `bboxSR`; empty for nothing.
        crs: the same as GDAL reads it; empty for none.
        largest_image: columns and rows that the service draws at most.
        description: what the layer is, in words; GDAL shows it as `DESCRIPTION`, QGIS in the layer's Information.
        metadata: items of our own, which GDAL carries or passes over.
        referer: the page to give as the origin of the requests.
        timeout: seconds that each request may take.
        classes: what codes mean, for a single band of bytes.
        clip: the shape outside of which there is nothing; None for none.
        tiles: ready-made tiles that GDAL is to draw in place of `exportImage`; None for none.
    """

    service_url: str
    parameters: Mapping[str, str]
    grid: Grid
    bands: Sequence[DocumentBand]
    data_type: str
    reference: str
    crs: str
    largest_image: tuple[int, int]
    description: str
    metadata: Mapping[str, str]
    referer: str = ""
    timeout: float = 30.0
    classes: Sequence[DocumentClass] = ()
    clip: Clip | None = None
    tiles: TileInfo | None = None

    def picture(self) -> str:
        """Return the document of a picture: four bands of bytes, the last of them transparency."""
        if self.tiles is not None:
            return _portable(tile_document(self.service_url, self.tiles, self.grid, self._head(), self._manners()))
        if self.clip is not None:
            return _portable(
                clipped_picture(self._wms(4, "", ""), self._head(), self.grid, self.clip, _PICTURE_COLORS, BLOCK_SIZE)
            )
        return _portable(self._wms(4, self._description(), f"{_element('Projection', self.crs)}{self._metadata()}"))

    def values(self) -> str:
        """Return the document of pixel values."""
        inner = self._wms(len(self.bands), "", "")
        if self.clip is not None:
            bands = [
                ClippedBand(self._band_facts(band), None if band.nodata is None else number_text(band.nodata))
                for band in self.bands
            ]
            head = self._head()
            return _portable(clipped_document(inner, head, self.grid, self.clip, bands, self.data_type, BLOCK_SIZE))
        parts = [
            f"<VRTDataset rasterXSize='{self.grid.columns}' rasterYSize='{self.grid.rows}'>",
            self._head(),
            *(self._band(number, band, inner) for number, band in enumerate(self.bands, start=1)),
            "</VRTDataset>",
        ]
        return _portable("".join(parts))

    def _head(self) -> str:
        """Return what a VRT says of all its bands: what it is, place and metadata."""
        extent, (cell_x, cell_y) = self.grid.extent, self.grid.cell_size
        place = f"<GeoTransform>{extent.xmin!r},{cell_x!r},0,{extent.ymax!r},0,{-cell_y!r}</GeoTransform>"
        return f"{self._description()}{_element('SRS', self.crs)}{place}{self._metadata()}"

    def _wms(self, band_count: int, first: str, last: str) -> str:
        """Return a GDAL_WMS document with `first` at its beginning and `last` at its end."""
        extent = self.grid.extent
        query = urlencode(
            {key: value for key, value in self.parameters.items() if key not in _OWN_ELEMENTS}, quote_via=quote, safe=""
        )
        block_x, block_y = (min(BLOCK_SIZE, limit) for limit in self.largest_image)
        own = "".join(_element(tag, self.parameters.get(key, "")) for key, tag in _OWN_ELEMENTS.items())
        parts = [
            f"<GDAL_WMS>{first}<Service name='AGS'>{_element('ServerUrl', f'{self.service_url}/exportImage?{query}')}",
            _element("SRS", quote(self.reference, safe="") or _NO_REFERENCE),
            f"{own}</Service>",
            f"<DataWindow><UpperLeftX>{extent.xmin!r}</UpperLeftX><UpperLeftY>{extent.ymax!r}</UpperLeftY>",
            f"<LowerRightX>{extent.xmax!r}</LowerRightX><LowerRightY>{extent.ymin!r}</LowerRightY>",
            f"<SizeX>{self.grid.columns}</SizeX><SizeY>{self.grid.rows}</SizeY></DataWindow>",
            f"<BandsCount>{band_count}</BandsCount><DataType>{self.data_type}</DataType>{self._empty_blocks()}",
            f"<BlockSizeX>{block_x}</BlockSizeX><BlockSizeY>{block_y}</BlockSizeY>",
            f"<OverviewCount>{_halvings(self.grid)}</OverviewCount>{self._manners()}{last}</GDAL_WMS>",
        ]
        return "".join(parts)

    def _manners(self) -> str:
        """Return how GDAL is to ask."""
        # By default, a single identify on a dead server would wait for a quarter of an hour.
        timeout = f"<MaxConnections>{CONNECTIONS}</MaxConnections><Timeout>{math.ceil(self.timeout)}</Timeout>"
        return f"{timeout}{_element('Referer', self.referer)}"

    def _empty_blocks(self) -> str:
        """Return what an empty answer is filled with, one value a band: GDAL takes none or all."""
        nodata = [band.nodata for band in self.bands if band.nodata is not None]
        if not nodata or len(nodata) != len(self.bands):
            return ""
        return f"<DataValues NoData='{' '.join(map(number_text, nodata))}'/>"

    def _description(self) -> str:
        """Return the beginning, with line breaks for QGIS' Information, which takes all for HTML. GDAL ignores them."""
        words = escape(self.description, quote=False)
        return f"<Metadata><MDI key='DESCRIPTION'>{words}</MDI></Metadata><br/><br/>"

    def _metadata(self) -> str:
        items = "".join(f"<MDI key='{key}'>{escape(value, quote=False)}</MDI>" for key, value in self.metadata.items())
        return f"<Metadata domain='{METADATA_DOMAIN}'>{items}</Metadata>"

    def _band(self, number: int, band: DocumentBand, inner: str) -> str:
        """Return a band of the VRT. Escaping the inner document, in place of CDATA, would make it a third longer."""
        rectangle = f"xOff='0' yOff='0' xSize='{self.grid.columns}' ySize='{self.grid.rows}'"
        parts = [
            f"<VRTRasterBand dataType='{self.data_type}' band='{number}'>",
            self._band_facts(band),
            f"<NoDataValue>{number_text(band.nodata)}</NoDataValue>" if band.nodata is not None else "",
            self._colors(),
            f"<SimpleSource><SourceFilename relativeToVRT='0'><![CDATA[{inner}]]></SourceFilename>",
            # Without the rectangles, GDAL's overviews of the VRT would be all zeros.
            f"<SourceBand>{number}</SourceBand><SrcRect {rectangle}/><DstRect {rectangle}/></SimpleSource>",
            "</VRTRasterBand>",
        ]
        return "".join(parts)

    def _band_facts(self, band: DocumentBand) -> str:
        """Return what a band of a VRT tells: statistics and name."""
        statistics = "".join(
            f"<MDI key='STATISTICS_{key}'>{number_text(value)}</MDI>" for key, value in band.statistics.items()
        )
        metadata = f"<Metadata>{statistics}</Metadata>" if statistics else ""
        return f"{metadata}{_element('Description', band.name)}"

    def _colors(self) -> str:
        """Return what the values of a band mean: nothing, or names and colors of classes."""
        if not self.classes or self.data_type != "Byte" or len(self.bands) != 1:
            return ""
        by_value = {row.value: row for row in self.classes}
        rows = [by_value.get(value) for value in range(max(by_value) + 1)]
        names = "".join(f"<Category>{escape(row.label if row else '', quote=False)}</Category>" for row in rows)
        names = f"<CategoryNames>{names}</CategoryNames>"
        if not all(row.color for row in self.classes):
            return names
        colors = "".join(_entry(row.color if row else None) for row in rows)
        return f"<ColorInterp>Palette</ColorInterp>{names}<ColorTable>{colors}</ColorTable>"


def number_text(value: float) -> str:
    """Return the shortest text that reads back as the same number, without a needless ".0"."""
    if math.isnan(value):
        return "nan"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _entry(color: tuple[int, int, int] | None) -> str:
    """Return a color of a VRT's color table; values that are no class are transparent."""
    if color is None:
        return "<Entry c1='0' c2='0' c3='0' c4='0'/>"
    return f"<Entry c1='{color[0]}' c2='{color[1]}' c3='{color[2]}' c4='255'/>"


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text, quote=False)}</{tag}>" if text else ""


def _portable(document: str) -> str:
    """Return the document in ASCII, without `|` and without what XML cannot hold."""
    document = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", document)
    return document.encode("ascii", "xmlcharrefreplace").decode("ascii").replace("|", "&#124;")


def _halvings(grid: Grid) -> int:
    """Return how often the grid must be halved until one block holds it; GDAL leaves out what would be no pixel."""
    return max(0, math.ceil(math.log2(max(grid.columns, grid.rows) / BLOCK_SIZE)))
