"""What the user pointed at (layers, files, rectangles, names) as plain values in the service's CRS.

In two steps, because layers belong to the main thread and the network does not: `Arguments` holds what was given once
every layer has been replaced by its extent, and `resolve_options` turns that into `LayerOptions` as soon as the service
is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedPointXY,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..options import arcgis_arguments
from ..options.arcgis_arguments import is_given
from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..options.processing_template import SERVICE_DEFAULT, ProcessingTemplate
from ..options.sentences import shortened
from ..service.catalog import Catalog
from ..service.crs import crs_of
from ..service.errors import OptionError
from ..service.extent import Extent
from ..service.image_service import ImageService
from ..service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from ..translation import tr
from .antimeridian import refuse_two_sides


@dataclass(frozen=True)
class ReferencedCellSize:
    """The cell size of a raster layer, with the CRS it is measured in and the place it was taken at."""

    size: tuple[float, float]
    crs: QgsCoordinateReferenceSystem
    center: tuple[float, float]


@dataclass(frozen=True)
class Arguments:
    """The parameters of *Make Image Server Layer* and those beyond it, each read but not yet held against a service.

    An extent without a valid CRS is in the service's. None, or an empty text, is "not given".
    """

    template: QgsReferencedRectangle | None = None
    bands: tuple[int | str, ...] | None = None
    mosaic_method: MosaicMethod | None = None
    order_field: str = ""
    order_base_value: Any = None
    lock_rasters: tuple[int | str, ...] | None = None
    cell_size: tuple[float, float] | ReferencedCellSize | None = None
    where: str = ""
    processing_template: ProcessingTemplate = SERVICE_DEFAULT
    ascending: bool | None = None
    mosaic_operation: MosaicOperation | None = None
    viewpoint: tuple[float, float] | QgsReferencedPointXY | None = None
    interpolation: Interpolation | None = None
    nodata: tuple[float, ...] = ()
    nodata_matches_all: bool | None = None
    compression_quality: int | None = None


def find_layer(text: str, project: QgsProject) -> QgsMapLayer | None:
    """Return the project's layer with this id, or the only one with this name."""
    layer = project.mapLayer(text)
    if layer is not None:
        return layer
    named = project.mapLayersByName(text)
    return named[0] if len(named) == 1 else None


def template_extent(value: Any, project: QgsProject) -> QgsReferencedRectangle | None:
    """Read a template extent, from whatever has one.

    That is a rectangle, four numbers, QGIS' or ArcGIS' extent text, a layer, its id or name, or a path to a data set.
    Four numbers are `xmin ymin xmax ymax` in the service's CRS, as is a rectangle without a CRS.

    Raises:
        OptionError: the value is none of these, or its extent is unusable.
    """
    if not is_given(value):
        return None
    if isinstance(value, QgsReferencedRectangle):
        return _checked(value, value)
    if isinstance(value, QgsRectangle):
        return _checked(QgsReferencedRectangle(value, QgsCoordinateReferenceSystem()), value.toString())
    if isinstance(value, QgsMapLayer):
        return _layer_extent(value)
    if isinstance(value, (str, Sequence)) and arcgis_arguments.is_extent_text(value):
        return typed_extent(value)
    layer = _layer_from_text(str(value), project, QgsVectorLayer, QgsRasterLayer)
    if layer is None:
        raise OptionError(
            "extent",
            tr(
                "The template extent “{value}” is neither four numbers (xmin ymin xmax ymax) nor a layer or file that "
                "can be opened."
            ).format(value=shortened(value)),
        )
    return _layer_extent(layer)


def cell_size(value: Any, project: QgsProject) -> tuple[float, float] | ReferencedCellSize | None:
    """Read a cell size: numbers in units of the service's CRS, or a raster layer (its id, name or path) that has one.

    Raises:
        OptionError: not a positive size, and not a raster.
    """
    layer = value if isinstance(value, QgsMapLayer) else None
    text = str(value) if isinstance(value, Path) else value
    if isinstance(text, str) and arcgis_arguments.is_given(text) and not arcgis_arguments.is_cell_size_text(text):
        layer = _layer_from_text(text, project, QgsRasterLayer)
    if layer is None:
        return arcgis_arguments.cell_size(value)
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid() or layer.rasterUnitsPerPixelX() <= 0:
        raise OptionError(
            "cell_size",
            tr("The layer “{name}” has no cells to take the cell size from; choose a raster layer.").format(
                name=layer.name()
            ),
        )
    center = layer.extent().center()
    return ReferencedCellSize(
        (layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()), layer.crs(), (center.x(), center.y())
    )


def viewpoint(value: Any) -> tuple[float, float] | QgsReferencedPointXY | None:
    """Read a ground point: x and y, or a point, in the service's CRS; a QgsReferencedPointXY in its own."""
    if isinstance(value, QgsReferencedPointXY) and value.crs().isValid():
        return value
    return arcgis_arguments.viewpoint((value.x(), value.y()) if isinstance(value, QgsPointXY) else value)


