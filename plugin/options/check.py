"""Whether the options fit the service: every rule that can be decided without the network, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Union

from ..service.description import Field, ImageService, Mosaic
from ..service.errors import OptionError
from ..service.number_text import readable_number
from ..service.vocabulary import METHOD_KEYWORDS, MosaicMethod
from ..translation import tr
from .arcgis_arguments import find_band, resolve_bands
from .grid import pixel_grid
from .layer_options import LayerOptions
from .mosaic_rule import method_in_force
from .order_value import find_field, order_value
from .rendering_rule import rendering_rule, rule_in_force
from .sentences import closest_names, quoted_list
from .wording import option_label

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


@dataclass(frozen=True)
class Note:
    """Something odd but harmless that the user should know: an option without effect, a default that had to be taken.

    `option` is the name of the `LayerOptions` field.
    """

    option: str
    text: str


@dataclass(frozen=True)
class Findings:
    """What `check` found; with errors, no layer can be made. Each is a sentence that names value and remedy."""

    errors: tuple[OptionError, ...] = ()
    notes: tuple[Note, ...] = ()


_Finding = Union[OptionError, Note]


def check(options: LayerOptions, service: ImageService, output: ImageService | None = None) -> Findings:
    """Hold the options against the service.

    `output` is the service's description after the processing template. Without it, bands and nodata are checked only
    where pixels stay raw. Raster ids and the where clause are for the server to judge.
    """
    found: list[_Finding] = []
    try:
        rule = rendering_rule(options, service)
    except OptionError as error:
        found.append(error)
    else:
        if output is None and rule_in_force(rule, service) is None:
            output = service
    if output is not None:
        found += _bands(options, service, output)
        found += _nodata(options, output)
    found += _grid(options, service)
    found += _mosaic(options, service.mosaic) if service.mosaic else _single_raster(options, service)
    found += _compression(options)
    return Findings(
        tuple(finding for finding in found if isinstance(finding, OptionError)),
        tuple(finding for finding in found if isinstance(finding, Note)),
    )


def effective_bands(
    wanted: Sequence[int | str] | None, service: ImageService, output: ImageService
) -> tuple[tuple[int, ...] | None, Note | None]:
    """Return the bands to ask for, numbered as the processing template yields them, and a note if that is not `wanted`.

    None is all bands. Bands that the service has but the template does not yield are no reason to fail, as the ArcGIS
    tool does not either: all bands of the template are used.

    Raises:
        OptionError: a band that neither has.
    """
    if wanted is None:
        return None, None
    missing = [band for band in wanted if find_band(band, output) is None]
    unknown = [band for band in missing if find_band(band, service) is None]
    if unknown or not missing:
        return resolve_bands(unknown or wanted, output), None
    text = tr("The processing template does not yield the bands {bands}; all of its bands are used ({count}).")
    return None, Note("bands", text.format(bands=", ".join(map(str, wanted)), count=len(output.bands)))


def _bands(options: LayerOptions, service: ImageService, output: ImageService) -> Iterator[_Finding]:
    if options.bands == ():
        yield OptionError("bands", tr("No band is chosen; choose at least one."))
    try:
        _, note = effective_bands(options.bands, service, output)
    except OptionError as error:
        yield error
    else:
        if note:
            yield note


def _nodata(options: LayerOptions, output: ImageService) -> Iterator[_Finding]:
    count = len(output.bands) if options.bands is None else len(options.bands)
    if len(options.nodata) not in (0, 1, count):
        yield OptionError(
            "nodata",
            tr(
                "There are {given} nodata values ({values}) for {count} bands; give one for all bands, or one for each."
            ).format(
                given=len(options.nodata),
                values=", ".join(map(readable_number, options.nodata)),
                count=count,
            ),
        )
    if options.nodata_matches_all is not None and not options.nodata:
        yield _unused("nodata_matches_all", tr("it belongs to nodata values, and none are given"))


def _grid(options: LayerOptions, service: ImageService) -> Iterator[_Finding]:
    if options.extent is None and options.cell_size is None:
        return
    try:
        pixel_grid(service, options.extent, options.cell_size)
    except OptionError as error:
        yield error


def _compression(options: LayerOptions) -> Iterator[_Finding]:
    if options.compression_quality is not None and not 1 <= options.compression_quality <= 100:
        yield OptionError(
            "compression_quality",
            tr("The compression quality {value} is not between 1 and 100.").format(value=options.compression_quality),
        )


def _single_raster(options: LayerOptions, service: ImageService) -> Iterator[_Finding]:
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


def _mosaic(options: LayerOptions, mosaic: Mosaic) -> Iterator[_Finding]:
    method = method_in_force(options, mosaic)
    yield from _method(options.mosaic_method or method, mosaic)
    if method is MosaicMethod.ATTRIBUTE:
        yield from _order(options, mosaic)
    else:
        for option, value in (("order_field", options.order_field), ("order_base_value", options.order_base_value)):
            if value not in ("", None):
                yield _unused(option, tr("only the mosaic method By attribute uses it"))
    yield from _lock(options, mosaic)
    yield from _unchecked(options, mosaic)
    if method is MosaicMethod.VIEWPOINT and options.viewpoint is None:
        yield Note("viewpoint", tr("No viewpoint is given, so the center of the extent is used."))
    if method is not MosaicMethod.VIEWPOINT and options.viewpoint is not None:
        yield _unused("viewpoint", tr("only the mosaic method Closest to viewpoint uses it"))


def _method(method: MosaicMethod | None, mosaic: Mosaic) -> Iterator[_Finding]:
    allowed = mosaic.allowed_methods
    if method is not None and allowed and method not in allowed:
        yield OptionError(
            "mosaic_method",
            tr("The service does not allow the mosaic method {method}; it allows {allowed}.").format(
                method=METHOD_KEYWORDS[method],
                allowed=", ".join(keyword for known, keyword in METHOD_KEYWORDS.items() if known in allowed),
            ),
        )


def _order(options: LayerOptions, mosaic: Mosaic) -> Iterator[_Finding]:
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


def orderable_fields(fields: Iterable[Field]) -> list[Field]:
    """Return the fields that rasters can be ordered by: whole numbers, as in the ArcGIS tool, other numbers, dates."""
    usable = [field for field in fields if field.is_numeric or field.is_date]
    return sorted(usable, key=lambda field: (not field.is_integer, field.is_date))


def _lock(options: LayerOptions, mosaic: Mosaic) -> Iterator[_Finding]:
    ids = options.lock_raster_ids
    if ids and options.mosaic_method not in (None, MosaicMethod.LOCK_RASTER):
        yield _unused("lock_raster_ids", tr("only the mosaic method Lock raster uses it"))
    elif mosaic.max_image_count is not None and len(ids) > mosaic.max_image_count:
        yield OptionError(
            "lock_raster_ids",
            tr("{count} rasters are to be locked, and the service draws at most {limit} at a time; lock fewer.").format(
                count=len(ids), limit=mosaic.max_image_count
            ),
        )
    if options.mosaic_method is MosaicMethod.LOCK_RASTER and not ids:
        yield Note("lock_raster_ids", tr("No rasters to lock are given, so the service's own mosaic rule is used."))


def _unchecked(options: LayerOptions, mosaic: Mosaic) -> Iterator[_Finding]:
    """Say what the server will judge only while it draws, as its catalog cannot be asked."""
    if mosaic.has_catalog:
        return
    for option, value in (("where", options.where), ("lock_raster_ids", options.lock_raster_ids)):
        if value:
            text = tr("The service does not let its catalog be searched, so “{option}” could not be checked.")
            yield Note(option, text.format(option=option_label(option)))


def _unused(option: str, reason: str) -> Note:
    return Note(
        option, tr("The option “{option}” has no effect: {reason}.").format(option=option_label(option), reason=reason)
    )
