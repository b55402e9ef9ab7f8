"""Texts of others, made fit to be shown, written and logged."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from image_server_layer.plugin.service.plain_text import (
    LONGEST_PROSE,
    clean_line,
    clean_text,
    escaped,
    markless_line,
    plain_text,
)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\x7f", "\x9f", "\ud800", "\ufdd0", "\ufffe", "\uffff"])
def test_what_xml_forbids_is_left_out(character: str) -> None:
    text = f"a{character}b"
    assert clean_text(text) == clean_line(text) == markless_line(text) == plain_text(text) == "ab"
    assert ElementTree.fromstring(f"<a>{escaped(text)}</a>").text == "ab"


@pytest.mark.parametrize("character", ["\u202a", "\u202d", "\u202e", "\u2066", "\u2069"])
def test_what_turns_the_direction_of_a_name_is_left_out(character: str) -> None:
    text = f"image{character}gnp.exe"
    assert clean_text(text) == clean_line(text) == markless_line(text) == plain_text(text) == "imagegnp.exe"


def test_a_name_is_one_line() -> None:
    assert clean_line("a\r\nb\tc\u2028d\x85e") == markless_line("a\r\nb\tc\u2028d\x85e") == "a b c d e"
    assert clean_text("a\nb\tc") == "a\nb\tc"


def test_marks_are_none_where_a_text_is_read_as_html() -> None:
    assert escaped("<img src='x'> & \"co\"") == "&lt;img src='x'&gt; &amp; \"co\""
    assert markless_line("<img src='x'>") == "‹img src='x'›"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("a<br>b &amp; c<br/>d", "a\nb & c\nd"),
        ("<b>a</b> <script>x < 1</script>b<style>p {}</style>", "a b"),
        ("<p>a<!-- b -->c", "ac"),
        ("<p>a<![t>xb", "axb"),
        ("<p>&#999999;&copy;", "\U000f423f©"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("&lt;b&gt; stays", "<b> stays"),
    ],
)
def test_html_is_read_as_people_read_it(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize("unit", ["x", "<p>word "])
def test_nobody_reads_more_than_a_book(unit: str) -> None:
    found = plain_text(unit * (LONGEST_PROSE + 1))
    assert len(found) <= LONGEST_PROSE + 1
    assert found.endswith("…")
