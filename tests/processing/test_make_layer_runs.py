"""*Make image server layer* in the background, cancelled, as a step of a model, and followed by another algorithm."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QCoreApplication

from image_server_layer.tests.processing.running import DESCRIBE, MAKE, Log, new_context, run
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, landsat_extent, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = "Olinda/Landsat"
Source = QgsProcessingModelChildParameterSource


class Background:
    """A run in the background, as the toolbox makes it."""

    def __init__(self, context: QgsProcessingContext, **parameters: Any) -> None:
        self.log = Log()
        self.outcomes: list[tuple[bool, dict[str, Any]]] = []
        self._algorithm = QgsApplication.processingRegistry().createAlgorithmById(MAKE)
        self._task = QgsProcessingAlgRunnerTask(self._algorithm, parameters, context, self.log)
        self._task.executed.connect(lambda successful, outputs: self.outcomes.append((successful, outputs)))
        QgsApplication.taskManager().addTask(self._task)

    def wait(self, is_done: Callable[[], Any]) -> None:
        """Let QGIS go on until something has happened; the window stays alive meanwhile."""
        deadline = time.monotonic() + 10
        while not is_done():
            assert time.monotonic() < deadline, (self.log.errors, self.outcomes)
            QCoreApplication.processEvents()
            time.sleep(0.005)


def test_a_layer_made_in_the_background_is_one_of_the_main_thread(image_server: ImageServerProcess) -> None:
    context = new_context()
    background = Background(context, IN_IMAGE_SERVICE=image_server.service(LANDSAT), OUT_IMAGESERVER_LAYER="scene")
    background.wait(lambda: background.outcomes)
    ((successful, outputs),) = background.outcomes
    assert successful
    (details,) = context.layersToLoadOnCompletion().values()
    assert list(context.layersToLoadOnCompletion()) == [outputs["OUTPUT"]]
    assert (details.name, details.forceName, details.outputName) == ("scene", True, "OUTPUT")
    assert details.project is context.project()
    layer = context.takeResultLayer(outputs["OUTPUT"])
    main_thread = QCoreApplication.instance().thread()
    assert (layer.thread(), layer.dataProvider().thread()) == (main_thread, main_thread)
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST))


def test_a_cancelled_run_ends_at_once_and_quietly(image_server: ImageServerProcess) -> None:
    image_server.fault("hang", match="f=json")
    context = new_context()
    background = Background(context, IN_IMAGE_SERVICE=image_server.service(LANDSAT))
    background.wait(lambda: image_server.requests(operation=""))
    started = time.monotonic()
    background.log.cancel()
    background.wait(lambda: background.outcomes)
    assert time.monotonic() - started < 2
    assert background.outcomes[0][1] == {}
    assert (background.log.errors, background.log.warnings) == ([], [])
    assert context.layersToLoadOnCompletion() == {}


def test_the_layer_is_the_input_of_another_algorithm(image_server: ImageServerProcess) -> None:
    layer = run(MAKE, IN_IMAGE_SERVICE=image_server.service(LANDSAT), BAND_INDEX="4")["OUTPUT"]
    path = run("native:rescaleraster", INPUT=layer, BAND=1, MINIMUM=0, MAXIMUM=1, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    pixels = mosaic(NORTH_WEST)[3].astype(float)
    expected = (pixels - pixels.min()) / (pixels.max() - pixels.min())
    np.testing.assert_allclose(qgis_pixels(QgsRasterLayer(path))[0], expected, atol=1e-6)


def child(algorithm: str, name: str, **parameters: Source) -> QgsProcessingModelChildAlgorithm:
    """Return the step of a model."""
    step = QgsProcessingModelChildAlgorithm(algorithm)
    step.setChildId(name)
    for parameter, source in parameters.items():
        step.addParameterSources(parameter, [source])
    return step


def test_in_a_model_the_layer_goes_from_step_to_step(image_server: ImageServerProcess) -> None:
    model = QgsProcessingModelAlgorithm("test", "test")
    model.addModelParameter(QgsProcessingParameterString("service"), QgsProcessingModelParameter("service"))
    service = Source.fromModelParameter("service")
    model.addChildAlgorithm(child(DESCRIBE, "describe", IN_IMAGE_SERVICE=service))
    model.addChildAlgorithm(
        child(
            MAKE,
            "make",
            IN_IMAGE_SERVICE=service,
            TEMPLATE=Source.fromChildOutput("describe", "EXTENT"),
            BAND_INDEX=Source.fromExpression("to_string(1 + 2)"),
            CELL_SIZE=Source.fromExpression("@describe_PIXEL_WIDTH * 2"),
        )
    )
    count = child(
        "native:rasterlayeruniquevaluesreport",
        "count",
        INPUT=Source.fromChildOutput("make", "OUTPUT"),
        BAND=Source.fromStaticValue(1),
    )
    table = QgsProcessingModelOutput("table", "table")
    table.setChildId("count")
    table.setChildOutputName("OUTPUT_TABLE")
    count.setModelOutputs({"table": table})
    model.addChildAlgorithm(count)
    model.initAlgorithm({})

    outputs = run_model(model, service=image_server.service(LANDSAT))
    layer = outputs["make"]
    assert (layer.width(), layer.height(), layer.bandCount()) == (175, 176, 1)
    assert layer.extent() == QgsRectangle(*landsat_extent(0, 0, 350, 352))
    values, counts = np.unique(qgis_pixels(layer), return_counts=True)
    assert outputs["table"] == dict(zip(values.tolist(), counts.tolist()))


def run_model(model: QgsProcessingModelAlgorithm, **parameters: Any) -> dict[str, Any]:
    """Run a model; return the layer that its step `make` made, and its table of values and counts."""
    context, log = new_context(), Log()
    outputs, successful = model.run({**parameters, "table": "memory:"}, context, log)
    assert successful, log.errors
    table = context.takeResultLayer(outputs["table"])
    counts = {feature["value"]: feature["count"] for feature in table.getFeatures()}
    layer = context.takeResultLayer(outputs["CHILD_RESULTS"]["make"]["OUTPUT"])
    return {"make": layer, "table": counts}
