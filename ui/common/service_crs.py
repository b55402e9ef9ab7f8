"""The coordinate reference system of the service that the form is about, to which extents and cell sizes are taken."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem

from ...plugin.layer.connect import ConnectedService
from ...plugin.service.crs import crs_of
from ...plugin.translation import tr


def service_crs(known: ConnectedService | None) -> QgsCoordinateReferenceSystem:
    """Return the CRS of a service, invalid where it is unknown, as it is without a service."""
    return QgsCoordinateReferenceSystem() if known is None else crs_of(known.service.spatial_reference)


def unknown_crs(known: ConnectedService | None) -> str:
    """Return why nothing that has a CRS of its own can be taken to a service; empty where it can."""
    if known is None or service_crs(known).isValid():
        return ""
    return tr("The coordinate reference system of the service is unknown, so nothing can be taken to it.")
