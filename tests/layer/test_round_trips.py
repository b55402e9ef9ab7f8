"""How often planning waits for the server: what does not depend on one another is asked for at once."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsFeedback

from image_server_layer.plugin.layer.arguments import layer_request
from image_server_layer.plugin.layer.plan import LayerPlan, plan_layer
from image_server_layer.plugin.service.errors import CanceledError, ImageServerLayerError, OptionError
from image_server_layer.plugin.service.kept_answers import KEPT_ANSWERS
from image_server_layer.tests.ui.waiting import let_pass, wait_until

if TYPE_CHECKING:
    from qgis.core import QgsProject

    from image_server_layer.plugin.layer.request import LayerRequest
    from image_server_layer.tests.imageserver.process import ImageServerProcess

DESCRIPTION, OUTPUT = "", "renderingRule"
NDVI = {"processing_template": "NDVI"}
NAME = "LE07_214065_NW"
INFO = "multidimensionalInfo"


class Planning(threading.Thread):
    """Plans on a thread, as a task does, and can be stopped."""

    def __init__(self, request: LayerRequest) -> None:
        super().__init__()
        self._request, self.feedback = request, QgsFeedback()
        self.outcome: LayerPlan | ImageServerLayerError | None = None

    def run(self) -> None:
        """Plan."""
        try:
            self.outcome = plan_layer(self._request, self.feedback)
        except ImageServerLayerError as error:
            self.outcome = error


def _asked(server: ImageServerProcess) -> list[str]:
    """Return what has been asked, by resource; the description of what comes out of a template apart."""
    return sorted(
        OUTPUT if not request.operation and OUTPUT in request.query else request.operation
        for request in server.requests()
    )


def _requests_while(server: ImageServerProcess, hanging: str, planning: Planning, expected: list[str]) -> list[str]:
    """Return what is asked for while a request that holds `hanging` is not answered: what is expected, or more."""
    server.fault("hang", hanging)
    planning.start()
    wait_until(lambda: Counter(expected) <= Counter(_asked(server)))
    # Time for more, were it asked for.
    let_pass(0.1)
    found = _asked(server)
    planning.feedback.cancel()
    planning.join()
    assert isinstance(planning.outcome, CanceledError)
    return found


@pytest.mark.parametrize(
    ("service", "given", "first", "second"),
    [
        ("Olinda/Landsat", {}, [DESCRIPTION], ["exportImage"]),
        ("Olinda/Landsat", {"where_clause": "Best < 70"}, [DESCRIPTION], ["exportImage", "query"]),
        ("Olinda/Landsat", NDVI, [DESCRIPTION, OUTPUT], ["exportImage"]),
        (
            "Olinda/Landsat",
            {**NDVI, "where_clause": "Best < 70", "lock_rasterid": "1;2", "band_index": "1"},
            [DESCRIPTION, OUTPUT],
            ["exportImage", "query", "query"],
        ),
        (
            "Olinda/Landsat",
            {"processing_template": '{"rasterFunction": "NDVI"}'},
            [DESCRIPTION, OUTPUT],
            ["exportImage"],
        ),
        ("PuertoRico/LandCover", {}, [DESCRIPTION], ["exportImage", "rasterAttributeTable"]),
        ("Olinda/Landsat", {"address": "/3"}, [DESCRIPTION], ["exportImage", "query"]),
        ("Test/Monthly", {"nearest_date": True}, [DESCRIPTION], ["exportImage", "query"]),
        ("Olinda/Landsat", {"lock_rasterid": NAME}, [DESCRIPTION, "query"], ["exportImage"]),
        (
            "Olinda/Landsat",
            {**NDVI, "where_clause": "Best < 70", "lock_rasterid": f"2;{NAME};Recife", "band_index": "1"},
            [DESCRIPTION, OUTPUT, "query", "query"],
            ["exportImage", "query"],
        ),
        (
            "Test/Water",
            {"variable": "salinity", "dimensions": "StdZ=-50"},
            [DESCRIPTION, INFO],
            ["exportImage", "statistics"],
        ),
        ("Test/Climate", {"variable": "tas"}, [DESCRIPTION, INFO], ["exportImage"]),
        ("Test/Climate", {"slice_id": 14}, [DESCRIPTION, INFO, "slices"], ["exportImage"]),
    ],
    ids=[
        "nothing",
        "where",
        "template",
        "all",
        "json",
        "classes",
        "raster",
        "dates",
        "name",
        "names and all",
        "dimension",
        "variable",
        "slice",
    ],
)
def test_two_round_trips_are_enough(
    image_server: ImageServerProcess,
    project: QgsProject,
    service: str,
    given: dict[str, Any],
    first: list[str],
    second: list[str],
) -> None:
    address = image_server.service(service) + given.pop("address", "")
    request = layer_request(project, address, **given)
    planned = plan_layer(request)
    everything = sorted([*first, *second])
    assert _asked(image_server) == everything
    # All of a round trip is under way while one of it hangs, whichever that is.
    for hanging in sorted({"exportImage", "query", "rasterAttributeTable"} & set(second) - set(first)):
        image_server.reset()
        assert _requests_while(image_server, f"/{hanging}", Planning(request), everything) == everything
    for hanging in sorted({OUTPUT, "query", INFO, "slices"} & set(first) - set(second)):
        image_server.reset()
        # The server is not asked for one thing after another already in the first round trip.
        place = "renderingRule=" if hanging == OUTPUT else f"/{hanging}"
        _requests_while(image_server, place, Planning(request), first)
    image_server.reset()
    assert plan_layer(request).prepared.source == planned.prepared.source


def test_names_in_another_field_are_asked_for_once_more(image_server: ImageServerProcess, project: QgsProject) -> None:
    service = image_server.service("Olinda/Landsat")
    fields = plan_layer(layer_request(project, service)).service.raw["fields"]
    spelled = [{**field, "name": "NAME" if field["name"] == "Name" else field["name"]} for field in fields]
    image_server.patch("Olinda/Landsat", {"fields": spelled})
    KEPT_ANSWERS.clear()
    image_server.clear()
    plan = plan_layer(layer_request(project, service, lock_rasterid=NAME))
    assert plan.options.lock_raster_ids == (1,)
    assert _asked(image_server) == [DESCRIPTION, "exportImage", "query", "query"]


def test_names_where_there_is_no_catalog_are_refused_as_ever(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    image_server.patch("Olinda/Landsat", {"capabilities": "Image,Metadata"})
    request = layer_request(project, image_server.service("Olinda/Landsat"), lock_rasterid=NAME)
    with pytest.raises(OptionError, match="has no catalog of rasters in which to look up"):
        plan_layer(request)


def test_a_name_that_no_raster_has_is_said_as_ever(image_server: ImageServerProcess, project: QgsProject) -> None:
    request = layer_request(project, image_server.service("Olinda/Landsat"), lock_rasterid="Olinda")
    with pytest.raises(OptionError, match="has no raster “Olinda”; look up ids"):
        plan_layer(request)
    assert _asked(image_server) == [DESCRIPTION, "query"]
