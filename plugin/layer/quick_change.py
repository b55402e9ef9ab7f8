"""Changes of one option, and what else has to follow it: for menus, where there is no form to see to the rest."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsFeedback

from ..options.layer_options import LayerOptions
from ..options.processing_template import ProcessingTemplate
from ..service.anticipation import AnticipatingTransport
from ..service.image_service import ImageService
from ..service.vocabulary import MosaicMethod
from .carried import carried_bands
from .connect import connect
from .plan import LayerPlan, plan_layer
from .request import LayerRequest
from .resolve import Arguments


def with_method(options: LayerOptions, method: MosaicMethod | None) -> LayerOptions:
    """Return the options with another mosaic method (None: the service's own), without options of the former one."""
    return replace(
        options,
        mosaic_method=method,
        lock_raster_ids=options.lock_raster_ids if method is MosaicMethod.LOCK_RASTER else (),
        viewpoint=options.viewpoint if method is MosaicMethod.VIEWPOINT else None,
        order_field=options.order_field if method is MosaicMethod.ATTRIBUTE else "",
        order_base_value=options.order_base_value if method is MosaicMethod.ATTRIBUTE else None,
    )


def needs_more(options: LayerOptions, method: MosaicMethod, service: ImageService) -> bool:
    """Whether a method needs further options: which rasters to lock, or what to order by."""
    if method is MosaicMethod.LOCK_RASTER:
        return not options.lock_raster_ids
    if method is MosaicMethod.ATTRIBUTE:
        return not options.order_field and (service.mosaic is None or not service.mosaic.sort_field)
    return False


def plan_with_template(
    request: LayerRequest, template: ProcessingTemplate, feedback: QgsFeedback | None = None
) -> LayerPlan:
    """Plan a layer with another processing template and the same bands, as far as the template yields them.

    Raises:
        ImageServerLayerError: the layer cannot be made.
    """
    options = request.arguments.options
    changed = replace(options, processing_template=template)
    described = None
    if options.bands is not None:
        known = connect(request.address, request.access, feedback)
        with AnticipatingTransport(known.access, feedback) as transport:
            client = known.client_by(transport)
            transport.expect(lambda: known.with_output(options, client), lambda: known.with_output(changed, client))
            before, described = known.with_output(options, client), known.with_output(changed, client)
        changed = replace(changed, bands=carried_bands(options.bands, before.output, described.output))
    return plan_layer(replace(request, arguments=Arguments(changed)), feedback, described)
