"""What people type, parameter by parameter."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.options.services import LANDSAT, named_bands

READERS: dict[Callable[[Any], Any], Any] = {
    read.bands: None,
    read.mosaic_method: None,
    read.mosaic_operation: None,
    read.interpolation: None,
    read.ascending: None,
    read.nodata_interpretation: None,
    read.lock_rasters: None,
    read.cell_size: None,
    read.extent_text: None,
    read.where_clause: "",
    read.processing_template: "",
    read.nodata: (),
    read.compression_quality: None,
    read.viewpoint: None,
}


@pytest.mark.parametrize("value", [None, "", "  ", "#", " # ", [], ()])
@pytest.mark.parametrize(("reader", "nothing"), READERS.items())
def test_nothing_blanks_and_the_hash_are_not_given(reader: Callable[[Any], Any], nothing: Any, value: Any) -> None:
    assert not read.is_given(value)
    assert reader(value) == nothing


@pytest.mark.parametrize("value", [0, 0.0, False, "None", "0", [0], "##", LANDSAT])
def test_everything_else_is_given(value: Any) -> None:
    assert read.is_given(value)


# Bands


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1;2;3", (1, 2, 3)),
        ("1,2,3", (1, 2, 3)),
        (" 4 2  1 ", (4, 2, 1)),
        ("3", (3,)),
        (3, (3,)),
        (np.int16(3), (3,)),
        (3.0, (3,)),
        ([1, 2], (1, 2)),
        ((4, "Red"), (4, "Red")),
        (["Red", "4"], ("Red", 4)),
        ("Red;4", ("Red", 4)),
        ("Red, Near Infrared", ("Red", "Near Infrared")),
        ("'Near Infrared';Red", ("Near Infrared", "Red")),
        ("Near Infrared", ("Near Infrared",)),
        ("a,b;c", ("a,b", "c")),
        ("'a;b',c", ("a;b", "c")),
        ('"a;b";c', ("a;b", "c")),
        ("'4';4", ("4", 4)),
        (["a;b", "c,d"], ("a;b", "c,d")),
        (["'4'"], ("4",)),
        ("'It''s';x", ("It's", "x")),
        ("l'Aube;x", ("l'Aube", "x")),
        ("Band_1;Band_2", ("Band_1", "Band_2")),
        ("1;;2;", (1, 2)),
        (";", None),
        ("1;1", (1, 1)),
    ],
)
def test_bands_are_numbers_and_names_in_the_order_given(value: Any, expected: tuple[int | str, ...] | None) -> None:
    assert read.bands(value) == expected


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("0", "0"),
        ("1;0", "0"),
        ("-1", "-1"),
        ("1.5", "1.5"),
        ("1,5;2", None),
        (0, "0"),
        (-3, "-3"),
        (1.5, "1.5"),
        (True, "True"),
        ([1, False], "False"),
        ([None], "None"),
        (math.nan, "nan"),
        ([[1, 2]], "[1, 2]"),
    ],
)
def test_what_is_no_band_is_refused(value: Any, named: str | None) -> None:
    if named is None:  # a decimal comma makes a name, which no band bears
        assert read.bands(value) == ("1,5", 2)
        return
    with pytest.raises(OptionError) as raised:
        read.bands(value)
    assert raised.value.option == "bands"
    assert raised.value.message == f"“{named}” is no band; give numbers counting from 1, or names."


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ((3, 1), (3, 1)),
        (("Red", "Near Infrared", 1), (3, 4, 1)),
        (("red", "BLUE"), (3, 1)),
        (("Band_4", "band 2", "BAND_1"), (4, 2, 1)),
        ((), ()),
    ],
)
def test_band_names_become_numbers(wanted: tuple[int | str, ...], expected: tuple[int, ...]) -> None:
    assert read.resolve_bands(wanted, LANDSAT) == expected


def test_the_exact_name_of_a_band_goes_before_everything_else() -> None:
    service = dataclasses.replace(LANDSAT, bands=named_bands("nir", "NIR", "Band_1", "2"))
    assert read.resolve_bands(("NIR", "nir", "Nir", "Band_1", "2", 2), service) == (2, 1, 1, 3, 4, 2)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            (5,),
            "The band “5” does not exist; choose from 1 (Blue), 2 (Green), 3 (Red), 4 (Near Infrared).",
        ),
        (
            (1, "Rouge"),
            "The band “Rouge” does not exist; choose from 1 (Blue), 2 (Green), 3 (Red), 4 (Near Infrared).",
        ),
    ],
)
def test_a_band_that_is_not_there_is_named_with_those_that_are(wanted: tuple[int | str, ...], message: str) -> None:
    with pytest.raises(OptionError) as raised:
        read.resolve_bands(wanted, LANDSAT)
    assert (raised.value.option, raised.value.message) == ("bands", message)


@pytest.mark.parametrize(
    ("names", "own", "expected"),
    [
        (["Band_1"], False, "1"),
        (["Band_1", "Band_2"], False, "1 to 2"),
        ([str(number) for number in range(242)], True, "1 to 242"),
        (["Red"], True, "1 (Red)"),
    ],
)
def test_bands_are_listed_with_names_where_these_say_something(names: list[str], *, own: bool, expected: str) -> None:
    bands = [dataclasses.replace(band, has_own_name=own) for band in named_bands(*names)]
    assert read.bands_in_words(bands) == expected


# Keywords


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (read.mosaic_method, "LockRaster", MosaicMethod.LOCK_RASTER),
        (read.mosaic_method, "None", MosaicMethod.NONE),
        (read.mosaic_method, MosaicMethod.CENTER, MosaicMethod.CENTER),
        (read.mosaic_operation, "Mean", MosaicOperation.MEAN),
        (read.mosaic_operation, MosaicOperation.SUM, MosaicOperation.SUM),
        (read.interpolation, "CUBIC", Interpolation.CUBIC),
        (read.interpolation, Interpolation.NEAREST, Interpolation.NEAREST),
        (read.ascending, True, True),
        (read.ascending, False, False),
        (read.ascending, "ASCENDING", True),
        (read.ascending, "Descending", False),
        (read.ascending, "false", False),
        (read.nodata_interpretation, "ALL", True),
        (read.nodata_interpretation, "any", False),
        (read.nodata_interpretation, "esriNoDataMatchAll", True),
        (read.nodata_interpretation, "esriNoDataMatchAny", False),
    ],
)
def test_keywords_are_taken_in_every_spelling(reader: Callable[[Any], Any], value: Any, expected: Any) -> None:
    assert reader(value) is expected


@pytest.mark.parametrize(
    ("reader", "option", "message"),
    [
        (
            read.mosaic_method,
            "mosaic_method",
            (
                "The mosaic method “sideways” is unknown; choose one of SEAMLINE, NORTH_WEST, CLOSEST_TO_CENTER, "
                "LOCK_RASTER, BY_ATTRIBUTE, CLOSEST_TO_NADIR, CLOSEST_TO_VIEWPOINT, NONE."
            ),
        ),
        (
            read.mosaic_operation,
            "mosaic_operation",
            "The mosaic operation “sideways” is unknown; choose one of FIRST, LAST, MIN, MAX, MEAN, BLEND, SUM.",
        ),
        (
            read.interpolation,
            "interpolation",
            "The interpolation “sideways” is unknown; choose one of NEAREST, BILINEAR, CUBIC, MAJORITY.",
        ),
        (
            read.ascending,
            "ascending",
            "The sort order “sideways” is unknown; choose one of ASCENDING, DESCENDING.",
        ),
        (
            read.nodata_interpretation,
            "nodata_matches_all",
            "The nodata interpretation “sideways” is unknown; choose one of ANY, ALL.",
        ),
    ],
)
def test_unknown_keywords_are_named_with_those_there_are(
    reader: Callable[[Any], Any], option: str, message: str
) -> None:
    with pytest.raises(OptionError) as raised:
        reader("sideways")
    assert (raised.value.option, raised.value.message) == (option, message)


# Order


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("CloudCover", "CloudCover"),
        ("CLOUDCOVER", "CloudCover"),
        (" acquisitiondate ", "AcquisitionDate"),
        ("Season", "Season"),
        ("#", ""),
        (None, ""),
    ],
)
def test_an_order_field_takes_the_spelling_of_the_catalog(value: Any, expected: str) -> None:
    assert read.order_field(value, LANDSAT) == expected


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        (None, "Best", None),
        ("#", "Best", None),
        ("7", "Best", 7),
        ("7", "best", 7),
        ("7", "", 7),
        ("2010-12-31", "AcquisitionDate", "2010/12/31"),
        ("2010-12-31", "Season", "2010/12/31"),
        ("0", "Name", 0),
    ],
)
def test_an_order_base_value_takes_the_type_of_its_field(value: Any, field: str, expected: Any) -> None:
    assert read.order_base_value(value, field, LANDSAT) == expected


def test_without_a_field_the_base_value_belongs_to_the_service_s_own() -> None:
    with pytest.raises(OptionError, match="the field Best holds numbers"):
        read.order_base_value("2010-12-31", "", LANDSAT)


# Rasters to lock


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4", (4,)),
        (4, (4,)),
        (np.int64(4), (4,)),
        ("4;12;4", (4, 12)),
        ([4, 12], (4, 12)),
        (["4", "12"], (4, 12)),
        ("scene one", ("scene one",)),
        ("scene one;7;scene two", ("scene one", 7, "scene two")),
        ("'2017;a:b';7", ("2017;a:b", 7)),
        ('"2017;a:b"', ("2017;a:b",)),
        ("'2017'", ("2017",)),
        (["2017;a:b", "'2017'"], ("2017;a:b", "2017")),
        ("São João;Überflug", ("São João", "Überflug")),
        ("'It''s';'say \"x\"'", ("It's", 'say "x"')),
        ("a,b", ("a,b",)),
        ("-4", ("-4",)),
        ("4.5", ("4.5",)),
        ("²", ("²",)),
        ("a;a;'a'", ("a",)),
        ("'unclosed;b", ("'unclosed", "b")),
        (" ; ;", None),
    ],
)
def test_rasters_are_locked_by_id_and_name(value: Any, expected: tuple[int | str, ...] | None) -> None:
    assert read.lock_rasters(value) == expected


@pytest.mark.parametrize(("value", "named"), [(True, "True"), (4.5, "4.5"), (-4, "-4"), ([1, None], "None")])
def test_what_is_neither_id_nor_name_is_refused(value: Any, named: str) -> None:
    with pytest.raises(OptionError) as raised:
        read.lock_rasters(value)
    assert raised.value.option == "lock_raster_ids"
    assert raised.value.message == f"“{named}” is neither the id nor the name of a raster; ids are whole numbers."


# Cell size


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("30", (30, 30)),
        (30, (30, 30)),
        (28.5, (28.5, 28.5)),
        ("28.5", (28.5, 28.5)),
        ("1e-4", (1e-4, 1e-4)),
        ("30 20.5", (30, 20.5)),
        ("30;20", (30, 20)),
        ((30, 40), (30, 40)),
        ([30], (30, 30)),
        (["30", 40], (30, 40)),
        (np.float32(0.5), (0.5, 0.5)),
    ],
)
def test_a_cell_size_is_one_number_or_two(value: Any, expected: tuple[float, float]) -> None:
    assert read.cell_size(value) == expected


@pytest.mark.parametrize(
    "value",
    [0, "0", -30, "-30", "30 0", math.nan, math.inf, "nan", "1e999", "30m", "3,5", "30,20", "1 2 3", (1, 2, 3), True],
)
def test_a_cell_size_must_be_positive_with_a_decimal_point(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.cell_size(value)
    assert raised.value.option == "cell_size"
    assert raised.value.message == (
        f"“{value}” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5."
    )


@pytest.mark.parametrize(
    ("text", "is_numbers"),
    [
        ("30", True),
        ("-30", True),
        ("30 20", True),
        ("3,5", True),
        ("1e-4", True),
        (".5", True),
        ("dem", False),
        ("dem 30", False),
        ("30m", False),
        ("C:/dem.tif", False),
        ("e", False),
        ("", False),
    ],
)
def test_a_cell_size_is_told_from_the_name_of_a_layer(text: str, *, is_numbers: bool) -> None:
    assert read.is_cell_size_text(text) is is_numbers


# Extent


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1 2 3 4", (Extent(1, 2, 3, 4), "")),
        ("  -1.5\t2e3 3   4000.25 ", (Extent(-1.5, 2000, 3, 4000.25), "")),
        ("1,3,2,4", (Extent(1, 2, 3, 4), "")),
        ("1, 3, 2, 4", (Extent(1, 2, 3, 4), "")),
        ("1,3,2,4 [EPSG:4326]", (Extent(1, 2, 3, 4), "EPSG:4326")),
        ("1,3,2,4[ESRI:102003]", (Extent(1, 2, 3, 4), "ESRI:102003")),
        ("1 2 3 4 [EPSG:4326]", (Extent(1, 2, 3, 4), "EPSG:4326")),
        ("1 2 3 4 NaN NaN NaN NaN", (Extent(1, 2, 3, 4), "")),
        ([1, 2, 3, 4], (Extent(1, 2, 3, 4), "")),
        (("1", "2", "3", "4"), (Extent(1, 2, 3, 4), "")),
        (Extent(1, 2, 3, 4), (Extent(1, 2, 3, 4), "")),
        ("DEFAULT", None),
        ("MAXOF", None),
        ("minof", None),
    ],
)
def test_an_extent_is_read_in_the_spelling_of_arcgis_and_of_qgis(
    value: Any, expected: tuple[Extent, str] | None
) -> None:
    assert read.is_extent_text(value)
    assert read.extent_text(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "3 2 1 4",
        "1 4 3 2",
        "1 2 1 4",
        "1,2,3",
        "1,2,4,3",
        "3,1,2,4 [EPSG:4326]",
        "1 2 3",
        "1 2 3 4 5",
        "1 2 3 nan",
        "1 2 inf 4",
        "1 2 3 4 NaN",
        "1,5 2,5 3,5 4,5",
        [1, 2, 3],
        [1, 2, 3, None],
        [3, 2, 1, 4],
    ],
)
def test_an_extent_that_makes_no_rectangle_is_named_with_the_spelling_to_use(value: Any) -> None:
    assert read.is_extent_text(value)
    with pytest.raises(OptionError) as raised:
        read.extent_text(value)
    assert raised.value.option == "extent"
    assert raised.value.message == (
        f"The template extent “{value}” is unusable; give xmin ymin xmax ymax, or with commas xmin,xmax,ymin,ymax, "
        "each minimum below its maximum."
    )


@pytest.mark.parametrize(
    "value", ["feature.shp", "C:/a b/2 3.shp", "roads", "7", "layer [EPSG:4326]", "DISPLAY", "1 2 3 x", 5, LANDSAT]
)
def test_an_extent_is_told_from_layers_and_paths(value: Any) -> None:
    assert not read.is_extent_text(value)


# Where clause


@pytest.mark.parametrize(
    ("value", "expected"),
    [("  Name = 'a;b#' ", "Name = 'a;b#'"), ("1=1", "1=1"), ("OBJECTID IN (1,2)", "OBJECTID IN (1,2)")],
)
def test_a_where_clause_goes_through_as_it_is(value: str, expected: str) -> None:
    assert read.where_clause(value) == expected


# Processing template

TEMPLATE = {"name": "Steep", "function": {"type": "SlopeFunction"}, "arguments": {"Größe": 1.5}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Hillshade", "Hillshade"),
        (" Natural Color ", "Natural Color"),
        ("None", "None"),
        ("NONE", "None"),
        ("none", "None"),
        ("Nonesuch", "Nonesuch"),
        ({"rasterFunction": "None"}, "None"),
        ('{"rasterFunction": "none"}', "None"),
        ({"rasterFunction": "Slope"}, '{"rasterFunction":"Slope"}'),
        (
            ' {"rasterFunction" : "Größe",\n "outputPixelType": "U8"} ',
            '{"rasterFunction":"Größe","outputPixelType":"U8"}',
        ),
        (
            '{"rasterFunction": "None", "outputPixelType": "F32"}',
            '{"rasterFunction":"None","outputPixelType":"F32"}',
        ),
        (TEMPLATE, json.dumps(TEMPLATE, separators=(",", ":"), ensure_ascii=False)),
    ],
)
def test_a_processing_template_is_a_name_or_compact_json(value: Any, expected: str) -> None:
    assert read.processing_template(value) == expected


@pytest.mark.parametrize("name", ["steep.rft.json", "STEEP.RFT.JSON", "plain.json", "blank in name.rft.json"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_function_template_is_read_from_its_file(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(TEMPLATE, indent=2, ensure_ascii=False), encoding=encoding)
    assert json.loads(read.processing_template(path)) == TEMPLATE
    assert read.processing_template(str(path)) == read.processing_template(path)


def test_a_function_template_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"The function template \S+gone\.rft\.json cannot be read: .*No such file"):
        read.processing_template(tmp_path / "gone.rft.json")


def test_a_function_template_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.rft.json"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(OptionError, match="cannot be read"):
        read.processing_template(path)


def nested(depth: int) -> dict[str, Any]:
    """Return a chain of that many functions."""
    chain: dict[str, Any] = {"rasterFunction": "Slope"}
    for _ in range(depth):
        chain = {"rasterFunctionArguments": {"Raster": chain}, "rasterFunction": "Slope"}
    return chain


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            r"C:\templates\Steep.RFT.xml",
            (
                r"The function template C:\templates\Steep.RFT.xml is in ArcMap's XML; "
                "open it in ArcGIS Pro and save it as .rft.json."
            ),
        ),
        (
            {"rasterFunction": {1}},
            (
                "The processing template {'rasterFunction': {1}} cannot be written as JSON: "
                "Object of type set is not JSON serializable"
            ),
        ),
        ({"rasterFunction": "x", "a": math.nan}, "NaN is no JSON"),
        (nested(100_000), "The processing template {'rasterFunction': 'Slope', 'rasterFunctionArguments': {'Raster': "),
        (nested(400), "nested too deeply"),
        ("a\0.json", "cannot be read: embedded null byte."),
        ({"a": 1}, "neither “rasterFunction” nor “function”"),
        ('{"rasterFunction": ', "breaks at line 1"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(value: Any, message: str) -> None:
    with pytest.raises(OptionError) as raised:
        read.processing_template(value)
    assert message in raised.value.message
    assert raised.value.option == "processing_template"


# Nodata, compression quality, viewpoint


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, (0,)),
        ("0", (0,)),
        (255.5, (255.5,)),
        ("0;255", (0, 255)),
        ("0,255,1", (0, 255, 1)),
        ("0 255", (0, 255)),
        ([0, "255"], (0, 255)),
        ("-3.4028234663852886e+38", (-3.4028234663852886e38,)),
    ],
)
def test_nodata_is_one_value_or_one_for_each_band(value: Any, expected: tuple[float, ...]) -> None:
    assert read.nodata(value) == expected


@pytest.mark.parametrize("value", ["nan", "NaN", math.nan, ["nan"]])
def test_nodata_may_be_not_a_number(value: Any) -> None:
    (only,) = read.nodata(value)
    assert math.isnan(only)


@pytest.mark.parametrize("value", ["white", "0;x", True, math.inf, [None]])
def test_what_is_no_nodata_value_is_refused(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.nodata(value)
    assert raised.value.option == "nodata"
    assert raised.value.message == (
        f"“{value}” is no nodata value; give one number with a decimal point, or one for each band."
    )


@pytest.mark.parametrize("digits", [320, 5000])
@pytest.mark.parametrize(
    ("reader", "option", "pattern"),
    [
        (read.cell_size, "cell_size", "{}"),
        (read.nodata, "nodata", "{}"),
        (read.nodata, "nodata", "0;{}"),
        (read.viewpoint, "viewpoint", "1 {}"),
        (read.extent_text, "extent", "0 0 1 {}"),
        (read.lock_rasters, "lock_raster_ids", "{}"),
        (read.compression_quality, "compression_quality", "{}"),
        (lambda value: read.order_base_value(value, "Best", LANDSAT), "order_base_value", "{}"),
        (lambda value: read.resolve_bands(read.bands(value) or (), LANDSAT), "bands", "{}"),
    ],
)
def test_more_digits_than_any_number_has_are_refused_in_short(
    reader: Callable[[Any], Any], option: str, pattern: str, digits: int
) -> None:
    value = pattern.format("9" * digits)
    with pytest.raises(OptionError) as raised:
        reader(value)
    assert raised.value.option == option
    assert f"“{value[:79]}…”" in raised.value.message
    assert len(raised.value.message) < 300


@pytest.mark.parametrize(("value", "expected"), [(1, 1), ("75", 75), (100, 100), (80.0, 80)])
def test_a_compression_quality_is_a_whole_number(value: Any, expected: int) -> None:
    assert read.compression_quality(value) == expected


@pytest.mark.parametrize("value", [0, 101, "75.5", 75.5, "high", True, -1, 10000])
def test_a_compression_quality_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.compression_quality(value)
    assert raised.value.option == "compression_quality"
    assert raised.value.message == f"“{value}” is no compression quality; give a whole number from 1 to 100."


@pytest.mark.parametrize("value", ["1.5 -2", "1.5,-2", "1.5, -2", (1.5, -2), ["1.5", "-2"], "1.5;-2"])
def test_a_viewpoint_is_x_and_y(value: Any) -> None:
    assert read.viewpoint(value) == (1.5, -2)


@pytest.mark.parametrize("value", ["1", "1 2 3", "here", (1,), (1, None), 5, "1 nan", "1,2 [EPSG:4326]"])
def test_what_is_no_point_is_refused(value: Any) -> None:
    with pytest.raises(OptionError) as raised:
        read.viewpoint(value)
    assert raised.value.option == "viewpoint"
    assert raised.value.message == (
        f"“{value}” is no point; give x and y in the service's coordinate reference system."
    )
