"""What is exported, and into what: a job for `export`, and all that follows from it without asking anybody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from ..backend.shapes import Shapes
from ..backend.source import LayerSource
from ..layer.options_file import metadata_items
from ..service.attribute_table import AttributeTableRow
from .file_nodata import FileNodata
from .tiles import Tiling
from .working_file import FileForm


class FileFormat(Enum):
    """What the file is: a GeoTIFF, or one that is laid out for reading parts of it over the network."""

    GTIFF = "GTiff"
    COG = "COG"


COMPRESSIONS = ("DEFLATE", "LZW", "ZSTD", "NONE")


@dataclass(frozen=True)
class ExportJob:
    """What is exported, and into what.

    Attributes:
        source: the layer; its grid is that of the file.
        path: the file.
        file_format: GeoTIFF, or Cloud Optimized GeoTIFF.
        compression: one of `COMPRESSIONS`, all without loss.
        cut: the shapes outside which there is no data; None for none.
        nodata: the value that stands for no data in the file; None for the service's own, or the best.
        allows_gaps: whether what the server does not give is left without data, instead of being an error.
        largest_bytes: what the pixels may take at most, unpacked.
        classes: those of a thematic layer, with all that the service's table says of them.
        tags: items of the file's metadata, such as TIFFTAG_COPYRIGHT.
        imagery: items of GDAL's domain IMAGERY: when and by what the pixels were taken.
    """

    source: LayerSource
    path: Path
    file_format: FileFormat = FileFormat.GTIFF
    compression: str = COMPRESSIONS[0]
    cut: Shapes | None = None
    nodata: float | None = None
    allows_gaps: bool = False
    largest_bytes: float = float("inf")
    classes: Sequence[AttributeTableRow] = ()
    tags: dict[str, str] = field(default_factory=dict)
    imagery: dict[str, str] = field(default_factory=dict)


def file_form(job: ExportJob, tiles: Tiling, nodata: FileNodata) -> FileForm:
    """Return what the file of a job is, apart from its pixels."""
    source = job.source
    # In the default domain: a COG has no other.
    metadata = {
        "AREA_OR_POINT": "Area",
        **job.tags,
        **metadata_items(source.service_url, source.kind, source.options_json),
    }
    return FileForm(source, tiles, nodata, job.compression, metadata, job.imagery, job.classes)


def tiles_key(job: ExportJob, tiles: Tiling, nodata: FileNodata) -> str:
    """Return a key that stands for everything that changes the content of the part, without credentials."""
    return _digest([*_facts(job), repr(nodata), [tiles.width, tiles.height, tiles.block]])


def job_key(job: ExportJob) -> str:
    """Return a key that stands for everything that changes the pixels of the whole file, and its format, likewise."""
    return _digest([*_facts(job), repr(job.nodata), job.file_format.value])


def _facts(job: ExportJob) -> list[Any]:
    source = job.source
    return [
        source.service_url,
        source.kind.value,
        source.options_json,
        sorted(source.parameters.items()),
        source.reference,
        [*source.grid.extent, source.grid.columns, source.grid.rows],
        source.data_type,
        [(band.name, repr(band.nodata)) for band in source.bands],
        repr(source.nodata_together),
        job.compression,
        job.cut.digest if job.cut else "",
    ]


def _digest(facts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
