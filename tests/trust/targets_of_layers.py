"""More of what is fuzzed: what needs QGIS or GDAL, and what is read of a layer, a file or an image."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from hypothesis import strategies as st
from osgeo import gdal

from image_server_layer.plugin.backend.pixels import decode, read_picture, read_values
from image_server_layer.plugin.backend.source import Kind, LayerSource, SourceBand
from image_server_layer.plugin.backend.source_reader import read_layer_source
from image_server_layer.plugin.layer.options_file import read_saved
from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.catalog import Catalog
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_files import image_content
from image_server_layer.plugin.service.redirects import next_hop
from image_server_layer.plugin.service.response import Response
from image_server_layer.plugin.service.retries import parse_retry_after
from image_server_layer.tests.service.root_documents import MOSAIC, URL, described
from image_server_layer.tests.trust import hostile
from image_server_layer.tests.trust.targets import OPTIONS, Target

_SIDE = 8
_SOURCE = LayerSource(
    service_url=URL,
    service_name="Olinda/Landsat",
    kind=Kind.VALUES,
    options_json=LayerOptions().to_json(),
    parameters={"format": "tiff", "renderingRule": '{"rasterFunction":"NDVI"}', "bandIds": "0,1"},
    grid=Grid(Extent(0.0, 0.0, 8.0, 8.0), _SIDE, _SIDE, (1.0, 1.0)),
    bands=(SourceBand("Red", 0.0, 1.0, 255.0, 70.0, 20.0), SourceBand("Band 2")),
    data_type="Byte",
    reference="31985",
    crs="EPSG:31985",
    largest_image=(4000, 4000),
)
_SERVICE = described({}, MOSAIC)
_SAVED = {"imageService": URL, "kind": "values", "provider": "imageserver", "options": OPTIONS}
_PAGE = {
    "features": [
        {
            "attributes": {"OBJECTID": 1, "Name": "LE7", "CloudCover": 1.5},
            "geometry": {"rings": [[[0, 0], [0, 1], [1, 1], [0, 0]]]},
        }
    ],
    "objectIds": [1, 2, 3],
    "count": 3,
    "exceededTransferLimit": False,
}
_READERS = (
    read.bands,
    read.mosaic_method,
    read.mosaic_operation,
    read.interpolation,
    read.ascending,
    read.nodata_interpretation,
    read.lock_rasters,
    read.cell_size,
    read.extent_text,
    read.where_clause,
    read.processing_template,
    read.nodata,
    read.compression_quality,
    read.viewpoint,
    read.time,
    read.nearest_date,
    read.clip_selected,
    read.variable,
    read.dimensions,
    read.tiles,
)


def image(driver: str, bands: int, data_type: int, side: int = _SIDE) -> bytes:
    """Return the bytes of a small image."""
    dataset = gdal.GetDriverByName("MEM").Create("", side, side, bands, data_type)
    for band in range(bands):
        values = np.arange(side * side).reshape(side, side) + band
        dataset.GetRasterBand(band + 1).WriteArray(values)
    path = "/vsimem/trust_fuzz_image"
    copy = gdal.GetDriverByName(driver).CreateCopy(path, dataset)
    del copy
    vsi_file = gdal.VSIFOpenL(path, "rb")
    content = gdal.VSIFReadL(1, gdal.VSIStatL(path).size, vsi_file)
    gdal.VSIFCloseL(vsi_file)
    for file in (path, path + ".aux.xml"):
        # Later GDALs mind when there is none.
        if gdal.VSIStatL(file) is not None:
            gdal.Unlink(file)
    return bytes(content)


def _source(text: str) -> None:
    source = read_layer_source(text)
    if source is None:
        return
    parts = urlsplit(source.service_url)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert not parts.username
    for value in (source.access.referer, source.access.authcfg, source.service_name, source.crs):
        assert not set(value) & set("\r\n\0")
    again = read_layer_source(source.text())
    assert again is not None
    assert again.text() == source.text()


def _saved(content: bytes) -> None:
    try:
        read_saved(content.decode("utf-8-sig", "replace"))
    except ValueError:
        # What reads the file makes a sentence of it.
        return


def _image(content: bytes) -> None:
    content = image_content(Response(content, "image/tiff", 200, URL))
    size = _SIDE, _SIDE
    readers: tuple[Callable[[], Any], ...] = (
        lambda: read_values(content, size)[0],
        lambda: read_picture(content, size),
        lambda: decode(content, _SOURCE, _SOURCE.grid).values,
    )
    for read_it in readers:
        try:
            assert read_it().shape[1:] == size
        except ImageServerLayerError:
            continue


def _location(location: str) -> None:
    hop = next_hop(URL, 302, location, (URL,))
    parts = urlsplit(hop.url)
    assert parts.scheme == "https"
    assert parts.hostname == "gis.example.org"
    assert parts.port in (None, 443)
    assert not set(hop.url) & set("\r\n\0")


def _retry_after(text: str) -> None:
    seconds = parse_retry_after(text)
    assert seconds is None or seconds >= 0


def _argument(given: tuple[int, Any]) -> None:
    number, value = given
    _READERS[number](value)


class _Answers:
    """Stands for the network: every question has the same answer."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.asked = 0

    def get(self, *_: object, **__: object) -> Response:
        self.asked += 1
        assert self.asked < 50, "a server that repeats itself is asked for ever"
        return Response(self._content, "application/json", 200, URL)


