"""What the form knows of the services of the embedded server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.ui.section import KnownService


def known_service(server: ImageServerProcess, name: str, rule: Mapping[str, Any] | None = None) -> KnownService:
    """Return what is known of a service, after a raster function where one is given."""
    client = ImageServiceClient(server.service(name), Transport())
    service = client.describe()
    return KnownService(service, service if rule is None else client.describe(rule))
