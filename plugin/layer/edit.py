"""Change the options of a layer that exists, in place: its id, name, style and everything else stay."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer

from ..options.layer_options import LayerOptions
from ..service.errors import ImageServerLayerError
from ..service.vocabulary import MosaicMethod
from .factory import update_extent
from .metadata import describe_layer
from .plan import LayerPlan, LayerRequest
from .request import service_address
from .source import read_source

_VIEW_DEPENDENT = (MosaicMethod.CENTER, MosaicMethod.NADIR)


def options_of(layer: QgsMapLayer) -> LayerOptions | None:
    """Return the options a layer was made with, or None where it is not ours, or of a version unknown here."""
    ours = read_source(layer.source(), layer.providerType()) if isinstance(layer, QgsRasterLayer) else None
    try:
        return None if ours is None else ours.options()
    except ImageServerLayerError:
        return None


def follows_view(layer: QgsMapLayer) -> bool:
    """Whether the order of the rasters in a layer was asked to depend on the view."""
    options = options_of(layer)
    return options is not None and options.mosaic_method in _VIEW_DEPENDENT


def frozen_at(options: LayerOptions, x: float, y: float) -> LayerOptions:
    """Return the options with the rasters ordered around a fixed ground point, in the service's CRS."""
    return replace(options, mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(x, y))


def edit_request(layer: QgsRasterLayer, project: QgsProject) -> LayerRequest:
    """Return the request that leads to a layer's service again, with its provider and credentials. Main thread only."""
    address = service_address(layer, project)
    return LayerRequest(
        address=address,
        name=layer.name(),
        provider=layer.providerType(),
        authcfg=getattr(address, "authcfg", ""),
        referer=getattr(address, "referer", ""),
        transform_context=project.transformContext(),
    )


def apply_plan(layer: QgsRasterLayer, plan: LayerPlan) -> None:
    """Give a layer the source of a plan made for it, and describe it anew. Main thread only."""
    layer.setDataSource(plan.content.source, layer.name(), plan.choice.provider, False)
    update_extent(layer, plan)
    describe_layer(layer, plan)
    layer.triggerRepaint()
