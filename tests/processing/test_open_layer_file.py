"""*Open layer file* makes the layers of a document, in their places, and says what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from processing.gui import Postprocessing
from qgis.core import (
    QgsApplication,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProject,
)

from image_server_layer.tests.documents.examples import definition, file_for, layer_file
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.web_map import COAST_MAP
from image_server_layer.tests.processing.running import OPEN, Log, new_context, run


def site(server: ImageServerProcess) -> str:
    return f"{server.origin}/arcgis"


def test_a_map_gives_its_layers_and_the_report(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    found = run(OPEN, log, INPUT=str(file_for("coast.mapx", site(image_server), tmp_path)))
    assert [layer.name() for layer in found["LAYERS"]] == ["Vegetation", "Two scenes", "Relief"]
    assert all(layer.isValid() and layer.providerType() == "imageserver" for layer in found["LAYERS"])
    assert found["COUNT"] == 3
    assert found["REPORT"].splitlines() == log.warnings
    assert "The layer “Roads” is left out: It is of the type FeatureLayer, not an image service." in log.warnings
    assert "3 layers were made." in log.infos


def test_the_layers_come_into_the_project_in_their_places(
    image_server: ImageServerProcess, tmp_path: Path, project: QgsProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    # QGIS' window is a stub here, which has no layer tree.
    monkeypatch.setattr(Postprocessing, "iface", None, raising=False)
    algorithm = QgsApplication.processingRegistry().algorithmById(OPEN).create()
    context, log = new_context(), Log()
    path = file_for("coast.mapx", site(image_server), tmp_path)
    results, succeeded = algorithm.run({"INPUT": str(path)}, context, log)
    assert succeeded, log.errors
    assert Postprocessing.handleAlgorithmResults(algorithm, context, log, parameters={"INPUT": str(path)})
    imagery, relief = project.layerTreeRoot().children()
    assert (imagery.name(), relief.name()) == ("Imagery", "Relief")
    vegetation, dates = imagery.children()
    assert (vegetation.name(), vegetation.itemVisibilityChecked()) == ("Vegetation", False)
    assert (dates.name(), dates.itemVisibilityChecked()) == ("Dates", False)
    assert [node.name() for node in dates.children()] == ["Two scenes"]
    assert sorted(project.mapLayers()) == sorted(results["LAYERS"])


def test_a_web_map_of_a_portal(image_server: ImageServerProcess) -> None:
    page = f"{image_server.origin}/portal/home/item.html?id={COAST_MAP}"
    found = run(OPEN, PORTAL_ITEM=page)
    assert [layer.name() for layer in found["LAYERS"]] == ["Scenes", "By its item", "Relief"]
    assert [layer.opacity() for layer in found["LAYERS"]] == [0.75, 1, 1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{}", "“a.lyrx” is neither a layer file (.lyrx) or a map (.mapx) of ArcGIS Pro, nor"),
        (layer_file([]), "There is no layer in “a.lyrx”."),
        (
            json.dumps({"operationalLayers": [{"title": "Roads", "layerType": "ArcGISFeatureLayer"}]}).encode(),
            "There is no image service in “a.lyrx” that could be added; the details list what there is.",
        ),
        (
            layer_file([definition("Gone", "http://127.0.0.1:9/arcgis/rest/services/A/ImageServer")]),
            "None of the image services in “a.lyrx” can be added; the details say why.",
        ),
    ],
    ids=["other", "empty", "no image service", "all fail"],
)
def test_what_gives_no_layer_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.lyrx"
    path.write_bytes(content)
    with pytest.raises(QgsProcessingException) as caught:
        run(OPEN, Log(), INPUT=str(path))
    assert str(caught.value).startswith(sentence)


def test_one_of_two_inputs_is_wanted(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(file_for("landsat.lyrx", site(image_server), tmp_path))
    for given in ({}, {"INPUT": path, "PORTAL_ITEM": COAST_MAP}):
        with pytest.raises(QgsProcessingException, match="Choose either a layer file or a web map of a portal"):
            run(OPEN, Log(), **given)
    log = Log()
    with pytest.raises(QgsProcessingException):
        run(OPEN, log, PORTAL_ITEM=image_server.service("Olinda/Landsat"))
    assert "use “Make image server layer” for it" in log.errors[0]


def test_a_canceled_run_gives_nothing(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    log.cancel()
    path = str(file_for("landsat.lyrx", site(image_server), tmp_path))
    algorithm = QgsApplication.processingRegistry().algorithmById(OPEN).create()
    results, _ = algorithm.run({"INPUT": path}, new_context(), log)
    assert "LAYERS" not in results


def test_it_works_in_a_model(image_server: ImageServerProcess, tmp_path: Path) -> None:
    model = QgsProcessingModelAlgorithm("model", "group")
    child = QgsProcessingModelChildAlgorithm(OPEN)
    child.setChildId("open")
    path = str(file_for("landsat.lyrx", site(image_server), tmp_path))
    from qgis.core import QgsProcessingModelChildParameterSource

    child.addParameterSources("INPUT", [QgsProcessingModelChildParameterSource.fromStaticValue(path)])
    model.addChildAlgorithm(child)
    context, log = new_context(), Log()
    results, succeeded = model.run({}, context, log)
    assert succeeded, log.errors
    (layer_id,) = results["CHILD_RESULTS"]["open"]["LAYERS"]
    assert context.willLoadLayerOnCompletion(layer_id)
