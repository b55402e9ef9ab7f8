"""Looking for rasters: the clauses that go out, and attributes as texts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from image_server_layer.plugin.options.catalog_search import attribute_text, ids_clause, search_clause, table_fields
from image_server_layer.plugin.service.image_service import Field, Mosaic
from image_server_layer.tests.options.services import FIELDS, MOSAIC

DATE, DOUBLE = FIELDS[2], FIELDS[3]


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("", ""),
        ("  ", ""),
        ("recife", "UPPER(Name) LIKE '%RECIFE%'"),
        (" O'Hare ", "UPPER(Name) LIKE '%O''HARE%'"),
        ("12", "OBJECTID = 12 OR UPPER(Name) LIKE '%12%'"),
        ("1.5", "UPPER(Name) LIKE '%1.5%'"),
    ],
)
def test_words_are_searched_in_texts_and_whole_numbers_among_ids_too(words: str, clause: str) -> None:
    assert search_clause(words, MOSAIC) == clause


def test_words_match_nothing_in_a_catalog_without_texts() -> None:
    without_texts = replace(MOSAIC, fields=(FIELDS[0], DATE))
    assert search_clause("recife", without_texts) == "1=0"
    assert search_clause("7", without_texts) == "OBJECTID = 7"


def test_ids_are_listed() -> None:
    assert ids_clause([3, 1], MOSAIC) == "OBJECTID IN (3,1)"
    assert ids_clause([], MOSAIC) == "1=0"


def test_a_table_begins_with_what_tells_rasters_apart() -> None:
    fields = tuple(
        Field(name, name, f"esriFieldType{type_name}")
        for name, type_name in (
            ("Shape", "Geometry"),
            ("MinPS", "Double"),
            ("CloudCover", "Double"),
            ("Taken", "Date"),
            ("Raster", "Raster"),
            ("NAME", "String"),
            ("objectid", "OID"),
        )
    )
    names = [field.name for field in table_fields(Mosaic(object_id_field="OBJECTID", fields=fields))]
    assert names == ["objectid", "NAME", "Taken", "CloudCover", "MinPS"]


@pytest.mark.parametrize(
    ("value", "field", "text"),
    [
        (None, DATE, ""),
        (997012800000, DATE, "2001-08-05 12:00:00"),
        (-1000, DATE, "1969-12-31 23:59:59"),
        (-62135596800000, DATE, "0001-01-01 00:00:00"),
        (10**20, DATE, "1e+20"),
        ("2001", DATE, "2001"),
        (12.5, DOUBLE, "12.5"),
        (28500.0, DOUBLE, "28500"),
        (0.1 + 0.2, DOUBLE, "0.3"),
        (7, FIELDS[4], "7"),
        ("007", FIELDS[1], "007"),
    ],
)
def test_attributes_are_shown_as_people_write_them(value: object, field: Field, text: str) -> None:
    assert attribute_text(value, field) == text
