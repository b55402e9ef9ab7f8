"""Which rasters of a mosaic, and in which order, as people type it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.options import arcgis_arguments as read
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.tests.options.services import LANDSAT


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


@pytest.mark.parametrize(
    ("value", "expected"),
    [("  Name = 'a;b#' ", "Name = 'a;b#'"), ("1=1", "1=1"), ("OBJECTID IN (1,2)", "OBJECTID IN (1,2)")],
)
def test_a_where_clause_goes_through_as_it_is(value: str, expected: str) -> None:
    assert read.where_clause(value) == expected
