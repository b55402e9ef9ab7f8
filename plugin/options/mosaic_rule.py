"""The mosaic rule: which rasters of a mosaic are drawn, in which order, and what becomes of overlapping pixels.

After "Mosaic rule objects" of the ArcGIS REST API.
"""

from __future__ import annotations

from typing import Any

from ..service.description import ImageService, Mosaic
from .geometry_json import point_json
from .layer_options import LayerOptions, MosaicMethod

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
)


def mosaic_rule(
    options: LayerOptions, service: ImageService, center: tuple[float, float] | None = None
) -> dict[str, Any] | None:
    """Return the `mosaicRule` object as it goes out, or None for nothing to send.

    A rule replaces the service's own as a whole, so a rule without a method (where clause, operation or direction
    alone) repeats the service's method, sort field, sort value and operation. `center` (in the service's CRS) is the
    viewpoint where the options name none; without it, the viewpoint is the centre of the extent.
    """
    mosaic = service.mosaic
    if mosaic is None:
        return None
    method = method_in_force(options, mosaic)
    given = {
        "where": options.where or None,
        "ascending": options.ascending,
        "mosaicOperation": options.mosaic_operation and options.mosaic_operation.value,
    }
    given = {key: value for key, value in given.items() if value is not None}
    if method is None and not given:
        return None
    rule: dict[str, Any] = _own_rule(mosaic) if method is None else {"mosaicMethod": method.value}
    if method is MosaicMethod.ATTRIBUTE:
        rule.update(_order(options, mosaic))
    elif method is MosaicMethod.LOCK_RASTER:
        rule["lockRasterIds"] = list(options.lock_raster_ids)
    elif method is MosaicMethod.VIEWPOINT:
        viewpoint = options.viewpoint or center or (options.extent or service.extent).center
        rule["viewpoint"] = point_json(*viewpoint, service.spatial_reference)
    rule.update(given)
    return {key: rule[key] for key in _KEYS if key in rule}


def method_in_force(options: LayerOptions, mosaic: Mosaic) -> MosaicMethod | None:
    """Return the method that the options amount to, or None where it is the service's own.

    Raster ids alone mean lock raster, lock raster without ids means the service's own rule, and what only one method
    uses (an order, a viewpoint) brings that method into the rule where it is the service's own anyway.
    """
    method = options.mosaic_method
    if method is MosaicMethod.LOCK_RASTER or (method is None and options.lock_raster_ids):
        return MosaicMethod.LOCK_RASTER if options.lock_raster_ids else None
    if method is None:
        has_order = bool(options.order_field) or options.order_base_value is not None
        if has_order and mosaic.default_method == MosaicMethod.ATTRIBUTE.value:
            return MosaicMethod.ATTRIBUTE
        if options.viewpoint is not None and mosaic.default_method == MosaicMethod.VIEWPOINT.value:
            return MosaicMethod.VIEWPOINT
    return method


def _own_rule(mosaic: Mosaic) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    # The ids of a service that locks rasters by itself are not published, so that method cannot be repeated.
    if mosaic.default_method not in ("", MosaicMethod.LOCK_RASTER.value):
        rule["mosaicMethod"] = mosaic.default_method
    if mosaic.operation:
        rule["mosaicOperation"] = mosaic.operation
    return rule | _sorting(mosaic.sort_field, mosaic.sort_value)


def _order(options: LayerOptions, mosaic: Mosaic) -> dict[str, Any]:
    """Return what the method "by attribute" needs; the service's own sort value belongs to its own field only."""
    field = options.order_field or mosaic.sort_field
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
    in_force = service.mosaic.default_method if method is None else method.value
    return in_force in (MosaicMethod.CENTER.value, MosaicMethod.NADIR.value)
