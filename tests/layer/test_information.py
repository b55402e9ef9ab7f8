"""What a layer tells of itself: Information, notes and names, and that no text of a server becomes rich text."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from osgeo import gdal
from qgis.core import QgsLayerMetadata, QgsLayerTreeModel, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocument

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.describe import abstract_holder

if TYPE_CHECKING:
    from qgis.core import QgsRasterLayer

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


def _shown(layer: QgsRasterLayer) -> str:
    """Return the text that a person reads in the layer's Information."""
    document = QTextDocument()
    document.setHtml(layer.htmlMetadata())
    return document.toPlainText()


def _tooltip_shows_metadata(layer: QgsRasterLayer) -> bool:
    """Whether this QGIS has the title and the abstract of a layer's metadata in its tooltip, as 3.38 and later do."""
    return abstract_holder(layer) is not layer


def _tooltip(project: QgsProject) -> str:
    """Return the text that a person reads in the tooltip of the first layer."""
    model = QgsLayerTreeModel(project.layerTreeRoot())
    shown = QTextDocument()
    shown.setHtml(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    return shown.toPlainText()


def test_information_shows_title_abstract_attribution_and_the_options_in_words(
    image_server: ImageServerProcess,
) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(
        url,
        "My scene",
        template="290000 9112000 296000 9118000",
        band_index="4;3",
        mosaic_method="BY_ATTRIBUTE",
        order_field="CloudCover",
        order_base_value=0,
        where_clause="Best < 70",
        processing_template="None",
        ascending=False,
        mosaic_operation="MEAN",
        nodata=0,
        interpolation="CUBIC",
    )
    metadata = layer.metadata()
    assert metadata.identifier() == url
    assert metadata.rights() == ["U.S. Geological Survey"]
    assert [link.url for link in metadata.links()] == [url]
    assert metadata.crs() == layer.crs()
    words = [
        "Landsat 7 ETM+ of Olinda, Brazil, as a mosaic of eight overlapping rasters.",
        "",
        "Template extent: 290000 9112000 296000 9118000",
        "Bands: 4 (NearInfrared_1), 3 (Red)",
        "Processing template: None (pixels as they are)",
        "Mosaic method: By attribute",
        "Order field: CloudCover",
        "Order base value: 0",
        "Sort order: Descending",
        "Mosaic operator: Mean",
        "Where clause: Best &lt; 70",
        "Interpolation: Cubic",
        "Nodata: 0",
        "The service gives the numbers of its pixels.",
    ]
    # Where the tooltip shows them too, and not as HTML, a text with such a letter would be spoiled in one of both.
    told = ("", "") if _tooltip_shows_metadata(layer) else ("Olinda/Landsat", "\n".join(words))
    assert (metadata.title(), metadata.abstract()) == told
    shown = _shown(layer)
    for text in ("U.S. Geological Survey", words[0], "Where clause: Best < 70", "By attribute", "Olinda/Landsat", url):
        assert text in shown


def test_the_tooltip_has_title_and_abstract_where_qgis_shows_them_and_they_read_the_same(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), "Coast", lock_rasterid="7;5")
    assert layer.metadata().title() == "Olinda/Landsat"
    assert "Locked rasters: 7, 5" in layer.metadata().abstract().split("\n")
    tooltip = _tooltip(project)
    assert tooltip.startswith("Olinda/Landsat (" if _tooltip_shows_metadata(layer) else "Coast (")
    assert "Locked rasters: 7, 5" in tooltip


def test_the_default_of_the_server_and_what_is_odd_are_told(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/ElevationDefault"), band_index="1")
    assert "Processing template: Hillshade (by default)" in layer.metadata().abstract()
    note = "The option “Order field” has no effect: only the mosaic method By attribute uses it."
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), order_field="Best")
    assert layer.customProperty("image_server_layer/notes") == [note]
    assert f"Note: {note}" in _shown(layer)


def test_a_gdal_layer_whose_rasters_depend_on_the_view_says_what_that_means(image_server: ImageServerProcess) -> None:
    image_server.patch("Olinda/Landsat", {"defaultMosaicMethod": "Center"})
    url = image_server.service("Olinda/Landsat")
    # A live layer asks for a view in one request.
    assert make_image_server_layer(url).customProperty("image_server_layer/notes") == []
    (note,) = make_image_server_layer(url, provider="gdal").customProperty("image_server_layer/notes")
    assert "seams can show where rasters overlap" in note
    layer = make_image_server_layer(url, mosaic_method="CLOSEST_TO_NADIR", provider="gdal")
    assert layer.customProperty("image_server_layer/notes") == [note]
    for arguments in ({"mosaic_method": "NORTH_WEST"}, {"lock_rasterid": 3}):
        layer = make_image_server_layer(url, provider="gdal", **arguments)
        assert layer.customProperty("image_server_layer/notes") == []


@pytest.mark.parametrize(("kind", "what"), [("values", "Pixel values"), ("picture", "Picture")])
def test_the_tooltip_says_in_words_what_the_layer_is_before_its_source(
    image_server: ImageServerProcess, project: QgsProject, kind: str, what: str
) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(url, "Coast", kind=kind, lock_rasterid="7;5", where_clause="Best < 70")
    words, source, _ = _tooltip(project).partition(layer.source()[:20])
    assert source
    first, *lines = (line.strip() for line in words.splitlines() if line.strip())
    assert first == "Coast (EPSG:31985)"
    assert lines == [f"{what} of the image service Olinda/Landsat", "Locked rasters: 7, 5", "Where clause: Best ‹ 70"]


