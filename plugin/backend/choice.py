"""Which QGIS provider gets the pixels, and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from ..options.layer_options import LayerOptions
from ..options.mosaic_rule import method_in_force
from ..service.errors import OptionError, UnsupportedServiceError
from ..service.image_service import ImageService
from ..service.vocabulary import MosaicMethod
from ..translation import tr
from .pixel_types import gdal_type

VALUES = "gdal"
PICTURE = "arcgismapserver"

# Rasters are ordered around the centre of each request, so one request must be the whole view.
_VIEW_DEPENDENT = (MosaicMethod.CENTER, MosaicMethod.NADIR)


@dataclass(frozen=True)
class Choice:
    """A provider key and the sentence that says why. `note` is what the user should know of the choice, if anything."""

    provider: str
    reason: str
    note: str = ""


def choose(provider: str | None, options: LayerOptions, service: ImageService, *, secured: bool) -> Choice:
    """Return how the layer gets its pixels. `provider` is what was asked for, None for the best one.

    `secured` says whether credentials go with the requests; QGIS hands none to GDAL.

    Raises:
        OptionError: no such provider, or one that cannot do what was asked for.
        UnsupportedServiceError: the service can be drawn in no way, or not in the one that was asked for.
    """
    if provider not in (None, "", VALUES, PICTURE):
        raise OptionError(
            "provider",
            tr("There is no provider “{value}”; use “{values}” for pixel values or “{picture}” for a picture.").format(
                value=provider, values=VALUES, picture=PICTURE
            ),
        )
    if service.tiles_only:
        raise UnsupportedServiceError(
            tr(
                "The service “{name}” offers only ready-made tiles, so none of its pixels can be asked for; "
                "add it with QGIS' own Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer."
            ).format(name=service.name)
        )
    chosen, reason = _decide(provider, options, service, secured=secured)
    notes = _view_note(options, service, chosen), _quality_note(options, chosen)
    return Choice(chosen, reason, " ".join(filter(None, notes)))


def _decide(provider: str | None, options: LayerOptions, service: ImageService, *, secured: bool) -> tuple[str, str]:
    """Return provider key and reason."""
    against_values = _reason_against_values(service, secured=secured)
    against_picture = _reason_against_picture(options)
    if provider == VALUES:
        if against_values:
            raise UnsupportedServiceError(against_values)
        return VALUES, tr("Pixel values were asked for.")
    if provider == PICTURE:
        if against_picture:
            raise OptionError("provider", against_picture)
        return PICTURE, tr("A picture was asked for.")
    if against_values and against_picture:
        # Of the two reasons, the one that the user can do something about.
        text = tr("{reason} A picture has no cells of its own, so leave out the cell size.")
        raise OptionError("cell_size", text.format(reason=against_values))
    if against_values:
        return PICTURE, against_values
    if options.mosaic_method in _VIEW_DEPENDENT and not against_picture:
        return PICTURE, tr("The mosaic method depends on the view, so the server draws each view as one picture.")
    return VALUES, tr("The service is open, so QGIS can read its pixel values.")


def _reason_against_values(service: ImageService, *, secured: bool) -> str:
    if secured:
        return tr("The service needs credentials, which QGIS does not hand to GDAL, so the server draws a picture.")
    if service.pixel_type and not gdal_type(service.pixel_type):
        return tr("Pixels of the type {type} cannot be read as values, so the server draws a picture.").format(
            type=service.pixel_type
        )
    return ""


def _reason_against_picture(options: LayerOptions) -> str:
    if options.cell_size is not None:
        return tr("A picture has no cells of its own; leave out the cell size, or take pixel values.")
    return ""


def _quality_note(options: LayerOptions, provider: str) -> str:
    if options.compression_quality is None or provider == PICTURE:
        return ""
    return tr("The compression quality is for pictures: pixel values come without loss.")


def _view_note(options: LayerOptions, service: ImageService, provider: str) -> str:
    """Return what to know when rasters are ordered around the view, but a view takes more than one request."""
    if service.mosaic is None:
        return ""
    method = method_in_force(options, service.mosaic)
    if method is None:
        method = service.mosaic.default_method
    if method not in _VIEW_DEPENDENT:
        return ""
    if provider == PICTURE:
        return tr(
            "The mosaic method depends on the view, and maps larger than 2000 × 2000 pixels are drawn in parts: there, "
            "seams can show where rasters overlap. Freeze at This View, in the layer's menu, avoids them."
        )
    return tr(
        "The mosaic method depends on the view, and pixel values are fetched in blocks: seams can show where rasters "
        "overlap. Choose another method, or a picture."
    )
