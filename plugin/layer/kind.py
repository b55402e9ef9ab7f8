"""Pixel values or a picture, live or through GDAL: what is chosen, and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..backend.pixel_types import gdal_type
from ..backend.source import Kind
from ..backend.tile_document import tiles_for_gdal
from ..options.check_tiles import has_both, why_images
from ..options.dynamic_range import stretches_by_view
from ..options.layer_options import LayerOptions
from ..options.mosaic_rule import follows_view
from ..service.errors import ImageServerLayerError, OptionError, UnsupportedServiceError
from ..service.image_service import ImageService
from ..service.tile_info import TileInfo
from ..translation import tr


class Provider(Enum):
    """Which provider of QGIS draws the layer. Values are the keys of QGIS."""

    LIVE = "imageserver"
    GDAL = "gdal"


@dataclass(frozen=True)
class Choice:
    """What a layer will be, and the sentence that says why. `note` is what the user should know of it, if anything.

    `of_tiles` is whether a picture is drawn from ready-made tiles, where they fit.
    """

    kind: Kind
    reason: str
    provider: Provider = Provider.LIVE
    note: str = ""
    of_tiles: bool = False


@dataclass(frozen=True)
class Kinds:
    """Which kinds of layer there can be: the reason against each (empty: there can be one), and the choice.

    `choice` is None where there can be neither: `problem` says why. `picture` is what a picture is drawn from, in
    words.
    """

    against: dict[Kind, str]
    choice: Choice | None = None
    problem: ImageServerLayerError | None = None
    picture: str = ""


def choose(
    kind: Kind | None, provider: Provider | None, options: LayerOptions, service: ImageService, *, secured: bool
) -> Choice:
    """Return what the layer will be. `kind` and `provider` are what was asked for, None for the best.

    `secured` says whether credentials go with the requests; QGIS hands none to GDAL.

    Raises:
        OptionError: what was asked for cannot have these options.
        UnsupportedServiceError: the service can be drawn in no way, or not in the one that was asked for.
    """
    _require_tiles(service)
    if provider is Provider.GDAL and not _gdal_draws(options, service):
        raise OptionError(
            "provider",
            tr("GDAL does not find its way in the tiles of this service; leave out the provider “gdal”."),
        )
    if provider is Provider.GDAL and secured:
        raise OptionError(
            "provider",
            tr(
                "The service needs credentials, which QGIS does not hand to GDAL; leave out the provider “gdal”, or "
                "the authentication."
            ),
        )
    chosen, reason = _decide(kind, options, service)
    notes = _seams_note(options, service, provider), _quality_note(options, chosen), _dates_note(options, provider)
    of_tiles = chosen is Kind.PICTURE and _of_tiles(options, service, provider)
    return Choice(chosen, reason, provider or Provider.LIVE, " ".join(filter(None, notes)), of_tiles)


def kinds(
    kind: Kind | None, provider: Provider | None, options: LayerOptions, service: ImageService, *, secured: bool
) -> Kinds:
    """Return the kinds that can be chosen, and what a wish leads to. A wish for an impossible kind is ignored."""
    against = {
        Kind.VALUES: _reason_against_values(service),
        Kind.PICTURE: _reason_against_picture(options, service),
    }
    if kind is not None and against[kind]:
        kind = None
    try:
        choice = choose(kind, provider, options, service, secured=secured)
        return Kinds(against, choice, picture=_picture_in_words(options, service, provider))
    except ImageServerLayerError as error:
        return Kinds(against, problem=error, picture=_picture_in_words(options, service, provider))


def _picture_in_words(options: LayerOptions, service: ImageService, provider: Provider | None) -> str:
    """Return what a picture is drawn from."""
    if service.tiles_only:
        return tr("The ready-made tiles of the service, as they were made.")
    drawn = tr("An image that the server draws and colors for each view.")
    if not has_both(service):
        return drawn
    if _of_tiles(options, service, provider):
        if provider is Provider.GDAL:
            return tr("The ready-made tiles of the service, as they were made.")
        return tr("The ready-made tiles of the service; where they do not fit a view, the server draws it.")
    reason = why_images(options, service) or tr("GDAL does not find its way in the tiles of the service.")
    return f"{drawn} {reason}"


def _of_tiles(options: LayerOptions, service: ImageService, provider: Provider | None) -> bool:
    """Whether a picture is drawn from tiles; by GDAL, where it finds its way in them and they show all there is."""
    if service.tiles_only or service.tiles is None:
        return service.tiles_only
    if not has_both(service) or why_images(options, service):
        return False
    return provider is not Provider.GDAL or _gdal_finds(service.tiles, options, service)


def _gdal_draws(options: LayerOptions, service: ImageService) -> bool:
    """Whether GDAL can draw a service by itself: all but tiles of values, or in an irregular scheme."""
    if not service.tiles_only or service.tiles is None:
        return True
    return _gdal_finds(service.tiles, options, service)


def _gdal_finds(tiles: TileInfo, options: LayerOptions, service: ImageService) -> bool:
    cell_size = min(service.pixel_size)
    return tiles_for_gdal(tiles, cell_size, options.clip, has_images=not service.tiles_only) is not None


def _require_tiles(service: ImageService) -> None:
    if service.tiles_only and service.tiles is None:
        raise UnsupportedServiceError(
            tr(
                "The service “{name}” offers only ready-made tiles, and does not say where they lie in its own "
                "coordinate reference system; ask its publisher."
            ).format(name=service.name)
        )


def _decide(kind: Kind | None, options: LayerOptions, service: ImageService) -> tuple[Kind, str]:
    against_values, against_picture = _reason_against_values(service), _reason_against_picture(options, service)
    if kind is Kind.VALUES:
        if against_values:
            raise UnsupportedServiceError(against_values)
        if options.tiles and not service.tiles_only:
            raise OptionError("tiles", tr("The tiles of the service are pictures; choose one, or leave out the tiles."))
        return kind, tr("Pixel values were asked for.")
    if kind is Kind.PICTURE:
        if against_picture:
            if service.tiles_only:
                raise UnsupportedServiceError(against_picture)
            raise OptionError(_option_against_picture(options), against_picture)
        return kind, tr("A picture was asked for.")
    if options.tiles and has_both(service) and not against_picture:
        return Kind.PICTURE, tr("The tiles of the service were asked for, which are pictures.")
    if not against_values:
        return Kind.VALUES, tr("The service gives the numbers of its pixels.")
    if against_picture:
        # Of the two reasons, the one that the user can do something about.
        text = tr("{reason} A picture has no cells of its own, so leave out the cell size.")
        raise OptionError(_option_against_picture(options), text.format(reason=against_values))
    return Kind.PICTURE, against_values


def _reason_against_values(service: ImageService) -> str:
    if service.tiles_only:
        if service.tiles is not None and service.tiles.holds_values:
            return ""
        return tr("The service offers only ready-made tiles, which are pictures and hold no values.")
    if service.pixel_type and not gdal_type(service.pixel_type):
        return tr("Pixels of the type {type} cannot be read as values, so the server draws a picture.").format(
            type=service.pixel_type
        )
    return ""


def _reason_against_picture(options: LayerOptions, service: ImageService) -> str:
    if service.tiles_only:
        if service.tiles is not None and service.tiles.holds_values:
            return tr("The service offers only ready-made tiles, which hold values; QGIS makes the picture of them.")
        # Cells are refused with the reason that the tiles are as they are.
        return ""
    if options.snap_origin is not None:
        return tr("A picture has no cells of its own that could be aligned; take pixel values.")
    if options.cell_size is not None:
        return tr("A picture has no cells of its own; leave out the cell size, or take pixel values.")
    return ""


def _option_against_picture(options: LayerOptions) -> str:
    return "cell_size" if options.snap_origin is None else "snap_origin"


def _quality_note(options: LayerOptions, kind: Kind) -> str:
    if options.compression_quality is None or kind is Kind.PICTURE:
        return ""
    return tr("The compression quality is for pictures: pixel values come without loss.")


def _dates_note(options: LayerOptions, provider: Provider | None) -> str:
    if provider is not Provider.GDAL or not options.nearest_date:
        return ""
    return tr("GDAL does not follow the temporal controller, so there is no nearest date to show.")


def _seams_note(options: LayerOptions, service: ImageService, provider: Provider | None) -> str:
    """Return what to know when pixels depend on the view, but GDAL asks for a view in blocks."""
    if provider is not Provider.GDAL:
        return ""
    if stretches_by_view(options, service):
        return tr(
            "The processing template stretches what is asked for (dynamic range adjustment), and GDAL fetches a view "
            "in blocks: seams can show. Choose another one, or leave out the provider “gdal”."
        )
    if not follows_view(options, service):
        return ""
    return tr(
        "The mosaic method depends on the view, and GDAL fetches a view in blocks: seams can show where rasters "
        "overlap. Choose another method, or leave out the provider “gdal”."
    )
