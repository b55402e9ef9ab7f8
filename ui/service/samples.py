"""Public image services to begin with. The list is the user's: entries are taken out of it, put back, and added."""

from __future__ import annotations

import json
from dataclasses import dataclass

from qgis.core import QgsSettings

from ...plugin.translation import tr
from .typed_address import name_of

_REMOVED, _ADDED = "image_server_layer/removed_samples", "image_server_layer/added_samples"


@dataclass(frozen=True)
class SampleService:
    """A public service that needs no credentials: its address, and in words what it shows."""

    url: str
    title: str


def sample_services() -> list[SampleService]:
    """Return the services that the user has left in the list, or added; none is asked before it is chosen."""
    removed, added = _urls(_REMOVED), _urls(_ADDED)
    return [
        *(sample for sample in _all() if sample.url not in removed),
        *(SampleService(url, name_of(url)) for url in added),
    ]


def add_sample(url: str) -> None:
    """Put a service into the list, which has it once."""
    if url in {sample.url for sample in sample_services()}:
        return
    removed = _urls(_REMOVED)
    if url in removed:
        _keep(_REMOVED, [other for other in removed if other != url])
    else:
        _keep(_ADDED, [*_urls(_ADDED), url])


def remove_sample(url: str) -> None:
    """Take a service out of the list."""
    added = _urls(_ADDED)
    if url in added:
        _keep(_ADDED, [other for other in added if other != url])
    else:
        _keep(_REMOVED, [*_urls(_REMOVED), url])


def has_removed_samples() -> bool:
    """Whether there is something to get back."""
    return bool(_urls(_REMOVED))


def restore_samples() -> None:
    """Put back what has been taken out; what was added stays."""
    QgsSettings().remove(_REMOVED)


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


def _urls(key: str) -> list[str]:
    try:
        urls = json.loads(str(QgsSettings().value(key, "[]")))
    except ValueError:
        return []
    return [str(url) for url in urls] if isinstance(urls, list) else []


def _keep(key: str, urls: list[str]) -> None:
    QgsSettings().setValue(key, json.dumps(urls))
