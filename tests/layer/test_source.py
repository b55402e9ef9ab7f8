"""What a layer's source says of its options, for any copy of the layer."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.source import read_source
from image_server_layer.plugin.options.layer_options import BrokenOptionsError, LayerOptions, UnknownVersionError
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.imageserver.data import DATA

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

ODD_CHARACTERS = """'' " | & % + # ; : / \\ ? = < > { } [ ] ~ ^ ` ! @ $ ( ) , . é 漢 ]]> |option:A=B |layername=x"""
CHAIN = {"rasterFunction": "Identity", "description": ODD_CHARACTERS}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, LayerOptions()),
        ({"out_imageserver_layer": ODD_CHARACTERS}, LayerOptions()),
        (
            {
                "template": "290000.1 9112000 296000 9118000",
                "band_index": "Red;1",
                "mosaic_method": "ByAttribute",
                "order_field": "acquisitiondate",
                "order_base_value": "2001-08-05",
                "cell_size": "30 20.5",
                "where_clause": "Best < 70",
                "processing_template": "none",
                "ascending": "DESCENDING",
                "mosaic_operation": "mean",
                "interpolation": "cubic",
                "nodata": "0",
                "nodata_interpretation": "any",
                "compression_quality": 80,
            },
            LayerOptions(
                extent=Extent(290000.1, 9112000, 296000, 9118000),
                cell_size=(30, 20.5),
                bands=(3, 1),
                processing_template=RAW,
                mosaic_method=MosaicMethod.ATTRIBUTE,
                order_field="AcquisitionDate",
                order_base_value="2001/08/05",
                ascending=False,
                mosaic_operation=MosaicOperation.MEAN,
                where="Best < 70",
                interpolation=Interpolation.CUBIC,
                nodata=(0,),
                nodata_matches_all=False,
                compression_quality=80,
            ),
        ),
        (
            {"mosaic_method": "LOCK_RASTER", "lock_rasterid": "Recife;1"},
            LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(7, 8, 1)),
        ),
        (
            {"mosaic_method": "CLOSEST_TO_VIEWPOINT", "viewpoint": (290000.123456789, 9115000)},
            LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(290000.123456789, 9115000)),
        ),
        (
            {"where_clause": f"Name <> '{ODD_CHARACTERS}'"},
            LayerOptions(where=f"Name <> '{ODD_CHARACTERS}'"),
        ),
        (
            {"processing_template": 'Water "&" Land + 100 % #1: ção'},
            LayerOptions(processing_template=ProcessingTemplate('Water "&" Land + 100 % #1: ção')),
        ),
    ],
)
def test_the_options_can_be_read_back_from_the_source(
    image_server: ImageServerProcess, arguments: dict[str, Any], expected: LayerOptions
) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(url, **arguments)
    for copy in (layer, layer.clone()):
        found = read_source(copy.source(), copy.providerType())
        assert found is not None
        assert found.url == url
        assert found.options() == expected
    # QGIS reads what follows a bar as its own.
    assert "|" not in layer.source()


def test_a_chain_and_nodata_that_is_no_number_can_be_read_back(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Single"), processing_template=CHAIN, nodata="nan")
    found = read_source(layer.source(), "gdal")
    assert found is not None
    options = found.options()
    assert ODD_CHARACTERS.replace("\\", "\\\\").replace('"', '\\"') in str(options.processing_template)
    assert math.isnan(options.nodata[0])
    assert "|" not in layer.source()


def test_a_layer_made_from_a_layer_leads_to_the_same_service(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(url, where_clause="Best < 70")
    for address in (layer, layer.id()):
        other = make_image_server_layer(address, band_index="1")
        found = read_source(other.source(), "gdal")
        assert found is not None
        assert (found.url, found.options()) == (url, LayerOptions(bands=(1,)))
    assert len(project.mapLayers()) == 3


@pytest.mark.parametrize(
    "source",
    [
        str(DATA / "landsat7_olinda.tif"),
        "",
        "<VRTDataset rasterXSize='1' rasterYSize='1'></VRTDataset>",
        "<VRTDataset><Metadata domain='image_server_layer'><MDI key='service'>x</MDI></Metadata></VRTDataset>",
        "<VRTDataset><Metadata domain='image_server_layer'><MDI key='options'></Metadata></VRTDataset>",
    ],
)
def test_layers_of_others_say_nothing(source: str) -> None:
    assert read_source(source, "gdal") is None
    assert read_source(source, "wms") is None


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ('{"v":2,"shine":true}', UnknownVersionError, "update the plugin Image Server Layer"),
        ('{"v":1,"shine":true}', BrokenOptionsError, "make the layer anew"),
        ("{", BrokenOptionsError, "make the layer anew"),
    ],
)
def test_options_that_this_plugin_cannot_know_are_no_reason_not_to_draw(
    image_server: ImageServerProcess, options: str, kind: type[Exception], words: str
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), add_to_project=False)
    source = layer.source().replace('{"v":1}', options)
    assert source != layer.source()
    found = read_source(source, "gdal")
    assert found is not None
    with pytest.raises(kind, match=words):
        found.options()
    assert QgsRasterLayer(source, "other", "gdal").isValid()


def test_making_a_layer_writes_no_file(
    image_server: ImageServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = {path for path in Path.home().rglob("*") if path.is_file() and "cache" not in str(path).lower()}
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), band_index="1")
    layer.dataProvider().block(1, layer.extent(), 10, 10)
    assert list(tmp_path.iterdir()) == []
    assert {path for path in Path.home().rglob("*") if path.is_file() and "cache" not in str(path).lower()} <= home
