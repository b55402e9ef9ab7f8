"""The network work of making a layer: on any thread, stopped at once, and bounded in time."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsFeedback, QgsProject, QgsTask

from image_server_layer.plugin.layer.arguments import layer_request
from image_server_layer.plugin.layer.factory import build_layer
from image_server_layer.plugin.layer.plan import LayerPlan, plan_layer
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.layer.resolve import Arguments
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.errors import CanceledError, OptionError, RequestTimeoutError
from image_server_layer.tests.patience import SOON, soon
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic
from image_server_layer.tests.ui.waiting import wait_until

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


class PlanTask(QgsTask):
    """Plans a layer as the dialog does: on a worker thread, stopped by `cancel`."""

    def __init__(self, request: LayerRequest) -> None:
        super().__init__("plan", QgsTask.Flag.CanCancel)
        self._request = request
        self._feedback = QgsFeedback()
        self.plan: LayerPlan | None = None
        self.error: Exception | None = None

    def run(self) -> bool:
        """Plan; keep the error, as a task must not raise."""
        try:
            self.plan = plan_layer(self._request, self._feedback)
        except Exception as error:
            self.error = error
        return self.plan is not None

    def cancel(self) -> None:
        """Stop the request under way."""
        self._feedback.cancel()
        super().cancel()


def _request(server: ImageServerProcess, project: QgsProject, **given: Any) -> LayerRequest:
    return layer_request(project, server.service("Olinda/Landsat"), **given)


def _with(request: LayerRequest, options: LayerOptions) -> LayerRequest:
    """Return the request for options that are known already, as a form has them."""
    return replace(request, arguments=Arguments(options))


def test_a_task_plans_and_the_main_thread_makes_the_layer(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    task = PlanTask(_request(image_server, project, band_index="4;3;2", lock_rasterid=None))
    QgsApplication.taskManager().addTask(task)
    assert task.waitForFinished(60_000)
    assert task.error is None
    assert task.plan is not None
    requests = len(image_server.requests())
    layer = build_layer(task.plan)
    assert len(image_server.requests()) == requests
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST)[[3, 2, 1]])


# Each request of a plan that needs all of them: description, catalog, description after the function, probe.
EACH_REQUEST = ["f=json", "query", '"NDVI"', "exportImage"]
ALL_REQUESTS = {"where_clause": "Best < 70", "processing_template": "NDVI"}


@pytest.mark.parametrize("hanging", EACH_REQUEST)
def test_a_task_that_is_canceled_stops_at_once(
    image_server: ImageServerProcess, project: QgsProject, hanging: str
) -> None:
    image_server.fault("hang", hanging)
    task = PlanTask(_request(image_server, project, **ALL_REQUESTS))
    QgsApplication.taskManager().addTask(task)
    _wait_until_hanging(image_server, hanging)
    task.cancel()
    assert task.waitForFinished(int(SOON * 1000))
    assert isinstance(task.error, CanceledError)
    assert not project.mapLayers()


def _wait_until_hanging(server: ImageServerProcess, hanging: str) -> None:
    """Wait until the request that hangs has arrived."""
    wait_until(lambda: any(hanging in f"{request.url} {request.query}" for request in server.requests()))


def test_what_was_canceled_before_asks_nothing(image_server: ImageServerProcess, project: QgsProject) -> None:
    feedback = QgsFeedback()
    feedback.cancel()
    with pytest.raises(CanceledError):
        plan_layer(_request(image_server, project), feedback)
    assert not image_server.requests()


@pytest.mark.parametrize("hanging", [request for request in EACH_REQUEST if request != "query"])
def test_no_request_takes_longer_than_the_timeout(
    image_server: ImageServerProcess, project: QgsProject, hanging: str
) -> None:
    image_server.fault("hang", hanging)
    with soon(), pytest.raises(RequestTimeoutError, match=r"127\.0\.0\.1"):
        plan_layer(_request(image_server, project, timeout=0.5, **ALL_REQUESTS))


@pytest.mark.parametrize(
    ("fault", "arguments", "reason"),
    [
        ("hang", {}, "did not answer in time"),
        ("json_error", {"code": 403, "message": "Catalog is closed"}, "Catalog is closed"),
        ("status", {"status": 500}, "HTTP 500"),
    ],
)
def test_a_clause_that_cannot_be_counted_stops_nothing(
    image_server: ImageServerProcess, project: QgsProject, fault: str, arguments: dict[str, Any], reason: str
) -> None:
    image_server.fault(fault, "/query", **arguments)
    plan = plan_layer(_request(image_server, project, timeout=2.0, **ALL_REQUESTS))
    (note,) = [note for note in plan.notes if note.option == "where"]
    assert note.text.startswith("Whether the where clause matches could not be checked: ")
    if fault != "json_error":
        assert reason in note.text


def test_a_server_that_drips_is_no_way_round_the_timeout(image_server: ImageServerProcess, project: QgsProject) -> None:
    # The description has some six kilobytes.
    image_server.settings(line_speed=200)
    with soon(), pytest.raises(RequestTimeoutError):
        plan_layer(_request(image_server, project, timeout=0.5))


def test_several_plans_at_once_do_not_mix(image_server: ImageServerProcess, project: QgsProject) -> None:
    plans: dict[int, LayerPlan] = {}

    def make(raster: int) -> None:
        plans[raster] = plan_layer(_request(image_server, project, lock_rasterid=raster))

    threads = [threading.Thread(target=make, args=(raster,)) for raster in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for raster in range(1, 7):
        np.testing.assert_array_equal(qgis_pixels(build_layer(plans[raster])), mosaic((raster,)))


def test_options_that_are_known_are_held_against_the_template_too(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    request = layer_request(project, image_server.service("Olinda/Landsat"))
    plan = plan_layer(_with(request, LayerOptions(bands=(1, 4), processing_template=ProcessingTemplate("NDVI"))))
    assert plan.options.bands is None
    assert [note.option for note in plan.notes] == ["bands"]
    with pytest.raises(OptionError, match="No raster of the service matches the where clause “OBJECTID > 99”"):
        plan_layer(_with(request, LayerOptions(where="OBJECTID > 99")))


@pytest.mark.parametrize(
    ("options", "path"), [(LayerOptions(lock_raster_ids=(3, 99, 12)), ""), (None, "/99")], ids=["options", "address"]
)
def test_rasters_to_lock_must_exist_wherever_their_ids_come_from(
    image_server: ImageServerProcess, project: QgsProject, options: LayerOptions | None, path: str
) -> None:
    request = layer_request(project, image_server.service("Olinda/Landsat") + path)
    missing = "“99”" if options is None else "“99”, “12”"
    with pytest.raises(OptionError) as raised:
        plan_layer(request if options is None else _with(request, options))
    assert (raised.value.option, raised.value.message) == (
        "lock_raster_ids",
        f"The service “Olinda/Landsat” has no raster {missing}; look up ids and names in its catalog.",
    )


def test_known_ids_are_looked_up_once(image_server: ImageServerProcess, project: QgsProject) -> None:
    plan = plan_layer(_with(_request(image_server, project), LayerOptions(lock_raster_ids=(3, 1))))
    assert sorted(request.operation for request in image_server.requests()) == ["", "exportImage", "query"]
    np.testing.assert_array_equal(qgis_pixels(build_layer(plan)), mosaic((3, 1)))
