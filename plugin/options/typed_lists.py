"""Lists typed as text, the way ArcGIS' value tables are: separated, and in quotation marks where need be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A separator that no text holds, so that the text is one item.
_NO_SEPARATOR = "\0"


class Item(NamedTuple):
    """One item of a list; in quotation marks it is always a name, also when it is made of digits."""

    text: str
    is_quoted: bool


def read_items(text: str, separators: str = _NO_SEPARATOR) -> list[Item]:
    """Return the items of a list, without blank ones, as the first of `separators` found outside quotes separates them.

    An item may stand in `'` or `"`, which are doubled inside.
    """
    found = {match["separator"] for match in _matches(text, separators)}
    separator = next((character for character in separators if character in found), _NO_SEPARATOR)
    return [item for item in map(_item, _matches(text, separator)) if item.text]


def _matches(text: str, separators: str) -> Iterator[re.Match[str]]:
    quoted = r"""'(?P<single>(?:[^']|'')*)'|"(?P<double>(?:[^"]|"")*)\""""
    return re.finditer(rf"\s*(?:{quoted}|(?P<plain>[^{separators}]*?))\s*(?P<separator>[{separators}]|\Z)", text)


def _item(match: re.Match[str]) -> Item:
    if match["single"] is not None:
        return Item(match["single"].replace("''", "'"), is_quoted=True)
    if match["double"] is not None:
        return Item(match["double"].replace('""', '"'), is_quoted=True)
    return Item(match["plain"], is_quoted=False)
