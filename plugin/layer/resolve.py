"""From what was given to plain options in the service's CRS, in two steps.

Layers belong to the main thread, and requests to others: `Arguments` holds what was given after every layer has been
replaced by its extent, and `resolve` turns that into `LayerOptions` once the service is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qgis.core import QgsCoordinateTransformContext, QgsReferencedPointXY, QgsReferencedRectangle

from ..options import arcgis_arguments
from ..options.check import Note, effective_bands
from ..options.layer_options import LayerOptions
from ..options.time_as_dimension import with_time_as_dimension
from ..service.catalog import Catalog
from ..service.crs import crs_of
from ..service.image_service import ImageService
from .cell_size import ReferencedCellSize, transformed_cell_size
from .clip import ReferencedShapes
from .fitted_clip import fitted_clip
from .locked_rasters import find_rasters
from .snap import ReferencedCells, aligned_corner
from .template_extent import transformed_extent
from .viewpoint import transformed_viewpoint


@dataclass(frozen=True)
class Arguments:
    """What was given: plain options, and values that can only be read with the service.

    Attributes:
        options: everything that needs no service to be read. What stands below goes before it.
        template: the extent, in its own CRS; without a valid one it is in the service's.
        cell_size: the cell size of a layer, in that layer's CRS.
        viewpoint: a ground point in its own CRS.
        bands: numbers from 1, or names, of what comes out of the processing template.
        lock_rasters: ids or names of rasters.
        order_field: the name of a field, in any case.
        order_base_value: a number, a date or a text, as it was given.
        clip: the polygons to clip to, in their own CRS.
        cells: those of a raster layer that the layer's are to fall on, in that layer's CRS; without another cell size
            they have the same size.
        slice_id: a slice of a multidimensional service, by its id, in place of variable and dimensions.
    """

    options: LayerOptions = field(default_factory=LayerOptions)
    template: QgsReferencedRectangle | None = None
    cell_size: ReferencedCellSize | None = None
    viewpoint: QgsReferencedPointXY | None = None
    bands: tuple[int | str, ...] | None = None
    lock_rasters: tuple[int | str, ...] | None = None
    order_field: str = ""
    order_base_value: Any = None
    clip: ReferencedShapes | None = None
    cells: ReferencedCells | None = None
    slice_id: int | None = None

    @property
    def wanted_bands(self) -> Sequence[int | str] | None:
        """The bands that were asked for, by number or name; None for all."""
        return self.options.bands if self.bands is None else self.bands


def resolve(
    arguments: Arguments,
    service: ImageService,
    catalog: Catalog | None,
    transform_context: QgsCoordinateTransformContext,
) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Hold the arguments against the service: its CRS, its names, its rasters.

    Asks the catalog, if there are rasters to lock. Bands are left for `number_bands`: they belong to what comes out of
    the processing template.

    Raises:
        OptionError: a value does not fit this service.
        CanceledError: the catalog's client was canceled.
    """
    crs, options = crs_of(service.spatial_reference), arguments.options
    wanted = options.lock_raster_ids if arguments.lock_rasters is None else arguments.lock_rasters
    lock_ids, notes = find_rasters(wanted, service, catalog)
    order_field = arcgis_arguments.order_field(arguments.order_field, service) or options.order_field
    value = arcgis_arguments.order_base_value(arguments.order_base_value, order_field, service)
    resolved = replace(
        options,
        lock_raster_ids=lock_ids,
        order_field=order_field,
        order_base_value=options.order_base_value if value is None else value,
    )
    if arguments.template is not None:
        resolved = replace(resolved, extent=transformed_extent(arguments.template, crs, transform_context))
    if arguments.cell_size is not None:
        resolved = replace(resolved, cell_size=transformed_cell_size(arguments.cell_size, crs, transform_context))
    if arguments.cells is not None:
        resolved = replace(
            resolved,
            snap_origin=aligned_corner(arguments.cells, crs),
            cell_size=resolved.cell_size or arguments.cells.size,
        )
    if arguments.clip is not None:
        clip, clip_notes = fitted_clip(arguments.clip, service, resolved.cell_size, crs, transform_context)
        resolved, notes = replace(resolved, clip=clip), (*notes, *clip_notes)
    if arguments.viewpoint is not None:
        resolved = replace(resolved, viewpoint=transformed_viewpoint(arguments.viewpoint, crs, transform_context))
    resolved, time_notes = with_time_as_dimension(resolved, service)
    return resolved, (*notes, *time_notes)


def number_bands(
    arguments: Arguments, options: LayerOptions, service: ImageService, output: ImageService
) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Return the options with the bands that were given as numbers, counted in the output of the processing template.

    Raises:
        OptionError: there is no such band.
    """
    bands, note = effective_bands(arguments.wanted_bands, service, output)
    return replace(options, bands=bands), () if note is None else (note,)
