"""From what a user names, a layer or an address with options, to the source that is exported: which pixels, where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeedback,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)

from ..backend.export_image import draws_exact_box
from ..backend.prepare import gdal_crs
from ..backend.shapes import Shapes
from ..backend.source import Kind, LayerSource
from ..backend.source_reader import read_layer_source
from ..layer.cell_size import ReferencedCellSize, transformed_cell_size
from ..layer.connect import ConnectedService
from ..layer.edit import edit_request, frozen_at
from ..layer.plan import LayerPlan, plan_layer
from ..layer.request import LayerRequest
from ..layer.resolve import Arguments
from ..layer.template_extent import transformed_extent
from ..options.check import Note
from ..options.grid import free_grid, grid_part
from ..options.layer_options import LayerOptions
from ..service.crs import request_reference
from ..service.errors import OptionError
from ..service.extent import Extent
from ..service.image_service import SpatialReference
from ..translation import tr
from .cut import clip_polygons, common_parts, outline, shapes_of

# Returns the polygons to cut to, in the CRS of the file, which it is given.
PolygonsIn = Callable[[QgsCoordinateReferenceSystem], "list[QgsGeometry]"]


@dataclass(frozen=True)
class Wanted:
    """What is to be exported.

    Attributes:
        request: the layer, as if it were to be made.
        template: the extent, in its own CRS, or without one in the service's; None for all there is.
        crs: of the file; None for the service's.
        cell_size: in units of `crs`, where that is given (else it is among the request's options); None for the best.
        polygons: those that the file is cut to; None for none.
    """

    request: LayerRequest
    template: QgsReferencedRectangle | None = None
    crs: QgsCoordinateReferenceSystem | None = None
    cell_size: tuple[float, float] | None = None
    polygons: PolygonsIn | None = None


@dataclass(frozen=True)
class Found:
    """A source with the grid of the file, its plan, what it is cut to, and notes for the user.

    `extent_in_service` is what the file covers, in the service's CRS.
    """

    source: LayerSource
    plan: LayerPlan
    cut: Shapes | None
    notes: tuple[Note, ...]
    extent_in_service: Extent


def request_of_layer(
    layer: QgsRasterLayer, project: QgsProject, cell_size: tuple[float, float] | None = None
) -> LayerRequest:
    """Return the request for the pixels of a layer of ours, in other cells where they are given. Main thread only.

    Raises:
        OptionError: the layer is none of ours.
        ImageServerLayerError: its source cannot be read.
    """
    source = read_layer_source(layer.source())
    if source is None:
        message = tr("The layer “{name}” was not made by the plugin Image Server Layer, so it cannot be exported here.")
        raise OptionError("input", message.format(name=layer.name()))
    options = LayerOptions.from_json(source.options_json)
    if cell_size is not None:
        options = replace(options, extent=options.extent and source.grid.extent, cell_size=cell_size)
    return edit_request(layer, project, options)


def find_source(wanted: Wanted, feedback: QgsFeedback, described: ConnectedService | None = None) -> Found:
    """Ask the service, and return what to export.

    `described` is as in `plan_layer`.

    Raises:
        ImageServerLayerError: it cannot be exported; the text says why and what to do.
    """
    return placed(wanted, planned(wanted.request, feedback, described))


def planned(request: LayerRequest, feedback: QgsFeedback, described: ConnectedService | None = None) -> LayerPlan:
    """Ask the service, and return a plan whose pixels do not depend on the tile in which they are requested.

    Raises:
        ImageServerLayerError: it cannot be exported; the text says why and what to do.
    """
    plan = plan_layer(request, feedback, described)
    notes = list(plan.notes)
    if plan.prepared.source.follows_view:
        plan = _frozen(request, plan, feedback)
        text = tr("The order of the rasters follows the view, so it is frozen at the center of the layer.")
        notes.append(Note("mosaic_method", text))
    if plan.prepared.source.stretches_by_view:
        text = tr(
            "The processing template stretches each tile of the file by itself (dynamic range adjustment), so seams "
            "can show; choose another one, or “None”."
        )
        notes.append(Note("processing_template", text))
    # A file gets images, even if views are drawn from tiles.
    exact = replace(plan.prepared, source=plan.prepared.source.of_images())
    return replace(plan, prepared=exact, notes=tuple(notes))


def placed(wanted: Wanted, plan: LayerPlan) -> Found:
    """Return what to export of a plan, without a request: its place, its cells, and what it is cut to.

    Raises:
        OptionError: there is nothing at that place.
    """
    notes = list(plan.notes)
    source, crs = plan.prepared.source, plan.crs
    polygons: list[QgsGeometry] | None = None
    if wanted.crs is not None and wanted.crs != crs:
        source, crs = _reprojected(source, plan, wanted, wanted.crs), wanted.crs
        if source.kind is Kind.VALUES and any(band.nodata is None for band in source.bands):
            # Outside its data, the server draws zeros, which are no measurements.
            own_extent = plan.prepared.source.grid.extent
            polygons = [_outline(own_extent, plan.crs, crs, wanted.request.transform_context)]
    if source.clip is not None:
        # The export cuts the file itself, and decides what stands for no data.
        shape = clip_polygons(source.clip, source.service_name, plan.crs, crs, wanted.request.transform_context)
        polygons = shape if polygons is None else common_parts(shape, polygons)
        source = replace(source, clip=None)
    if wanted.polygons is not None:
        within, polygons = polygons, wanted.polygons(crs)
        if within is not None:
            polygons = common_parts(polygons, within)
            if not polygons:
                message = tr("The shapes to cut to do not overlap the layer's extent {own}.")
                raise OptionError("mask", message.format(own=source.grid.extent))
    cut = None if polygons is None else shapes_of(polygons)
    if wanted.template is not None:
        extent = _template(wanted.template, wanted, plan, crs)
        if not _holds(source.grid.extent, extent, source.grid.cell_size):
            notes.append(Note("extent", tr("The extent reaches beyond the layer; what lies outside is left out.")))
        source = _within(source, extent, tr("The extent {wanted} does not overlap the layer's extent {own}."))
    if cut is not None:
        message = tr("The shapes to cut to, in {wanted}, do not overlap the layer's extent {own}.")
        source = _within(source, cut.extent, message)
    return Found(source, plan, cut, tuple(notes), _extent_in_service(source, crs, plan, wanted))


def _extent_in_service(
    source: LayerSource, crs: QgsCoordinateReferenceSystem, plan: LayerPlan, wanted: Wanted
) -> Extent:
    extent, own = source.grid.extent, plan.prepared.source.grid.extent
    if crs == plan.crs:
        return extent
    try:
        there = transformed_extent(
            QgsReferencedRectangle(QgsRectangle(*extent), crs), plan.crs, wanted.request.transform_context
        )
    except OptionError:
        # Beyond the edge of what a CRS is for.
        return own
    return own.intersection(there) or own


def _frozen(request: LayerRequest, plan: LayerPlan, feedback: QgsFeedback) -> LayerPlan:
    """Return the plan for rasters in an order that does not change from tile to tile."""
    options = frozen_at(plan.options, *plan.prepared.source.grid.extent.center)
    return plan_layer(replace(request, arguments=Arguments(options)), feedback)


def _template(
    template: QgsReferencedRectangle, wanted: Wanted, plan: LayerPlan, crs: QgsCoordinateReferenceSystem
) -> Extent:
    if not template.crs().isValid():
        template = QgsReferencedRectangle(template, plan.crs)
    return transformed_extent(template, crs, wanted.request.transform_context)


def _reprojected(
    source: LayerSource, plan: LayerPlan, wanted: Wanted, crs: QgsCoordinateReferenceSystem
) -> LayerSource:
    """Return the source as the server draws it in another CRS."""
    context = wanted.request.transform_context
    own = QgsReferencedRectangle(QgsRectangle(*source.grid.extent), plan.crs)
    extent = transformed_extent(own, crs, context)
    cell = wanted.cell_size or transformed_cell_size(
        ReferencedCellSize(source.grid.cell_size, plan.crs, source.grid.extent.center), crs, context
    )
    if cell is None or not draws_exact_box(plan.service):
        cell = (min(cell or source.grid.cell_size),) * 2
    grid = free_grid(extent, cell)
    return replace(source, grid=grid, reference=request_reference(_spatial_reference(crs)), crs=gdal_crs(crs))


def _outline(
    extent: Extent,
    source_crs: QgsCoordinateReferenceSystem,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> QgsGeometry:
    try:
        return outline(extent, source_crs, crs, context)
    except QgsCsException as error:
        message = tr("The layer's extent {own} cannot be transformed to {target}; choose another CRS.")
        raise OptionError("crs", message.format(own=extent, target=crs.userFriendlyIdentifier()), str(error)) from error


def _spatial_reference(crs: QgsCoordinateReferenceSystem) -> SpatialReference:
    authority, _, code = crs.authid().partition(":")
    if authority in ("EPSG", "ESRI") and code.isdigit():
        return SpatialReference(wkid=int(code))
    return SpatialReference(wkt=crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT1_ESRI))


def _holds(own: Extent, extent: Extent, cell: tuple[float, float]) -> bool:
    """Whether an extent holds another one, up to a part of a cell."""
    common = own.intersection(extent)
    return common is not None and extent.width - common.width < cell[0] and extent.height - common.height < cell[1]


def _within(source: LayerSource, extent: Extent, refusal: str) -> LayerSource:
    """Return the source with the part of its grid that an extent touches."""
    grid = grid_part(source.grid, extent)
    if grid is None:
        raise OptionError("extent", refusal.format(wanted=extent, own=source.grid.extent))
    return replace(source, grid=grid)
