"""Classes with their labels and colors, however a table spells its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from image_server_layer.plugin.service.attribute_table import AttributeTableRow, parse_attribute_table, parse_colormap


def colors(*rows: dict[str, Any]) -> list[tuple[int, int, int] | None]:
    """Return the colors of a table whose values are 0, 1, 2 and so on."""
    features = [{"attributes": {"Value": value, **row}} for value, row in enumerate(rows)]
    return [row.color for row in parse_attribute_table({"features": features})]


@pytest.mark.parametrize(
    ("attributes", "row"),
    [
        ({"Value": 1, "ClassName": "Water"}, AttributeTableRow(1, "Water")),
        ({"VALUE": 1, "CLASS_NAME": "Water"}, AttributeTableRow(1, "Water")),
        ({"value": 1.5, "name": " Water "}, AttributeTableRow(1.5, "Water")),
        ({"Value": "1", "Land_Cover": "Water"}, AttributeTableRow(1, "Water")),
        ({"Value": 1, "Class": 7, "Count": 3}, AttributeTableRow(1, "1")),
        ({"Value": 1, "ClassName": None}, AttributeTableRow(1, "1")),
        ({"Value": 1, "Notes": "x", "ClassName": "Water"}, AttributeTableRow(1, "Water")),
        ({"Value": 1, "Red": 1, "GREEN": 2, "blue": 3}, AttributeTableRow(1, "1", (1, 2, 3))),
        ({"Value": 1, "Red": 1, "Green": 2}, AttributeTableRow(1, "1")),
        ({"Value": 1, "Red": 0.5, "Green": 0.5, "Blue": 1}, AttributeTableRow(1, "1", (128, 128, 255))),
        ({"Value": 1, "Red": 256, "Green": 0, "Blue": 0}, AttributeTableRow(1, "1")),
    ],
)
def test_columns_of_a_table_are_found_in_any_case(attributes: dict[str, Any], row: AttributeTableRow) -> None:
    body = {"objectIdFieldName": "Elsewhere", "features": [{"attributes": attributes}]}
    assert parse_attribute_table(body) == (replace(row, attributes=attributes),)


@pytest.mark.parametrize(
    "body",
    [{}, {"features": None}, {"features": [{}, None, {"attributes": {"Count": 1}}, {"attributes": {"Value": None}}]}],
)
def test_a_table_without_values_is_empty(body: dict[str, Any]) -> None:
    assert parse_attribute_table(body) == ()


def test_a_colormap_keeps_what_it_can() -> None:
    body = {"colormap": [[1, 10, 20, 30], [2, 10, 20], ["3", "1", "2", "3"], [], None, [None, 1, 2, 3]]}
    assert parse_colormap(body) == (
        AttributeTableRow(1, "1", (10, 20, 30)),
        AttributeTableRow(2, "2"),
        AttributeTableRow(3, "3", (1, 2, 3)),
    )
    assert parse_colormap({}) == ()


@pytest.mark.parametrize(
    "names", [("Red", "Green", "Blue"), ("RED", "GREEN", "BLUE"), ("R", "G", "B"), ("r", "g", "b")]
)
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, 0, 0), (71, 107, 161), (255, 255, 255)], [(0, 0, 0), (71, 107, 161), (255, 255, 255)]),
        # Those of the table of a land cover service, which has fractions.
        ([(0, 0, 0), (71 / 255, 107 / 255, 161 / 255), (1, 1, 1)], [(0, 0, 0), (71, 107, 161), (255, 255, 255)]),
        ([["71.0", "107.0", "161.0"], (1, 1, 1)], [(71, 107, 161), (1, 1, 1)]),
        ([(1, 0, 0), (0, 1, 0)], [(255, 0, 0), (0, 255, 0)]),
        ([(0.5, None, 0.5), (1, 0, 0.2)], [None, (255, 0, 51)]),
        ([(-1, 0, 0), (300, 0, 0), (3, 4, 5)], [None, None, (3, 4, 5)]),
    ],
)
def test_colors_are_fractions_where_no_number_of_the_table_is_above_one(
    names: tuple[str, ...], rows: list[Any], expected: list[Any]
) -> None:
    assert colors(*(dict(zip(names, row)) for row in rows)) == expected


@pytest.mark.parametrize("name", ["color", "Color", "COLOR", "Colour", "RGB", "hex"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("71,107,161", (71, 107, 161)),
        (" 71, 107, 161 ", (71, 107, 161)),
        ("71 107 161", (71, 107, 161)),
        ("rgb(71, 107, 161)", (71, 107, 161)),
        ("rgba(71, 107, 161, 255)", (71, 107, 161)),
        ("0.2, 0.4, 1.0", (51, 102, 255)),
        ("#476BA1", (71, 107, 161)),
        ("476ba1", (71, 107, 161)),
        ("#476BA1FF", (71, 107, 161)),
        ("#000001", (0, 0, 1)),
        ("blue", None),
        ("1,2", None),
        (None, None),
    ],
)
def test_a_color_may_be_one_text(name: str, value: object, expected: tuple[int, int, int] | None) -> None:
    assert colors({name: value}) == [expected]


def test_of_two_sets_of_columns_the_one_that_can_be_read_counts_for_each_row() -> None:
    # Rounded, so that the others are the truer ones.
    fractions = {"Red": 0.28, "Green": 0.42, "Blue": 0.63}
    bytes_of_color = {"RED": 71, "GREEN": 107, "BLUE": 161}
    assert colors({**fractions, **bytes_of_color}, {**bytes_of_color, **fractions}) == [(71, 107, 161)] * 2
    assert colors({**fractions, "R": 71, "G": 107, "B": 161}) == [(71, 107, 161)]
    assert colors({**fractions, "R": None, "G": 107, "B": 161}) == [(71, 107, 161)]
    assert colors({"Color": "#476BA1", "Red": None, "Green": None, "Blue": None}) == [(71, 107, 161)]


def test_a_color_is_no_label() -> None:
    (row,) = parse_attribute_table({"features": [{"attributes": {"Value": 4, "Color": "#476BA1", "Cover": "Water"}}]})
    assert (row.label, row.color) == ("Water", (71, 107, 161))


def test_all_columns_are_kept_as_the_server_has_them() -> None:
    attributes = {"OBJECTID": 0, "Value": 4, "Count": 12.5, "ClassName": " Water ", "Notes": None, "Red": 1}
    (row,) = parse_attribute_table({"features": [{"attributes": attributes}]})
    assert row.attributes == attributes
    assert list(row.attributes) == list(attributes)
