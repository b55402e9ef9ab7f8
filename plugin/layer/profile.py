"""The values of a point one after another, over time or over any other dimension, and what asks for several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..provider.identify import identified_in, identify_parameters
from ..service.client import ImageServiceClient
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError, ResponseError, ServerError
from ..service.json_values import compact_json
from ..service.samples import FIRST_VERSION
from ..translation import tr_n
from .pixel import AskedService, PixelBand, Point, Values, of_other_bands

AT_ONCE = 20
"""Of one request: as many rasters as any service takes at a time."""

_Key = TypeVar("_Key")
Rule = Mapping[str, Any]


@dataclass(frozen=True)
class ProfilePlace:
    """What a point is at one place of a profile.

    Attributes:
        at: milliseconds since 1970 in UTC of a time, else the value of the dimension, of a range its middle.
        values: of the bands; no data, or what could not be read, is None.
        label: what they are of, as plain text; empty where there is nothing more to say.
        raster: the id of the raster that they are of; None for a slice.
    """

    at: float
    values: Values
    label: str = ""
    raster: int | None = None


@dataclass(frozen=True)
class Profile:
    """The values of a point, the lowest place first. `note` says what is missing, empty where nothing is."""

    bands: tuple[PixelBand, ...]
    places: tuple[ProfilePlace, ...]
    note: str = ""


def has_samples(asked: AskedService) -> bool:
    """Whether getSamples may tell what the layer shows: it knows no raster functions, and old servers have none."""
    return asked.rule is None and (not asked.service.version or asked.service.version >= FIRST_VERSION)


def most_rasters(asked: AskedService) -> int | None:
    """Return how many rasters the service takes for one image; None where it does not tell."""
    return None if asked.service.mosaic is None else asked.service.mosaic.max_image_count


def chunked(asked: AskedService, items: Sequence[_Key]) -> list[Sequence[_Key]]:
    """Return the items, rasters or slices, in parts of one request each."""
    at_once = max(1, min(AT_ONCE, most_rasters(asked) or AT_ONCE))
    return [items[start : start + at_once] for start in range(0, len(items), at_once)]


def chosen_values(asked: AskedService, found: Mapping[_Key, Values]) -> dict[_Key, Values]:
    """Return the values of the layer's bands from those of all raw bands; nodata values are None."""
    service = asked.service
    missing = service.nodata or (None,) * len(service.bands)
    chosen = asked.options.bands or range(1, len(service.bands) + 1)
    return {
        key: tuple(None if values[number - 1] == missing[number - 1] else values[number - 1] for number in chosen)
        for key, values in found.items()
    }


def identified_each(
    asked: AskedService, client: ImageServiceClient, rules: Iterable[tuple[_Key, Rule]], point: Point
) -> tuple[dict[_Key, Values], dict[_Key, ImageServerLayerError]]:
    """Return the values from identify for each of some mosaic rules, and errors; one request for each.

    Raises:
        CanceledError: the client's feedback was canceled.
        AuthenticationError: the service is secured.
    """
    wanted, source = list(rules), asked.source
    rendering = None if asked.rule is None else compact_json(asked.rule)
    parameters = identify_parameters(source, point, rendering or source.parameters.get("renderingRule"))
    # Which time is asked for stands in the rule.
    parameters.pop("time", None)
    answers = client.request_all("identify", [{**parameters, "mosaicRule": compact_json(rule)} for _, rule in wanted])
    found: dict[_Key, Values] = {}
    failed: dict[_Key, ImageServerLayerError] = {}
    for (key, _), answer in zip(wanted, answers):
        try:
            if isinstance(answer, ImageServerLayerError):
                raise answer
            values = identified_in(source, answer)
            # One "NoData" may stand for all bands.
            if len(values) != len(asked.shown_bands) and values != (None,):
                raise of_other_bands(asked, len(values), len(asked.shown_bands))
        except ImageServerLayerError as error:
            failed[key] = error
            continue
        if len(values) == len(asked.shown_bands):
            found[key] = values
    return found, failed


def read_each(
    asked: AskedService,
    client: ImageServiceClient,
    point: Point,
    sampled: Callable[[], Mapping[_Key, Values]] | None,
    rules: Sequence[tuple[_Key, Rule]],
) -> tuple[Mapping[_Key, Values], Mapping[_Key, ImageServerLayerError], bool]:
    """Read values by `sampled`, if getSamples can tell what the layer shows, or else by identify for each mosaic rule.

    Returns the values of each place, errors of others, and whether getSamples has answered.

    Raises:
        CanceledError: the client's feedback was canceled.
        AuthenticationError: the service is secured.
        ImageServerLayerError: identify fails with all of them.
    """
    if sampled is not None:
        try:
            return sampled(), {}, True
        except (AuthenticationError, CanceledError):
            raise
        except (ServerError, ResponseError):
            # It lacks the operation, or tells something else; identify may tell.
            pass
    found, failed = identified_each(asked, client, rules, point)
    if failed and len(failed) == len(rules):
        raise next(iter(failed.values()))
    return found, failed, False


def rasters_unread(failed: Mapping[_Key, ImageServerLayerError]) -> str:
    """Return how many rasters could not be read, and why; empty for none."""
    if not failed:
        return ""
    text = tr_n("%n raster could not be read: {reason}", "%n rasters could not be read: {reason}", len(failed))
    return text.format(reason=next(iter(failed.values())).message)
