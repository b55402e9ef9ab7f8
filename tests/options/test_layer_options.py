"""The options as JSON, there and back."""

from __future__ import annotations

import dataclasses
import json
import math

import pytest

from image_server_layer.plugin.options import layer_options
from image_server_layer.plugin.options.clip import MOST_CORNERS, Clip
from image_server_layer.plugin.options.dimension_value import DimensionValue
from image_server_layer.plugin.options.layer_options import BrokenOptionsError, LayerOptions, UnknownVersionError
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.options.time_range import TimeRange
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation

TRIANGLE_WITH_HOLE = (((0.0, 0.0), (10.0, 0.5), (5.0, 7.25)), ((4.0, 1.0), (5.0, 2.0), (4.5, 3.0)))
TRIANGLE = (((20.0, 20.0), (21.0, 20.0), (20.0, 21.5)),)
EVERYTHING = LayerOptions(
    extent=Extent(0.1, -2e-9, 1e15, 1 / 3),
    cell_size=(0.1, 30),
    bands=(4, 1),
    processing_template=ProcessingTemplate(function={"rasterFunction": "Hillshade"}),
    mosaic_method=MosaicMethod.ATTRIBUTE,
    order_field="Überdeckung",
    order_base_value="2010/12/31",
    ascending=False,
    mosaic_operation=MosaicOperation.MEAN,
    lock_raster_ids=(7, 3),
    viewpoint=(1.5, 2.5),
    where="Name = 'a;b' AND \"x\" > 1",
    interpolation=Interpolation.MAJORITY,
    nodata=(0, 255.5),
    nodata_matches_all=True,
    compression_quality=75,
    time=TimeRange(0, None),
    nearest_date=True,
    clip=Clip((TRIANGLE_WITH_HOLE, TRIANGLE)),
    snap_origin=(0.25, -7.5),
    variable="water_temp",
    dimensions=(DimensionValue("StdTime", 0, 86_400_000), DimensionValue("StdZ", -50.5, -50.5)),
    tiles=False,
)


def test_options_are_one_line_of_ascii_with_only_what_is_given() -> None:
    options = LayerOptions(bands=(3, 2, 1), mosaic_method=MosaicMethod.NORTH_WEST, order_field="é", ascending=False)
    expected = '{"ascending":false,"bands":[3,2,1],"mosaic_method":"esriMosaicNorthwest","order_field":"\\u00e9","v":1}'
    assert options.to_json() == expected


def test_options_that_ask_for_nothing_are_only_a_version() -> None:
    assert LayerOptions().to_json() == '{"v":1}'


def test_every_option_comes_back_as_it_was() -> None:
    assert set(json.loads(EVERYTHING.to_json())) == {field.name for field in dataclasses.fields(LayerOptions)} | {"v"}
    assert LayerOptions.from_json(EVERYTHING.to_json()) == EVERYTHING


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-320, 1.7976931348623157e308, -0.0, 123456789.12345679])
def test_every_float_comes_back_exactly(value: float) -> None:
    viewpoint = LayerOptions.from_json(LayerOptions(viewpoint=(value, 0.0)).to_json()).viewpoint
    assert viewpoint is not None
    assert viewpoint[0].hex() == value.hex()


def test_whole_base_values_stay_whole() -> None:
    value = LayerOptions.from_json(LayerOptions(order_base_value=20).to_json()).order_base_value
    assert (value, type(value)) == (20, int)


def test_nodata_may_be_not_a_number() -> None:
    text = LayerOptions(nodata=(math.nan, 1.0)).to_json()
    assert text == '{"nodata":["nan",1.0],"v":1}'
    first, second = LayerOptions.from_json(text).nodata
    assert math.isnan(first)
    assert second == 1


def test_a_base_value_of_zero_and_a_falling_order_are_given() -> None:
    options = LayerOptions(order_base_value=0, ascending=False, nodata_matches_all=False)
    assert options.to_json() == '{"ascending":false,"nodata_matches_all":false,"order_base_value":0,"v":1}'
    assert LayerOptions.from_json(options.to_json()) == options


def test_options_of_a_later_version_are_told_apart_even_with_unknown_keys() -> None:
    with pytest.raises(UnknownVersionError, match=r"have version 5, and this plugin knows versions up to 4"):
        LayerOptions.from_json('{"v":5,"bands":{"new":"form"},"slices":"x"}')


def test_options_are_of_the_lowest_version_that_can_hold_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_options, "_SINCE", {"where": 2, "viewpoint": 3})
    assert LayerOptions(bands=(1,)).to_json() == '{"bands":[1],"v":1}'
    assert LayerOptions(bands=(1,), where="1=1").to_json() == '{"bands":[1],"v":2,"where":"1=1"}'
    newest = LayerOptions(where="1=1", viewpoint=(1.0, 2.0))
    assert newest.to_json() == '{"v":3,"viewpoint":[1.0,2.0],"where":"1=1"}'
    assert LayerOptions.from_json(newest.to_json()) == newest
    assert LayerOptions.from_json('{"v":2,"bands":[1]}') == LayerOptions(bands=(1,))
    with pytest.raises(BrokenOptionsError):
        LayerOptions.from_json('{"v":1,"where":"1=1"}')
    with pytest.raises(UnknownVersionError, match="have version 4, and this plugin knows versions up to 3"):
        LayerOptions.from_json('{"v":4}')


