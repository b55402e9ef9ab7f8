"""The moments at which a server can fail, each as what is done then and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from osgeo import gdal
from qgis.core import QgsApplication, QgsPointXY, QgsProcessingFeedback, QgsRaster, QgsRasterLayer, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QImage

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.export import export as exporting
from image_server_layer.plugin.export.job import ExportJob
from image_server_layer.plugin.layer.connect import ConnectedService, connect
from image_server_layer.plugin.layer.factory import build_layer
from image_server_layer.plugin.layer.plan import LayerPlan, plan_layer
from image_server_layer.plugin.layer.preview import preview_request
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.layer.resolve import Arguments
from image_server_layer.plugin.layer.thumbnails import ThumbnailView
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, SERVICE_DEFAULT, ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import ServiceAddress, parse_address
from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.tests.provider.drawing import finished, started
from image_server_layer.tests.trust.hostile_process import HostileServer
from image_server_layer.tests.trust.questions import Questions, Told
from image_server_layer.tests.trust.standstill import watched
from image_server_layer.ui.common.thumbnail_loader import ThumbnailLoader

TIMEOUT = 0.5
SERVICE, _TILED_SERVICE = "Olinda/Landsat", "Test/LercTiles"
VALUES, PICTURE, TILES = "values", "picture", "tiles"
_PATIENT = Access(timeout=20.0)
_SIDE = 120
_TILE = (96, 64)


@dataclass
class Outcome:
    """What came of a moment: `sentences` for the user, and whether `right` is all that was shown.

    `complete` says that nothing is missing. `standstill` is how long the main thread stood still, in seconds.
    """

    sentences: list[str] = field(default_factory=list)
    right: bool = True
    complete: bool = False
    standstill: float = 0.0


def in_background(function: Callable[[], Any]) -> tuple[Any, float]:
    """Do something as the dialog does, in a task; return what comes of it, and the longest standstill meanwhile.

    An error of the plugin is returned; any other is raised.
    """
    outcome: list[Any] = []

    class Job(QgsTask):
        def run(self) -> bool:
            try:
                outcome.append(function())
            except BaseException as error:  # whatever it is, it is raised on the main thread
                outcome.append(error)
            return True

    job = Job()
    QgsApplication.taskManager().addTask(job)
    standstill = watched(lambda: bool(outcome))
    [came] = outcome
    if isinstance(came, BaseException) and not isinstance(came, ImageServerLayerError):
        raise came
    return came, standstill


def _all_drawn(layer: QgsRasterLayer) -> tuple[npt.NDArray[Any], list[str], float]:
    """Draw all of a layer; return the pixels, the sentences, and the longest standstill meanwhile."""
    job = started(layer, layer.extent(), (_SIDE, _SIDE))
    standstill = watched(lambda: not job.isActive())
    return (*finished(job), standstill)


class Moments:
    """All moments of one service, with layers that were made while it was well."""

    def __init__(self, server: HostileServer) -> None:
        self._server = server
        self.url = server.service(SERVICE)
        address = parse_address(self.url)
        assert isinstance(address, ServiceAddress)
        self._address = address
        self._loader = ThumbnailLoader(QgsApplication.instance())
        # What is true is found out with patience: on a busy machine the server is late now and then.
        requests = {
            VALUES: LayerRequest(address, _PATIENT, kind=Kind.VALUES),
            PICTURE: LayerRequest(address, _PATIENT, kind=Kind.PICTURE),
            TILES: LayerRequest(ServiceAddress(server.service(_TILED_SERVICE)), _PATIENT),
        }
        plans = {name: plan_layer(request) for name, request in requests.items()}
        self._connected = connect(address, _PATIENT)
        self._truth: dict[str, npt.NDArray[Any]] = {}
        self._prepare(plans, _PATIENT)
        for name, layer in self._layers.items():
            self._truth[name], errors, _ = self._draw(layer)
            assert errors == []
            assert self._truth[name][3].any()
        self._values = {name: self._at_point(name) for name in ("identify", "sample")}
        self._exported = self._export()
        self._seen: list[QImage | None] = []
        self._draw_thumbnails()
        self._seen = [self._loader.image(thumbnail) for thumbnail in self._thumbnails]
        assert all(self._seen)
        self._told = {name: ask() for name, ask in self._questions.all.items()}
        assert all(all(told.parts) and told.parts and not told.sentences for told in self._told.values())
        self._prepare(plans, Access(timeout=TIMEOUT))

    def _prepare(self, plans: Mapping[str, LayerPlan], access: Access) -> None:
        """Make everything that asks the server ask it in this way."""
        self._access = access
        self._layers: dict[str, QgsRasterLayer] = {}
        for name, plan in plans.items():
            source = replace(plan.prepared.source, access=access)
            self._layers[name] = build_layer(replace(plan, prepared=replace(plan.prepared, source=source)))
        view = ThumbnailView.of(self._connected, LayerOptions())
        templates = (SERVICE_DEFAULT, ProcessingTemplate("NDVI"), RAW)
        self._thumbnails = [replace(view.through(each, _TILE), access=access) for each in templates]
        self._questions = Questions(self._server, access)

    def close(self) -> None:
        """Leave nothing behind."""
        self._loader.stop()
        sip.delete(self._loader)

    @property
    def all(self) -> dict[str, Callable[[], Outcome]]:
        """The moments by their names."""
        return {
            "connecting": lambda: self._asked(self._connect),
            "describing": lambda: self._asked(self._describe),
            "counting": lambda: self._asked(self._count),
            "probing": lambda: self._asked(self._probe),
            "drawing values": lambda: self._drawn(VALUES),
            "drawing a picture": lambda: self._drawn(PICTURE),
            "drawing tiles": lambda: self._drawn(TILES),
            "identifying": lambda: self._identified("identify"),
            "sampling": lambda: self._identified("sample"),
            "exporting": self._export_again,
            "previewing": self._preview,
            "drawing thumbnails": self._draw_thumbnails,
            **{name: partial(self._asked_for, name) for name in self._questions.all},
        }

    def sources(self) -> tuple[str, ...]:
        """Return what a project would keep of the layers."""
        return tuple(layer.source() for layer in self._layers.values())

    # What is asked and answered in sentences.

    def _connect(self) -> object:
        return connect(self._address, self._access).service == self._connected.service

    def _impatient(self) -> ConnectedService:
        return ConnectedService(self._address, self._access, self._connected.service, self._connected.service)

    def _describe(self) -> object:
        options = LayerOptions(processing_template=ProcessingTemplate("NDVI"))
        return len(self._impatient().with_output(options, self._impatient().client()).output.bands) == 1

    def _count(self) -> object:
        catalog = self._impatient().catalog(self._impatient().client())
        assert catalog is not None
        return catalog.count("OBJECTID > 0") > 0 and bool(catalog.rasters(limit=5).rasters)

    def _probe(self) -> object:
        request = LayerRequest(self._address, self._access, Arguments(LayerOptions()))
        return plan_layer(request).prepared.source == self._source(VALUES)

    def _source(self, name: str) -> Any:
        return self._layers[name].dataProvider().source

    @staticmethod
    def _asked(ask: Callable[[], object]) -> Outcome:
        came, standstill = in_background(ask)
        if isinstance(came, ImageServerLayerError):
            return Outcome([came.message], standstill=standstill)
        return Outcome(right=came is True, complete=True, standstill=standstill)

    def _asked_for(self, name: str) -> Outcome:
        came, standstill = in_background(self._questions.all[name])
        if isinstance(came, ImageServerLayerError):
            return Outcome([came.message], standstill=standstill)
        assert isinstance(came, Told)
        truth = self._told[name]
        # What stands there is as it was told before, in its order.
        rest = iter(truth.parts)
        right = all(part in rest for part in filter(None, came.parts))
        return Outcome(list(came.sentences), right, list(came.parts) == list(truth.parts), standstill)

    # What is drawn.

    def _preview(self) -> Outcome:
        request = LayerRequest(self._address, self._access, kind=Kind.PICTURE)
        service = self._connected.service
        came, standstill = in_background(
            lambda: plan_layer(preview_request(request, service), described=self._impatient())
        )
        if not isinstance(came, LayerPlan):
            return Outcome([came.message], standstill=standstill)
        outcome = self._compared(PICTURE, *_all_drawn(build_layer(came)))
        return replace(outcome, standstill=max(standstill, outcome.standstill))

    @staticmethod
    def _draw(layer: QgsRasterLayer) -> tuple[npt.NDArray[Any], list[str], float]:
        # No view is like another, so that none is drawn from the last one's pixels.
        layer.dataProvider().reloadData()
        return _all_drawn(layer)

    def _drawn(self, name: str) -> Outcome:
        return self._compared(name, *self._draw(self._layers[name]))

    def _compared(self, name: str, pixels: npt.NDArray[Any], sentences: list[str], standstill: float) -> Outcome:
        truth, shown = self._truth[name], pixels[3] > 0
        right = bool((pixels[:, shown] == truth[:, shown]).all())
        return Outcome(sentences, right, bool((shown == (truth[3] > 0)).all()), standstill)

    def _draw_thumbnails(self) -> Outcome:
        self._loader.forget_session()
        self._loader.forget()
        self._loader.want(self._access, dict.fromkeys(self._thumbnails, ""))
        standstill = watched(lambda: not self._loader.is_busy)
        came = [self._loader.image(thumbnail) for thumbnail in self._thumbnails]
        problems = [self._loader.problem(thumbnail) for thumbnail in self._thumbnails]
        # Each has its picture or its sentence.
        assert all((image is None) == bool(problem) for image, problem in zip(came, problems))
        right = all(image is None or image == seen for image, seen in zip(came, self._seen))
        return Outcome(sorted(set(filter(None, problems))), right, not any(problems), standstill)

    # What lies at a point.

    def _at_point(self, how: str) -> Any:
        layer = self._layers[VALUES]
        center = layer.extent().center()
        point = QgsPointXY(center.x() + 1, center.y() + 1)
        provider = layer.dataProvider()
        if how == "sample":
            return provider.sample(point, 1)
        result = provider.identify(point, QgsRaster.IdentifyFormatValue)
        if not result.isValid():
            return result.error().summary() if not result.error().isEmpty() else ""
        return result.results()

    def _identified(self, how: str) -> Outcome:
        came, right = self._at_point(how), self._values[how]
        if how == "sample":
            value, is_valid = came
            assert is_valid or np.isnan(value)
            # A sample has no place for a sentence.
            return Outcome(["no data"] if not is_valid else [], not is_valid or came == right, complete=came == right)
        if isinstance(came, str):
            return Outcome([came])
        return Outcome(right=came == right, complete=came == right)

    # What is brought home.

    def _export(self) -> npt.NDArray[Any]:
        """Return the pixels of the file; where there is none, an error must have been raised."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "export.tif"
            # Between its rounds it waits for a server that recovers; this one does not.
            with patch.object(exporting, "_PAUSES", (0.02, 0.02)):
                try:
                    exporting.export(ExportJob(self._source(VALUES), path), QgsProcessingFeedback())
                except ImageServerLayerError:
                    assert not path.exists()
                    raise
            pixels: npt.NDArray[Any] = gdal.Open(str(path)).ReadAsArray()
            return pixels

    def _export_again(self) -> Outcome:
        came, standstill = in_background(self._export)
        if isinstance(came, ImageServerLayerError):
            return Outcome([came.message], standstill=standstill)
        return Outcome(right=bool((came == self._exported).all()), complete=True, standstill=standstill)
