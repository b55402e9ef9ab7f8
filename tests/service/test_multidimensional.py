"""What servers say of variables and dimensions, also where it makes no sense."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.multidimensional import Dimension, Span, Variable, parse_variables


def variables(*told: Any) -> tuple[Variable, ...]:
    return parse_variables({"multidimensionalInfo": {"variables": list(told)}})


def dimension(**told: Any) -> Dimension:
    ((found,),) = (variable.dimensions for variable in variables({"name": "v", "dimensions": [told]}))
    return found


def test_a_variable_is_read_with_all_that_is_told() -> None:
    (found,) = variables(
        {
            "name": "water_temp",
            "unit": "degC",
            "description": "Water\ttemperature",
            "statistics": [{"min": -2, "max": 30.5, "mean": 9, "standardDeviation": 4}],
            "dimensions": [{"name": "StdZ", "unit": "m", "values": [0, -10.5], "extent": [-10.5, 0]}],
        }
    )
    depth = Dimension("StdZ", (Span(0, 0), Span(-10.5, -10.5)), "m", extent=Span(-10.5, 0))
    assert found.dimensions == (depth,)
    assert (found.label, found.minimum, found.maximum, found.mean) == ("water_temp (degC)", -2, 30.5, 9)
    assert found.dimension("stdz") == depth
    assert found.dimension("StdTime") is None


@pytest.mark.parametrize("body", [{}, {"multidimensionalInfo": None}, {"multidimensionalInfo": {"variables": {}}}])
def test_without_variables_there_are_none(body: dict[str, Any]) -> None:
    assert parse_variables(body) == ()


def test_what_has_no_name_or_one_that_was_there_is_left_out() -> None:
    found = variables({"name": "a"}, {"name": ""}, {}, 5, None, {"name": "a", "unit": "m"}, {"name": ["b"]})
    assert found == (Variable("a"),)


@pytest.mark.parametrize(
    ("told", "values", "has_ranges"),
    [
        ([1, 2.5, "3"], [(1, 1), (2.5, 2.5), (3, 3)], False),
        ([[0, 10], [20, 10]], [(0, 10), (10, 20)], True),
        ([1, 1, None, {}, [], [1, 2, 3], "x", float("nan"), float("inf"), True, [1, None]], [(1, 1)], False),
        ("1,2", [], False),
    ],
)
def test_values_are_numbers_or_ranges(told: Any, values: list[tuple[float, float]], has_ranges: bool) -> None:
    found = dimension(name="Z", values=told)
    assert list(found.values) == values
    assert found.has_ranges == has_ranges
    assert found.extent == ((min(low for low, _ in values), max(high for _, high in values)) if values else None)


def test_times_are_moments_that_can_be_written() -> None:
    found = dimension(name="stdtime", values=[0, 1.5, 10**18, -(10**18), 86_400_000.0], extent=[0, 10**18])
    assert found.is_time
    assert found.values == (Span(0, 0), Span(86_400_000, 86_400_000))
    assert found.extent == Span(0, 86_400_000)


def test_statistics_that_make_no_sense_count_as_not_told() -> None:
    for told in ([{"min": 5, "max": 5, "mean": 5}], [{"min": 6, "max": 5}], [{"max": 5}], [], [None], "x"):
        (found,) = variables({"name": "v", "statistics": told})
        assert (found.minimum, found.maximum, found.mean, found.standard_deviation) == (None,) * 4


def test_no_more_is_kept_than_can_be_chosen_from() -> None:
    assert len(dimension(name="Z", values=list(range(20_000))).values) == 10_000
    assert len(variables(*({"name": str(number)} for number in range(2000)))) == 1000
