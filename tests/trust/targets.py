"""What is fuzzed: every reader of something that a person, a server, a file or a project says.

A target takes anything its inputs make, and either returns, with what it promises true, or raises the plugin's own
error with a sentence that can be shown.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from hypothesis import strategies as st

from image_server_layer.plugin.documents.document import MOST_LAYERS
from image_server_layer.plugin.documents.reader import parse_document
from image_server_layer.plugin.options.check import check
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.mosaic_rule import mosaic_rule
from image_server_layer.plugin.options.numerals import read_number
from image_server_layer.plugin.options.rendering_rule import rendering_rule
from image_server_layer.plugin.options.typed_lists import read_items
from image_server_layer.plugin.options.wording import in_words
from image_server_layer.plugin.service.address import (
    Connection,
    PortalItem,
    ServiceAddress,
    parse_address,
)
from image_server_layer.plugin.service.attribute_table import parse_attribute_table, parse_colormap
from image_server_layer.plugin.service.connection_file import url_of_connection_path
from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.directory import parse_directory_address
from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.plugin.service.identify import parse_values
from image_server_layer.plugin.service.key_properties import parse_band_properties
from image_server_layer.plugin.service.plain_text import clean_text, escaped, plain_text
from image_server_layer.plugin.service.redaction import redacted
from image_server_layer.plugin.service.response import Response, check_body, describe_content, json_object
from image_server_layer.tests.documents.examples import DATA
from image_server_layer.tests.service.root_documents import MOSAIC, URL, described
from image_server_layer.tests.trust import hostile

_CONNECTIONS = {"My server": Connection("My server", "https://host/arcgis/rest/services", "abc1234", "https://page/")}
_LONGEST_SENTENCE = 400
_SERVICE = described({}, MOSAIC)

OPTIONS = {
    "v": 3,
    "extent": [0.0, 1.0, 2.0, 3.0],
    "cell_size": [10.0, 5.0],
    "bands": [1, 2],
    "processing_template": "NDVI",
    "mosaic_method": "esriMosaicAttribute",
    "order_field": "Best",
    "order_base_value": "2010/12/31",
    "ascending": False,
    "mosaic_operation": "MT_MEAN",
    "lock_raster_ids": [1, 2, 3],
    "viewpoint": [1.5, 2.5],
    "where": "CloudCover < 10",
    "interpolation": "RSP_CubicConvolution",
    "nodata": [0.0, "nan"],
    "nodata_matches_all": True,
    "compression_quality": 75,
    "time": [0, None],
    "nearest_date": True,
    "clip": [[[0, 0, 10, 0.5, 5, 7.25], [4, 1, 5, 2, 4.5, 3]]],
    "snap_origin": [0.5, 10],
    "variable": "water_temp",
    "dimensions": [["StdTime", 0, 1], ["StdZ", -50.5, -50.5]],
    "tiles": True,
}
_ERROR = {"error": {"code": 498, "message": "Invalid token.", "details": ["one", "two"]}}
_CLASS = {"Value": 1, "ClassName": "Water", "Red": 0, "Green": 0.5, "Color": "#0c2238"}
_FEATURES = {"features": [{"attributes": _CLASS}]}
_COLORMAP = {"colormap": [[1, 2, 3, 4]]}
_PROPERTIES = {"BandProperties": [{"BandName": "Red", "WavelengthMin": 600, "WavelengthMax": "700"}]}


_DOCUMENTS = [json.loads((DATA / name).read_text("utf-8")) for name in ("landsat.lyrx", "coast.mapx", "coast.json")]


@dataclass(frozen=True)
class Target:
    """`attempt` takes one input from `inputs`, or from the corpus of that name; see the module for what it may do."""

    name: str
    inputs: st.SearchStrategy[Any]
    attempt: Callable[[Any], None]
    takes_bytes: bool = False

    def __call__(self, given: Any) -> None:
        """Try one input."""
        try:
            self.attempt(given)
        except ImageServerLayerError as error:
            check_error(error)


def check_error(error: ImageServerLayerError) -> None:
    """Make sure that an error can be shown, logged and written anywhere."""
    assert 0 < len(error.message) <= _LONGEST_SENTENCE, error.message
    for text in (error.message, str(error), error.details):
        assert clean_text(text) == text
        text.encode()


def _address(text: str) -> None:
    address = parse_address(text, _CONNECTIONS)
    assert address.url.startswith(("http://", "https://"))
    assert address.url.isascii()
    assert not set(address.url) & set(" \r\n\t\"'<>\\?#")
    if isinstance(address, ServiceAddress):
        again = parse_address(address.url)
        assert isinstance(again, ServiceAddress)
        assert again.url == address.url
        assert "s3cr3t" not in address.ignored
    else:
        assert isinstance(parse_address(address.url), PortalItem)


def _directory(text: str) -> None:
    address = parse_directory_address(text, _CONNECTIONS)
    assert address.url.startswith(("http://", "https://"))
    address.url.encode("ascii")


def _connection_file(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Server.ags"
        file.write_bytes(content)
        url = url_of_connection_path(f"{file}\\Folder\\Name.ImageServer")
        assert url is not None
        _address(url)


def _description(content: bytes) -> None:
    service = parse_description(content, URL)
    assert service.extent.is_valid()
    assert all(math.isfinite(size) and size > 0 for size in service.pixel_size)
    assert len(service.bands) <= 10_000
    texts = [service.name, service.description, service.copyright, *(band.name for band in service.bands)]
    texts += [text for function in service.functions for text in (function.description, function.help)]
    texts += [text for field in (service.mosaic.fields if service.mosaic else ()) for text in (field.name, field.alias)]
    for text in texts:
        assert clean_text(text) == text
    options = LayerOptions()
    check(options, service)
    mosaic_rule(options, service)
    rendering_rule(options, service)
    for label, words in in_words(options, service):
        assert isinstance(label, str)
        assert isinstance(words, str)


def _options(content: bytes) -> None:
    options = LayerOptions.from_json(content.decode("utf-8", "replace"))
    assert LayerOptions.from_json(options.to_json()) == options or "nan" in options.to_json()
    options.to_json().encode("ascii")
    check(options, _SERVICE)
    in_words(options, _SERVICE)
    json.dumps(mosaic_rule(options, _SERVICE), allow_nan=False)
    json.dumps(rendering_rule(options, _SERVICE), allow_nan=False)


def _answer(content: bytes) -> None:
    response = Response(content, "application/json", 200, URL)
    assert describe_content(content)
    check_body(response)
    body = json_object(response)
    for row in (*parse_attribute_table(body), *parse_colormap(body)):
        assert math.isfinite(row.value)
        assert row.color is None or all(0 <= part <= 255 for part in row.color)
    parse_band_properties(body)
    assert all(value is None or math.isfinite(value) for value in parse_values(body.get("value")))


def _document(content: bytes) -> None:
    document = parse_document(content, "x.lyrx")
    assert len(document.layers) <= MOST_LAYERS
    for layer in document.layers:
        _address(layer.address.url)
        assert 0 <= layer.look.opacity <= 1
        assert LayerOptions.from_json(layer.options.to_json()) == layer.options or "nan" in layer.options.to_json()
        check(layer.options, _SERVICE)
        json.dumps(rendering_rule(layer.options, _SERVICE), allow_nan=False)
    for sentence in document.report():
        assert clean_text(sentence) == sentence
        sentence.encode()


def _markup(text: str) -> None:
    read = plain_text(text)
    assert clean_text(read) == read
    ElementTree.fromstring(f"<a>{escaped(text)}</a>")
    # What is written as HTML is read as the same text again.
    assert "<" not in escaped(text)


def _secrets(text: str) -> None:
    once = redacted(text)
    assert redacted(once) == once


def _secret_address(parts: tuple[str, str, str, str]) -> None:
    before, name, middle, after = parts
    text = f"https://host/arcgis/rest/services/A/ImageServer?{before}&{name}=S3cr3tS3cr3t{middle}&{after}"
    assert "S3cr3tS3cr3t" not in redacted(text)


def _numeral(value: Any) -> None:
    found = read_number(value)
    assert found is None or math.isfinite(found)


def _list(text: str) -> None:
    assert all(item.text for item in read_items(text, ";,"))


_SECRET_NAMES = (
    "token", "TOKEN", "tok%65n", "%74oken", "sig", "key", "api-key", "api_key", "apikey", "ticket", "pwd", "password",
    "access_token", "client_secret", "X-Api-Key", "subscription-key", "signature",
)  # fmt: skip

TARGETS = (
    Target("address", hostile.words(hostile.ADDRESS_WORDS), _address),
    Target("directory", hostile.words(hostile.ADDRESS_WORDS), _directory),
    Target(
        "connection_file",
        st.one_of(
            st.binary(max_size=200),
            hostile.words(hostile.ADDRESS_WORDS).map(lambda text: text.encode("utf-8", "surrogatepass")),
            hostile.words(hostile.ADDRESS_WORDS).map(lambda text: text.encode("utf-16-le", "surrogatepass")),
        ),
        _connection_file,
        takes_bytes=True,
    ),
    Target("description", hostile.json_bytes(hostile.changed(MOSAIC)), _description, takes_bytes=True),
    Target("options", hostile.json_bytes(hostile.changed(OPTIONS)), _options, takes_bytes=True),
    Target(
        "answer",
        hostile.json_bytes(
            st.one_of(*(hostile.changed(answer) for answer in (_ERROR, _FEATURES, _COLORMAP, _PROPERTIES)))
        ),
        _answer,
        takes_bytes=True,
    ),
    Target(
        "document",
        hostile.json_bytes(st.one_of(*(hostile.changed(example) for example in _DOCUMENTS))),
        _document,
        takes_bytes=True,
    ),
    Target("markup", hostile.words(hostile.MARKUP_WORDS), _markup),
    Target("secrets", hostile.words(hostile.SECRET_WORDS), _secrets),
    Target(
        "secret_address",
        st.tuples(
            hostile.ANY_TEXT, st.sampled_from(_SECRET_NAMES), st.text("abcXYZ019%.-_~", max_size=9), hostile.ANY_TEXT
        ),
        _secret_address,
    ),
    Target("numeral", hostile.SCALARS, _numeral),
    Target("list", hostile.words(("'", '"', ";", ",", " ", "1", "a", "\n")), _list),
)
