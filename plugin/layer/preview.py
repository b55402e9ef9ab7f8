"""What a preview of a layer draws: all of the service, so that a part of it can be chosen in sight of the rest."""

from __future__ import annotations

from dataclasses import replace

from ..options.grid import pixel_grid
from ..options.layer_options import LayerOptions
from ..options.mosaic_rule import method_in_force
from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..service.vocabulary import MosaicMethod
from .request import LayerRequest


def preview_request(request: LayerRequest, service: ImageService) -> LayerRequest:
    """Return the request for a preview: the pixels of the layer, but live, and not cut to its extent.

    If the extent decides more than the edges, such as the point that rasters are ordered around, it still does.

    Raises:
        OptionError: the options of the request make no grid.
    """
    options = uncut_options(request.arguments.options, service)
    return replace(request, arguments=replace(request.arguments, options=options), name="", provider=None)


def uncut_options(options: LayerOptions, service: ImageService) -> LayerOptions:
    """Return the options for all of the service; what else depends on the extent stays the same.

    A clip shape stays, as the preview is to show what it cuts.

    Raises:
        OptionError: the options make no grid.
    """
    if options.extent is None:
        return options
    mosaic = service.mosaic
    if mosaic is not None and options.viewpoint is None and method_in_force(options, mosaic) is MosaicMethod.VIEWPOINT:
        grid = pixel_grid(service, options.extent, options.cell_size, options.snap_origin)
        options = replace(options, viewpoint=grid.extent.center)
    uncut = replace(options, extent=None)
    try:
        pixel_grid(service, uncut.area, options.cell_size, options.snap_origin)
    except OptionError:
        # Cells that are small enough for a part may be too many for all.
        return options
    return uncut
