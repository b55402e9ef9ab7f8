"""Lists typed as text."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.options.typed_lists import Item, read_items


def plain(*texts: str) -> list[Item]:
    return [Item(text, is_quoted=False) for text in texts]


def quoted(*texts: str) -> list[Item]:
    return [Item(text, is_quoted=True) for text in texts]


@pytest.mark.parametrize(
    ("text", "separators", "expected"),
    [
        ("a;b", ";", plain("a", "b")),
        (" a ;\tb c\n", ";", plain("a", "b c")),
        ("a,b", ";", plain("a,b")),
        ("a,b", ";,", plain("a", "b")),
        ("a,b;c", ";,", plain("a,b", "c")),
        ("'a;b',c", ";,", [*quoted("a;b"), *plain("c")]),
        (";a;;b;", ";", plain("a", "b")),
        ("", ";", []),
        ("''", ";", []),
        ("' a '", ";", quoted(" a ")),
        ('\'it\'\'s\';"a ""b"""', ";", quoted("it's", 'a "b"')),
        ("'a'b;c", ";", plain("'a'b", "c")),
        ("a'b;c'd", ";", plain("a'b", "c'd")),
        ("'a;b", ";", plain("'a", "b")),
        ("'a;b';\"c;d\"", ";", quoted("a;b", "c;d")),
    ],
)
def test_a_list_is_split_at_the_first_separator_outside_quotes(
    text: str, separators: str, expected: list[Item]
) -> None:
    assert read_items(text, separators) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("a;b, c", plain("a;b, c")), ("'a;b'", quoted("a;b")), ("  ", []), (" x ", plain("x"))]
)
def test_without_separators_a_text_is_one_item(text: str, expected: list[Item]) -> None:
    assert read_items(text) == expected
