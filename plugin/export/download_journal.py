"""The list of the files in a folder, as JSON beside them: where each lies, how large it is, and of which rasters it is.

It is for whoever uses the files, and for the next run, which puts every file where it lay before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ..service.json_values import integer, mapping, positive_integer, sequence, whole_number
from ..service.raster_files import RasterFile
from ..service.redaction import redacted
from .journal import not_writable
from .local_names import LIST_NAME, safe_path

_VERSION = 1


@dataclass(frozen=True)
class Listed:
    """A file of the list.

    Attributes:
        key: stands for the file on its server.
        service: the URL of that.
        id: what the server calls it, without secrets.
        path: its place below the folder.
        raster_ids: the rasters that it is of.
        size: in bytes; None until the file is whole.
    """

    key: str
    service: str
    id: str
    path: PurePosixPath
    raster_ids: tuple[int, ...]
    size: int | None = None


def file_key(service_url: str, file_id: str) -> str:
    """Return a text that stands for a file, without what may be secret in it."""
    return hashlib.sha256(f"{service_url}\n{file_id}".encode("utf-8", "replace")).hexdigest()[:32]


def listed_file(service_url: str, file: RasterFile, path: PurePosixPath, size: int | None = None) -> Listed:
    """Return a file as it stands in the list."""
    key = file_key(service_url, file.id)
    return Listed(key, service_url, redacted(file.id), path, file.raster_ids, size)


def read_list(folder: Path) -> dict[str, Listed]:
    """Return what stands in the list of a folder, by keys; a list that cannot be read lists nothing.

    It may come from somebody else: a place that is not below the folder is none.
    """
    try:
        document = json.loads((folder / LIST_NAME).read_text(encoding="utf-8"), parse_int=whole_number)
    except (OSError, ValueError, RecursionError):
        return {}
    found = (_listed(mapping(file)) for file in sequence(mapping(document).get("files")))
    return {file.key: file for file in found if file is not None}


def write_list(folder: Path, files: Iterable[Listed]) -> Path:
    """Write the list of a folder; return its path.

    Raises:
        FileError: it cannot be written.
    """
    path = folder / LIST_NAME
    listed = [
        {
            "path": str(file.path),
            "bytes": file.size,
            "raster_ids": list(file.raster_ids),
            "service": file.service,
            "id": file.id,
            "key": file.key,
        }
        for file in files
    ]
    try:
        # Never half of it.
        new = path.with_name(f"{LIST_NAME}.new")
        new.write_text(json.dumps({"image_server_layer": _VERSION, "files": listed}, indent=1), encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise not_writable(path, str(error)) from error
    return path


def _listed(file: Mapping[str, Any]) -> Listed | None:
    key, place, service, file_id = (file.get(name) for name in ("key", "path", "service", "id"))
    if not (isinstance(key, str) and isinstance(place, str) and isinstance(service, str) and isinstance(file_id, str)):
        return None
    if str(safe_path(place)) != place:
        return None
    ids = (integer(raster_id) for raster_id in sequence(file.get("raster_ids")))
    size = positive_integer(file.get("bytes"))
    return Listed(key, service, file_id, PurePosixPath(place), tuple(one for one in ids if one is not None), size)
