"""Public image services to begin with. The list is the user's, who may take entries out of it, and get them back."""

from __future__ import annotations

import json
from dataclasses import dataclass

from qgis.core import QgsSettings

from ...plugin.translation import tr

_KEY = "image_server_layer/removed_samples"


@dataclass(frozen=True)
class SampleService:
    """A public service that needs no credentials: its address, and in words what it shows."""

    url: str
    title: str


def sample_services() -> list[SampleService]:
    """Return the services that the user has left in the list; none of them is asked before it is chosen."""
    removed = _removed()
    return [sample for sample in _all() if sample.url not in removed]


def remove_sample(url: str) -> None:
    """Take a service out of the list."""
    QgsSettings().setValue(_KEY, json.dumps([*_removed(), url]))


def has_removed_samples() -> bool:
    """Whether there is something to get back."""
    return bool(_removed())


def restore_samples() -> None:
    """Put back what has been taken out."""
    QgsSettings().remove(_KEY)


def _all() -> list[SampleService]:
    national_map, esri = "nationalmap.gov/arcgis/rest/services", "arcgis.com/arcgis/rest/services"
    return [
        SampleService(
            f"https://elevation.{national_map}/3DEPElevation/ImageServer", tr("Elevation of the United States, USGS")
        ),
        SampleService(
            f"https://imagery.{national_map}/USGSNAIPPlus/ImageServer",
            tr("Aerial photographs of the United States, USGS"),
        ),
        SampleService(f"https://landsat2.{esri}/Landsat/MS/ImageServer", tr("Landsat scenes of the world, Esri")),
        SampleService(
            f"https://ic.imagery1.{esri}/Sentinel2_10m_LandCover/ImageServer",
            tr("Land cover of the world, Impact Observatory"),
        ),
    ]


def _removed() -> list[str]:
    try:
        removed = json.loads(str(QgsSettings().value(_KEY, "[]")))
    except ValueError:
        return []
    return [str(url) for url in removed] if isinstance(removed, list) else []
