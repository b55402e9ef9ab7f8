"""The files that a mosaic is made of: the download operation, which lists them, and the file resource, which sends one.

Sources: "Download Rasters" and "Raster File" of the REST reference. Ids are paths as real servers write them: with
backslashes, drives, shares, addresses, and steps up.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from osgeo import gdal, osr

from .catalog import Item
from .errors import ParameterError, ServiceError
from .landsat import SCENES, landsat
from .parameters import Parameters
from .service import ImageService
from .wire import Request, Response

_MEGABYTE = 2**20
_RANGE = re.compile(r"bytes=(\d+)-$")


@dataclass(frozen=True)
class SourceFile:
    """A file by its id; several rasters may be made of it."""

    id: str
    content: bytes
    raster_ids: tuple[int, ...]


#: The ids of the rasters' own files, in the order of `SCENES`.
FILE_IDS = (
    r".\Landsat\1999\LE07_214065_NW.tif",
    r".\Landsat\2000\LE07; path 214: row 65.tif",
    r"D:\archive\Jaboatão dos Guararapes\scene.tif",
    "../../../etc/LE07_214065_SW.tif",
    "https://images.example.org/20010805.tif",
    r"\\store\share\Scene.tif",
    "con.tif",
    r"\\store\share\scene.tif",
)

#: A file that the second and the sixth raster have in common.
SHARED_ID = r".\Landsat\2000\calibration.txt"

#: Files of the same megabyte over and over: that of the first raster, and that of all others.
LARGE, MEDIUM = "large.bin", "medium.bin"
LARGE_SIZE, MEDIUM_SIZE = 200 * _MEGABYTE, 40 * _MEGABYTE
#: What they are made of.
PATTERN = hashlib.sha256(b"large").digest() * (_MEGABYTE // 32)


def source_rasters(access: str = "open") -> ImageService:
    """`Test/SourceRasters`, and the secured one: the Landsat mosaic, whose files may be downloaded."""
    name = "Test/SourceRasters" if access == "open" else "Test/SecuredSourceRasters"
    service = landsat()
    return replace(service, name=name, access=access, source_files=_files(service), max_download_image_count=3)


def large_file() -> ImageService:
    """`Test/LargeFile`: the same, made of two large files."""
    others = tuple(range(2, len(SCENES) + 1))
    files = {
        LARGE: SourceFile(LARGE, PATTERN * (LARGE_SIZE // _MEGABYTE), (1,)),
        MEDIUM: SourceFile(MEDIUM, PATTERN * (MEDIUM_SIZE // _MEGABYTE), others),
    }
    return replace(landsat(), name="Test/LargeFile", source_files=files)


def _files(service: ImageService) -> Mapping[str, SourceFile]:
    assert service.catalog is not None
    items = [service.catalog.item(position) for position in range(len(service.catalog))]
    files = []
    for number, (file_id, item) in enumerate(zip(FILE_IDS, items), start=1):
        stem = file_id.removesuffix(".tif")
        files.append(SourceFile(file_id, _geotiff(item, int(str(service.reference["wkid"]))), (number,)))
        if number in (1, 6, 8):
            statistics = f"<PAMDataset><!-- {number} --></PAMDataset>".encode()
            files.append(SourceFile(f"{file_id}.aux.xml", statistics, (number,)))
            files.append(SourceFile(f"{file_id}.ovr", bytes(range(256)) * number, (number,)))
            files.append(SourceFile(f"{stem}.tfw", _world_file(item), (number,)))
    files.append(SourceFile(SHARED_ID, b"gain 1.0\r\n", (2, 6)))
    return {file.id: file for file in files}


def _geotiff(item: Item, wkid: int) -> bytes:
    """The raster of an item as a GeoTIFF."""
    grid = item.raster.grid
    pixels = item.raster.values(np.arange(grid.rows)[:, np.newaxis], np.arange(grid.columns)[np.newaxis, :])
    path = f"/vsimem/source_{id(item)}.tif"
    options = ["COMPRESS=DEFLATE", "TILED=YES"]
    target = gdal.GetDriverByName("GTiff").Create(
        path, grid.columns, grid.rows, len(pixels), gdal.GDT_Byte, options=options
    )
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(wkid)
    target.SetProjection(reference.ExportToWkt())
    target.SetGeoTransform((grid.xmin, grid.cell_x, 0.0, grid.ymax, 0.0, -grid.cell_y))
    target.WriteArray(pixels)
    # This closes it.
    target = None
    file = gdal.VSIFOpenL(path, "rb")
    size = gdal.VSIStatL(path).size
    content = bytes(gdal.VSIFReadL(1, size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(path)
    return content


def _world_file(item: Item) -> bytes:
    grid = item.raster.grid
    numbers = (grid.cell_x, 0.0, 0.0, -grid.cell_y, grid.xmin + grid.cell_x / 2, grid.ymax - grid.cell_y / 2)
    return "\r\n".join(map(str, numbers)).encode()


def download(service: ImageService, parameters: Parameters, difference: int = 0) -> dict[str, object]:
    """The files of some rasters; `difference` is added to the size of each."""
    _check(service)
    ids = parameters.integers("rasterIds")
    if not ids:
        raise ParameterError("Parameter 'rasterIds' is missing.")
    if parameters.text("geometry") or parameters.text("format"):
        raise ParameterError("This server sends source rasters as they are, without 'geometry' and 'format'.")
    if len(ids) > service.max_download_image_count:
        raise ServiceError(
            400,
            "Unable to complete operation.",
            f"The requested number of rasters exceeds the limit of {service.max_download_image_count}.",
        )
    known = {raster_id for file in service.source_files.values() for raster_id in file.raster_ids}
    for raster_id in ids:
        if raster_id not in known:
            raise ServiceError(400, "Unable to complete operation.", f"The raster {raster_id} does not exist.")
    files = [file for file in service.source_files.values() if set(ids) & set(file.raster_ids)]
    if sum(len(file.content) for file in files) > service.max_download_size_limit * _MEGABYTE:
        raise ServiceError(400, "Unable to complete operation.", "The requested rasters exceed the size limit.")
    return {
        "rasterFiles": [
            {
                "id": file.id,
                "size": len(file.content) + difference,
                "rasterIds": [raster_id for raster_id in file.raster_ids if raster_id in ids],
            }
            for file in files
        ]
    }


def raster_file(service: ImageService, parameters: Parameters, request: Request, *, knows_ranges: bool) -> Response:
    """One file, or the rest of it from a byte on (`Range`), as long as it is the same (`If-Range`)."""
    _check(service)
    if not parameters.text("rasterId"):
        raise ParameterError("Parameter 'rasterId' is missing.")
    file = service.source_files.get(parameters.text("id"))
    if file is None:
        raise ServiceError(404, "File not found.")
    tag = f'"{_digest(file)}"'
    headers = {"ETag": tag, "Content-Disposition": "attachment"}
    wanted = _RANGE.match(request.headers.get("range", "")) if knows_ranges else None
    if wanted is None or request.headers.get("if-range", tag) != tag:
        return Response(file.content, "application/octet-stream", 200, headers)
    start, size = int(wanted[1]), len(file.content)
    if start >= size:
        return Response(b"", "text/html", 416, {"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    return Response(file.content[start:], "application/octet-stream", 206, headers)


@cache
def _digest(file: SourceFile) -> str:
    return hashlib.sha256(file.content).hexdigest()[:16]


def _check(service: ImageService) -> None:
    if not service.source_files:
        raise ServiceError(400, "Requested operation is not supported by this service.")
