"""Whether the options that are for mosaics fit the service: methods, order, rasters to lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..service.errors import OptionError
from ..service.image_service import Field, ImageService, Mosaic
from ..service.vocabulary import METHOD_KEYWORDS, MosaicMethod
from ..translation import tr
from .findings import Note, unused
from .layer_options import LayerOptions
from .mosaic_rule import method_in_force
from .order_value import find_field, order_value
from .sentences import closest_names, quoted_list
from .wording import option_label

if TYPE_CHECKING:
    from .findings import Finding

# The fields of `LayerOptions` that mean something only where there are several rasters.
MOSAIC_OPTIONS = (
    "mosaic_method",
    "order_field",
    "order_base_value",
    "ascending",
    "mosaic_operation",
    "lock_raster_ids",
    "viewpoint",
    "where",
)


def orderable_fields(fields: Iterable[Field]) -> list[Field]:
    """Return the fields that rasters can be ordered by: whole numbers, as in the ArcGIS tool, other numbers, dates."""
    usable = [field for field in fields if field.is_numeric or field.is_date]
    return sorted(usable, key=lambda field: (not field.is_integer, field.is_date))


def check_single_raster(options: LayerOptions, service: ImageService) -> Iterator[Finding]:
    """Find the options that have no meaning for a single raster."""
    nothing = LayerOptions()
    for option in MOSAIC_OPTIONS:
        value = getattr(options, option)
        if value != getattr(nothing, option):
            yield OptionError(
                option,
                tr(
                    "The service “{service}” is a single raster, so there are no rasters to choose from or to order; "
                    "leave out “{option}”."
                ).format(service=service.name, option=option_label(option)),
            )


def check_mosaic(options: LayerOptions, mosaic: Mosaic) -> Iterator[Finding]:
    """Hold the options for a mosaic against it: its methods, fields and limits."""
    method = method_in_force(options, mosaic)
    yield from _method(options.mosaic_method or method, mosaic)
    if method is MosaicMethod.ATTRIBUTE:
        yield from _order(options, mosaic)
    else:
        for option, value in (("order_field", options.order_field), ("order_base_value", options.order_base_value)):
            if value not in ("", None):
                yield unused(option, tr("only the mosaic method By attribute uses it"))
    yield from _lock(options, mosaic)
    yield from _unchecked(options, mosaic)
    if method is MosaicMethod.VIEWPOINT and options.viewpoint is None:
        yield Note("viewpoint", tr("No viewpoint is given, so the center of the extent is used."))
    if method is not MosaicMethod.VIEWPOINT and options.viewpoint is not None:
        yield unused("viewpoint", tr("only the mosaic method Closest to viewpoint uses it"))


def _method(method: MosaicMethod | None, mosaic: Mosaic) -> Iterator[Finding]:
    allowed = mosaic.allowed_methods
    if method is not None and allowed and method not in allowed:
        yield OptionError(
            "mosaic_method",
            tr("The service does not allow the mosaic method {method}; it allows {allowed}.").format(
                method=METHOD_KEYWORDS[method],
                allowed=", ".join(keyword for known, keyword in METHOD_KEYWORDS.items() if known in allowed),
            ),
        )


def _order(options: LayerOptions, mosaic: Mosaic) -> Iterator[Finding]:
    name = options.order_field or mosaic.sort_field
    if not name:
        text = tr(
            "The mosaic method By attribute needs an order field, and the service has none of its own; "
            "choose one of {fields}."
        )
        yield OptionError("order_field", text.format(fields=_orderable_in_words(mosaic)))
        return
    if not options.order_field:
        yield Note(
            "order_field", tr("No order field is given, so the service's own is used: {field}.").format(field=name)
        )
    field = find_field(name, mosaic)
    if field is None:
        if options.order_field and mosaic.fields:
            text = tr("The catalog has no field “{field}”; choose one of {fields}.")
            close = quoted_list(closest_names(name, (known.name for known in mosaic.fields)))
            yield OptionError("order_field", text.format(field=name, fields=close or _orderable_in_words(mosaic)))
        return
    if options.order_field and not (field.is_numeric or field.is_date):
        text = tr(
            "The field “{field}” holds neither numbers nor dates, so nothing can be ordered by it; "
            "choose one of {fields}."
        )
        yield OptionError("order_field", text.format(field=field.name, fields=_orderable_in_words(mosaic)))
        return
    if options.order_base_value is not None:
        try:
            order_value(options.order_base_value, field)
        except OptionError as error:
            yield error


def _orderable_in_words(mosaic: Mosaic) -> str:
    names = quoted_list(field.name for field in orderable_fields(mosaic.fields))
    return names or tr("the catalog's fields of numbers or dates")


def _lock(options: LayerOptions, mosaic: Mosaic) -> Iterator[Finding]:
    ids = options.lock_raster_ids
    if ids and options.mosaic_method not in (None, MosaicMethod.LOCK_RASTER):
        yield unused("lock_raster_ids", tr("only the mosaic method Lock raster uses it"))
    elif mosaic.max_image_count is not None and len(ids) > mosaic.max_image_count:
        yield OptionError(
            "lock_raster_ids",
            tr("{count} rasters are to be locked, and the service draws at most {limit} at a time; lock fewer.").format(
                count=len(ids), limit=mosaic.max_image_count
            ),
        )
    if options.mosaic_method is MosaicMethod.LOCK_RASTER and not ids:
        yield Note("lock_raster_ids", tr("No rasters to lock are given, so the service's own mosaic rule is used."))


def _unchecked(options: LayerOptions, mosaic: Mosaic) -> Iterator[Finding]:
    """Return notes about options that only the server can check while it draws, as its catalog cannot be queried."""
    if mosaic.has_catalog:
        return
    for option, value in (("where", options.where), ("lock_raster_ids", options.lock_raster_ids)):
        if value:
            text = tr("The service does not let its catalog be searched, so “{option}” could not be checked.")
            yield Note(option, text.format(option=option_label(option)))
