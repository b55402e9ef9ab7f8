"""Points and rectangles as geometry objects of the ArcGIS REST API."""

from __future__ import annotations

from typing import Any

from .extent import Extent
from .image_service import SpatialReference


def spatial_reference_json(reference: SpatialReference) -> dict[str, Any]:
    """Return the spatial reference as the service itself spells it: by its well-known id, or else as text.

    A service understands its own id, which need not be the latest one.
    """
    wkid = reference.wkid or reference.latest_wkid
    return {"wkid": wkid} if wkid else {"wkt": reference.wkt}


def point_json(x: float, y: float, reference: SpatialReference) -> dict[str, Any]:
    """Return a point with its spatial reference."""
    return {"x": x, "y": y, "spatialReference": spatial_reference_json(reference)}


def envelope_json(extent: Extent, reference: SpatialReference) -> dict[str, Any]:
    """Return a rectangle (ArcGIS: envelope) with its spatial reference."""
    return {**extent._asdict(), "spatialReference": spatial_reference_json(reference)}
