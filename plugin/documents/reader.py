"""Read a document of ArcGIS, from a file, a text or an answer, without ever opening what it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..service.json_values import LONGEST_JSON, MOST_VALUES, is_too_much, load, mapping, text
from ..translation import tr
from .cim import is_cim_document, parse_cim
from .document import Document, DocumentError
from .web_map import is_web_map, parse_web_map

FILE_ENDINGS = (".lyrx", ".mapx")
"""Of the files of ArcGIS Pro; a web map is kept as `.json`."""
_IMAGE_SERVICE = "Image Service"
_MEGABYTE = 2**20


def read_document_file(path: Path) -> Document:
    """Read a layer file, a map, or the JSON of a web map.

    Raises:
        DocumentError: the file cannot be read, is too large, or is none of these.
    """
    try:
        if not path.is_file():
            raise DocumentError(tr("There is no file {path}.").format(path=path))
        with path.open("rb") as file:
            # One byte more than allowed, as the file may be growing.
            content = file.read(LONGEST_JSON + 1)
    except OSError as error:
        message = tr("The file {path} cannot be read: {reason}")
        raise DocumentError(message.format(path=path, reason=error.strerror)) from error
    return parse_document(content, path.name)


def parse_document_text(typed: str) -> Document:
    """Read the JSON of a document that was pasted.

    Raises:
        DocumentError: it is none.
    """
    return parse_document(typed.encode("utf-8", "replace"), tr("pasted text"))


def parse_document(content: bytes, title: str) -> Document:
    """Read the bytes of a document; `title` is what it is called in messages.

    Raises:
        DocumentError: they are none, or too many.
    """
    if is_too_much(content):
        message = tr("“{title}” is too large for a layer file: what is read has at most {size} MB and {count} values.")
        raise DocumentError(message.format(title=title, size=LONGEST_JSON // _MEGABYTE, count=MOST_VALUES))
    try:
        value = load(content)
    except ValueError as error:
        raise _something_else(title, str(error)) from error
    return document_of(mapping(value), title)


def document_of(value: Mapping[str, Any], title: str, portal: str = "") -> Document:
    """Read a document that has been read as JSON; `portal` is where it comes from, if from a portal.

    Raises:
        DocumentError: it is none, or holds more than is read.
    """
    try:
        if is_cim_document(value):
            return parse_cim(value, title)
        if is_web_map(value):
            return parse_web_map(value, title, portal)
        # Clients of portals save an item together with its data.
        data = mapping(value.get("itemData"))
        if is_web_map(data):
            return parse_web_map(data, text(mapping(value.get("item")).get("title")) or title, portal)
        if value.get("type") == _IMAGE_SERVICE:
            layer = {"title": value.get("title"), "url": value.get("url"), "layerType": "ArcGISImageServiceLayer"}
            return parse_web_map({"operationalLayers": [layer]}, title, portal)
    except RecursionError as error:
        raise _something_else(title, "nested too deeply") from error
    raise _something_else(title, ", ".join(list(value)[:20]))


def _something_else(title: str, details: str) -> DocumentError:
    message = tr(
        "“{title}” is neither a layer file (.lyrx) or a map (.mapx) of ArcGIS Pro, nor the JSON of a web map: choose "
        "one of these."
    )
    return DocumentError(message.format(title=title), details)
