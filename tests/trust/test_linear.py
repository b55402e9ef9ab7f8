"""However long and however odd a text is, reading it takes a time that grows with its length and no faster.

The texts are so long that anything else would take minutes, and the bounds so wide that a busy machine keeps them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from image_server_layer.plugin.backend.source_reader import read_layer_source
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import parse_function
from image_server_layer.plugin.options.typed_lists import read_items
from image_server_layer.plugin.service.address import parse_address
from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.directory import parse_directory_address
from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.plugin.service.plain_text import clean_text, escaped, plain_text
from image_server_layer.plugin.service.redaction import redacted
from image_server_layer.plugin.service.response import Response, check_body
from image_server_layer.plugin.service.retries import parse_retry_after
from image_server_layer.tests.service.root_documents import URL, described

_LENGTH = 100_000
_BOUND = 5.0

_UNITS = (
    "a", "<", "<a <a", "<a '", '<a "', "<p ", "<!--", "<![t>x", "&#999999", "&", "<script>", "</", "token=", "token",
    "=", "%3d",
    "a=", "sig%25", "://", "://a", "@", "a@", "/token/", "Bearer ", "Authorization: ", '"', "'", "\\", "[", "{",
    "[1],", "(", " ", "\n",
    ".ags", ".ags/", "/", "services/", "ImageServer/", "?", "http://", "home/?url=", "9", "1e", "-", ";", "''",
)  # fmt: skip


def _describe(text: str) -> None:
    described({"description": f"<br>{text}", "name": text, "spatialReference": {"wkt": text}, "capabilities": text})
    described({"rasterFunctionInfos": [{"name": text, "description": text, "help": text}], "bandNames": [text]})


_READERS: dict[str, Callable[[str], Any]] = {
    "plain_text": lambda text: plain_text(f"<br>{text}"),
    "clean_text": clean_text,
    "escaped": escaped,
    "redacted": redacted,
    "error": lambda text: ImageServerLayerError(text, text),
    "address": parse_address,
    "page": lambda text: parse_address(f"https://host/home/item.html?url={text}"),
    "directory": parse_directory_address,
    "description": _describe,
    "document": lambda text: parse_description(text.encode(), URL),
    "answer": lambda text: check_body(Response(text.encode(), "", 200, URL)),
    "server_error": lambda text: check_body(Response(b'{"error": {"message": "%s"}}' % text.encode(), "", 200, URL)),
    "options": LayerOptions.from_json,
    "function": parse_function,
    "list": lambda text: read_items(text, ";,"),
    "source": lambda text: read_layer_source(f"<GDAL_WMS><Metadata domain='image_server_layer'>{text}"),
    "retry_after": parse_retry_after,
}


@pytest.mark.usefixtures("bounded_memory")
@pytest.mark.parametrize("name", _READERS)
def test_a_long_text_is_read_in_a_moment(name: str) -> None:
    slow = {}
    for unit in _UNITS:
        text = unit * (_LENGTH // len(unit))
        began = time.thread_time()
        with suppress(ImageServerLayerError):
            _READERS[name](text)
        seconds = time.thread_time() - began
        if seconds > _BOUND:
            slow[unit] = seconds
    assert not slow
