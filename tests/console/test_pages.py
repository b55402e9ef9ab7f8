"""README and help page: their examples run as they stand, and they name what there is."""

from __future__ import annotations

import html
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from osgeo import ogr, osr
from qgis.core import QgsProject, QgsRasterLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.processing.provider import ImageServerProvider
from image_server_layer.plugin.resources import HELP_PAGE
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

README = Path(__file__).absolute().parents[2] / "README.md"
PAGES = {"README.md": README, "the help page": HELP_PAGE}
# What the README calls the address of a service.
EXAMPLE = "https://host/arcgis/rest/services/Landsat/ImageServer"


def _study_area(path: Path) -> None:
    """Write a GeoPackage with a square of 3 km in the middle of the Landsat scenes."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(31985)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    table = source.CreateLayer(path.stem, reference, ogr.wkbPolygon)
    feature = ogr.Feature(table.GetLayerDefn())
    west, south, east, north = 291000, 9114000, 294000, 9117000
    corners = f"{west} {south},{west} {north},{east} {north},{east} {south},{west} {south}"
    feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({corners}))"))
    table.CreateFeature(feature)


def test_the_example_of_the_readme_runs_as_it_stands(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert code.count(EXAMPLE) == 1
    script = tmp_path / "example.py"
    script.write_text(code.replace(EXAMPLE, image_server.service("Olinda/Landsat")), encoding="utf-8")
    _study_area(tmp_path / "study_area.gpkg")
    monkeypatch.chdir(tmp_path)

    runpy.run_path(str(script))

    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    assert len(layers) == code.count("\nmake_image_server_layer(")
    for layer in layers.values():
        assert isinstance(layer, QgsRasterLayer)
        assert qgis_pixels(layer, size=(32, 32)).any(), layer.name()
    assert layers["infrared"].bandCount() == 3
    assert layers["moisture"].bandCount() == layers["ndvi"].bandCount() == 1
    assert layers["raw"].bandCount() == 6
    assert (layers["here"].width(), layers["here"].height()) == (100, 100)


@pytest.mark.usefixtures("project")
def test_the_example_of_the_help_page_runs_as_it_stands(image_server: ImageServerProcess, tmp_path: Path) -> None:
    (code,) = re.findall(r"<pre>(.*?)</pre>", HELP_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(f"layer = {html.unescape(code)}", encoding="utf-8")
    given = {"make_image_server_layer": make_image_server_layer, "url": image_server.service("Olinda/Elevation")}

    layer = runpy.run_path(str(script), given)["layer"]

    assert qgis_pixels(layer).any()


@pytest.mark.parametrize("page", PAGES)
def test_every_algorithm_is_named(page: str) -> None:
    provider = ImageServerProvider()
    provider.loadAlgorithms()
    told = set(re.findall(r"imageserver:(\w+)", PAGES[page].read_text(encoding="utf-8")))
    assert told == {algorithm.name() for algorithm in provider.algorithms()}


def test_every_link_of_the_readme_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    assert targets
    for target in targets:
        assert (README.parent / target).is_file(), target


def test_the_help_page_lists_all_of_its_parts() -> None:
    page = HELP_PAGE.read_text(encoding="utf-8")
    listed = re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', page)
    assert listed == re.findall(r'<h2 id="(\w+)">(.*?)</h2>', page)
