"""The mosaic rule: which rasters of a mosaic are drawn, in which order, and what becomes of overlapping pixels.

After "Mosaic rule objects" of the ArcGIS REST API.
"""

from __future__ import annotations

from typing import Any

from ..service.geometry_json import point_json
from ..service.image_service import ImageService, Mosaic
from ..service.vocabulary import MosaicMethod
from .layer_options import LayerOptions
from .slices import multidimensional_definition

# In the order of the reference.
_KEYS = (
    "mosaicMethod",
    "where",
    "sortField",
    "sortValue",
    "ascending",
    "lockRasterIds",
    "viewpoint",
    "mosaicOperation",
    "multidimensionalDefinition",
)


def mosaic_rule(
    options: LayerOptions, service: ImageService, center: tuple[float, float] | None = None
) -> dict[str, Any] | None:
    """Return the `mosaicRule` object that is sent, or None if there is nothing to send.

    A rule replaces the whole rule of the service, so it repeats what the options leave open: the method with sort field
    and sort value, the direction (see `direction_in_force`) and the operation. `center` (in the service's CRS) is the
    viewpoint if the options name none; without it, the viewpoint is the center of the extent.
    """
    mosaic, definition = service.mosaic, multidimensional_definition(options, service)
    if mosaic is None:
        # A single multidimensional raster only needs a rule to choose slices.
        order = {"mosaicMethod": MosaicMethod.NONE.value}
        return {**order, "multidimensionalDefinition": definition} if definition else None
    method = method_in_force(options, mosaic)
    says_nothing = method is None and not options.where and options.ascending is None
    if says_nothing and options.mosaic_operation is None and not definition:
        return None
    rule: dict[str, Any] = _own_order(mosaic) if method is None else {"mosaicMethod": method.value}
    if method is MosaicMethod.ATTRIBUTE:
        rule.update(_order(options, mosaic))
    elif method is MosaicMethod.LOCK_RASTER:
        rule["lockRasterIds"] = list(options.lock_raster_ids)
    elif method is MosaicMethod.VIEWPOINT:
        viewpoint = options.viewpoint or center or (options.area or service.extent).center
        rule["viewpoint"] = point_json(*viewpoint, service.spatial_reference)
    if options.where:
        rule["where"] = options.where
    ascending, operation = direction_in_force(options, mosaic), options.mosaic_operation or mosaic.operation
    if ascending is not None:
        rule["ascending"] = ascending
    if operation is not None:
        rule["mosaicOperation"] = operation.value
    if definition:
        rule["multidimensionalDefinition"] = definition
    return {key: rule[key] for key in _KEYS if key in rule}


def method_in_force(options: LayerOptions, mosaic: Mosaic) -> MosaicMethod | None:
    """Return the method that the options lead to, or None if it is the service's own.

    Raster ids alone mean lock raster, and lock raster without ids means the service's own rule. Options of a single
    method (an order, a viewpoint) name that method in the rule if it is the service's own anyway.
    """
    method = options.mosaic_method
    if method is MosaicMethod.LOCK_RASTER or (method is None and options.lock_raster_ids):
        return MosaicMethod.LOCK_RASTER if options.lock_raster_ids else None
    if method is None:
        has_order = bool(options.order_field) or options.order_base_value is not None
        if has_order and mosaic.default_method is MosaicMethod.ATTRIBUTE:
            return MosaicMethod.ATTRIBUTE
        if options.viewpoint is not None and mosaic.default_method is MosaicMethod.VIEWPOINT:
            return MosaicMethod.VIEWPOINT
    return method


def direction_in_force(options: LayerOptions, mosaic: Mosaic) -> bool | None:
    """Return whether rasters are drawn in ascending order, or None if that is not known.

    The default is the service's own direction, as long as the order is the service's: its own method, and for "by
    attribute" its own sort field. With another order, the preferred raster is on top (ascending), as servers do by
    default.
    """
    method = method_in_force(options, mosaic)
    if options.ascending is not None:
        return options.ascending
    if method is MosaicMethod.ATTRIBUTE:
        is_own_order = _order_field(options, mosaic).casefold() == mosaic.sort_field.casefold()
    else:
        is_own_order = method in (None, mosaic.default_method)
    return mosaic.ascending if is_own_order else None


def _own_order(mosaic: Mosaic) -> dict[str, Any]:
    # The ids of a service that locks rasters by itself are not published, so that method cannot be repeated.
    is_known = mosaic.default_method not in (None, MosaicMethod.LOCK_RASTER)
    rule = {"mosaicMethod": mosaic.default_method.value} if mosaic.default_method and is_known else {}
    return rule | _sorting(mosaic.sort_field, mosaic.sort_value)


def _order_field(options: LayerOptions, mosaic: Mosaic) -> str:
    return options.order_field or mosaic.sort_field


def _order(options: LayerOptions, mosaic: Mosaic) -> dict[str, Any]:
    """Return what the method "by attribute" needs; the service's own sort value belongs to its own field only."""
    field = _order_field(options, mosaic)
    value = options.order_base_value
    if value is None and field.casefold() == mosaic.sort_field.casefold():
        value = mosaic.sort_value
    return _sorting(field, value)


def _sorting(field: str, value: str | float | None) -> dict[str, Any]:
    if not field:
        return {}
    return {"sortField": field} if value is None else {"sortField": field, "sortValue": value}


def follows_view(options: LayerOptions, service: ImageService) -> bool:
    """Whether rasters are ordered around the center of each request, so that a view has to be one request."""
    if service.mosaic is None:
        return False
    method = method_in_force(options, service.mosaic)
    return (method or service.mosaic.default_method) in (MosaicMethod.CENTER, MosaicMethod.NADIR)
