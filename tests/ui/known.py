"""Services as the form knows them, read from the embedded server."""

from __future__ import annotations

from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.ui.section import KnownService


def known_service(server: ImageServerProcess, name: str) -> KnownService:
    """Return a service as it is after connecting; what was asked for that is forgotten."""
    service = ImageServiceClient(server.service(name), Transport()).describe()
    server.clear()
    return KnownService(service, service, timeout=5)
