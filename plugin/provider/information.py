"""What the layer is, in plain words, for its Information panel."""

from __future__ import annotations

from collections.abc import Iterator

from ..backend.source import LayerSource
from ..backend.source_words import options_in_words
from ..options.check_time import reach_in_words
from ..options.time_range import read_parameter
from ..options.wording import dimension_text, time_in_words
from ..service.errors import ImageServerLayerError
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
    """Yield label and value, plain text, of what the source says: the options, and the rules that are sent for them."""
    yield tr("Image service"), source.service_name
    yield tr("Address"), source.service_url
    yield tr("Shows"), tr("a picture, as the server draws it") if source.is_picture else tr("pixel values")
    yield from _slice(source)
    options = _options(source)
    yield from options.items()
    sent = {
        tr("Raster function"): source.parameters.get("renderingRule"),
        tr("Mosaic rule"): source.parameters.get("mosaicRule"),
        tr("Interpolation"): source.parameters.get("interpolation"),
        tr("Time"): _time(source.parameters["time"]) if "time" in source.parameters else None,
    }
    yield from ((label, value) for label, value in sent.items() if value and label not in options)
    if source.times is not None and source.times.begin is not None and source.times.end is not None:
        follows = tr("{range} (UTC); the layer follows the temporal controller")
        yield tr("Times"), follows.format(range=reach_in_words(source.times.begin, source.times.end))
    if tr("Cell size") not in options:
        yield tr("Cell size"), " × ".join(f"{side:.15g}" for side in source.grid.cell_size)
    if source.access.authcfg:
        yield tr("Credentials"), tr("authentication configuration “{id}”").format(id=source.access.authcfg)


def _slice(source: LayerSource) -> Iterator[tuple[str, str]]:
    """Yield variable and dimensions, as they go out outside of the temporal controller."""
    parts = sequence(source.mosaic_rule.get("multidimensionalDefinition"))
    for part in map(mapping, parts[:1]):
        yield tr("Variable"), text(part.get("variableName"))
    for part in map(mapping, parts):
        name, spans = text(part.get("dimensionName")), sequence(part.get("values"))
        ends = [number(end) for value in spans for end in (value if isinstance(value, list) else [value])]
        known = [end for end in ends if end is not None]
        if name and known:
            yield tr("Dimension"), dimension_text(name, Span(min(known), max(known)))


def _options(source: LayerSource) -> dict[str, str]:
    try:
        return dict(options_in_words(source))
    except ImageServerLayerError:
        # Such as options of a later version: the parameters that are sent for them can still be shown.
        return {}


def _time(parameter: str) -> str:
    time = read_parameter(parameter)
    return parameter if time is None else time_in_words(time)
