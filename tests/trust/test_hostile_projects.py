"""A project, layer or options file by a stranger makes the plugin ask the service it names, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsFeature,
    QgsLayerDefinition,
    QgsMapLayer,
    QgsMimeDataUtils,
    QgsPointXY,
    QgsProject,
    QgsRaster,
    QgsRasterLayer,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMimeData, QModelIndex, QUrl
from qgis.PyQt.QtWidgets import QDialog, QLabel

import image_server_layer
from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.layer.arguments import service_address
from image_server_layer.plugin.layer.describe import NOTES_PROPERTY, WRITTEN_PROPERTY
from image_server_layer.plugin.layer.edit import edit_request, options_of, orders_by_view, source_of
from image_server_layer.plugin.layer.options_file import OptionsFileError, load_options
from image_server_layer.plugin.layer.own_properties import write_property
from image_server_layer.plugin.service.errors import AddressError
from image_server_layer.tests.main_window import Interface, delete_what_is_due
from image_server_layer.tests.provider.drawing import drawn
from image_server_layer.tests.provider.sources import layer_of
from image_server_layer.tests.ui.forms import idle
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.entry.document_drop import DocumentDrop
from image_server_layer.ui.entry.editing import Editing
from image_server_layer.ui.entry.locator import _found
from image_server_layer.ui.entry.map_drop import MapDrop
from image_server_layer.ui.service.start_page import StartPage

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

_KEY = "imageserver"


@pytest.fixture(autouse=True)
def _running(project: QgsProject) -> Iterator[None]:
    image_server_layer.start()
    yield
    project.clear()
    image_server_layer.stop()


@pytest.fixture
def good(image_server: ImageServerProcess) -> str:
    """Return the source of a layer that is well."""
    return str(layer_of(image_server, "Olinda/Landsat").source())


def changed(source: str, item: str, value: str) -> str:
    """Return a source in which one item of our metadata is another text."""
    before, _, rest = source.partition(f"<MDI key='{item}'>")
    assert rest
    return f"{before}<MDI key='{item}'>{escape(value, quote=False)}{rest[rest.index('</MDI>') :]}"


def with_fact(source: str, key: str, value: Any) -> str:
    """Return a source in which one fact of the layer is another value."""
    from html import unescape

    text = unescape(source.partition("<MDI key='layer'>")[2].partition("</MDI>")[0])
    return changed(source, "layer", json.dumps({**json.loads(text), key: value}))


_ADDRESSES = (
    "file:///etc/hostname/ImageServer",
    "\\\\evil.example\\share\\x.ags\\A.ImageServer",
    "//evil.example/share/ImageServer",
    "/vsicurl/http://evil.example/ImageServer",
    "http://evil.example@127.0.0.1/ImageServer",
    "http://127.0.0.1:9/x\r\nX-Evil: 1/ImageServer",
    "http://127.0.0.1:9/x y/ImageServer",
    "ftp://127.0.0.1/ImageServer",
    "",
)
_FACTS: tuple[tuple[str, Any], ...] = (
    ("referer", "https://page\r\nX-Evil: 1"),
    ("referer", "https://page\nGET /evil HTTP/1.1"),
    ("referer", ["list"]),
    ("authcfg", "abc\r\nX-Evil: 1"),
    ("authcfg", "../../x"),
    ("timeout", -1),
    ("timeout", 1e300),
    ("timeout", "NaN"),
    ("parameters", {"format": "tiff", "bbox": "1,2,3,4"}),
    ("parameters", {"format": "tiff", "f": "html"}),
    ("parameters", {"format": "tiff", "token": "x"}),
    ("parameters", {"format": "tiff", "renderingRule": "\ud800"}),
    ("parameters", "format=tiff"),
    ("size", [2**40, 2**40]),
    ("size", [0, 0]),
    ("largest", [0, 0]),
    ("cell", [1e-300, 1e-300]),
    ("extent", [0, 0, 0, 0]),
    ("bands", []),
    ("bands", [["x"]] * 20_000),
    ("type", "CFloat64"),
    ("crs", "/vsicurl/http://evil.example/x.prj"),
    ("crs", "http://evil.example/x.wkt"),
    ("crs", "+proj=longlat +nadgrids=\\\\evil\\share\\x.gsb"),
    ("classes", [[1, "x", [999, 0, 0]]]),
    ("kind", "other"),
    ("name", "a\x00b"),
    ("reference", "{"),
    ("reference", "[1]"),
    ("parameters", {"format": "tiff", "bandIds": "a,b"}),
    ("parameters", {"format": "tiff", "bandIds": "1,,2"}),
)
_ODD_BUT_POSSIBLE: tuple[tuple[str, Any], ...] = (
    ("reference", '{"wkid": "x"}'),
    ("reference", ""),
    ("parameters", {"format": "tiff", "bandIds": "99"}),
    ("parameters", {"format": "png32"}),
    ("parameters", {"format": "\r\nX: y"}),
    ("name", "<img src='file:///etc/hostname'>"),
    ("largest", [1, 1]),
)


def used(layer: QgsRasterLayer) -> None:
    """Do with a layer whatever the plugin offers for it, and QGIS does by itself."""
    project = QgsProject.instance()
    project.addMapLayer(layer)
    # No larger: one of these layers asks for each pixel by itself.
    drawn(layer, size=(8, 8)) if layer.isValid() else None
    provider = layer.dataProvider()
    if provider is not None:
        provider.identify(QgsPointXY(layer.extent().center()), QgsRaster.IdentifyFormatValue)
        provider.identify(QgsPointXY(layer.extent().center()), QgsRaster.IdentifyFormatHtml)
        provider.sample(QgsPointXY(layer.extent().center()), 1)
        provider.htmlMetadata()
        clone = layer.clone()
        assert clone is not None
    layer.htmlMetadata()
    with_every_menu_and_page(layer)
    source_of(layer)
    orders_by_view(layer)
    options = options_of(layer)
    for ask in (
        lambda: service_address(layer, project),
        lambda: edit_request(layer, project, options) if options is not None else None,
    ):
        with suppress(ImageServerLayerError):
            ask()


def with_every_menu_and_page(layer: QgsMapLayer) -> None:
    """Open what the plugin offers for a layer in QGIS' windows, and choose each entry of it that can be chosen."""
    interface = Interface()
    editing = Editing(interface, lambda _layer_id: None)
    editing.start()
    interface.window.show()
    interface.active_layer = layer
    editing.indicators.warn(layer.id(), "<img src='file:///x'> It broke")
    editing.indicators.update()
    for sign in editing.indicators._signs:
        assert "<img" not in sign.indicator.toolTip()
        sign.indicator.clicked.emit(QModelIndex())
    (factory,) = interface.properties_pages
    if factory.supportsLayer(layer):
        dialog = QDialog(interface.window)
        page = factory.createWidget(layer, interface.canvas, False, dialog)
        assert "<img" not in page.label.text()
        assert not page.shouldTriggerLayerRepaint()
        page.apply()
        page.button.click()
        delete_what_is_due()
        delete(dialog)
    quick = editing.menu.quick
    for menu in (quick, editing.menu.raster_list):
        menu.fill()
    wait_until(idle)
    for actions in (quick.actions, quick.templates.actions, quick.methods.actions, editing.menu.raster_list.actions):
        for number in range(len(actions())):
            quick.fill()
            if number < len(actions()) and actions()[number].isEnabled():
                actions()[number].trigger()
                wait_until(idle)
    for action in interface.actions_of_layers:
        action.trigger()
    editing.editor.edit(layer)
    # The form of a layer that can be edited reads its service.
    wait_until(idle)
    delete_what_is_due()
    editing.stop()
    wait_until(idle)
    delete(interface.window)


