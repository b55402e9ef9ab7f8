"""Values inside sentences."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.options.sentences import closest_names, quoted_list, shortened


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hilshade", ["Hillshade", "Hillshade Multi"]),
        ("HILLSHADE", ["Hillshade", "Hillshade Multi"]),
        ("quite another", []),
        ("", []),
    ],
)
def test_the_closest_names_are_found_in_any_case_best_first(name: str, expected: list[str]) -> None:
    assert closest_names(name, ["Slope", "Hillshade Multi", "Hillshade", "NDVI"]) == expected


def test_a_long_value_is_cut_and_lines_become_one() -> None:
    assert shortened("Name =\n  'x'") == "Name = 'x'"
    assert shortened("x" * 80) == "x" * 80
    assert shortened("x" * 81) == "x" * 79 + "…"


def test_names_stand_in_quotation_marks() -> None:
    assert quoted_list(["NDVI", "Slope"]) == "“NDVI”, “Slope”"
