"""*Make image server layer* in the background, canceled, as a step of a model, and followed by another algorithm."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
    QgsRasterLayer,
)
from qgis.core import (
    QgsProcessingModelChildParameterSource as Source,
)
from qgis.PyQt.QtCore import QCoreApplication

from image_server_layer.tests.patience import soon
from image_server_layer.tests.processing.running import DESCRIBE, MAKE, Log, new_context, run
from image_server_layer.tests.reading import Array, qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = "Olinda/Landsat"


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
        deadline = time.monotonic() + 60
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


def test_a_canceled_run_ends_at_once_and_quietly(image_server: ImageServerProcess) -> None:
    image_server.fault("hang", match="f=json")
    context = new_context()
    background = Background(context, IN_IMAGE_SERVICE=image_server.service(LANDSAT))
    background.wait(lambda: image_server.requests(operation=""))
    with soon():
        background.log.cancel()
        background.wait(lambda: background.outcomes)
    assert background.outcomes[0][1] == {}
    assert (background.log.errors, background.log.warnings) == ([], [])
    assert context.layersToLoadOnCompletion() == {}


def rescaled(pixels: Array) -> Array:
    """Return pixels stretched to 0 to 1, as `native:rescaleraster` does."""
    return (pixels - pixels.min()) / float(pixels.max() - pixels.min())


def test_the_layer_is_the_input_of_another_algorithm(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = run(MAKE, IN_IMAGE_SERVICE=image_server.service(LANDSAT), BAND_INDEX="4")["OUTPUT"]
    path = str(tmp_path / "rescaled.tif")
    run("native:rescaleraster", INPUT=layer, BAND=1, MINIMUM=0, MAXIMUM=1, OUTPUT=path)
    expected = rescaled(mosaic(NORTH_WEST)[3])
    np.testing.assert_allclose(qgis_pixels(QgsRasterLayer(path))[0], expected, atol=1e-6)


def child(algorithm: str, name: str, **parameters: Source) -> QgsProcessingModelChildAlgorithm:
    """Return the step of a model."""
    step = QgsProcessingModelChildAlgorithm(algorithm)
    step.setChildId(name)
    for parameter, source in parameters.items():
        step.addParameterSources(parameter, [source])
    return step


def test_in_a_model_values_and_layers_go_from_step_to_step(image_server: ImageServerProcess, tmp_path: Path) -> None:
    model = QgsProcessingModelAlgorithm("model", "test")
    model.addModelParameter(QgsProcessingParameterString("service"), QgsProcessingModelParameter("service"))
    service = Source.fromModelParameter("service")
    model.addChildAlgorithm(child(DESCRIBE, "describe", IN_IMAGE_SERVICE=service))
    make = child(
        MAKE,
        "make",
        IN_IMAGE_SERVICE=service,
        OUT_IMAGESERVER_LAYER=Source.fromStaticValue("step"),
        TEMPLATE=Source.fromChildOutput("describe", "EXTENT"),
        BAND_INDEX=Source.fromExpression("to_string(@describe_BAND_COUNT - 2)"),
    )
    model.addChildAlgorithm(make)
    layer, band = Source.fromChildOutput("make", "OUTPUT"), Source.fromStaticValue(1)
    rescale = child("native:rescaleraster", "rescale", INPUT=layer, BAND=band)
    result = QgsProcessingModelOutput("result", "result")
    result.setChildId("rescale")
    result.setChildOutputName("OUTPUT")
    rescale.setModelOutputs({"result": result})
    model.addChildAlgorithm(rescale)
    model.updateDestinationParameters()

    path, context, log = str(tmp_path / "rescaled.tif"), new_context(), Log()
    parameters = {"service": image_server.service(LANDSAT), "rescale:result": path}
    _, successful = model.run(parameters, context, log)
    assert successful, log.errors
    expected = rescaled(mosaic(NORTH_WEST)[3])
    np.testing.assert_allclose(qgis_pixels(QgsRasterLayer(path))[0], 255 * expected, atol=1e-4)
    assert [details.name for details in context.layersToLoadOnCompletion().values()] == ["step"]
