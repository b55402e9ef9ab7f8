"""*Make a layer for each date* in the toolbox: counted first, limited, in a group, each of its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsProject

from image_server_layer.plugin.layer.edit import source_of
from image_server_layer.tests.imageserver.climate import climate_pixels
from image_server_layer.tests.processing.running import DATES, Log, new_context
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

CLIMATE, MONTHLY = "Test/Climate", "Test/Monthly"


@pytest.fixture(autouse=True)
def _without_layer_tree_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let QGIS add layers as where there is no window: that of the tests has no view of the layer tree."""
    from processing.gui import Postprocessing

    monkeypatch.setattr(Postprocessing, "iface", None, raising=False)


def made(server: ImageServerProcess, service: str, log: QgsProcessingFeedback | None = None, **given: Any) -> Any:
    """Run it as the toolbox does, with its layers added to the project; return their group, None without one."""
    import processing

    parameters = {"IN_IMAGE_SERVICE": server.service(service), **given}
    project = QgsProject.instance()
    processing.runAndLoadResults(DATES, parameters, log or Log(), new_context())
    groups = project.layerTreeRoot().findGroups()
    return groups[0] if groups else None


def test_each_value_of_the_time_becomes_a_layer_in_a_group(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    log = Log()
    group = made(image_server, CLIMATE, log, VARIABLE="tas", OUT_IMAGESERVER_LAYER="Warmth")
    assert "Dates that become layers: 12." in log.infos
    assert group.name() == "Warmth, by date"
    assert not group.itemVisibilityChecked()
    layers = [node.layer() for node in group.findLayers()]
    assert (len(layers), len(project.mapLayers())) == (12, 12)
    assert [layer.name() for layer in layers][:2] == ["Warmth – 1999-01-31", "Warmth – 1999-02-28"]
    np.testing.assert_array_equal(qgis_pixels(layers[6])[0], climate_pixels("tas")[6])
    assert all(layer.temporalProperties().isActive() for layer in layers)
    # Nothing of it stays at the top of the tree.
    assert project.layerTreeRoot().children() == [group]


def test_only_dates_within_a_time_are_taken(image_server: ImageServerProcess, project: QgsProject) -> None:
    group = made(image_server, MONTHLY, DATES="2020-06/2020-09", UNTIL_NEXT=True)
    layers = [node.layer() for node in group.findLayers()]
    assert [layer.name()[-10:] for layer in layers] == ["2020-06-01", "2020-08-01", "2020-09-01"]
    # The seventh month is missing, so the sixth is shown until the eighth.
    assert layers[0].temporalProperties().fixedTemporalRange().end().toUTC().toString("MM-dd") == "07-31"
    source = source_of(layers[0])
    assert source is not None
    assert source.times is None
    assert len(project.mapLayers()) == 3


@pytest.mark.parametrize(
    ("service", "given", "message"),
    [
        (MONTHLY, {"MOST_LAYERS": 5}, "These are 23 dates, and 5 layers are allowed: choose fewer dates"),
        (MONTHLY, {"DATES": "1990"}, "None of the 23 dates of “Monthly” is within 1990; choose another time."),
        (CLIMATE, {"DIMENSIONS": "StdTime=1999-07"}, "shows one time only: leave out the time"),
        ("Olinda/Elevation", {}, "“Elevation” shows one time only"),
        (MONTHLY, {"DATES": "soon"}, "The time “soon” cannot be read"),
    ],
)
def test_what_cannot_be_is_said_before_a_layer_is_made(
    image_server: ImageServerProcess, project: QgsProject, service: str, given: dict[str, Any], message: str
) -> None:
    import processing

    log = Log()
    with pytest.raises(QgsProcessingException) as caught:
        processing.run(DATES, {"IN_IMAGE_SERVICE": image_server.service(service), **given}, feedback=log)
    assert message in "".join([str(caught.value), *log.errors])
    assert not project.mapLayers()


def test_nothing_comes_of_a_run_that_is_canceled(image_server: ImageServerProcess, project: QgsProject) -> None:
    log = Log()
    log.cancel()
    assert made(image_server, MONTHLY, log) is None
    assert not project.mapLayers()
