"""Change the options of a layer that exists, in place: its id, name, style and everything else stay."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qgis.core import (
    QgsDataProvider,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRenderer,
)

from ..backend.source import LayerSource
from ..backend.source_reader import read_layer_source
from ..options.layer_options import LayerOptions
from ..service.errors import ImageServerLayerError
from ..service.vocabulary import MosaicMethod
from .arguments import service_address
from .describe import describe_layer
from .elevation import mark_elevation
from .kind import Provider
from .plan import LayerPlan
from .project_file import keep_gdal, stays_gdal
from .request import LayerRequest
from .resolve import Arguments
from .style import renderer
from .temporal import follow_controller


@dataclass(frozen=True)
class Edited:
    """What became of an edited layer: `keeps_style` is False where its style did not fit any more."""

    keeps_style: bool


def source_of(layer: QgsMapLayer) -> LayerSource | None:
    """Return what a layer's source says; None if it is not ours, or cannot be read."""
    if not isinstance(layer, QgsRasterLayer):
        return None
    try:
        return read_layer_source(layer.source())
    except ImageServerLayerError:
        return None


def options_of(layer: QgsMapLayer) -> LayerOptions | None:
    """Return the options that a layer was made with; None if it is not ours, or of an unknown version."""
    source = source_of(layer)
    try:
        return None if source is None else LayerOptions.from_json(source.options_json)
    except ImageServerLayerError:
        return None


def provider_of(layer: QgsMapLayer) -> Provider | None:
    """Return the provider that was asked for when the layer was made: None for the live one."""
    return Provider.GDAL if stays_gdal(layer) else None


def orders_by_view(layer: QgsMapLayer) -> bool:
    """Whether the order of a layer's rasters follows the view, so that it can be frozen."""
    source = source_of(layer)
    return source is not None and source.follows_view and options_of(layer) is not None


def frozen_at(options: LayerOptions, x: float, y: float) -> LayerOptions:
    """Return the options with the rasters ordered around a fixed ground point, in the service's CRS."""
    return replace(options, mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(x, y))


def edit_request(
    layer: QgsRasterLayer, project: QgsProject, options: LayerOptions, provider: Provider | None = None
) -> LayerRequest:
    """Return the request for other options of the same service, asked in the same way. Main thread only.

    The layer keeps its kind, its credentials, its Referer and its timeout, and without a `provider` its own.

    Raises:
        AddressError: the layer leads to no image service.
    """
    address, access = service_address(layer, project)
    source = read_layer_source(layer.source())
    return LayerRequest(
        address=address,
        access=access,
        arguments=Arguments(options),
        name=layer.name(),
        kind=None if source is None else source.kind,
        provider=provider or provider_of(layer),
        transform_context=project.transformContext(),
    )


def apply_plan(layer: QgsRasterLayer, plan: LayerPlan) -> Edited:
    """Give a layer the source of a plan made for it, and describe it anew. Main thread only; no request.

    The style stays if it fits the new bands; otherwise it is that of a new layer, with the opacity of this one.
    """
    # A layer that could not be opened has none.
    before, kept = source_of(layer), layer.renderer().clone() if layer.renderer() is not None else None
    fits = before is not None and kept is not None and _fits(kept, before, plan)
    layer.setDataSource(
        plan.prepared.source.text(),
        layer.name(),
        plan.choice.provider.value,
        QgsDataProvider.ProviderOptions(),
        False,
    )
    keep_gdal(layer, keep=plan.choice.provider is Provider.GDAL)
    # QGIS takes extent and CRS from the provider where it opens a source, but keeps a CRS that was set by hand.
    layer.setCrs(plan.crs)
    layer.setRenderer(kept if fits else _own_style(plan, 1.0 if kept is None else kept.opacity()))
    if before is None or (before.times is None) != (plan.prepared.source.times is None):
        # What the user has set there stays, as long as it means something.
        follow_controller(layer)
    mark_elevation(layer, is_elevation=plan.prepared.source.is_elevation)
    describe_layer(layer, plan)
    layer.emitStyleChanged()
    layer.triggerRepaint()
    return Edited(keeps_style=fits)


def _own_style(plan: LayerPlan, opacity: float) -> QgsRasterRenderer:
    """Return the style of a new layer. QGIS keeps the opacity of a raster layer in it."""
    own = renderer(plan)
    own.setOpacity(opacity)
    return own


def _fits(kept: QgsRasterRenderer, before: LayerSource, plan: LayerPlan) -> bool:
    """Whether a renderer means the same for the new bands: they exist, and are of the same kind and type."""
    after = plan.prepared.source
    if (before.kind, before.data_type, before.is_thematic) != (after.kind, after.data_type, after.is_thematic):
        return False
    if isinstance(kept, QgsPalettedRasterRenderer) and _looks(before) != _looks(after):
        return False
    names_before, names_after = ([band.name for band in source.bands] for source in (before, after))
    return names_before == names_after


def _looks(source: LayerSource) -> list[tuple[object, ...]]:
    """Return the parts of a style that belong to the classes."""
    return [(row.value, row.label, row.color) for row in source.classes]