def resolve_options(
    arguments: Arguments,
    service: ImageService,
    catalog: Catalog | None,
    transform_context: QgsCoordinateTransformContext,
) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Hold the arguments against the service: its CRS, its names, its rasters.

    Asks the catalog, if there are rasters to lock. Bands given by name stay with `Arguments`: they belong to what
    comes out of the template.

    Raises:
        OptionError: a value does not fit this service.
    """
    crs = crs_of(service.spatial_reference)
    lock_ids, notes = find_rasters(arguments.lock_rasters or (), service, catalog)
    field = arcgis_arguments.order_field(arguments.order_field, service)
    options = LayerOptions(
        extent=None if arguments.template is None else transformed_extent(arguments.template, crs, transform_context),
        cell_size=transformed_cell_size(arguments.cell_size, crs, transform_context),
        processing_template=arguments.processing_template,
        mosaic_method=arguments.mosaic_method,
        order_field=field,
        order_base_value=arcgis_arguments.order_base_value(arguments.order_base_value, field, service),
        ascending=arguments.ascending,
        mosaic_operation=arguments.mosaic_operation,
        lock_raster_ids=lock_ids,
        viewpoint=transformed_viewpoint(arguments.viewpoint, crs, transform_context),
        where=arguments.where,
        interpolation=arguments.interpolation,
        nodata=arguments.nodata,
        nodata_matches_all=arguments.nodata_matches_all,
        compression_quality=arguments.compression_quality,
    )
    return options, notes


def lock_raster(options: LayerOptions, raster_id: int | None) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Lock the raster that the address itself names (`…/ImageServer/12`), unless other rasters are asked for."""
    if raster_id is None or options.lock_raster_ids == (raster_id,):
        return options, ()
    if options.lock_raster_ids or options.mosaic_method not in (None, MosaicMethod.LOCK_RASTER):
        text = tr(
            "The address names raster {id}, but the mosaic options ask for something else; the options are used."
        ).format(id=raster_id)
        return options, (Note("lock_raster_ids", text),)
    return replace(options, mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(raster_id,)), ()


def _checked(extent: QgsReferencedRectangle, value: Any) -> QgsReferencedRectangle:
    if not Extent(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()).is_valid():
        raise OptionError(
            "extent", tr("The template extent {value} has no area; give xmin ymin xmax ymax.").format(value=value)
        )
    return extent


def typed_extent(value: Any) -> QgsReferencedRectangle | None:
    """Read four numbers, or QGIS' or ArcGIS' extent text; None is "not given". See `template_extent`.

    Raises:
        OptionError: the value is none of these.
    """
    typed = arcgis_arguments.extent_text(value)
    if typed is None:
        return None
    extent, authid = typed
    crs = QgsCoordinateReferenceSystem(authid) if authid else QgsCoordinateReferenceSystem()
    if authid and not crs.isValid():
        text = tr(
            "QGIS does not know the coordinate reference system “{crs}” of the template extent; write it as EPSG:4326."
        )
        raise OptionError("extent", text.format(crs=authid))
    return QgsReferencedRectangle(QgsRectangle(*extent), crs)


def _layer_extent(layer: QgsMapLayer) -> QgsReferencedRectangle:
    if not layer.isValid() or layer.extent().isEmpty():
        raise OptionError(
            "extent",
            tr("The template layer “{name}” is empty or broken, so it gives no extent.").format(name=layer.name()),
        )
    if not layer.crs().isValid():
        raise OptionError(
            "extent",
            tr("The template layer “{name}” has no coordinate reference system; set one, or type the extent.").format(
                name=layer.name()
            ),
        )
    return QgsReferencedRectangle(layer.extent(), layer.crs())


def _layer_from_text(text: str, project: QgsProject, *kinds: type[QgsMapLayer]) -> QgsMapLayer | None:
    """Return the project's layer, or else the data set, that the text names."""
    layer = find_layer(text, project)
    if layer is not None:
        return layer
    for folder in (Path(), Path(project.homePath())):
        if _exists(folder / text):
            opened = (kind(str(folder / text), Path(text).stem) for kind in kinds)
            return next((candidate for candidate in opened if candidate.isValid()), None)
    return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # Such as a name that is too long to be that of a file.
        return False


