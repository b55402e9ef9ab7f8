"""The files that a mosaic is made of: parameters and answers of the resources `download` and `file`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..translation import tr
from .address import host_of
from .errors import ResponseError, UnsupportedServiceError
from .image_service import ImageService
from .json_values import integer, mapping, positive_integer, sequence

# Rasters in one request if the service does not tell its limit: ArcGIS' own default.
DEFAULT_BATCH = 20

_CAPABILITY = "download"


@dataclass(frozen=True)
class RasterFile:
    """One file of a mosaic, as its server knows it.

    Attributes:
        id: the server's name for it, often a path of its own: a text, and never a path here.
        size: in bytes; None where the server does not tell.
        raster_ids: the rasters that are made of it, at least one.
    """

    id: str
    size: int | None
    raster_ids: tuple[int, ...]


def download_problem(service: ImageService) -> str:
    """Return in a sentence why the source rasters of a service cannot be downloaded; empty where they can."""
    if service.mosaic is None or not service.mosaic.has_catalog:
        text = tr("The service “{service}” has no catalog of rasters, so no source rasters can be downloaded.")
    elif service.capabilities and _CAPABILITY not in {word.lower() for word in service.capabilities}:
        text = tr(
            "The service “{service}” does not allow downloads of its source rasters: ask its owner for the capability "
            "“Download”, or export the pixels instead."
        )
    else:
        return ""
    return text.format(service=service.name)


def check_download(service: ImageService) -> None:
    """Make sure that a service has source rasters to download.

    Raises:
        UnsupportedServiceError: it has none, or does not allow it.
    """
    problem = download_problem(service)
    if problem:
        raise UnsupportedServiceError(problem)


def batch_size(service: ImageService) -> int:
    """Return of how many rasters the files may be asked for at once."""
    return positive_integer(service.raw.get("maxDownloadImageCount")) or DEFAULT_BATCH


def download_parameters(raster_ids: Sequence[int]) -> dict[str, str]:
    """Return the parameters that ask for the files of rasters, as they are on the server."""
    return {"rasterIds": ",".join(map(str, raster_ids)), "f": "json"}


def parse_raster_files(body: Mapping[str, Any], raster_ids: Sequence[int], url: str) -> tuple[RasterFile, ...]:
    """Read the answer to `download_parameters`; what is of other rasters than `raster_ids` is left out.

    Raises:
        ResponseError: it is no list of files, or there is one without a name, or of no raster.
    """
    files = body.get("rasterFiles")
    if not isinstance(files, list):
        raise _something_else(url)
    found = []
    for file in map(mapping, files):
        name, ids = file.get("id"), [integer(raster_id) for raster_id in sequence(file.get("rasterIds"))]
        if not isinstance(name, str) or not name or not ids or None in ids:
            raise _something_else(url)
        wanted = tuple(raster_id for raster_id in ids if raster_id is not None and raster_id in raster_ids)
        if wanted:
            # A server may say 0 for a file that it creates on request.
            found.append(RasterFile(name, positive_integer(file.get("size")), wanted))
    return tuple(found)


def file_parameters(file: RasterFile) -> dict[str, str]:
    """Return the parameters that ask for a file itself."""
    return {"id": file.id, "rasterId": str(file.raster_ids[0])}


def _something_else(url: str) -> ResponseError:
    message = tr("{host} sent something else instead of a list of files: try again later.")
    return ResponseError(message.format(host=host_of(url)), url)