def noted_openings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the files that are opened or looked for from now on, as ArcGIS connection files are."""
    opened: list[Path] = []

    def note(path: Path) -> bytes:
        opened.append(path)
        return b""

    monkeypatch.setattr(Path, "read_bytes", note)
    monkeypatch.setattr(Path, "is_file", note)
    return opened


@pytest.mark.parametrize("address", _ADDRESSES)
def test_a_source_with_another_kind_of_address_asks_nobody(
    image_server: ImageServerProcess, good: str, address: str
) -> None:
    layer = QgsRasterLayer(changed(good, "service", address), "strange", _KEY)
    assert not layer.isValid()
    used(layer)
    assert image_server.requests() == []


@pytest.mark.parametrize(("key", "value"), _FACTS)
def test_a_source_with_impossible_facts_is_broken_and_asks_nobody(
    image_server: ImageServerProcess, good: str, key: str, value: Any
) -> None:
    layer = QgsRasterLayer(with_fact(good, key, value), "strange", _KEY)
    assert not layer.isValid()
    assert "broken" in layer.error().message() or "later version" in layer.error().message()
    used(layer)
    assert image_server.requests() == []


@pytest.mark.parametrize(("key", "value"), _ODD_BUT_POSSIBLE)
def test_a_source_with_odd_facts_asks_its_own_service_only(
    image_server: ImageServerProcess, good: str, key: str, value: Any
) -> None:
    layer = QgsRasterLayer(with_fact(good, key, value), "strange", _KEY)
    used(layer)
    for request in image_server.requests():
        assert request.path.startswith("/arcgis/rest/services/Olinda/Landsat/ImageServer")
        assert not {name for name in request.headers if name in ("x", "x-evil")}
    assert "<img" not in layer.dataProvider().htmlMetadata()


@pytest.mark.parametrize(
    "options",
    [
        *("", "null", "[]", '{"v":1,"bands":"x"}', '{"v":99}', '{"v":1,"where":5}', '{"v":1,"x":1}'),
        *("{" * 50_000, "[" * 50_000, "9" * 5000),
    ],
    ids=["empty", "null", "a list", "bands", "later", "where", "unknown", "broken", "deep", "a long number"],
)
def test_a_layer_with_strange_options_draws_and_every_menu_works(good: str, options: str) -> None:
    layer = QgsRasterLayer(changed(good, "options", options), "strange", _KEY)
    assert layer.isValid()
    used(layer)
    assert options_of(layer) is None


@pytest.mark.parametrize("provider", ["gdal", "imageserver"])
def test_what_a_document_says_beside_our_facts_is_not_used(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, provider: str
) -> None:
    secret, url = tmp_path / "secret.txt", image_server.service("Olinda/Landsat")
    secret.write_text("mine")
    source = make_image_server_layer(url).source()
    path = tmp_path / "map.qgs"
    assert project.write(str(path))
    project.clear()
    text = path.read_text(encoding="utf-8")
    mixed = text.replace(f"ServerUrl>{url}", f"ServerUrl>file://{secret}?").replace(
        "<provider>gdal<", f"<provider>{provider}<"
    )
    path.write_text(mixed, encoding="utf-8")
    assert project.read(str(path))
    [layer] = project.mapLayers().values()
    assert str(secret) in mixed
    assert layer.source() == source
    image_server.clear()
    _, errors = drawn(layer, size=(40, 40))
    assert errors == []
    assert image_server.requests()


@pytest.mark.parametrize("name", ["a\x01b", "a\ufffeb", "a\x0bb", "\x1b[31m", "a\nb", "<b>x</b>", "\u202egnp.x"])
def test_a_project_is_saved_and_read_whatever_the_service_is_called(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, name: str
) -> None:
    image_server.patch("Olinda/Landsat", {"name": name, "description": name, "copyrightText": name})
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    named = make_image_server_layer(image_server.service("Olinda/Landsat"), name or "x")
    ids = {layer.id(), named.id()}
    path = str(tmp_path / "map.qgz")
    assert project.write(path)
    project.clear()
    assert project.read(path)
    assert set(project.mapLayers()) == ids
    definition = tmp_path / "layer.qlr"
    root = project.layerTreeRoot()
    nodes = [root.findLayer(layer_id) for layer_id in ids]
    assert QgsLayerDefinition.exportLayerDefinition(str(definition), nodes)[0]
    is_read, message = QgsLayerDefinition.loadLayerDefinition(str(definition), project, root)
    assert is_read, message
    assert len(project.mapLayers()) == 4
    for kept in project.mapLayers().values():
        assert "<b>x" not in kept.htmlMetadata()


@pytest.mark.parametrize(
    "value",
    ["{", "[1]", '{"title": 5}', '{"link": {"a": 1}}', 7, ["x"], "\x01", "[" * 50_000],
    ids=["broken", "a list", "title", "link", "a number", "texts", "a control character", "deep"],
)
def test_strange_custom_properties_are_no_obstacle(image_server: ImageServerProcess, value: Any) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    for key in (WRITTEN_PROPERTY, NOTES_PROPERTY, "image_server_layer/keep_gdal"):
        write_property(layer, key, value)
    used(layer)
    again = make_image_server_layer(layer)
    assert again.isValid()


@pytest.mark.parametrize(
    "document",
    [
        {"imageService": "\\\\evil.example\\share\\x.ags\\A.ImageServer", "options": {"v": 1}},
        {"imageService": "C:\\x.ags\\A.ImageServer", "options": {"v": 1}},
        {"imageService": "file:///etc/hostname", "options": {"v": 1}},
        {"imageService": 5, "options": {"v": 1}},
        {"imageService": "https://h/arcgis/rest/services/A/ImageServer", "options": None},
        {"imageService": "https://h/arcgis/rest/services/A/ImageServer", "options": {"v": 1}, "kind": []},
        [],
        None,
    ],
)
def test_an_options_file_by_a_stranger_is_refused_in_a_sentence(
    tmp_path: Path, document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "options.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    opened = noted_openings(monkeypatch)
    with pytest.raises(OptionsFileError, match="does not hold options of an image server layer"):
        load_options(file)
    assert opened == []


def test_a_portal_item_that_names_a_file_opens_none(
    image_server: ImageServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = noted_openings(monkeypatch)
    body = json.dumps({"url": "\\\\evil.example\\share\\x.ags\\A.ImageServer", "type": "Image Service", "title": "x"})
    image_server.fault("status", match="items/", status=200, body=body, content_type="application/json")
    item = f"{image_server.origin}/portal/home/item.html?id=0123456789abcdef0123456789abcdef"
    with pytest.raises(AddressError, match="is not an image service"):
        make_image_server_layer(item)
    assert opened == []


def test_a_portal_item_on_another_server_is_not_told_the_referer(image_server: ImageServerProcess) -> None:
    elsewhere = image_server.service("Olinda/Landsat").replace("127.0.0.1", "127.1")
    body = json.dumps({"url": elsewhere, "type": "Image Service", "title": "x"})
    image_server.fault("status", match="items/", status=200, body=body, content_type="application/json")
    item = f"{image_server.origin}/portal/home/item.html?id=0123456789abcdef0123456789abcdef"
    layer = make_image_server_layer(item, referer="https://page.example/secret")
    told = {request.headers.get("referer"): request.path for request in image_server.requests()}
    assert "/items/" in told.pop("https://page.example/secret")
    assert list(told) == [None]
    assert "page.example" not in layer.source()


def test_a_native_layer_of_a_stranger_leads_to_web_addresses_only(project: QgsProject) -> None:
    layer = QgsRasterLayer("url='\\\\\\\\evil\\\\share\\\\x.ags\\\\A.ImageServer'", "native", "arcgismapserver")
    project.addMapLayer(layer)
    with pytest.raises(AddressError):
        service_address(layer, project)


@pytest.mark.parametrize("service", ["\\\\evil\\share", "http://evil.example/ImageServer", 7, ["x"], "\x01", "{url}"])
@pytest.mark.parametrize("field", ["id", "missing", "", 5, None])
def test_a_list_of_rasters_by_a_stranger_locks_layers_of_its_service_only(
    image_server: ImageServerProcess, project: QgsProject, service: Any, field: Any
) -> None:
    url = image_server.service("Olinda/Landsat")
    image_layer = make_image_server_layer(url)
    source = image_layer.source()
    listed = QgsVectorLayer("Polygon?crs=EPSG:4326&field=id:string&field=other:int", "<img src='file:///x'>", "memory")
    feature = QgsFeature(listed.fields())
    for value in ("x", "1e999", "-1", str(2**70), None):
        feature["id"] = value
        assert listed.dataProvider().addFeature(feature)
    listed.setCustomProperty("image_server_layer/rasters_of", url if service == "{url}" else service)
    listed.setCustomProperty("image_server_layer/raster_id_field", field)
    project.addMapLayer(listed)
    listed.selectAll()
    image_server.clear()
    with_every_menu_and_page(listed)
    assert image_layer.source() == source
    for request in image_server.requests():
        assert request.path.startswith("/arcgis/rest/services/Olinda/Landsat/ImageServer")


_DROPPED = (
    "url='\\\\\\\\evil\\share\\x.ags\\A.ImageServer'", "url='file:///etc/hostname/ImageServer'",
    "url='http://u:p@127.0.0.1:9/rest/services/A/ImageServer'",
    "url=''", "", "\x00", "url='javascript:alert(1)//ImageServer'",
)  # fmt: skip


@pytest.mark.parametrize("uri", _DROPPED)
def test_what_is_dropped_from_a_stranger_is_a_web_address_or_nothing(
    image_server: ImageServerProcess, project: QgsProject, uri: str
) -> None:
    interface = Interface()
    editing = Editing(interface, lambda _layer_id: None)
    editing.start()
    drop = MapDrop(interface, editing.add_target, interface.window)
    drop.start()
    dragged = QgsMimeDataUtils.Uri()
    dragged.layerType, dragged.providerKey, dragged.uri, dragged.name = "raster", "arcgismapserver", uri, "x"
    assert not drop.take(QgsMimeDataUtils.encodeUriList([dragged]))
    other = QMimeData()
    other.setUrls([QUrl("file:///etc/hostname/ImageServer")])
    assert not drop.take(other)
    wait_until(idle)
    assert image_server.requests() == []
    assert not project.mapLayers()
    drop.stop()
    editing.stop()
    delete(interface.window)


def _layer_file(connection: Any, **more: Any) -> dict[str, Any]:
    layer = {
        "type": "CIMImageServiceLayer", "name": "<img src='file:///x'>", "uRI": "CIMPATH=a.json", "visibility": True,
        "dataConnection": {"type": "CIMAGSServiceConnection", "objectType": "ImageServer", **connection}, **more,
    }  # fmt: skip
    return {"type": "CIMLayerDocument", "layers": ["CIMPATH=a.json"], "layerDefinitions": [layer]}


def _web_map(url: Any, **more: Any) -> dict[str, Any]:
    layer = {"id": "a", "title": "<img src='file:///x'>", "url": url, "layerType": "ArcGISImageServiceLayer", **more}
    return {"operationalLayers": [layer], "baseMap": {"baseMapLayers": [layer]}, "version": "2.31"}


@pytest.mark.parametrize("ending", [".lyrx", ".mapx"])
@pytest.mark.parametrize(
    "document",
    [
        _layer_file({"url": "file:///etc/hostname/ImageServer"}),
        _layer_file({"url": "\\\\evil\\share\\x.ags\\A.ImageServer"}),
        _layer_file({"url": "http://127.0.0.1:9/x\r\nX-Evil: 1/ImageServer"}),
        _layer_file({"url": ["x"], "serverConnection": {"url": 7}}),
        _layer_file({}, renderingRule="C:\\evil.rft.xml", mosaicRule={"where": ["x"]}),
        _web_map("//evil.example/share/ImageServer"),
        _web_map("file:///etc/hostname/ImageServer"),
        _web_map({"x": 1}, renderingRule="\\\\evil\\x.rft.json", mosaicRule="{"),
        {"operationalLayers": {"a": [None]}, "baseMap": 7},
        [],
        None,
        "x",
    ],
)
def test_a_layer_file_or_map_by_a_stranger_opens_nothing_and_asks_nobody(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, document: Any, ending: str
) -> None:
    path = tmp_path / f"<img src=x>{ending}"
    path.write_text(json.dumps(document), encoding="utf-8")
    interface = Interface()
    editing = Editing(interface, lambda _layer_id: None)
    editing.start()
    drop = DocumentDrop(interface, editing.announcements, interface.window)
    drop.open(path)
    wait_until(idle)
    let_pass(0.05)
    said = [label.text() for label in interface.bar.findChildren(QLabel)]
    assert said
    assert not any("<img" in text for text in said)
    assert not project.mapLayers()
    assert image_server.requests() == []
    editing.stop()
    delete(interface.window)


_STRANGE_ENTRIES = (
    "{", "[1]", "7", '[{"choices": 5}]', '[{"choices": "{}"}]', "[[]]", '[{"choices": null, "authcfg": [1]}]',
)  # fmt: skip


@pytest.mark.parametrize("text", _STRANGE_ENTRIES)
def test_strange_settings_are_no_obstacle(project: QgsProject, text: str) -> None:
    del project
    settings = QgsSettings()
    name = "qgis/connections-arcgisfeatureserver/<img src='file:///x'>"
    settings.setValue("image_server_layer/recent", text)
    settings.setValue(f"{name}/url", "<img src='file:///x'>\x01?token=q7Zx9-Kd2.Vb4_Tn8")
    page = StartPage()
    heads = [page.view.topLevelItem(number) for number in range(page.view.topLevelItemCount())]
    items = [head.child(number) for head in heads for number in range(head.childCount())]
    shown = [text for item in items for text in (item.text(0), item.text(1), item.toolTip(0), item.toolTip(1))]
    del heads, items
    found = [part for words in ("img", "http://x", "<", "x" * 50_000) for part in _found(words, with_prefix=True)]
    shown += [detail for _, detail, _, _ in found]
    delete(page)
    settings.remove("image_server_layer/recent")
    settings.remove(name)
    assert not any("q7Zx9" in text for text in shown)
    assert not any(text.startswith("<p><img") for text in shown)
