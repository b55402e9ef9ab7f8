"""The four things that a processing template can be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from image_server_layer.plugin.options.processing_template import (
    RAW,
    SERVICE_DEFAULT,
    ProcessingTemplate,
    parse_function,
)
from image_server_layer.plugin.service.errors import OptionError

CHAIN = ProcessingTemplate(function={"rasterFunction": "Größe", "rasterFunctionArguments": {"ZFactor": 1.5}})


@pytest.mark.parametrize(
    ("template", "text", "json_value", "is_raw"),
    [
        (SERVICE_DEFAULT, "", "", False),
        (RAW, "None", "None", True),
        (ProcessingTemplate(" NDVI "), " NDVI ", " NDVI ", False),
        (CHAIN, '{"rasterFunction":"Größe","rasterFunctionArguments":{"ZFactor":1.5}}', CHAIN.function, False),
    ],
)
def test_a_template_is_a_text_for_people_and_a_value_for_json(
    template: ProcessingTemplate, text: str, json_value: Any, is_raw: bool
) -> None:
    assert str(template) == text
    assert template.to_json_value() == json_value
    assert template.is_raw is is_raw
    assert bool(template) is bool(text)
    assert ProcessingTemplate.from_json_value(json.loads(json.dumps(template.to_json_value()))) == template


@pytest.mark.parametrize("value", [None, 1, [], {}, {"a": 1}, {"rasterFunction": 1}])
def test_what_is_no_template_is_not_read(value: Any) -> None:
    with pytest.raises(TypeError):
        ProcessingTemplate.from_json_value(value)


def test_templates_can_be_looked_up_and_told_apart() -> None:
    other = ProcessingTemplate(function={"rasterFunction": "Slope"})
    found = {SERVICE_DEFAULT: 0, RAW: 1, CHAIN: 2, other: 3}
    assert found[ProcessingTemplate(function=dict(CHAIN.function or {}))] == 2
    assert found[ProcessingTemplate("None")] == 1
    assert len(found) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"rasterFunction":\n  1 "a"}',
            (
                "The JSON of the processing template breaks at line 2, column 5 (Expecting ',' delimiter): "
                '{"rasterFunction": 1 "a"}'
            ),
        ),
        ('{"rasterFunction":', "The JSON of the processing template breaks at line 1, column 19 (Expecting value)"),
        ('{"rasterFunction":"x","a":NaN}', "NaN is no JSON"),
        (
            '{"rasterFunction":"[","a":\n' + "[" * 100_000,
            (
                "The JSON of the processing template breaks at line 2, column 500 (nested too deeply): "
                '{"rasterFunction":"[","a": [[['
            ),
        ),
        ('{"rasterFunction":"x","a":' + "9" * 5000 + "}", "breaks at line 1, column 1 (a number has too many digits)"),
        ("{}", "neither “rasterFunction” nor “function”: {}"),
        ('{"rasterFunction":1}', "neither “rasterFunction” nor “function”"),
        ('{"function":"Slope"}', "neither “rasterFunction” nor “function”"),
        ('["rasterFunction"]', "neither “rasterFunction” nor “function”"),
        ('{"mosaicMethod":"' + "x" * 500 + '"}', '{"mosaicMethod":"' + "x" * 62 + "…"),
    ],
)
def test_json_that_is_no_raster_function_is_refused(text: str, message: str) -> None:
    with pytest.raises(OptionError) as raised:
        parse_function(text)
    assert message in raised.value.message
    assert raised.value.option == "processing_template"
