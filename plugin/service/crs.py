"""The spatial reference of a service, as QGIS and as ArcGIS want it."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem

from .geometry_json import spatial_reference_json
from .image_service import SpatialReference
from .json_values import compact_json
from .plain_text import markless_line


def crs_of(reference: SpatialReference) -> QgsCoordinateReferenceSystem:
    """Return the CRS of QGIS, invalid where there is none.

    ArcGIS has EPSG's ids and its own in one series: the latest id is tried as EPSG's first, then the original one as
    EPSG's and as ESRI's, then the text.
    """
    codes = (("EPSG", reference.latest_wkid), ("EPSG", reference.wkid), ("ESRI", reference.wkid))
    for authority, code in codes:
        if code is not None:
            crs = QgsCoordinateReferenceSystem(f"{authority}:{code}")
            if crs.isValid():
                return crs
    # QGIS shows the name in it as HTML.
    return QgsCoordinateReferenceSystem.fromWkt(markless_line(reference.wkt))


def request_reference(reference: SpatialReference) -> str:
    """Return what goes into `imageSR`, `bboxSR` or `inSR`: a number, or a JSON object; empty where nothing is known.

    It is the reference of every geometry that goes out, see `geometry_json.spatial_reference_json`.
    """
    known = spatial_reference_json(reference)
    if "wkid" in known:
        return str(known["wkid"])
    return compact_json(known) if known["wkt"] else ""
