"""What is set for a layer, in words, from nothing but its source: no request, and true whatever its metadata say."""

from __future__ import annotations

from collections.abc import Iterator

from ..backend.source import Kind, LayerSource
from ..options.layer_options import LayerOptions, UnknownVersionError
from ..options.sentences import shortened
from ..options.wording import in_words
from ..service.errors import ImageServerLayerError
from ..service.image_service import Band, ImageService, SpatialReference
from ..translation import tr
from .kind import Provider


def source_in_words(source: LayerSource, provider: Provider | None = None) -> Iterator[str]:
    """Yield lines of plain text: what the layer is, and each option that was given."""
    is_picture = source.kind is Kind.PICTURE
    what = tr("Picture of the image service {name}") if is_picture else tr("Pixel values of the image service {name}")
    yield what.format(name=source.service_name)
    try:
        options = LayerOptions.from_json(source.options_json)
    except UnknownVersionError as error:
        yield error.message
        return
    except ImageServerLayerError:
        return
    for label, value in in_words(options, _service(source), _output(source, options)):
        yield tr("{label}: {value}").format(label=label, value=shortened(value))
    if provider is Provider.GDAL:
        yield tr("An ordinary GDAL layer, which opens without this plugin.")


def _service(source: LayerSource, bands: tuple[Band, ...] = ()) -> ImageService:
    """Return as much of the service as the source knows, which is no default of the server's."""
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
    if options.bands is None or source.kind is Kind.PICTURE:
        return None
    named = zip(options.bands, source.bands)
    return _service(source, tuple(Band(number, band.name, has_own_name=True) for number, band in named))
