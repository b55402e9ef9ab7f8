"""Which rasters are listed: the clauses that go out, and what is read from a field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from image_server_layer.plugin.options.catalog_filter import (
    CatalogFilter,
    cloud_field,
    date_fields,
    read_day,
    read_most_clouds,
)
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.image_service import Field
from image_server_layer.plugin.service.time_info import TimeInfo
from image_server_layer.tests.options.services import LANDSAT, MOSAIC


def _field(name: str, kind: str) -> Field:
    return Field(name, name, f"esriFieldType{kind}")


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        (CatalogFilter(), ""),
        (CatalogFilter(date_field="Date", cloud_field="CloudCover"), ""),
        (CatalogFilter(where=" Best > 1 OR Best = 0 "), "Best > 1 OR Best = 0"),
        (CatalogFilter(words="7"), "OBJECTID = 7 OR UPPER(Name) LIKE '%7%'"),
        (CatalogFilter(date_field="Acq", first_day=date(2001, 2, 3)), "Acq >= DATE '2001-02-03'"),
        (CatalogFilter(date_field="Acq", last_day=date(2001, 12, 31)), "Acq < DATE '2002-01-01'"),
        (CatalogFilter(date_field="Acq", last_day=date.max), ""),
        (CatalogFilter(first_day=date(2001, 2, 3)), ""),
        (
            CatalogFilter(date_field="Date", first_day=date(2001, 2, 3), cloud_field="Cloud Cover", most_clouds=0.5),
            '("Date" >= DATE \'2001-02-03\') AND ("Cloud Cover" <= 0.5)',
        ),
        (
            CatalogFilter(words="7", where="A = 1 OR B = 2"),
            "(OBJECTID = 7 OR UPPER(Name) LIKE '%7%') AND (A = 1 OR B = 2)",
        ),
    ],
)
def test_the_clause_holds_all_that_is_asked_for(asked: CatalogFilter, clause: str) -> None:
    assert asked.clause(MOSAIC) == clause


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", None, None),
        (" 2001-2-3 ", date(2001, 2, 3), date(2001, 2, 3)),
        ("2001/02/03", date(2001, 2, 3), date(2001, 2, 3)),
        ("2004-02", date(2004, 2, 1), date(2004, 2, 29)),
        ("2001", date(2001, 1, 1), date(2001, 12, 31)),
    ],
)
def test_a_year_or_a_month_is_its_first_or_its_last_day(text: str, first: date | None, last: date | None) -> None:
    assert (read_day(text), read_day(text, is_last=True)) == (first, last)


@pytest.mark.parametrize("text", ["x", "2001-13", "2001-02-30", "0000", "2001-00", "12.08.2001", "20010203"])
@pytest.mark.parametrize("is_last", [False, True])
def test_what_is_no_day_is_refused(text: str, is_last: bool) -> None:
    with pytest.raises(OptionError, match=f"“{text}” is no day"):
        read_day(text, is_last=is_last)


def test_clouds_are_a_number() -> None:
    assert [read_most_clouds(text) for text in (" ", "10", "0.1", "0,1")] == [None, 10, 0.1, 0.1]
    with pytest.raises(OptionError, match="“few” is no number"):
        read_most_clouds("few")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Best", "CloudCover"), "CloudCover"),
        (("eo_cloud", "cloud_cover"), "cloud_cover"),
        (("PercentCloudy",), "PercentCloudy"),
        (("Best",), None),
    ],
)
def test_the_field_of_clouds_is_found_by_its_name(names: tuple[str, ...], found: str | None) -> None:
    mosaic = replace(MOSAIC, fields=(*(_field(name, "Double") for name in names), _field("CloudText", "String")))
    field = cloud_field(mosaic)
    assert (field and field.name) == found


def test_the_date_of_acquisition_comes_first_then_that_of_the_service() -> None:
    fields = tuple(_field(name, "Date") for name in ("Ingested", "Begin", "Acquisition_Date"))
    found = replace(LANDSAT, mosaic=replace(MOSAIC, fields=fields), time=TimeInfo("begin"))
    assert [field.name for field in date_fields(found)] == ["Acquisition_Date", "Begin", "Ingested"]
    assert date_fields(replace(found, mosaic=None)) == []