def transformed_extent(
    template: QgsReferencedRectangle,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> Extent:
    """Return the box around the template in the service's CRS; edges are densified, as straight edges bend.

    Raises:
        OptionError: the template cannot be transformed, or lies on both sides of the antimeridian.
    """
    rectangle = QgsRectangle(template)
    _require_known("extent", template.crs(), crs)
    if template.crs().isValid() and template.crs() != crs:
        transform = QgsCoordinateTransform(template.crs(), crs, transform_context)
        try:
            refuse_two_sides(rectangle, transform, transform_context)
            rectangle = transform.transformBoundingBox(rectangle)
        except QgsCsException as error:
            raise _not_transformable(template, crs, str(error)) from error
    extent = Extent(rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(), rectangle.yMaximum())
    if not extent.is_valid():
        raise _not_transformable(template, crs, rectangle.toString())
    return extent


def _require_known(option: str, source: QgsCoordinateReferenceSystem, crs: QgsCoordinateReferenceSystem) -> None:
    """Refuse what lies in a known CRS where the service's is unknown: its numbers would mean another place there."""
    if source.isValid() and not crs.isValid():
        raise OptionError(
            option,
            tr(
                "The service's coordinate reference system is unknown, so nothing can be transformed to it from "
                "{source}; give numbers as the service has them."
            ).format(source=source.authid() or source.userFriendlyIdentifier()),
        )


def _not_transformable(
    template: QgsReferencedRectangle, crs: QgsCoordinateReferenceSystem, details: str
) -> OptionError:
    return OptionError(
        "extent",
        tr(
            "The template extent {extent} ({source}) cannot be transformed to the service's {target}; "
            "choose a smaller one."
        ).format(
            extent=QgsRectangle(template).toString(),
            source=template.crs().authid(),
            target=crs.userFriendlyIdentifier(),
        ),
        details,
    )


def transformed_cell_size(
    size: tuple[float, float] | ReferencedCellSize | None,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> tuple[float, float] | None:
    """Return the cell size in units of the service's CRS; a layer's cell is measured where the layer is."""
    if not isinstance(size, ReferencedCellSize):
        return size
    _require_known("cell_size", size.crs, crs)
    if not size.crs.isValid() or size.crs == crs:
        return size.size
    (width, height), (x, y) = size.size, size.center
    transform = QgsCoordinateTransform(size.crs, crs, transform_context)
    middles = ((x - width / 2, y), (x + width / 2, y), (x, y - height / 2), (x, y + height / 2))
    try:
        west, east, south, north = (transform.transform(QgsPointXY(*middle)) for middle in middles)
    except QgsCsException as error:
        raise OptionError(
            "cell_size",
            tr(
                "The cell size of the layer ({source}) cannot be transformed to the service's {target}; give a number."
            ).format(source=size.crs.authid(), target=crs.userFriendlyIdentifier()),
            str(error),
        ) from error
    return west.distance(east), south.distance(north)


def transformed_viewpoint(
    point: tuple[float, float] | QgsReferencedPointXY | None,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> tuple[float, float] | None:
    """Return x and y in the service's CRS; a point without a CRS lies in it already.

    Raises:
        OptionError: the point cannot be transformed.
    """
    if not isinstance(point, QgsReferencedPointXY):
        return point
    _require_known("viewpoint", point.crs(), crs)
    try:
        ground = QgsCoordinateTransform(point.crs(), crs, transform_context).transform(point)
    except QgsCsException as error:
        raise OptionError(
            "viewpoint",
            tr(
                "The viewpoint {x:.15g} {y:.15g} ({source}) cannot be transformed to the service's {target}; "
                "choose one near the service."
            ).format(x=point.x(), y=point.y(), source=point.crs().authid(), target=crs.userFriendlyIdentifier()),
            str(error),
        ) from error
    return ground.x(), ground.y()


def no_such_rasters(rasters: Iterable[int | str], service: ImageService) -> OptionError:
    """Return the error for rasters, by id or name, that are not in the catalog."""
    text = tr("The service “{service}” has no raster {rasters}; look up ids and names in its catalog.")
    shown = ", ".join(f"“{raster}”" for raster in rasters)
    return OptionError("lock_raster_ids", text.format(service=service.name, rasters=shown))


def find_rasters(
    rasters: Sequence[int | str], service: ImageService, catalog: Catalog | None
) -> tuple[tuple[int, ...], tuple[Note, ...]]:
    """Return the ids of the rasters to lock, in the order given, after asking the catalog, if there is one, for them.

    Raises:
        OptionError: an id or a name that no raster has, or a name where there is no catalog.
    """
    ids = [raster for raster in rasters if isinstance(raster, int)]
    names = [raster for raster in rasters if isinstance(raster, str)]
    if catalog is None:
        if names:
            text = tr("The service “{service}” has no catalog of rasters in which to look up “{name}”; leave it out.")
            raise OptionError("lock_raster_ids", text.format(service=service.name, name=names[0]))
        return tuple(ids), ()
    known: dict[int | str, tuple[int, ...]] = {}
    if ids:
        known.update({raster_id: (raster_id,) for raster_id in catalog.existing_ids(ids)})
    if names:
        known.update(catalog.ids_named(names))
    missing = [raster for raster in rasters if not known.get(raster)]
    if missing:
        raise no_such_rasters(missing, service)
    notes = tuple(
        Note(
            "lock_raster_ids",
            tr("{count} rasters are named “{name}”; all of them are locked: {ids}.").format(
                count=len(known[name]), name=name, ids=", ".join(map(str, known[name]))
            ),
        )
        for name in names
        if len(known[name]) > 1
    )
    return tuple(dict.fromkeys(raster_id for raster in rasters for raster_id in known[raster])), notes
