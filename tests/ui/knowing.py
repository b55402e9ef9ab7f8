"""What the form knows of the services of the embedded server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import ServiceAddress
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = "Olinda/Landsat"
UTM, GEOGRAPHIC = QgsCoordinateReferenceSystem("EPSG:31985"), QgsCoordinateReferenceSystem("EPSG:4326")
FULL = Extent(288776.25, 9110728.75, 298722.75, 9120760.75)
"""The whole of it, in UTM."""
PART = Extent(288776.25 + 285, 9120760.75 - 171, 288776.25 + 570, 9120760.75 - 57)
"""Columns 10 to 19 and rows 2 to 5 of it."""


def known_service(server: ImageServerProcess, name: str, rule: Mapping[str, Any] | None = None) -> ConnectedService:
    """Return what is known of a service, after a raster function where one is given."""
    client = ImageServiceClient(server.service(name), Transport(Access()))
    service = client.describe()
    return connected_service(service, service if rule is None else client.describe(rule))


def connected_service(service: ImageService, output: ImageService | None = None) -> ConnectedService:
    """Return a service as it answered, without credentials; `output` is what comes out of its template."""
    return ConnectedService(ServiceAddress(service.url), Access(), service, output or service)
