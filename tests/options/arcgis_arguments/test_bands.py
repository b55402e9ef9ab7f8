"""Bands, as people type them."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.tests.options.services import LANDSAT, named_bands


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
