"""Processing templates: names, JSON and files."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.service.errors import OptionError

TEMPLATE = {"name": "Steep", "function": {"type": "SlopeFunction"}, "arguments": {"Größe": 1.5}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Hillshade", "Hillshade"),
        (" Natural Color ", " Natural Color "),
        (" none ", "None"),
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
def test_a_processing_template_is_a_name_to_the_letter_or_compact_json(value: Any, expected: str) -> None:
    template = read.processing_template(value)
    assert str(template) == expected
    assert template.is_raw == (expected == "None")
    assert (template.function is not None) == expected.startswith("{")
    assert read.processing_template(template) is template


@pytest.mark.parametrize("name", ["steep.rft.json", "STEEP.RFT.JSON", "plain.json", "blank in name.rft.json"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_function_template_is_read_from_its_file(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(TEMPLATE, indent=2, ensure_ascii=False), encoding=encoding)
    assert read.processing_template(path).function == TEMPLATE
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
                r"The function template C:\templates\Steep.RFT.xml is XML, which image services do not take: "
                "convert it to JSON (.rft.json) with Convert Raster Function Template in ArcGIS Pro."
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
