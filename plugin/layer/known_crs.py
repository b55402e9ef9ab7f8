"""What to do where the reference system of a service is unknown."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem

from ..service.errors import OptionError
from ..translation import tr


def require_known(option: str, source: QgsCoordinateReferenceSystem, crs: QgsCoordinateReferenceSystem) -> None:
    """Refuse coordinates in a known CRS if that of the service is unknown, as they cannot be transformed."""
    if source.isValid() and not crs.isValid():
        raise OptionError(
            option,
            tr(
                "The service's coordinate reference system is unknown, so nothing can be transformed to it from "
                "{source}; give numbers as the service has them."
            ).format(source=source.authid() or source.userFriendlyIdentifier()),
        )
