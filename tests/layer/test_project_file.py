"""Live in the session, portable on disk: what a project and its like hold of a layer, and what comes back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayerDefinition,
    QgsLayoutExporter,
    QgsMapLayer,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtXml import QDomDocument

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.project_file import GDAL, ProjectFile, keep_gdal
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.provider import registration
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.plugin.provider.raster_provider import KEY
from image_server_layer.plugin.service.access import Access
from image_server_layer.tests.clipping import clip_of, inside
from image_server_layer.tests.layer.without_plugin import seen_without_plugin
from image_server_layer.tests.provider.sources import layer_of, source_of
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.fixture(autouse=True)
def file(project: QgsProject) -> Iterator[ProjectFile]:
    """Return what looks after the project."""
    registration.start()
    looked_after = ProjectFile(project)
    looked_after.start()
    yield looked_after
    looked_after.stop()
    registration.stop()


def only_layer(project: QgsProject) -> QgsRasterLayer:
    (layer,) = project.mapLayers().values()
    return layer


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", ["map.qgs", "mapa são & salvo.qgz"])
def test_a_saved_layer_comes_back_live_without_a_request(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, kind: Kind, name: str
) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    project.addMapLayer(layer)
    before, layer_id, source = qgis_pixels(layer), layer.id(), layer.source()
    crs = QgsCoordinateReferenceSystem("EPSG:32725")
    layer.setOpacity(0.5)
    layer.setCustomProperty("of/mine", 7)
    layer.setCrs(crs)
    layer.renderer().setGreenBand(3)
    layer.brightnessFilter().setBrightness(20)
    layer.setName("São João")
    image_server.clear()
    path = str(tmp_path / name)
    assert project.write(path)
    assert layer.providerType() == KEY
    del layer
    project.clear()

    assert project.read(path)
    QCoreApplication.processEvents()
    assert not project.isDirty()
    layer = only_layer(project)
    assert (layer.isValid(), layer.providerType(), layer.id(), layer.source()) == (True, KEY, layer_id, source)
    assert (layer.opacity(), layer.customProperty("of/mine"), layer.name()) == (0.5, 7, "São João")
    assert layer.crs() == crs
    assert (layer.renderer().type(), layer.renderer().greenBand()) == ("multibandcolor", 3)
    assert layer.brightnessFilter().brightness() == 20
    assert image_server.requests() == []
    np.testing.assert_array_equal(qgis_pixels(layer), before)


def test_a_project_without_the_plugin_shows_the_same_numbers(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    services = {"Olinda/Landsat": Kind.VALUES, "Test/FourBands": Kind.VALUES, "Olinda/Elevation": Kind.VALUES}
    expected = {}
    for service, kind in (*services.items(), ("Olinda/Landsat", Kind.PICTURE)):
        layer = layer_of(image_server, service, kind)
        layer.setName(f"{service} {kind.value}")
        project.addMapLayer(layer)
        pixels = qgis_pixels(layer)
        expected[layer.name()] = [hashlib.sha256(band.tobytes()).hexdigest() for band in pixels]
    path = tmp_path / "map.qgz"
    assert project.write(str(path))
    found = seen_without_plugin(path)
    assert {name: layer["pixels"] for name, layer in found.items()} == expected
    assert {layer["provider"] for layer in found.values()} == {GDAL}
    assert found["Test/FourBands values"]["bands"] == [
        project.mapLayersByName("Test/FourBands values")[0].bandName(number) for number in range(1, 5)
    ]
    assert found["Olinda/Landsat picture"]["alpha"] == 4


@pytest.mark.parametrize("kind", Kind)
def test_a_clipped_layer_is_so_without_the_plugin_too(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, kind: Kind
) -> None:
    clip = clip_of([[(289503.0, 9119897.0), (296803.0, 9117701.0), (291405.0, 9112450.0)]])
    layer = layer_of(image_server, "Olinda/Landsat", kind, options=LayerOptions(clip=clip), clip=clip)
    layer.setName("clipped")
    project.addMapLayer(layer)
    source, pixels = layer.source(), qgis_pixels(layer)
    if kind is Kind.VALUES:
        # Bytes have no value to spare, so that GDAL has them in 16 bits.
        outside = ~inside(clip, layer.dataProvider().source.grid)
        pixels = np.where(outside, np.int16(-1), pixels.astype(np.int16))
    path = tmp_path / "map.qgs"
    assert project.write(str(path))

    found = seen_without_plugin(path)["clipped"]

    assert found["provider"] == GDAL
    assert found["pixels"] == [hashlib.sha256(band.tobytes()).hexdigest() for band in pixels]
    assert found["bands"] == [layer.bandName(number) for number in range(1, layer.bandCount() + 1)]
    assert found["extent"] == layer.extent().toString(9)
    del layer
    project.clear()
    assert project.read(str(path))
    layer = only_layer(project)
    assert (layer.providerType(), layer.source()) == (KEY, source)
    assert layer.dataProvider().source.clip == clip


def test_a_layer_with_credentials_stays_live_in_the_file(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", access=Access(authcfg="abc1234"))
    project.addMapLayer(layer)
    path = tmp_path / "map.qgs"
    assert project.write(str(path))
    assert f"<provider>{KEY}</provider>" in path.read_text().replace(' encoding=""', "")
    del layer
    project.clear()
    assert project.read(str(path))
    layer = only_layer(project)
    assert layer.providerType() == KEY
    assert layer.dataProvider().source.access.authcfg == "abc1234"


def test_a_layer_that_is_to_stay_gdals_stays_so(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, file: ProjectFile
) -> None:
    layer = QgsRasterLayer(source_of(image_server, "Olinda/Landsat").text(), "ordinary", GDAL)
    keep_gdal(layer)
    project.addMapLayer(layer)
    path = str(tmp_path / "map.qgs")
    assert project.write(path)
    del layer
    project.clear()
    assert project.read(path)
    assert only_layer(project).providerType() == GDAL
    file.stop()
    file.start()
    assert only_layer(project).providerType() == GDAL
    assert only_layer(project).clone().customProperty("image_server_layer/keep_gdal")


def test_foreign_gdal_layers_are_left_alone(project: QgsProject, tmp_path: Path) -> None:
    from image_server_layer.tests.imageserver.data import DATA

    project.addMapLayer(QgsRasterLayer(str(DATA / "dem_olinda.tif"), "file", GDAL))
    path = str(tmp_path / "map.qgs")
    assert project.write(path)
    project.clear()
    assert project.read(path)
    assert only_layer(project).providerType() == GDAL


def test_layers_that_were_there_before_the_plugin_become_live(
    image_server: ImageServerProcess, project: QgsProject, file: ProjectFile
) -> None:
    layer = QgsRasterLayer(source_of(image_server, "Olinda/Landsat").text(), "early", GDAL)
    project.addMapLayer(layer)
    project.setDirty(False)
    image_server.clear()
    file.stop()
    file.start()
    assert layer.providerType() == KEY
    assert not project.isDirty()
    assert image_server.requests() == []


@pytest.mark.parametrize("kind", Kind)
def test_layer_definitions_copies_and_duplicates_are_live(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, kind: Kind
) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    project.addMapLayer(layer)
    layer.renderer().setGreenBand(3)
    node = project.layerTreeRoot().findLayer(layer)
    path = str(tmp_path / "layer.qlr")
    assert QgsLayerDefinition.exportLayerDefinition(path, [node])[0]
    document = QDomDocument()
    assert QgsLayerDefinition.exportLayerDefinitionLayers([layer], QgsReadWriteContext())
    element = document.createElement("maplayer")
    assert layer.writeLayerXml(element, document, QgsReadWriteContext())
    pasted = QgsRasterLayer()
    assert pasted.readLayerXml(element, QgsReadWriteContext())
    assert QgsLayerDefinition.loadLayerDefinition(path, project, project.layerTreeRoot())[0]
    loaded = [other for other in project.mapLayers().values() if other.id() != layer.id()]
    for copy in (pasted, layer.clone(), *loaded):
        assert (copy.isValid(), copy.providerType(), copy.source()) == (True, KEY, layer.source())
        assert copy.renderer().greenBand() == 3
    assert len(loaded) == 1
    assert image_server.requests() == []


def test_styles_themes_and_layouts_come_back(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    project.addMapLayer(layer)
    styles = layer.styleManager()
    styles.addStyleFromLayer("other")
    styles.setCurrentStyle("other")
    layer.renderer().setGreenBand(6)
    collection = project.mapThemeCollection()
    record = QgsMapThemeCollection.MapThemeRecord()
    theme_layer = QgsMapThemeCollection.MapThemeLayerRecord(layer)
    theme_layer.usingCurrentStyle = True
    theme_layer.currentStyle = "other"
    record.addLayerRecord(theme_layer)
    collection.insert("view", record)
    styles.setCurrentStyle("default")
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("sheet")
    project.layoutManager().addLayout(layout)
    path = str(tmp_path / "map.qgz")
    assert project.write(path)
    layer_id = layer.id()
    del layer, styles, layout, collection, record, theme_layer
    project.clear()
    assert project.read(path)
    layer = only_layer(project)
    assert layer.providerType() == KEY
    assert sorted(layer.styleManager().styles()) == ["default", "other"]
    assert project.mapThemeCollection().mapThemeVisibleLayerIds("view") == [layer_id]
    assert layer.styleManager().setCurrentStyle("other")
    assert layer.renderer().greenBand() == 6
    assert layer.providerType() == KEY
    sheet = project.layoutManager().layoutByName("sheet")
    assert (
        QgsLayoutExporter(sheet).exportToImage(str(tmp_path / "sheet.png"), QgsLayoutExporter.ImageExportSettings())
        == 0
    )
    assert not project.isDirty() or layer.styleManager().currentStyle() == "other"


@pytest.mark.parametrize("change", ["later", "broken"])
def test_a_source_that_cannot_be_used_is_kept_as_it_is(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, change: str
) -> None:
    layer = make_layer(source_of(image_server, "Olinda/Landsat"), "old")
    project.addMapLayer(layer)
    path = tmp_path / "map.qgs"
    assert project.write(str(path))
    pattern, other = {
        "later": (r"(key='version'(?:>|&gt;))1", r"\g<1>99"),
        "broken": (r"(\"|&quot;)kind(\"|&quot;)", r"\g<1>king\g<2>"),
    }[change]
    text, count = re.subn(pattern, other, path.read_text())
    assert count
    path.write_text(text)
    del layer
    project.clear()
    image_server.clear()
    assert project.read(str(path))
    layer = only_layer(project)
    assert layer.providerType() == GDAL
    assert image_server.requests() == []
    source = layer.source()
    again = tmp_path / "again.qgs"
    assert project.write(str(again))
    del layer
    project.clear()
    assert project.read(str(again))
    assert only_layer(project).source() == source


def test_a_source_with_credentials_of_a_later_version_survives_saving(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    source = replace(source_of(image_server, "Olinda/Landsat"), access=Access(authcfg="abc1234"))
    later = source.text().replace("key='version'>1<", "key='version'>99<")
    layer = QgsRasterLayer(later, "later", KEY)
    assert not layer.isValid()
    project.addMapLayer(layer)
    path = str(tmp_path / "map.qgs")
    assert project.write(path)
    del layer
    project.clear()
    project.read(path)
    layer = only_layer(project)
    assert isinstance(layer, QgsMapLayer)
    assert (layer.isValid(), layer.providerType(), layer.source()) == (False, KEY, later)
