"""What the layer is, in plain words, for its Information panel."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..backend.source import Kind, LayerSource
from ..options.check_time import reach_in_words
from ..options.time_range import read_parameter
from ..options.wording import clip_in_words, dimension_text, time_in_words
from ..service.json_values import mapping, number, sequence, text
from ..service.multidimensional import Span
from ..service.plain_text import escaped
from ..translation import tr


def html_rows(source: LayerSource) -> str:
    """Return rows of a table in HTML; every text of the server's stays text."""
    return "".join(
        f'<tr><td class="highlight">{escaped(label)}</td><td>{escaped(value)}</td></tr>\n'
        for label, value in in_words(source)
    )


def in_words(source: LayerSource) -> Iterator[tuple[str, str]]:
    """Yield label and value, plain text, of what the source says."""
    yield tr("Image service"), source.service_name
    yield tr("Address"), source.service_url
    is_picture = source.kind is Kind.PICTURE
    yield tr("Shows"), tr("a picture, as the server draws it") if is_picture else tr("pixel values")
    yield from _slice(source)
    for label, name in (
        (tr("Raster function"), "renderingRule"),
        (tr("Mosaic rule"), "mosaicRule"),
        (tr("Interpolation"), "interpolation"),
    ):
        if name in source.parameters:
            yield label, source.parameters[name]
    if "time" in source.parameters:
        yield tr("Time"), _time(source.parameters["time"])
    if source.times is not None and source.times.begin is not None and source.times.end is not None:
        follows = tr("{range} (UTC); the layer follows the temporal controller")
        yield tr("Times"), follows.format(range=reach_in_words(source.times.begin, source.times.end))
    cell_x, cell_y = source.grid.cell_size
    yield tr("Cell size"), f"{cell_x:.15g} × {cell_y:.15g}"
    if source.clip is not None:
        yield tr("Clipped to"), clip_in_words(source.clip)
    if source.access.authcfg:
        yield tr("Credentials"), tr("authentication configuration “{id}”").format(id=source.access.authcfg)


def _slice(source: LayerSource) -> Iterator[tuple[str, str]]:
    """Yield variable and dimensions, as they go out outside of the temporal controller."""
    try:
        rule = mapping(json.loads(source.parameters.get("mosaicRule", "{}")))
    except ValueError:
        return
    parts = sequence(rule.get("multidimensionalDefinition"))
    for part in map(mapping, parts[:1]):
        yield tr("Variable"), text(part.get("variableName"))
    for part in map(mapping, parts):
        name, spans = text(part.get("dimensionName")), sequence(part.get("values"))
        ends = [number(end) for value in spans for end in (value if isinstance(value, list) else [value])]
        known = [end for end in ends if end is not None]
        if name and known:
            yield tr("Dimension"), dimension_text(name, Span(min(known), max(known)))


def _time(parameter: str) -> str:
    time = read_parameter(parameter)
    return parameter if time is None else time_in_words(time)
