"""Options as text: executing a script, or loading a file, gives the same options again."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

import image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.layer.kind import Provider
from image_server_layer.plugin.layer.options_file import (
    OptionsFileError,
    SavedOptions,
    load_options,
    metadata_items,
    save_options,
    saved_text,
)
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.layer.resolve import Arguments
from image_server_layer.plugin.layer.script import processing_script, python_script
from image_server_layer.plugin.options.arcgis_arguments import time as read_time
from image_server_layer.plugin.options.layer_options import LayerOptions, UnknownVersionError
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import ServiceAddress
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.clipping import clip_of
from image_server_layer.tests.imageserver.process import ImageServerProcess

SERVICE = "https://example.com/rest/services/X/ImageServer"
EXTENT = Extent(290000.1, 9112000.25, 296000.0, 9118000.0)
OPTIONS = [
    LayerOptions(),
    LayerOptions(extent=EXTENT, cell_size=(30.0, 30.0), bands=(4, 3, 2), processing_template=RAW),
    LayerOptions(
        processing_template=ProcessingTemplate(
            function={"rasterFunction": "Stretch", "rasterFunctionArguments": {"StretchType": 3}}
        )
    ),
    LayerOptions(
        mosaic_method=MosaicMethod.ATTRIBUTE,
        order_field="AcquisitionDate",
        order_base_value="2001/05/06 07:08:09",
        ascending=False,
        mosaic_operation=MosaicOperation.MEAN,
        where="Name <> 'a''b\"\\c' AND CloudCover < 50",
    ),
    LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE, order_field="CloudCover", order_base_value=0.5, ascending=True),
    LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(2, 1)),
    LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(291000.5, 9118000.125)),
    LayerOptions(mosaic_method=MosaicMethod.NONE, interpolation=Interpolation.CUBIC, compression_quality=80),
    LayerOptions(nodata=(0.0, 1.0, 2.0, 3.0, 4.0, 255.0), nodata_matches_all=True, processing_template=RAW),
    LayerOptions(nodata=(0.0,), nodata_matches_all=False),
    LayerOptions(tiles=False),
    LayerOptions(time=read_time("2000-05-09 12:39:55")),
    LayerOptions(time=read_time("../2000")),
    LayerOptions(nearest_date=True),
]


@pytest.fixture
def address(image_server: ImageServerProcess) -> ServiceAddress:
    return ServiceAddress(image_server.service("Olinda/Landsat"))


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("options", OPTIONS)
def test_the_python_script_makes_a_layer_with_the_same_options(address: ServiceAddress, options: LayerOptions) -> None:
    names: dict[str, Any] = {}
    exec(python_script(LayerRequest(address, arguments=Arguments(options), name="My “layer”")), names)  # noqa: S102 - that is its purpose
    assert options_of(names["layer"]) == options
    assert names["layer"].name() == "My “layer”"


SHAPES = [
    LayerOptions(clip=clip_of([[(290000.25, 9112000), (297000, 9113000), (292000, 9119000)]])),
    LayerOptions(snap_origin=(290000.25, 9112000.125), cell_size=(30.0, 30.0)),
]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("options", SHAPES)
def test_a_shape_and_a_corner_are_texts_for_python_and_none_for_processing(
    address: ServiceAddress, options: LayerOptions
) -> None:
    request = LayerRequest(address, arguments=Arguments(options))
    names: dict[str, Any] = {}
    exec(python_script(request), names)  # noqa: S102 - that is its purpose
    assert options_of(names["layer"]) == options
    with pytest.raises(OptionError, match=r"Processing (clips to a layer|aligns with a raster layer)"):
        processing_script(request)


@pytest.mark.usefixtures("project", "qgis_processing")
@pytest.mark.parametrize("options", OPTIONS)
def test_the_processing_script_makes_a_layer_with_the_same_options(
    address: ServiceAddress, options: LayerOptions
) -> None:
    image_server_layer.start()
    names: dict[str, Any] = {}
    exec(processing_script(LayerRequest(address, arguments=Arguments(options), name="Mine")), names)  # noqa: S102 - that is its purpose
    image_server_layer.stop()
    assert options_of(names["result"]["OUTPUT"]) == options


def test_a_script_holds_only_what_is_given() -> None:
    address = ServiceAddress("https://example.com/rest/services/X/ImageServer", referer="https://a")
    options = LayerOptions(bands=(3,), nodata=(math.nan, 1.5))
    access = Access(authcfg="abc1234", referer="https://b", timeout=60)
    request = LayerRequest(address, access, Arguments(options), kind=Kind.PICTURE, provider=Provider.GDAL)
    assert python_script(request) == (
        "from image_server_layer import make_image_server_layer\n\n"
        "layer = make_image_server_layer(\n"
        "    'https://example.com/rest/services/X/ImageServer',\n"
        "    band_index=[3],\n"
        "    kind='picture',\n"
        "    provider='gdal',\n"
        "    authcfg='abc1234',\n"
        "    timeout=60,\n"
        "    referer='https://b',\n"
        "    nodata=['nan', 1.5],\n"
        ")\n"
    )
    assert processing_script(request) == (
        "import processing\n\n"
        "result = processing.run(\n"
        "    'imageserver:makeimageserverlayer',\n"
        "    {\n"
        "        'IN_IMAGE_SERVICE': 'https://example.com/rest/services/X/ImageServer',\n"
        "        'BAND_INDEX': '3',\n"
        "        'KIND': 'picture',\n"
        "        'PROVIDER': 'gdal',\n"
        "        'AUTHCFG': 'abc1234',\n"
        "        'TIMEOUT': 60,\n"
        "        'REFERER': 'https://b',\n"
        "        'NODATA': 'nan;1.5',\n"
        "    },\n"
        ")\n"
    )


def test_processing_takes_no_cells_that_are_not_square(address: ServiceAddress) -> None:
    options = LayerOptions(cell_size=(30.0, 20.0))
    assert "cell_size=(30.0, 20.0)," in python_script(LayerRequest(address, arguments=Arguments(options)))
    with pytest.raises(OptionError, match="Processing takes one number for the cell size"):
        processing_script(LayerRequest(address, arguments=Arguments(options)))


@pytest.mark.parametrize("options", OPTIONS)
def test_a_file_gives_back_what_was_saved(tmp_path: Path, options: LayerOptions) -> None:
    for kind, provider in ((None, None), (Kind.PICTURE, None), (Kind.VALUES, Provider.GDAL)):
        saved = SavedOptions("https://example.com/rest/services/X/ImageServer", options, kind, provider)
        save_options(tmp_path / "options.json", saved)
        assert load_options(tmp_path / "options.json") == saved


def test_a_file_is_readable_json(tmp_path: Path) -> None:
    options = LayerOptions(bands=(2,))
    text = saved_text(SavedOptions("https://example.com/X/ImageServer", options, Kind.PICTURE, Provider.GDAL))
    assert text == (
        "{\n"
        '  "imageService": "https://example.com/X/ImageServer",\n'
        '  "options": {\n    "bands": [\n      2\n    ],\n    "v": 1\n  },\n'
        '  "kind": "picture",\n'
        '  "provider": "gdal"\n'
        "}\n"
    )
    (tmp_path / "later.json").write_text(text.replace('"v": 1', '"v": 5'))
    with pytest.raises(UnknownVersionError):
        load_options(tmp_path / "later.json")


@pytest.mark.parametrize(
    "spelling",
    [
        "https://example.com/rest/services/X/ImageServer/",
        "HTTPS://Example.COM:443/rest/services/X/ImageServer?f=json",
        "https://example.com/services/X/ImageServer?wsdl",
        "https://example.com/rest/services/X/ImageServer?token=s3cr3t",
    ],
)
def test_the_address_in_a_file_may_be_in_any_spelling(tmp_path: Path, spelling: str) -> None:
    path = tmp_path / "options.json"
    path.write_text(f'\ufeff{{"imageService": "{spelling}", "options": {{"bands": [2], "v": 1}}}}', encoding="utf-8")
    assert load_options(path) == SavedOptions(SERVICE, LayerOptions(bands=(2,)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"imageService": 3, "options": {"v": 1}}',
        '{"imageService": "x", "options": {"v": 1}}',
        '{"imageService": "https://example.com/rest/services/X/MapServer?token=s3cr3t", "options": {"v": 1}}',
        '{"imageService": "0123456789abcdef0123456789abcdef", "options": {"v": 1}}',
        f'{{"imageService": "{SERVICE}"}}',
        f'{{"imageService": "{SERVICE}", "options": {{"v": 1}}, "provider": 1}}',
        f'{{"imageService": "{SERVICE}", "options": {"[" * 100_000}',
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(OptionsFileError) as raised:
        load_options(path)
    assert raised.value.message == (
        f"The file {path} does not hold options of an image server layer; choose another one."
    )
    assert "s3cr3t" not in raised.value.details


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "options.json"
    saved = SavedOptions("https://example.com/X/ImageServer", LayerOptions(bands=(1,)))
    with pytest.raises(OptionsFileError, match="cannot be written: No such file or directory"):
        save_options(path, saved)
    with pytest.raises(OptionsFileError, match="cannot be read: No such file or directory"):
        load_options(path)


def exported(path: Path, items: dict[str, str]) -> Path:
    """Write a TIFF with such metadata."""
    data = gdal.GetDriverByName("GTiff").Create(str(path), 2, 2)
    data.SetMetadata(items)
    data.FlushCache()
    return path


@pytest.mark.parametrize("options", OPTIONS)
def test_an_exported_file_has_the_options_that_it_was_made_with(tmp_path: Path, options: LayerOptions) -> None:
    path = exported(tmp_path / "scene.TIF", metadata_items(SERVICE, Kind.PICTURE, options.to_json()))
    assert load_options(path) == SavedOptions(SERVICE, options, Kind.PICTURE)


@pytest.mark.parametrize(
    "items",
    [
        {},
        {"IMAGE_SERVER_LAYER_SERVICE": SERVICE, "IMAGE_SERVER_LAYER_KIND": "values"},
        {**metadata_items(SERVICE, Kind.VALUES, '{"v":1}'), "IMAGE_SERVER_LAYER_KIND": "sound"},
        metadata_items(SERVICE, Kind.VALUES, "[" * 10_000),
        metadata_items("file:///etc/passwd", Kind.VALUES, '{"v":1}'),
    ],
)
def test_another_tiff_has_none(tmp_path: Path, items: dict[str, str]) -> None:
    path = exported(tmp_path / "scene.tif", items)
    with pytest.raises(OptionsFileError, match="does not hold options of an image server layer"):
        load_options(path)
    path.write_bytes(b"no TIFF")
    with pytest.raises(OptionsFileError, match="does not hold options of an image server layer"):
        load_options(path)
    path.unlink()
    with pytest.raises(OptionsFileError, match="cannot be read: No such file or directory"):
        load_options(path)
