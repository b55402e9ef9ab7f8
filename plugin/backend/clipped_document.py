"""A warped VRT that cuts another document to a shape: what GDAL reads where the layer is clipped.

It moves no pixel: both geotransforms of its transformer are the same, and pixels are taken as they are. Its overviews
are those of the document within.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..options.clip import Clip
from ..options.grid import Grid

# In bytes: how much GDAL warps at a time.
_MEMORY = 67_108_864
# The geotransform that leaves columns and rows as they are.
_CELLS = "0,1,0,0,0,1"
# Types without a spare value for no data, each with the next wider type, and a value that only that one has.
_WIDER: Mapping[str, tuple[str, str]] = {
    "Byte": ("Int16", "-1"),
    "UInt16": ("Int32", "-1"),
    "Int16": ("Int32", "-32769"),
    "UInt32": ("Float64", "nan"),
    "Int32": ("Float64", "nan"),
    "Float32": ("Float32", "nan"),
    "Float64": ("Float64", "nan"),
}


@dataclass(frozen=True)
class ClippedBand:
    """A band: what stands in it between its tags, and its value for no data in GDAL's spelling, None for none."""

    inside: str
    nodata: str | None


def clipped_document(
    within: str, head: str, grid: Grid, clip: Clip, bands: Sequence[ClippedBand], data_type: str, block_size: int
) -> str:
    """Return the document around `within`, one of GDAL_WMS. `head` is what belongs to all bands.

    Outside of the shape is no data. A band without a value for it gets one: all bands are then of a type that has more.
    """
    wide, spare = _WIDER[data_type] if any(band.nodata is None for band in bands) else (data_type, "")
    inside = [(band.inside, band.nodata or spare) for band in bands]
    return _document(within, head, grid, clip, inside, wide, block_size)


def clipped_picture(within: str, head: str, grid: Grid, clip: Clip, colors: Sequence[str], block_size: int) -> str:
    """Return the same for a picture, one band for each of `colors`, which GDAL calls so: outside, all of them are 0."""
    bands = [(f"<ColorInterp>{color}</ColorInterp>", "") for color in colors]
    return _document(within, head, grid, clip, bands, "Byte", block_size)


def _document(
    within: str,
    head: str,
    grid: Grid,
    clip: Clip,
    bands: Sequence[tuple[str, str]],
    data_type: str,
    block_size: int,
) -> str:
    outside = "NO_DATA" if bands[0][1] else "0"
    transforms = "".join(
        f"<{name}GeoTransform>{_CELLS}</{name}GeoTransform>" for name in ("Src", "SrcInv", "Dst", "DstInv")
    )
    parts = [
        f"<VRTDataset rasterXSize='{grid.columns}' rasterYSize='{grid.rows}' subClass='VRTWarpedDataset'>",
        head,
        *(
            f"<VRTRasterBand dataType='{data_type}' band='{number}' subClass='VRTWarpedRasterBand'>"
            f"{f'<NoDataValue>{nodata}</NoDataValue>' if nodata else ''}{inside}</VRTRasterBand>"
            for number, (inside, nodata) in enumerate(bands, start=1)
        ),
        f"<BlockXSize>{block_size}</BlockXSize><BlockYSize>{block_size}</BlockYSize>",
        f"<GDALWarpOptions><WarpMemoryLimit>{_MEMORY}</WarpMemoryLimit><ResampleAlg>NearestNeighbour</ResampleAlg>",
        f"<WorkingDataType>{data_type}</WorkingDataType><Option name='INIT_DEST'>{outside}</Option>",
        # No data in one band must not remove the other bands.
        "<Option name='UNIFIED_SRC_NODATA'>NO</Option>",
        f"<SourceDataset relativeToVRT='0'><![CDATA[{within}]]></SourceDataset>",
        f"<Transformer><GenImgProjTransformer>{transforms}</GenImgProjTransformer></Transformer><BandList>",
        *(_mapping(number, nodata) for number, (_, nodata) in enumerate(bands, start=1)),
        f"</BandList><Cutline>{clip.in_cells(grid).wkt()}</Cutline></GDALWarpOptions></VRTDataset>",
    ]
    return "".join(parts)


def _mapping(number: int, nodata: str) -> str:
    """Return where a band goes. Whatever has the first value is left out, so that GDAL has no need to change it."""
    values = "".join(
        f"<{which}NoDataReal>{nodata}</{which}NoDataReal><{which}NoDataImag>0</{which}NoDataImag>"
        for which in ("Src", "Dst")
        if nodata
    )
    return f"<BandMapping src='{number}' dst='{number}'>{values}</BandMapping>"
