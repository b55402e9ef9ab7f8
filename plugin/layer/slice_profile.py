"""The values of a point over a dimension of a multidimensional service: one for each of its slices, over time or depth.

The other dimensions keep the values that the layer shows. Values of slices come twenty with one `getSamples`, which
tells what each is of by a field of the catalog (`multidimensionalInfo` says which); where there is no catalog, no such
field, a processing template or an old server, each slice is a request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from qgis.core import QgsFeedback

from ..options.dimension_value import span_text
from ..options.slices import matching_values, slice_values, variable_in_force, wire_value
from ..options.time_range import TimeRange
from ..service.client import ImageServiceClient
from ..service.errors import (
    ImageServerLayerError,
    ResponseError,
    UnsupportedServiceError,
)
from ..service.json_values import compact_json, mapping, sequence
from ..service.multidimensional import TIME_DIMENSION, Dimension, Span
from ..service.samples import parse_slice_samples, samples_parameters
from ..translation import tr, tr_n
from .pixel import AskedService, Point, Values
from .profile import (
    Profile,
    ProfilePlace,
    Rule,
    chosen_values,
    chunked,
    has_samples,
    most_rasters,
    read_each,
)
from .time_profile import read_time_profile

MOST_SLICES = 500
"""More are not asked for at one point."""
MOST_SINGLE_SLICES = 120
"""Nor are more, where each takes a request."""


def profile_dimensions(asked: AskedService) -> tuple[Dimension, ...]:
    """Return the dimensions of what a layer shows that have several values, in the service's order."""
    variable = variable_in_force(asked.options, asked.service)
    if variable is None:
        return ()
    return tuple(dimension for dimension in variable.dimensions if len(dimension.values) > 1)


def read_profile(asked: AskedService, point: Point, over: str, feedback: QgsFeedback | None = None) -> Profile:
    """Ask for the values of a point (in the service's CRS) over a dimension, by its name; of slices, or of rasters.

    The time is `StdTime`, whether it is a dimension of the service or a field of its catalog.

    Raises:
        UnsupportedServiceError: there is nothing to go over.
        CanceledError: the feedback was canceled.
        ImageServerLayerError: the service does not answer.
    """
    known = {dimension.name.casefold(): dimension for dimension in profile_dimensions(asked)}
    dimension = known.get(over.casefold())
    if dimension is not None:
        return _read(asked, point, dimension, feedback)
    if over.casefold() == TIME_DIMENSION.casefold():
        return read_time_profile(asked, point, feedback)
    message = tr("What the layer shows of “{service}” has no dimension “{name}” of several values.")
    raise UnsupportedServiceError(message.format(service=asked.service.name, name=over))


def _read(asked: AskedService, point: Point, dimension: Dimension, feedback: QgsFeedback | None) -> Profile:
    client, service, every = asked.connected.client(feedback), asked.service, _wanted(asked, dimension)
    sampled = None
    if has_samples(asked) and service.mosaic is not None and not dimension.has_ranges:
        sampled = partial(_sampled, asked, client, dimension, every[-MOST_SLICES:], point)
    rules = [(span, _rule(asked, dimension, [span])) for span in every[-MOST_SINGLE_SLICES:]]
    found, failed, is_sampled = read_each(asked, client, point, sampled, rules)
    spans = every[-(MOST_SLICES if is_sampled else MOST_SINGLE_SLICES) :]
    nothing: Values = (None,) * len(asked.shown_bands)
    places = [
        ProfilePlace(
            span.low if dimension.is_time else (span.low + span.high) / 2,
            found.get(span, nothing),
            span_text(dimension.name, span) if span.low != span.high else "",
        )
        for span in spans
    ]
    return Profile(asked.shown_bands, tuple(places), _note(len(every), len(spans), failed))


def _wanted(asked: AskedService, dimension: Dimension) -> list[Span]:
    """Return the values to go over: all, unless a range of them or a time was chosen; the lowest first."""
    values = sorted(dimension.values)
    chosen = next((value for value in slice_values(asked.options, asked.service) if value.dimension == dimension), None)
    if chosen is not None and chosen.is_range:
        values = sorted(matching_values(dimension, chosen.span))
    time = asked.options.time if dimension.is_time else None
    if time is not None:
        values = [span for span in values if TimeRange(int(span.low), int(span.high)).touches(*time)]
    return values


def _rule(asked: AskedService, dimension: Dimension, spans: Sequence[Span]) -> Rule:
    """Return the layer's own mosaic rule, for some values of the dimension."""
    rule: dict[str, Any] = dict(asked.source.mosaic_rule)
    variable = variable_in_force(asked.options, asked.service)
    parts = [
        part
        for part in map(mapping, sequence(rule.get("multidimensionalDefinition")))
        if part.get("dimensionName") not in (None, dimension.name)
    ]
    over = {
        "variableName": "" if variable is None else variable.name,
        "dimensionName": dimension.name,
        "values": [wire_value(span) for span in spans],
        "isSlice": True,
    }
    rule["multidimensionalDefinition"] = [*parts, over]
    return rule


def _sampled(
    asked: AskedService, client: ImageServiceClient, dimension: Dimension, spans: Sequence[Span], point: Point
) -> dict[Span, Values]:
    """Return the values that getSamples has of slices; one without data there is left out."""
    service, field = asked.service, dimension.field or dimension.name
    most, chunks, sets = most_rasters(asked), chunked(asked, spans), []
    for chunk in chunks:
        more = {
            "mosaicRule": compact_json(_rule(asked, dimension, chunk)),
            "returnFirstValueOnly": "false",
            "outFields": field,
        }
        sets.append(samples_parameters([point], service.spatial_reference, more))
    found: dict[Span, Values] = {}
    for chunk, answer in zip(chunks, client.request_all("getSamples", sets)):
        if isinstance(answer, ImageServerLayerError):
            raise answer
        told: Mapping[float, Values] = parse_slice_samples(answer, field, len(service.bands), service.url)
        is_cut = most is not None and len(sequence(answer.get("samples"))) >= most > len(told)
        if is_cut or not set(told) <= {span.low for span in chunk}:
            # Of several rasters a slice some may have been left out, or they are of other slices.
            raise ResponseError(tr("The server did not tell which slices the values are of."), service.url)
        found.update((span, told[span.low]) for span in chunk if span.low in told)
    return chosen_values(asked, found)


def _note(count: int, shown: int, failed: Mapping[Span, ImageServerLayerError]) -> str:
    notes = []
    if shown < count:
        text = tr("The dimension has {count} values; the last {shown} of them are shown.")
        notes.append(text.format(count=count, shown=shown))
    if failed:
        text = tr_n("%n slice could not be read: {reason}", "%n slices could not be read: {reason}", len(failed))
        notes.append(text.format(reason=next(iter(failed.values())).message))
    return " ".join(notes)
