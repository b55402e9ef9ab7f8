"""What is wanted of a layer, before its service has been asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from qgis.core import QgsCoordinateTransformContext

from ..backend.source import Kind
from ..service.access import Access
from ..service.address import PortalItem, ServiceAddress
from .kind import Provider
from .resolve import Arguments


@dataclass(frozen=True)
class LayerRequest:
    """What is wanted, free of anything that belongs to the main thread. `kind` and `provider` are None for the best."""

    address: ServiceAddress | PortalItem
    access: Access = field(default_factory=Access)
    arguments: Arguments = field(default_factory=Arguments)
    name: str = ""
    kind: Kind | None = None
    provider: Provider | None = None
    transform_context: QgsCoordinateTransformContext = field(default_factory=QgsCoordinateTransformContext)
