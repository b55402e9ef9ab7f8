"""The file that an export is written into: a tiled TIFF, tile by tile, which can be opened again after a break."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from osgeo import gdal, osr

from ..backend.gdal_messages import quiet
from ..backend.pixel_types import numpy_type
from ..backend.shapes import Mask
from ..backend.source import Kind, LayerSource
from ..provider.statistics import Moments
from ..service.attribute_table import AttributeTableRow
from ..service.errors import FileError
from ..translation import tr
from .attribute_table import write_classes
from .file_nodata import FileNodata
from .tiles import Tile, Tiling

_DRIVER = "GTiff"
# The default is 6. Compression takes most of the time of an export, and 1 a third to a half of it: an image of Landsat
# gets 2 to 5 % smaller than with 4, heights get 1 to 5 % larger. What is smooth but for a sensor's noise, 9 to 50 %.
_DEFLATE_LEVEL = 1
# If there are more bands, they are stored one after the other, as programs read few of many bands at a time.
_MOST_INTERLEAVED = 4


@dataclass(frozen=True)
class FileForm:
    """What the file is to be, apart from its pixels.

    Attributes:
        source: the layer, whose grid is that of the file.
        tiling: the tiles that it is written in.
        nodata: what stands for no data.
        compression: NONE, LZW, DEFLATE or ZSTD.
        metadata: items of the default domain.
        imagery: items of the domain IMAGERY.
        classes: the classes of a thematic band.
    """

    source: LayerSource
    tiling: Tiling
    nodata: FileNodata
    compression: str
    metadata: Mapping[str, str]
    imagery: Mapping[str, str]
    classes: Sequence[AttributeTableRow] = ()


class WorkingFile:
    """An open file, whose data set belongs to one thread.

    All methods raise `FileError` where the file cannot be written or read.
    """

    def __init__(self, path: Path, form: FileForm, data: Any) -> None:
        self._path, self._form, self._data = path, form, data

    def begin(self) -> None:
        """Write what a new file says of itself, before there are pixels; for `create`, which turns what GDAL raises."""
        form, data = self._form, self._data
        extent, (cell_x, cell_y) = form.source.grid.extent, form.source.grid.cell_size
        data.SetGeoTransform((extent.xmin, cell_x, 0.0, extent.ymax, 0.0, -cell_y))
        if form.source.crs:
            reference = osr.SpatialReference()
            reference.SetFromUserInput(form.source.crs)
            data.SetProjection(reference.ExportToWkt())
        data.SetMetadata(dict(form.metadata))
        if form.imagery:
            data.SetMetadata(dict(form.imagery), "IMAGERY")
        for number, band in enumerate(form.source.bands, start=1):
            target = data.GetRasterBand(number)
            target.SetDescription(band.name)
            if form.nodata.value is not None:
                target.SetNoDataValue(form.nodata.value)
        _set_colors(data, form)
        if form.nodata.has_mask:
            with _config("GDAL_TIFF_INTERNAL_MASK", "YES"):
                data.CreateMaskBand(gdal.GMF_PER_DATASET)
        data.FlushCache()

    def write(self, tile: Tile, values: npt.NDArray[Any], valid: Mask | None) -> None:
        """Write the pixels of a tile (bands, rows, columns), not to the disk yet. `valid` is where there are data."""
        columns, rows = tile.window.columns, tile.window.rows
        with told(self._path):
            # The arrays themselves, as `tobytes` would copy them.
            self._data.WriteRaster(tile.left, tile.top, columns, rows, np.ascontiguousarray(values))
            if self._form.nodata.has_mask:
                mask = np.full((rows, columns), 255, np.uint8) if valid is None else valid.astype(np.uint8) * 255
                self._mask().WriteRaster(tile.left, tile.top, columns, rows, mask)

    def flush(self) -> None:
        """Write out to the disk what is still in memory, where GDAL would keep up to a share of all there is."""
        with told(self._path):
            # GDAL notes where the last block lies with the next call only, which takes no time by itself; and where
            # the blocks of the mask lie, if its data set is asked, not its band.
            for _ in range(2):
                if self._form.nodata.has_mask:
                    self._mask().GetDataset().FlushCache()
                self._data.FlushCache()

    def read(self, tile: Tile) -> tuple[npt.NDArray[Any], Mask | None]:
        """Return what `write` wrote."""
        columns, rows = tile.window.columns, tile.window.rows
        source = self._form.source
        with told(self._path):
            content = self._data.ReadRaster(tile.left, tile.top, columns, rows)
            _raise_if_failed()
            values = np.frombuffer(content, numpy_type(source.data_type)).reshape(len(source.bands), rows, columns)
            valid = None
            if self._form.nodata.has_mask:
                mask = self._mask().ReadRaster(tile.left, tile.top, columns, rows)
                valid = np.frombuffer(mask, np.uint8).reshape(rows, columns) != 0
            self._data.FlushCache()
        return values, valid

    def describe(self, moments: Sequence[Moments]) -> None:
        """Write what is known at the end: statistics (none for a picture), and the classes with all they are."""
        with told(self._path):
            for number, band in enumerate(moments, start=1):
                if band.count:
                    deviation = (band.squares / band.count) ** 0.5
                    target = self._data.GetRasterBand(number)
                    target.SetStatistics(band.minimum, band.maximum, band.mean, deviation)
            if self._form.classes:
                write_classes(self._data.GetRasterBand(1), self._form.classes)

    def copy_as_cog(self, path: Path, resampling: str, progress: Any) -> None:
        """Write a cloud optimized copy; `progress` is a callback of GDAL."""
        options = [
            f"COMPRESS={self._form.compression}",
            f"OVERVIEW_RESAMPLING={resampling}",
            f"RESAMPLING={resampling}",
            "BIGTIFF=IF_SAFER",
            "NUM_THREADS=ALL_CPUS",
            "SPARSE_OK=TRUE",
            # The same as for the file itself.
            *(["PREDICTOR=YES"] if self._form.compression != "NONE" else []),
            *([f"LEVEL={_DEFLATE_LEVEL}"] if self._form.compression == "DEFLATE" else []),
        ]
        with told(path), _limited_cache():
            copy = gdal.GetDriverByName("COG").CreateCopy(str(path), self._data, 0, options, progress)
            if copy is not None:
                copy.FlushCache()
            copy = None

    def close(self) -> None:
        """Close the file; it stays."""
        if self._data is not None:
            data, self._data = self._data, None
            with told(self._path):
                try:
                    data.FlushCache()
                finally:
                    # An error keeps what its frames know, and the file would stay open with it. GDAL before 3.8 has no
                    # call that closes a file, and raises nothing here.
                    if hasattr(data, "Close"):
                        data.Close()
                    data = None

    def leave(self) -> None:
        """Close the file after a failure; what is wrong with it has been told."""
        with contextlib.suppress(FileError):
            self.close()

    def _mask(self) -> Any:
        return self._data.GetRasterBand(1).GetMaskBand()


def create(path: Path, form: FileForm) -> WorkingFile:
    """Create the file, without pixels yet.

    Raises:
        FileError: it cannot be created.
    """
    with contextlib.ExitStack() as on_failure, told(path):
        # Nobody else knows the data set: an error keeps what its frames know, and the file would stay open with it.
        file = WorkingFile(path, form, _created(path, form))
        on_failure.callback(file.leave)
        _raise_if_failed()
        file.begin()
        _raise_if_failed()
        on_failure.pop_all()
    return file


def _created(path: Path, form: FileForm) -> Any:
    source, grid = form.source, form.source.grid
    data_type, options = gdal.GetDataTypeByName(source.data_type), _creation_options(form)
    driver = gdal.GetDriverByName(_DRIVER)
    return driver.Create(str(path), grid.columns, grid.rows, len(source.bands), data_type, options)


def open_again(path: Path, form: FileForm, *, to_write: bool) -> WorkingFile | None:
    """Open the file after a break; None where there is none that could be the one."""
    if not path.is_file():
        return None
    with quiet():
        try:
            flags = gdal.OF_RASTER | (gdal.OF_UPDATE if to_write else gdal.OF_READONLY)
            options = ["NUM_THREADS=ALL_CPUS"]
            # GDAL is told that there are no sibling files, so that none is taken for a part of this one.
            data = gdal.OpenEx(str(path), flags, [_DRIVER], options, [path.name])
        except RuntimeError:
            return None
    source, grid = form.source, form.source.grid
    if data is None or (data.RasterXSize, data.RasterYSize) != (grid.columns, grid.rows):
        return None
    types = {gdal.GetDataTypeName(data.GetRasterBand(number + 1).DataType) for number in range(data.RasterCount)}
    has_mask = data.RasterCount and data.GetRasterBand(1).GetMaskFlags() == gdal.GMF_PER_DATASET
    if data.RasterCount != len(source.bands) or types != {source.data_type} or has_mask != form.nodata.has_mask:
        return None
    return WorkingFile(path, form, data)


def can_compress(compression: str) -> bool:
    """Whether this build of GDAL knows a way to compress."""
    listed = gdal.GetDriverByName(_DRIVER).GetMetadataItem("DMD_CREATIONOPTIONLIST") or ""
    return f"<Value>{compression}</Value>" in listed


def _creation_options(form: FileForm) -> list[str]:
    source, block = form.source, form.tiling.block
    options = [
        "TILED=YES",
        f"BLOCKXSIZE={block}",
        f"BLOCKYSIZE={block}",
        f"COMPRESS={form.compression}",
        "BIGTIFF=IF_SAFER",
        "NUM_THREADS=ALL_CPUS",
        # Blocks that were never written take no space and read as no data.
        "SPARSE_OK=TRUE",
        f"INTERLEAVE={'PIXEL' if len(source.bands) <= _MOST_INTERLEAVED else 'BAND'}",
    ]
    if form.compression != "NONE":
        options.append(f"PREDICTOR={3 if source.data_type.startswith('Float') else 2}")
    if form.compression == "DEFLATE":
        options.append(f"ZLEVEL={_DEFLATE_LEVEL}")
    if source.kind is Kind.PICTURE:
        options += ["PHOTOMETRIC=RGB", "ALPHA=YES"]
    elif len(source.bands) > 1:
        # Otherwise, the last of four bands of bytes would be taken for transparency.
        options += ["PHOTOMETRIC=MINISBLACK", "ALPHA=NO"]
    return options


def _set_colors(data: Any, form: FileForm) -> None:
    """Give a single band of classes their colors; a TIFF has them for bytes and unsigned 16 bits."""
    colored = [row for row in form.classes if row.color is not None]
    limits = {"Byte": 256, "UInt16": 65536}.get(form.source.data_type, 0)
    if not colored or len(form.source.bands) != 1 or not all(row.value in range(limits) for row in colored):
        return
    table = gdal.ColorTable()
    for row in colored:
        table.SetColorEntry(int(row.value), (*(row.color or ()), 255))
    data.GetRasterBand(1).SetColorTable(table)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what GDAL finds wrong into one sentence.

    Raises:
        FileError: it found something wrong.
    """
    try:
        with quiet():
            yield
            _raise_if_failed()
    except (RuntimeError, OSError) as error:
        message = tr(
            "The file {path} cannot be written: check the folder, its permissions and the free space; what has been "
            "read so far is kept, if you run the export again."
        )
        raise FileError(message.format(path=path), str(error)) from error


def _raise_if_failed() -> None:
    # GDAL before 3.7 reports some errors in no other way.
    if gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise RuntimeError(gdal.GetLastErrorMsg())


@contextlib.contextmanager
def _config(name: str, value: str) -> Iterator[None]:
    """Set an option of GDAL for this thread, for a while."""
    before = gdal.GetThreadLocalConfigOption(name)
    gdal.SetThreadLocalConfigOption(name, value)
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(name, before)


@contextlib.contextmanager
def _limited_cache() -> Iterator[None]:
    """Keep GDAL, which may take a share of all memory for its blocks, to what it has now or little more."""
    before = gdal.GetCacheMax()
    gdal.SetCacheMax(min(before, 128 * 2**20))
    try:
        yield
    finally:
        gdal.SetCacheMax(before)