def _catalog(content: bytes) -> None:
    catalog = Catalog(ImageServiceClient(URL, _Answers(content)), _SERVICE)  # type: ignore[arg-type]
    for ask in (
        catalog.count,
        lambda: catalog.existing_ids([1, 2, 99]),
        lambda: catalog.ids_named(["LE7", "none"]),
        catalog.rasters,
        lambda: catalog.rasters(offset=100),
    ):
        try:
            ask()
        except ImageServerLayerError:
            continue


def _mutated(text: str) -> st.SearchStrategy[str]:
    """Return texts like a long one, with pieces cut out, put in and repeated."""
    pieces = st.one_of(
        hostile.ANY_TEXT,
        st.sampled_from(
            (*"'<>", "&#10;", "&#0;", "&#x110000;", "]]>", "NaN", "1e999", "<MDI key='service'>file:///x</MDI>")
        ),
    )

    def splice(at: float, length: int, piece: str) -> str:
        begin = int(at * len(text))
        return text[:begin] + piece + text[begin + length :]

    return st.builds(splice, st.floats(0, 1), st.integers(0, 40), pieces)


def _with_facts(facts: Any) -> str:
    text = _SOURCE.text()
    before, _, rest = text.partition("<MDI key='layer'>")
    written = json.dumps(facts).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{before}<MDI key='layer'>{written}{rest[rest.index('</MDI>') :]}"


def _facts() -> dict[str, Any]:
    from html import unescape

    text = _SOURCE.text().partition("<MDI key='layer'>")[2].partition("</MDI>")[0]
    facts: dict[str, Any] = json.loads(unescape(text))
    return facts


_IMAGES = [
    image("GTiff", 2, gdal.GDT_Byte),
    image("GTiff", 1, gdal.GDT_Float32),
    image("PNG", 4, gdal.GDT_Byte),
    image("JPEG", 3, gdal.GDT_Byte),
]


def _damaged(content: bytes) -> st.SearchStrategy[bytes]:
    def damage(places: list[tuple[float, int]], share: float) -> bytes:
        damaged = bytearray(content)
        for place, value in places:
            damaged[int(place * (len(damaged) - 1))] = value
        return bytes(damaged[: int(len(damaged) * share)])

    places = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8)
    return st.builds(damage, places, st.one_of(st.just(1.0), st.floats(0, 1)))


TARGETS = (
    Target("source", st.one_of(_mutated(_SOURCE.text()), hostile.changed(_facts()).map(_with_facts)), _source),
    Target("saved_options", hostile.json_bytes(hostile.changed(_SAVED)), _saved, takes_bytes=True),
    Target("image", st.one_of(*map(_damaged, _IMAGES), st.binary(max_size=60)), _image, takes_bytes=True),
    Target("location", hostile.words((*hostile.ADDRESS_WORDS, "gis.example.org")), _location),
    Target(
        "retry_after",
        hostile.words(("Wed, 21 Oct 2015 07:28:00 GMT", "99", "-1", "99999999999999999999", "+9999", " ", "٣", "0x")),
        _retry_after,
    ),
    Target(
        "argument",
        st.tuples(
            st.integers(0, len(_READERS) - 1),
            st.one_of(
                hostile.ANY_JSON,
                hostile.words((*"1 ;,-e.{}\"'#/", "nan", "None", "[EPSG:4326]")),
            ),
        ),
        _argument,
    ),
    Target("catalog", hostile.json_bytes(hostile.changed(_PAGE)), _catalog, takes_bytes=True),
)
