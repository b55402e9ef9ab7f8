"""JSON as it goes out; how it is read is tested with what is read."""

from __future__ import annotations

import math

import pytest

from image_server_layer.plugin.service.json_values import compact_json


def test_json_goes_out_without_blanks_in_ascii_and_in_its_own_order() -> None:
    assert compact_json({"b": [1, 2.5, None], "a": 'é " \\'}) == '{"b":[1,2.5,null],"a":"\\u00e9 \\" \\\\"}'
    assert compact_json({"a": "é"}, ensure_ascii=False) == '{"a":"é"}'


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_json_does_not_have_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        compact_json({"a": value})
