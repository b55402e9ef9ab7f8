"""Whether the options fit the service: every rule that can be decided without the network, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..service.number_text import readable_number
from ..translation import tr
from .arcgis_arguments import find_band, resolve_bands
from .check_mosaic import MOSAIC_OPTIONS, check_mosaic, check_single_raster, orderable_fields
from .check_slice import check_slice
from .check_tiles import check_both, check_tiles
from .check_time import check_time
from .findings import Findings, Note, unused
from .grid import pixel_grid
from .layer_options import LayerOptions
from .rendering_rule import rendering_rule, rule_in_force

if TYPE_CHECKING:
    from .findings import Finding

__all__ = ["MOSAIC_OPTIONS", "Findings", "Note", "check", "effective_bands", "orderable_fields"]


def check(options: LayerOptions, service: ImageService, output: ImageService | None = None) -> Findings:
    """Hold the options against the service.

    `output` is the service's description after the processing template. Without it, bands and nodata are checked only
    where pixels stay raw. Raster ids and the where clause are for the server to judge.
    """
    found: list[Finding] = []
    if service.tiles_only:
        found += check_tiles(options, service)
        found += _nodata(options, service)
        found += _grid(options, service)
        return _findings(found)
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
    found += check_mosaic(options, service.mosaic) if service.mosaic else check_single_raster(options, service)
    found += check_slice(options, service)
    found += check_time(options, service)
    found += _compression(options)
    found += check_both(options, service)
    return _findings(found)


def _findings(found: Sequence[Finding]) -> Findings:
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


def _bands(options: LayerOptions, service: ImageService, output: ImageService) -> Iterator[Finding]:
    if options.bands == ():
        yield OptionError("bands", tr("No band is chosen; choose at least one."))
    try:
        _, note = effective_bands(options.bands, service, output)
    except OptionError as error:
        yield error
    else:
        if note:
            yield note


def _nodata(options: LayerOptions, output: ImageService) -> Iterator[Finding]:
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
        yield unused("nodata_matches_all", tr("it belongs to nodata values, and none are given"))


def _grid(options: LayerOptions, service: ImageService) -> Iterator[Finding]:
    outside = _clip_outside(options, service)
    if outside is not None:
        yield outside
        return
    if options.area is None and options.cell_size is None and options.snap_origin is None:
        return
    try:
        pixel_grid(service, options.area, options.cell_size, options.snap_origin)
    except OptionError as error:
        yield error


def _clip_outside(options: LayerOptions, service: ImageService) -> OptionError | None:
    """Return what is wrong with a shape that has nothing in common with what there is to be clipped."""
    if options.clip is None:
        return None
    if options.clip.extent.intersection(service.extent) is None:
        text = tr("The shapes to clip to lie outside of the service's extent {extent}; choose others.")
        return OptionError("clip", text.format(extent=service.extent))
    if options.extent is not None and options.clip.extent.intersection(options.extent) is None:
        text = tr("The shapes to clip to lie outside of the template extent {extent}; leave out one of them.")
        return OptionError("clip", text.format(extent=options.extent))
    return None


def _compression(options: LayerOptions) -> Iterator[Finding]:
    if options.compression_quality is not None and not 1 <= options.compression_quality <= 100:
        yield OptionError(
            "compression_quality",
            tr("The compression quality {value} is not between 1 and 100.").format(value=options.compression_quality),
        )
