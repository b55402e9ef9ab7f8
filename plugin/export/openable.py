"""Which files of a stranger may be opened as rasters: those that hold pixels, and none that names others to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from osgeo import gdal

# No VRT, WMS and the like: such a file can make GDAL read others, also on this disk.
_DRIVERS = (
    "GTiff",
    "HFA",
    "JPEG",
    "PNG",
    "GIF",
    "BMP",
    "JP2OpenJPEG",
    "JP2ECW",
    "JP2KAK",
    "JP2MrSID",
    "ECW",
    "MrSID",
    "NITF",
    "ENVI",
    "EHdr",
    "AAIGrid",
    "AIG",
    "DTED",
    "SRTMHGT",
    "netCDF",
    "HDF4",
    "HDF5",
    "GRIB",
)
# Suffixes of files that are rasters but belong to another one.
_SIDECARS = (".ovr", ".msk", ".rrd")


def openable_rasters(paths: Iterable[Path]) -> list[Path]:
    """Return those of the files that are rasters by themselves."""
    known = [name for name in _DRIVERS if gdal.GetDriverByName(name) is not None]
    found = (path for path in paths if path.suffix.lower() not in _SIDECARS)
    return [path for path in found if gdal.IdentifyDriverEx(str(path), gdal.OF_RASTER, known) is not None]