def test_a_time_needs_the_second_version() -> None:
    options = LayerOptions(time=TimeRange(None, 5), nearest_date=True)
    assert options.to_json() == '{"nearest_date":true,"time":[null,5],"v":2}'
    assert LayerOptions.from_json('{"time":[null,5],"v":2}').time == TimeRange(None, 5)


def test_a_shape_needs_the_third_version() -> None:
    options = LayerOptions(clip=Clip(((((1.0, 2.0), (3.5, 2.0), (1.0, 4.0)),),)), snap_origin=(0.5, 10.0))
    assert options.to_json() == '{"clip":[[[1.0,2.0,3.5,2.0,1.0,4.0]]],"snap_origin":[0.5,10.0],"v":3}'
    assert LayerOptions.from_json(options.to_json()) == options
    assert LayerOptions.from_json('{"clip":[[[1,2,3,2,1,4]]],"v":3}').area == Extent(1, 2, 3, 4)


def test_a_function_chain_is_an_object_in_the_order_of_its_author() -> None:
    chain = {"rasterFunction": "Slope", "outputPixelType": "U8", "a": {"z": 1, "b": [1.5, "é"]}}
    options = LayerOptions(processing_template=ProcessingTemplate(function=chain))
    written = '{"rasterFunction":"Slope","outputPixelType":"U8","a":{"z":1,"b":[1.5,"\\u00e9"]}}'
    expected = f'{{"processing_template":{written},"v":1}}'
    assert options.to_json() == expected
    found = LayerOptions.from_json(expected)
    assert found == options
    assert found.to_json() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        '{"v":1,"processing_template":null}',
        '{"v":1,"processing_template":{"a":1}}',
        "[]",
        "1",
        "{}",
        '{"v":"1"}',
        '{"v":true}',
        '{"v":1.0}',
        '{"v":1,"unknown":1}',
        '{"v":1,"extent":[1,2,3]}',
        '{"v":1,"extent":[1,2,3,"4"]}',
        '{"v":1,"extent":[1,2,3,NaN]}',
        '{"v":1,"cell_size":30}',
        '{"v":1,"cell_size":[1e999,1]}',
        '{"v":1,"bands":[1.5]}',
        '{"v":1,"bands":[true]}',
        '{"v":1,"bands":"1"}',
        '{"v":1,"mosaic_method":"LockRaster"}',
        '{"v":1,"mosaic_method":[]}',
        '{"v":1,"mosaic_operation":"MT_MEDIAN"}',
        '{"v":1,"interpolation":null}',
        '{"v":1,"order_field":1}',
        '{"v":1,"order_base_value":[1]}',
        '{"v":1,"order_base_value":true}',
        '{"v":1,"ascending":1}',
        '{"v":1,"viewpoint":[1' + "0" * 400 + ",1]}",
        '{"v":1,"nodata":["none"]}',
        '{"v":1,"compression_quality":"75"}',
        '{"v":1,"time":[0,1]}',
        '{"v":2,"time":0}',
        '{"v":2,"time":[0]}',
        '{"v":2,"time":[0.5,1]}',
        '{"v":2,"time":[1,0]}',
        '{"v":2,"time":[null,null]}',
        '{"v":2,"nearest_date":1}',
        '{"v":2,"clip":[[[1,2,3,2,1,4]]]}',
        '{"v":3,"clip":[]}',
        '{"v":3,"clip":[[]]}',
        '{"v":3,"clip":[[[]]]}',
        '{"v":3,"clip":[[1,2,3,2,1,4]]}',
        '{"v":3,"clip":[[[1,2,3,2]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1,null]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1,"4"]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1,true]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1,NaN]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1,Infinity]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1,1e101]]]}',
        '{"v":3,"clip":[[[1,2,3,2,1,1' + "0" * 400 + "]]]}",
        '{"v":3,"clip":[[[1,2,1,2,1,2]]]}',
        '{"v":3,"clip":[[[' + "1,2," * MOST_CORNERS + "3,4]]]}",
        '{"v":3,"clip":[' + "[[1,2,3,2,1,4]]," * MOST_CORNERS + "[[1,2,3,2,1,4]]]}",
        '{"v":3,"clip":{"rings":[]}}',
        '{"v":3,"clip":"POLYGON"}',
        '{"v":2,"snap_origin":[0,0]}',
        '{"v":3,"snap_origin":[0]}',
        '{"v":3,"snap_origin":[0,NaN]}',
        '{"v":2,"variable":"tas"}',
        '{"v":3,"variable":1}',
        '{"v":3,"dimensions":"StdZ=1"}',
        '{"v":3,"dimensions":[["StdZ",1]]}',
        '{"v":3,"dimensions":[["StdZ",2,1]]}',
        '{"v":3,"dimensions":[["StdZ",true,1]]}',
        '{"v":3,"dimensions":[[1,1,1]]}',
        '{"v":3,"dimensions":[["",1,1]]}',
        '{"v":3,"dimensions":[["StdZ",1,1e999]]}',
        '{"v":1,"bands":' + "[" * 100_000,
        '{"v":1,"bands":[' + "9" * 5000 + "]}",
    ],
)
def test_anything_else_is_broken(text: str) -> None:
    with pytest.raises(BrokenOptionsError, match="make the layer anew"):
        LayerOptions.from_json(text)


def test_options_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        EVERYTHING.bands = (1,)  # type: ignore[misc]


def test_only_options_that_ask_for_nothing_are_default() -> None:
    assert LayerOptions().is_default()
    assert not EVERYTHING.is_default()
    assert not LayerOptions(ascending=False).is_default()
