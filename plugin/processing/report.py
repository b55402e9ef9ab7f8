"""What an image service offers, for people (HTML) and for programs (JSON)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from enum import Enum
from typing import Any

from qgis.PyQt.QtCore import QLocale

from ..options.check_time import times_in_words
from ..options.dimension_value import span_text
from ..options.wording import direction_label, option_label
from ..service.image_service import ImageService, Mosaic
from ..service.multidimensional import Dimension, Span
from ..service.number_text import readable_number
from ..service.plain_text import escaped
from ..service.vocabulary import METHOD_KEYWORDS, MosaicMethod
from ..translation import tr


def service_json(service: ImageService) -> str:
    """Return the service as JSON, under the names of `ImageService` and its parts; NaN becomes `"NaN"`."""
    properties = asdict(replace(service, raw={}))
    del properties["raw"]
    properties |= {
        "extent": service.extent._asdict(),
        "capabilities": sorted(service.capabilities),
        "columns": service.columns,
        "rows": service.rows,
        "default_function": service.default_function,
    }
    return json.dumps(_plain(properties), indent=2, ensure_ascii=False, allow_nan=False)


def service_html(service: ImageService, crs: str) -> str:
    """Return the service as an HTML page; `crs` is the name of its CRS. Whatever the server said is escaped."""
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8"/></head><body>',
            f"<h1>{escaped(service.name)}</h1>",
            *(f"<p>{escaped(line)}</p>" for line in service.description.splitlines()),
            *_table((), _properties(service, crs)),
            *_section(
                tr("Bands"), (tr("Number"), tr("Name"), tr("Minimum"), tr("Maximum"), tr("Mean")), _bands(service)
            ),
            *_section(
                tr("Variables"),
                (tr("Name"), tr("Unit"), tr("Description"), tr("Dimensions")),
                [
                    (known.name, known.unit, known.description, ", ".join(map(_dimension, known.dimensions)))
                    for known in service.variables
                ],
            ),
            *_section(
                tr("Processing templates"),
                (tr("Name"), tr("Description")),
                [(function.name, function.description) for function in service.functions],
            ),
            *(() if service.mosaic is None else _mosaic(service.mosaic)),
            "</body></html>",
        ]
    )


def _properties(service: ImageService, crs: str) -> Iterator[tuple[str, str]]:
    yield tr("URL"), service.url
    yield tr("Version"), _number(service.version)
    yield tr("Coordinate reference system"), crs
    yield tr("Extent"), str(service.extent)
    yield tr("Pixel size"), " × ".join(map(_number, service.pixel_size))
    yield tr("Size in pixels"), _size(service.columns, service.rows)
    yield tr("Pixel type"), service.pixel_type
    yield tr("Nodata"), ", ".join(map(_number, service.nodata))
    yield tr("Data"), service.data_type.replace("esriImageServiceDataType", "")
    yield tr("Times (UTC)"), times_in_words(service)
    yield tr("Default processing template"), service.default_function
    yield tr("Capabilities"), ", ".join(sorted(service.capabilities))
    yield tr("Largest image"), _size(service.max_image_width, service.max_image_height)
    yield tr("Copyright"), service.copyright


def _bands(service: ImageService) -> list[tuple[str, ...]]:
    return [
        (str(band.number), band.name, *map(_number, (band.minimum, band.maximum, band.mean))) for band in service.bands
    ]


def _dimension(dimension: Dimension) -> str:
    """Return a dimension with how many values it has, and from where to where: `StdZ (4, from -200 to 0 m)`."""
    if dimension.extent is None:
        return dimension.name
    ends = [span_text(dimension.name, Span(end, end)) for end in dimension.extent]
    unit = "" if dimension.is_time else dimension.unit
    text = tr("{name} ({count}, from {low} to {high})")
    high = " ".join(filter(None, (ends[1], unit)))
    return text.format(name=dimension.name, count=len(dimension.values), low=ends[0], high=high)


def _mosaic(mosaic: Mosaic) -> Iterator[str]:
    methods = ", ".join(_keyword(method) for method in mosaic.allowed_methods)
    rows = [
        (tr("Mosaic methods"), methods),
        (tr("Default method"), _keyword(mosaic.default_method)),
        (tr("Sort field"), mosaic.sort_field),
        (tr("Sort value"), "" if mosaic.sort_value is None else str(mosaic.sort_value)),
        (tr("Sort order"), "" if mosaic.ascending is None else direction_label(mosaic.ascending)),
        (option_label("mosaic_operation"), mosaic.operation.name if mosaic.operation else ""),
        (tr("Most rasters in one image"), _number(mosaic.max_image_count)),
    ]
    yield from _section(tr("Mosaic"), (), rows)
    fields = [(field.name, field.alias, field.type.replace("esriFieldType", "")) for field in mosaic.fields]
    yield from _section(tr("Fields"), (tr("Name"), tr("Alias"), tr("Type")), fields)


def _keyword(method: MosaicMethod | None) -> str:
    return METHOD_KEYWORDS[method] if method else ""


def _section(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Return title and table, or nothing where there are no rows."""
    if rows:
        yield f"<h2>{escaped(title)}</h2>"
        yield from _table(header, rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Return a table; without a header the first column names the rows, and those without a value are left out."""
    yield '<table border="1" cellspacing="0" cellpadding="4">'
    if header:
        yield _row("th", header)
    for row in rows:
        if header or row[1]:
            yield _row("td", row)
    yield "</table>"


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escaped(cell)}</{tag}>" for cell in cells) + "</tr>"


def _size(columns: int, rows: int) -> str:
    return " × ".join(map(QLocale().toString, (columns, rows)))


def _number(value: float | None) -> str:
    return "" if value is None else readable_number(value)


def _plain(value: Any) -> Any:
    """Return the value as JSON has it: enums by their values, and NaN as text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return "NaN" if isinstance(value, float) and math.isnan(value) else value
