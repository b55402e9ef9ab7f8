"""When and by what the pixels of a file were taken, for the file to say: from the catalog, or from key properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qgis.core import QgsFeedback

from ..layer.plan import LayerPlan
from ..options.catalog_filter import cloud_field, date_fields
from ..options.catalog_search import attribute_text
from ..options.slices import slice_values, value_text, variable_in_force
from ..options.time_range import TimeRange
from ..service.catalog import CatalogRaster
from ..service.client import ImageServiceClient
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError
from ..service.extent import Extent
from ..service.image_service import Field
from ..service.json_values import number
from ..service.multidimensional import Variable
from ..service.number_text import readable_number
from ..service.plain_text import clean_line

# Limits on the rasters of which a file tells anything but their number, and on those that it names.
_MOST_RASTERS = 1000
_MOST_NAMES = 20
# In characters, of one item of metadata.
_LONGEST = 500
_RASTERS, _COUNT = "IMAGE_SERVER_LAYER_RASTERS", "IMAGE_SERVER_LAYER_RASTER_COUNT"
_SLICE = "IMAGE_SERVER_LAYER_SLICE"
_DATE, _CLOUDS, _SENSOR = "ACQUISITIONDATE", "CLOUDCOVER", "SENSORNAME"
# Fields of catalogs, and key properties, in lower case and without what is neither letter nor digit.
_SENSORS = ("sensorname", "sensor", "satellite", "satelliteid", "platform", "platformname", "spacecraft")
# Their names in GDAL's domain IMAGERY, whose readers expect one moment, one percentage and one name.
_IMAGERY = {_DATE: "ACQUISITIONDATETIME", _CLOUDS: "CLOUDCOVER", _SENSOR: "SATELLITEID"}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.0+)?Z?")
_KEYS = {"acquisitiondate": _DATE, "acquisitiondatetime": _DATE, "cloudcover": _CLOUDS, "sensorname": _SENSOR}


@dataclass(frozen=True)
class Acquisition:
    """What the metadata of a file say of when and by what its pixels were taken.

    Attributes:
        tags: dates (UTC), cloud cover and sensor of all rasters; where they differ, `lowest/highest` or a list.
        imagery: the same as items of GDAL's domain IMAGERY, as far as they are the same for all rasters.
    """

    tags: dict[str, str] = field(default_factory=dict)
    imagery: dict[str, str] = field(default_factory=dict)


def acquisition(plan: LayerPlan, extent: Extent, feedback: QgsFeedback) -> Acquisition:
    """Return what the service says of the rasters in a file, as far as it answers.

    `extent` is that of the file in the service's CRS.

    Raises:
        CanceledError: the feedback was canceled.
        AuthenticationError: the server wants credentials.
    """
    variable = variable_in_force(plan.options, plan.service)
    if variable is not None:
        return _of_slice(plan, variable)
    client = plan.connected.client(feedback)
    try:
        return _of_catalog(plan, client, extent) if plan.connected.catalog(client) else _of_service(client)
    except (CanceledError, AuthenticationError):
        raise
    except ImageServerLayerError:
        # The pixels are what was asked for.
        return Acquisition()


def _of_slice(plan: LayerPlan, variable: Variable) -> Acquisition:
    """Return what is known of a slice: the catalog lists those of all variables, and of all values."""
    options, values = plan.options, slice_values(plan.options, plan.service)
    parts = [f"{value.dimension.name}={value_text(value.dimension, value.span)}" for value in values]
    tags = {_SLICE: "; ".join((variable.name, *parts))}
    times = [TimeRange(int(value.span.low), int(value.span.high)) for value in values if value.dimension.is_time]
    if not times and options.time is not None:
        times = [options.time]
    if times:
        tags[_DATE] = str(times[0])
    return Acquisition(tags, imagery_items(tags))


def _of_catalog(plan: LayerPlan, client: ImageServiceClient, extent: Extent) -> Acquisition:
    catalog, options, mosaic = plan.connected.catalog(client), plan.options, plan.service.mosaic
    if catalog is None or mosaic is None:
        return Acquisition()
    clauses = [options.where, catalog.where_ids(options.lock_raster_ids) if options.lock_raster_ids else ""]
    where = " AND ".join(f"({clause})" for clause in clauses if clause)
    time = options.time.parameter() if options.time is not None and plan.service.time is not None else ""
    count = catalog.count(where, extent, time)
    tags = {_COUNT: str(count)}
    if not 0 < count <= _MOST_RASTERS:
        return Acquisition(tags)
    rasters = [raster for page in catalog.pages(where, extent, time, with_outlines=False) for raster in page]
    tags[_RASTERS] = _listed(raster.name for raster in rasters)
    each: dict[str, list[str]] = {}
    dates, clouds = date_fields(plan.service), cloud_field(mosaic)
    if dates:
        each[_DATE] = sorted(_texts(rasters, dates[0]))
        tags[_DATE] = _span(each[_DATE])
    if clouds is not None:
        values = sorted(
            found for found in (number(raster.attributes.get(clouds.name)) for raster in rasters) if found is not None
        )
        each[_CLOUDS] = [readable_number(value) for value in values]
        tags[_CLOUDS] = _span(each[_CLOUDS])
    sensor = next((field for field in mosaic.fields if _plain(field.name) in _SENSORS), None)
    if sensor is not None:
        each[_SENSOR] = _texts(rasters, sensor)
        tags[_SENSOR] = _listed(each[_SENSOR])
    # If one raster lacks it, it is not known of the file.
    same = {tag: texts[0] for tag, texts in each.items() if len(texts) == len(rasters) and len(set(texts)) == 1}
    return Acquisition({name: text for name, text in tags.items() if text}, imagery_items(same))


def _of_service(client: ImageServiceClient) -> Acquisition:
    found: dict[str, str] = {}
    for name, value in client.request("keyProperties", {"f": "json"}).items():
        tag = _KEYS.get(_plain(name))
        if tag and isinstance(value, (str, int, float)) and not isinstance(value, bool):
            found.setdefault(tag, clean_line(str(value))[:_LONGEST].strip())
    found = {name: text for name, text in found.items() if text}
    return Acquisition(found, imagery_items(found))


def imagery_items(found: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that are as GDAL has them: a moment in UTC, the percentage of clouds, the name of a sensor."""
    moment = _MOMENT.fullmatch(found.get(_DATE, ""))
    clouds = number(found.get(_CLOUDS))
    # Some services count clouds from 0 to 1 and others to 100, so what is up to 1 may be either.
    is_percentage = clouds is not None and (clouds == 0 or 1 < clouds <= 100)
    texts = {
        _DATE: " ".join(moment.groups()) if moment is not None else "",
        _CLOUDS: found[_CLOUDS] if is_percentage else "",
        _SENSOR: found.get(_SENSOR, ""),
    }
    return {_IMAGERY[tag]: text for tag, text in texts.items() if text}


def _texts(rasters: Sequence[CatalogRaster], field: Field) -> list[str]:
    """Return what an attribute is in words, without those that have none."""
    found: list[Any] = [raster.attributes.get(field.name) for raster in rasters]
    return [text for text in (clean_line(attribute_text(value, field)).strip() for value in found) if text]


def _span(ordered: Sequence[str]) -> str:
    return "/".join(dict.fromkeys((ordered[0], ordered[-1]))) if ordered else ""


def _listed(texts: Iterable[str]) -> str:
    """Return each text once, as many as there is room for."""
    each = list(dict.fromkeys(filter(None, (clean_line(text).strip() for text in texts))))
    text = "; ".join(each[:_MOST_NAMES])
    is_cut = len(each) > _MOST_NAMES or len(text) > _LONGEST
    return f"{text[:_LONGEST]}…" if is_cut else text


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