@pytest.mark.parametrize(("kind", "what"), [("values", "Pixel values"), ("picture", "Picture")])
@pytest.mark.parametrize("provider", ["imageserver", "gdal"])
def test_information_says_in_words_what_the_layer_is_before_anything_else_of_its_source(
    image_server: ImageServerProcess, kind: str, what: str, provider: str
) -> None:
    url = image_server.service("Olinda/Landsat")
    where = "Best < 70 AND Name <> 'R&amp;D'"
    layer = make_image_server_layer(url, kind=kind, provider=provider, lock_rasterid="7;5", where_clause=where)
    words = f"{what} of the image service Olinda/Landsat · Locked rasters: 7, 5 · Where clause: {where}"
    shown = _shown(layer)
    _, _, source = shown.partition("\nSource\n")
    assert source.startswith(words)
    # GDAL's own tools, and QGIS without this plugin, tell it too.
    if kind == "values":
        assert gdal.Open(layer.source()).GetMetadataItem("DESCRIPTION") == words


def test_information_has_each_option_in_words_whatever_the_metadata_say(image_server: ImageServerProcess) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(
        url, band_index="4;3", where_clause="Best < 70", interpolation="CUBIC", time="2000"
    )
    layer.setMetadata(QgsLayerMetadata())
    html = layer.dataProvider().htmlMetadata()
    rows = re.findall(r'<tr><td class="highlight">([^<]*)</td><td>([^<]*)</td></tr>', html)
    labels = [label for label, _ in rows]
    assert len(set(labels)) == len(labels)
    found = dict(rows)
    assert found["Shows"] == "pixel values"
    assert found["Bands"] == "4 (NearInfrared_1), 3 (Red)"
    assert found["Where clause"] == "Best &lt; 70"
    assert found["Interpolation"] == "Cubic"
    assert found["Time"] == "2000 (UTC)"
    assert json.loads(unescape(found["Mosaic rule"]))["where"] == "Best < 70"


@pytest.mark.parametrize(
    ("patch", "where"),
    [
        ({}, "Best < 70"),
        ({}, "Name <> '&lt;b&gt;'"),
        ({"description": "Research & <i>development</i> &amp; 1 < 2"}, "Best > 70"),
        ({"name": "R&D/<b>"}, "Best >= 70"),
    ],
)
def test_tooltip_and_information_show_every_letter_as_it_is(
    image_server: ImageServerProcess, project: QgsProject, patch: dict[str, Any], where: str
) -> None:
    image_server.patch("Olinda/Landsat", patch)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), "Coast", where_clause=where)
    tooltip, _, _ = _tooltip(project).partition("<VRTDataset")
    information = _shown(layer)
    # Lists of layers show the same text as HTML, so it has no mark in it.
    markless = where.replace("<", "‹").replace(">", "›")
    assert f"Where clause: {markless}" in tooltip
    assert f"Where clause: {where}" in information or f"Where clause\n{where}" in information
    for shown in (tooltip, information):
        assert "&lt;i" not in shown
        assert "&amp;" not in shown
    if "name" in patch:
        assert patch["name"].replace("<", "‹").replace(">", "›") in tooltip
        assert patch["name"] in information
    if "description" in patch:
        assert "Research & development & 1 < 2" in information


HOSTILE = "<script>alert('1')</script> & <b>bold</b> &lt;i&gt; &lt;img src='x'&gt;"
# What there is to read in it.
READ = "& bold <i> <img src='x'>"


@pytest.mark.parametrize(
    ("patch", "shown"),
    [
        ({"name": HOSTILE}, HOSTILE),
        ({"description": HOSTILE}, READ),
        ({"serviceDescription": HOSTILE, "description": ""}, READ),
        ({"copyrightText": HOSTILE}, READ),
        ({"bandNames": [HOSTILE, "Green", "Red", "a", "b", "c"]}, ""),
    ],
)
def test_texts_of_the_server_are_shown_as_they_read_and_never_as_rich_text(
    image_server: ImageServerProcess, patch: dict[str, Any], shown: str
) -> None:
    image_server.patch("Olinda/Landsat", patch)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    html = layer.htmlMetadata()
    for mark in ("<script", "<b>bold", "<img"):
        assert mark not in html
        assert mark not in layer.name()
        assert mark not in layer.bandName(1)
    assert shown in _shown(layer)


def test_texts_of_the_user_are_no_rich_text_either(image_server: ImageServerProcess) -> None:
    where = "Name <> '<b>bold</b>' AND Best < 70"
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), "<b>bold</b>", where_clause=where)
    assert layer.name() == "‹b›bold‹/b›"
    assert "<b>" not in layer.htmlMetadata()
    assert f"Where clause: {where}" in _shown(layer)


def test_bands_bear_the_names_of_the_service(image_server: ImageServerProcess) -> None:
    image_server.patch("Olinda/Landsat", {"bandNames": ["Azul é", "Green & co", "Red | 3", "d'e", '"f"', "]]>"]})
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    names = [layer.bandName(number) for number in range(1, 7)]
    assert names == [
        "Band 1: Azul é",
        "Band 2: Green & co",
        "Band 3: Red | 3",
        "Band 4: d'e",
        'Band 5: "f"',
        "Band 6: ]]›",
    ]
