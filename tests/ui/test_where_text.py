"""The pieces of a where clause: values, and where they follow what stands there already."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.image_service import Field
from image_server_layer.ui.mosaic.where_text import value_text, with_value, with_word


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("São 'Paulo'", "String", "'São ''Paulo'''"),
        ("2001-12-31", "String", "'2001-12-31'"),
        ("1969-07-20 20:17:40", "Date", "TIMESTAMP '1969-07-20 20:17:40'"),
        (7, "Integer", "7"),
        (2**53 + 1, "BigInteger", "9007199254740993"),
        (12.0, "Double", "12"),
        (0.1, "Double", "0.1"),
        (None, "Date", "NULL"),
    ],
)
def test_values_are_written_after_the_type_of_their_field(value: Any, kind: str, text: str) -> None:
    assert value_text(value, Field("F", "F", f"esriFieldType{kind}")) == text


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("", "1", "1"),
        ("Best =", "1", "Best = 1"),
        ("Best = ", "1", "Best = 1"),
        ("Best IN", "1", "Best IN (1)"),
        ("Best not in (1)", "2", "Best not in (1, 2)"),
        ("Best IN (1, 2.5 ) ", "-3", "Best IN (1, 2.5, -3)"),
        ("Best IN (1", "2", "Best IN (1, 2"),
        ("Best IN (1, ", "2", "Best IN (1, 2"),
        ("Name IN ('it''s (so), ''', DATE '2001-12-31')", "'b'", "Name IN ('it''s (so), ''', DATE '2001-12-31', 'b')"),
        ("Best IN (1) AND Cabin", "2", "Best IN (1) AND Cabin 2"),
        ("Name = 'a'", "'b'", "Name = 'a' 'b'"),
        ("Best = ", "NULL", "Best IS NULL"),
        ("Best != ", "NULL", "Best IS NOT NULL"),
        ("Best<>", "NULL", "Best IS NOT NULL"),
        ("Best >= ", "NULL", "Best >= NULL"),
    ],
)
def test_a_value_goes_where_sql_wants_it(before: str, value: str, after: str) -> None:
    assert with_value(before, value) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "Best"), ("1=1 AND", "1=1 AND Best"), ("1=1 AND ", "1=1 AND Best"), ("(", "(Best"), ("x\n", "x\nBest")],
)
def test_a_name_stands_apart(before: str, after: str) -> None:
    assert with_word(before, "Best") == after
