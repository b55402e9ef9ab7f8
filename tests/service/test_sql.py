"""Texts and names inside where clauses."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.sql import identifier, text_literal


@pytest.mark.parametrize(
    ("text", "literal"), [("", "''"), ("Olinda", "'Olinda'"), ("d'Este", "'d''Este'"), ("'", "''''")]
)
def test_quotation_marks_are_doubled_inside_a_literal(text: str, literal: str) -> None:
    assert text_literal(text) == literal


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CloudCover", "CloudCover"),
        ("gdb.sde.Scenes.Cloud_2", "gdb.sde.Scenes.Cloud_2"),
        ("Número", "Número"),
        ("Cloud Cover", '"Cloud Cover"'),
        ("2nd", '"2nd"'),
        ("Date", '"Date"'),
        ('6" sheet', '"6"" sheet"'),
    ],
)
def test_names_are_quoted_only_where_they_must_be(name: str, text: str) -> None:
    assert identifier(name) == text
