"""Texts inside where clauses."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.sql import text_literal


@pytest.mark.parametrize(
    ("text", "literal"), [("", "''"), ("Olinda", "'Olinda'"), ("d'Este", "'d''Este'"), ("'", "''''")]
)
def test_quotation_marks_are_doubled_inside_a_literal(text: str, literal: str) -> None:
    assert text_literal(text) == literal
