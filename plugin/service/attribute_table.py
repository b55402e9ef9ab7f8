"""The classes of a thematic raster: its attribute table, or its colormap, as servers write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .json_values import mapping, number, sequence, text
from .number_text import readable_number

Color = tuple[int, int, int]
_Row = Mapping[str, Any]

# In lower case, by preference. Without any of these, the first text column is the label.
_LABEL_COLUMNS = ("classname", "class_name", "class", "label", "name", "description")
_COLOR_COLUMNS = (("red", "green", "blue"), ("r", "g", "b"))
# If names of columns differ only in case, those spelled alike belong together.
_SPELLINGS: tuple[Callable[[str], str], ...] = (str.title, str.upper, str.lower)
_COLOR_TEXT_COLUMNS = ("color", "colour", "rgb", "hex", "hexcolor", "hex_color", "color_hex", "colorhex")
_HEX_COLOR = re.compile(r"(?:#|0x)?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?", re.IGNORECASE)
_BRACKETS = re.compile(r"(?:rgba?)?\s*[(\[]?([^()\[\]]*)[)\]]?", re.IGNORECASE)


@dataclass(frozen=True)
class AttributeTableRow:
    """A class of a thematic raster.

    Attributes:
        value: the pixel value of the class.
        label: its name, or the value where it has none.
        color: red, green and blue from 0 to 255, None where the table has none that can be read.
        attributes: all columns of the table as the server spells and fills them, in its order; none in a colormap.
    """

    value: float
    label: str
    color: Color | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)


def parse_attribute_table(body: Mapping[str, Any]) -> tuple[AttributeTableRow, ...]:
    """Read a raster attribute table, whose columns are in any case and partly absent.

    Colors are in columns for red, green and blue (or R, G, B), or in one text; from 0 to 255, or as fractions of 1,
    which the table as a whole tells. Of several sets, the one from 0 to 255 counts.
    """
    rows = [mapping(mapping(feature).get("attributes")) for feature in sequence(body.get("features"))]
    colors = _colors(rows)
    found = []
    for row, color in zip(rows, colors):
        columns = {key.lower(): value for key, value in row.items()}
        value = number(columns.get("value"))
        if value is not None:
            found.append(AttributeTableRow(value, _label(columns) or readable_number(value), color, row))
    return tuple(found)


def parse_colormap(body: Mapping[str, Any]) -> tuple[AttributeTableRow, ...]:
    """Read a colormap: rows of value, red, green and blue, the colors from 0 to 255."""
    rows = []
    for entry in map(sequence, sequence(body.get("colormap"))):
        value = number(entry[0]) if entry else None
        if value is not None:
            rows.append(AttributeTableRow(value, readable_number(value), _color(_numbers(entry[1:4]), 1)))
    return tuple(rows)


def _label(columns: _Row) -> str:
    named = (text(columns.get(key)) for key in _LABEL_COLUMNS)
    others = (text(value) for key, value in columns.items() if number(value) is None and key not in _COLOR_TEXT_COLUMNS)
    return next(filter(None, (*named, *others)), "")


def _colors(rows: Sequence[_Row]) -> list[Color | None]:
    """Return the color of each row, from the first set of columns that has one."""
    columns = dict.fromkeys(key for row in rows for key in row)
    text_columns = [key for key in columns if key.lower() in _COLOR_TEXT_COLUMNS]
    sets = [
        *([_numbers([row.get(key) for key in keys]) for row in rows] for keys in _color_columns(columns)),
        *([_typed_numbers(row.get(key)) for row in rows] for key in text_columns),
    ]
    # Those from 0 to 255 before those in fractions, of which fewer digits may be left.
    scaled = sorted(((_factor(colors), colors) for colors in sets), key=lambda item: item[0])
    scaled += [(1, [_hexadecimal(row.get(key)) for row in rows]) for key in text_columns]
    return [
        next(filter(None, (_color(colors[index], factor) for factor, colors in scaled)), None)
        for index in range(len(rows))
    ]


def _color_columns(columns: Mapping[str, None]) -> Iterator[tuple[str, ...]]:
    """Yield the sets of three columns that hold red, green and blue."""
    for names in _COLOR_COLUMNS:
        spelled_alike = [tuple(map(spelled, names)) for spelled in _SPELLINGS]
        found = [keys for keys in spelled_alike if all(key in columns for key in keys)]
        in_any_case = {key.lower(): key for key in columns}
        if not found and all(name in in_any_case for name in names):
            found = [tuple(in_any_case[name] for name in names)]
        yield from found


def _hexadecimal(value: object) -> list[float] | None:
    """Return the three numbers in `#0c2238`, or in `0C2238FF` with opacity."""
    match = _HEX_COLOR.fullmatch(text(value))
    return [float(int(part, 16)) for part in match.groups()] if match else None


def _typed_numbers(value: object) -> list[float] | None:
    """Return the three numbers in `12, 34, 56`, `12 34 56` or `rgb(12, 34, 56)`."""
    inside = _BRACKETS.fullmatch(text(value))
    return _numbers(re.split(r"[\s,;]+", inside[1].strip())[:3]) if inside else None


def _numbers(values: Sequence[object]) -> list[float] | None:
    """Return red, green and blue, or None where one of them is no number."""
    found = [value for value in map(number, values) if value is not None]
    return found if len(found) == len(values) == 3 else None


def _factor(colors: Sequence[list[float] | None]) -> int:
    """Return what the numbers of a set are to be multiplied by: fractions of 1 by 255."""
    found = [part for color in colors if color is not None for part in color]
    return 255 if found and max(found) <= 1 else 1


def _color(parts: list[float] | None, factor: int) -> Color | None:
    if parts is None or not all(0 <= part * factor <= 255 for part in parts):
        return None
    red, green, blue = (round(part * factor) for part in parts)
    return red, green, blue
