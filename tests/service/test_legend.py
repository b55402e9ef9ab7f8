"""Legends as services write them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from image_server_layer.plugin.service.legend import (
    LARGEST_IMAGE,
    MOST_ENTRIES,
    LegendEntry,
    legend_parameters,
    parse_legend,
)


def document(*entries: Any) -> dict[str, Any]:
    return {"layers": [{"layerId": 0, "legendType": "Unique Values", "legend": list(entries)}]}


def entry(label: Any, image: bytes = b"") -> dict[str, Any]:
    return {"label": label, "imageData": base64.b64encode(image).decode()}


def test_labels_and_images_are_read() -> None:
    assert parse_legend(document(entry("Water", b"png"), entry("High : 1611"))) == (
        LegendEntry("Water", b"png"),
        LegendEntry("High : 1611"),
    )


def test_it_is_asked_for_what_is_drawn() -> None:
    drawn = {"renderingRule": "{}", "bandIds": "2,1,0", "mosaicRule": "{}", "format": "png32"}
    assert legend_parameters(drawn) == {"renderingRule": "{}", "bandIds": "2,1,0", "f": "json"}


def test_a_long_rule_of_a_strangers_project_is_read_for_its_variable() -> None:
    """A source may be longer than what is read of a server, and its layer's legend raises nothing."""
    definition = [{"variableName": "tas", "dimensionName": "", "values": [[]] * 250_000}]
    rule = json.dumps({"multidimensionalDefinition": definition})
    assert legend_parameters({"mosaicRule": rule}) == {"variable": "tas", "f": "json"}


@pytest.mark.parametrize(
    "body",
    [{}, {"layers": None}, {"layers": [7]}, document(), document(7, None, {}), document({"label": 3, "imageData": 4})],
)
def test_what_is_no_legend_has_no_entries(body: dict[str, Any]) -> None:
    assert parse_legend(body) == ()


def test_what_is_no_image_or_a_large_one_is_left_out() -> None:
    found = parse_legend(document({"label": "a", "imageData": "!!"}, entry("b", b"0" * (LARGEST_IMAGE + 100))))
    assert found == (LegendEntry("a"), LegendEntry("b"))


def test_a_part_of_a_long_legend_is_no_legend() -> None:
    assert parse_legend(document(*(entry(str(number)) for number in range(MOST_ENTRIES + 1)))) == ()
    assert len(parse_legend(document(*(entry(str(number)) for number in range(MOST_ENTRIES))))) == MOST_ENTRIES


def test_labels_are_text_on_one_line() -> None:
    (found,) = parse_legend(document(entry("<b>a</b>\n\x07b")))
    assert "\n" not in found.label
    assert "\x07" not in found.label
    assert "<b>" in found.label
