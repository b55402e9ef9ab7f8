"""What to do where the reference system of a service is unknown."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem

from ..service.errors import OptionError
from ..translation import tr


def require_known(option: str, source: QgsCoordinateReferenceSystem, crs: QgsCoordinateReferenceSystem) -> None:
    """Refuse what lies in a known CRS where the service's is unknown: its numbers would mean another place there."""
    if source.isValid() and not crs.isValid():
        raise OptionError(
            option,
            tr(
                "The service's coordinate reference system is unknown, so nothing can be transformed to it from "
                "{source}; give numbers as the service has them."
            ).format(source=source.authid() or source.userFriendlyIdentifier()),
        )
