"""What a layer is and what was chosen for it, in words, from nothing but its source: no request, and always true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..options.layer_options import LayerOptions, UnknownVersionError
from ..options.sentences import shortened
from ..options.wording import in_words
from ..service.errors import ImageServerLayerError
from ..service.image_service import Band, ImageService, SpatialReference
from ..translation import tr

if TYPE_CHECKING:
    from .source import LayerSource


def source_in_words(source: LayerSource) -> Iterator[str]:
    """Yield lines of plain text: what the layer is, and each option that was given."""
    what = (
        tr("Picture of the image service {name}")
        if source.is_picture
        else tr("Pixel values of the image service {name}")
    )
    yield what.format(name=source.service_name)
    if source.is_picture and source.tiles is not None:
        yield (
            tr("Drawn from the service's tiles, where they fit")
            if source.has_images
            else tr("Drawn from the service's tiles")
        )
    try:
        for label, value in options_in_words(source):
            yield tr("{label}: {value}").format(label=label, value=shortened(value))
    except UnknownVersionError as error:
        yield error.message
    except ImageServerLayerError:
        return


def options_in_words(source: LayerSource) -> list[tuple[str, str]]:
    """Return label and value, plain text, of each option that was given.

    Raises:
        UnknownVersionError: a later version of the plugin wrote the options.
        ImageServerLayerError: they cannot be read.
    """
    options = LayerOptions.from_json(source.options_json)
    return in_words(options, _service(source), _output(source, options))


def _service(source: LayerSource, bands: tuple[Band, ...] = ()) -> ImageService:
    """Return as much of the service as the source knows, which includes none of the server's defaults."""
    return ImageService(
        url=source.service_url,
        name=source.service_name,
        version=0,
        bands=bands,
        pixel_type="",
        spatial_reference=SpatialReference(),
        extent=source.grid.extent,
        pixel_size=source.grid.cell_size,
    )


def _output(source: LayerSource, options: LayerOptions) -> ImageService | None:
    """Return the bands that were chosen by their names; those of a picture are colors."""
    if options.bands is None or source.is_picture:
        return None
    named = zip(options.bands, source.bands)
    return _service(source, tuple(Band(number, band.name, has_own_name=True) for number, band in named))
