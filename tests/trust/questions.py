"""More moments at which a server can fail: what is asked of services beside their pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from image_server_layer.plugin.backend.source import Kind, LayerSource
from image_server_layer.plugin.layer.classes import read_classes
from image_server_layer.plugin.layer.connect import ConnectedService, connect
from image_server_layer.plugin.layer.dates import dates_to_show
from image_server_layer.plugin.layer.legend import read_legend
from image_server_layer.plugin.layer.outlines import outline_of
from image_server_layer.plugin.layer.pixel import AskedService, PixelAnswer, read_pixel, read_service
from image_server_layer.plugin.layer.plan import plan_layer
from image_server_layer.plugin.layer.profile import Profile
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.layer.resolve import Arguments
from image_server_layer.plugin.layer.time_profile import read_time_profile
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import ServiceAddress
from image_server_layer.plugin.service.portal_search import search_portal
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.trust.hostile_process import HostileServer

MOSAIC, CLASSES, VARIABLES, DATES = "Olinda/Landsat", "PuertoRico/LandCover", "Test/Climate", "Test/Monthly"
_PATIENT = Access(timeout=20.0)


@dataclass(frozen=True)
class Told:
    """What a question came to: what was asked for, in parts that stand for themselves, and what is said of the rest.

    A part that is missing is as much as none of it: empty, or None.
    """

    parts: Sequence[Any]
    sentences: Sequence[str] = field(default_factory=tuple)


class Questions:
    """What is asked; everything that leads to the questions is read while the server is well."""

    def __init__(self, server: HostileServer, access: Access) -> None:
        self._server, self._access = server, access
        self._ndvi = self._asked(ProcessingTemplate("NDVI"))
        self._raw = self._asked(RAW)
        extent = self._ndvi.service.extent
        # Where several rasters of the mosaic lie.
        self._point = (extent.center[0] + 1, extent.center[1] + 1)
        self._mosaic = self._known(MOSAIC)
        self._classes = self._known(CLASSES)
        self._dated = self._known(DATES)
        self._picture = self._source(CLASSES, Kind.PICTURE, LayerOptions())
        self._portal = f"{server.origin}/portal"

    @property
    def all(self) -> dict[str, Callable[[], Told]]:
        """The questions by the names of their moments."""
        return {
            "asking for a pixel": self._pixel,
            "asking over time": self._over_time,
            "searching a portal": self._search,
            "reading a legend": lambda: Told(read_legend(self._picture)),
            "reading classes": self._read_classes,
            "reading variables": self._read_variables,
            "reading dates": self._read_dates,
            "reading footprints": self._read_footprints,
        }

    def _source(self, name: str, kind: Kind, options: LayerOptions) -> LayerSource:
        request = LayerRequest(ServiceAddress(self._server.service(name)), _PATIENT, Arguments(options), kind=kind)
        return replace(plan_layer(request).prepared.source, access=self._access)

    def _known(self, name: str) -> ConnectedService:
        return replace(connect(ServiceAddress(self._server.service(name)), _PATIENT), access=self._access)

    def _asked(self, template: ProcessingTemplate) -> AskedService:
        source = self._source(MOSAIC, Kind.VALUES, LayerOptions(processing_template=template))
        asked = read_service(replace(source, access=_PATIENT))
        return replace(asked, source=source, connected=replace(asked.connected, access=self._access))

    def _pixel(self) -> Told:
        answer: PixelAnswer = read_pixel(self._ndvi, self._point)
        told = [found if found is not None and any(found.values) else None for found in (answer.shown, answer.raw)]
        return Told([*told, answer.rasters], [answer.problem] if answer.problem else ())

    def _over_time(self) -> Told:
        profile: Profile = read_time_profile(self._raw, self._point)
        missing = (None,) * len(profile.bands)
        values = [None if dated.values == missing else dated for dated in profile.places]
        return Told(values, [profile.note] if profile.note else ())

    def _search(self) -> Told:
        return Told(search_portal(self._portal, "olinda", Transport(self._access)).services)

    def _read_classes(self) -> Told:
        known = self._classes
        rows, notes = read_classes(known.client(), known.output, LayerOptions(), known.service)
        return Told([rows], [note.text for note in notes])

    def _read_variables(self) -> Told:
        known = connect(ServiceAddress(self._server.service(VARIABLES)), self._access)
        return Told([known.service.variables], [note.text for note in known.notes])

    def _read_dates(self) -> Told:
        options = LayerOptions(nearest_date=True)
        dates, notes = dates_to_show(self._dated.client(), self._dated.service, options)
        return Told(dates, [note.text for note in notes])

    def _read_footprints(self) -> Told:
        catalog = self._mosaic.catalog(self._mosaic.client())
        assert catalog is not None
        return Told([outline_of(raster) for raster in catalog.rasters().rasters])
