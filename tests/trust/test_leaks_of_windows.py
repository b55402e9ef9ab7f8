"""Secrets do not show in windows, nor are they kept by them: the form, galleries, lists, drops, documents, the bar."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsMimeDataUtils, QgsProject, QgsSettings
from qgis.gui import QgsMessageViewer
from qgis.PyQt.QtWidgets import QApplication, QPushButton

from image_server_layer import make_image_server_layer
from image_server_layer.tests.documents.examples import text_for
from image_server_layer.tests.imageserver.security import PASSWORD, TOKEN
from image_server_layer.tests.main_window import Interface, delete_what_is_due
from image_server_layer.tests.provider.drawing import drawn
from image_server_layer.tests.trust.artifacts import leaks, of_layer, of_profile, overheard
from image_server_layer.tests.trust.windows import texts_of
from image_server_layer.tests.ui.forms import added, idle, settled
from image_server_layer.tests.ui.services import save_connection
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.entry.document_drop import DocumentDrop
from image_server_layer.ui.entry.editing import Editing
from image_server_layer.ui.entry.locator import _found
from image_server_layer.ui.entry.map_drop import MapDrop
from image_server_layer.ui.function.gallery import FunctionGallery
from image_server_layer.ui.service.start_page import StartPage

if TYPE_CHECKING:
    from image_server_layer.tests.credentials import Store
    from image_server_layer.tests.imageserver.process import ImageServerProcess

# One that its name tells, one that its looks do, and one that is both short and without a name, but in a user's place.
NAMED = "q7Zx9-Kd2.Vb4_Tn8"
RANDOM = "kT9fQ2mXv7LpZr4WcB8nYd3HsJ6gUe1A"
SECRETS = (NAMED, RANDOM)
_SPELLINGS = ("?token={named}", "?x={random}", "?sig={named}&f=json", "#access_token={named}", "?{random}")


@pytest.fixture
def editing(windows: Interface) -> Iterator[Editing]:
    made = Editing(windows, lambda _layer_id: None)
    made.start()
    yield made
    wait_until(idle)
    made.stop()


def everything(
    project: QgsProject, folder: Path, heard: list[str], server: ImageServerProcess | None = None
) -> dict[str, bytes]:
    """Return what windows show, what was logged, and what is kept of all layers and of the profile."""
    found = {f"log {number}": text.encode() for number, text in enumerate(heard)} | of_profile()
    for window in QApplication.topLevelWidgets():
        found |= {f"{window.windowTitle()}: {name}": text for name, text in texts_of(window).items()}
    for number, layer in enumerate(project.mapLayers().values()):
        found |= {f"layer {number} {name}": text for name, text in of_layer(layer, project, folder / "made").items()}
    if server is not None:
        found |= {f"wire {number}": repr(request).encode() for number, request in enumerate(server.requests())}
    return found


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_an_address_with_a_secret_in_the_form(
    windows: Interface, project: QgsProject, image_server: ImageServerProcess, tmp_path: Path, spelling: str
) -> None:
    for key in ("function_gallery", "preview"):
        QgsSettings().setValue(f"image_server_layer/{key}", True)
    with overheard() as heard:
        dialog = AddLayerDialog(windows.canvas, windows.bar, windows.window)
        dialog.present()
        url = image_server.service("Olinda/Landsat") + spelling.format(named=NAMED, random=RANDOM)
        dialog.form.open(url)
        wait_until(lambda: settled(dialog.form))
        wait_until(lambda: not any(gallery.is_busy for gallery in dialog.findChildren(FunctionGallery)))
        added(dialog.form, project)
        let_pass(0.2)
        wait_until(idle)
        texts = everything(project, tmp_path, heard)
    # What was typed stands in the field where it was typed, which nobody keeps.
    typed = [name for name in texts if "QLineEdit" in name or "AddressBox" in name]
    assert leaks(SECRETS, {name: text for name, text in texts.items() if name not in typed}) == []
    delete(dialog)


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_an_address_with_a_secret_that_fails_in_the_form(
    windows: Interface, project: QgsProject, image_server: ImageServerProcess, tmp_path: Path, spelling: str
) -> None:
    with overheard() as heard:
        dialog = AddLayerDialog(windows.canvas, windows.bar, windows.window)
        dialog.present()
        secret = spelling.format(named=NAMED, random=RANDOM)
        image_server.fault("json_error", match="", code=500, message=f"No such thing: https://h/x{secret}")
        dialog.form.open(image_server.service("Olinda/Landsat") + secret)
        wait_until(lambda: image_server.requests() and idle())
        let_pass(0.1)
        texts = everything(project, tmp_path, heard)
    assert any(b"No such thing" in text for text in texts.values())
    typed = [name for name in texts if "QLineEdit" in name or "AddressBox" in name]
    assert leaks(SECRETS, {name: text for name, text in texts.items() if name not in typed}) == []
    delete(dialog)


@pytest.mark.parametrize("use", ["gallery and preview", "edit", "menu", "page"])
def test_stored_credentials_in_windows(
    windows: Interface,
    editing: Editing,
    project: QgsProject,
    image_server: ImageServerProcess,
    stored: Store,
    tmp_path: Path,
    use: str,
) -> None:
    for key in ("function_gallery", "preview"):
        QgsSettings().setValue(f"image_server_layer/{key}", True)
    authcfg = stored("EsriToken", {"token": TOKEN})
    url = image_server.service("Test/Secured")
    dialog = AddLayerDialog(windows.canvas, windows.bar, windows.window)
    with overheard() as heard:
        if use == "gallery and preview":
            dialog.present()
            dialog.form.open(url, authcfg)
            wait_until(lambda: settled(dialog.form))
            added(dialog.form, project)
        else:
            layer = make_image_server_layer(url, authcfg=authcfg)
            windows.active_layer = layer
            _use(use, editing, windows, layer)
        let_pass(0.3)
        wait_until(idle)
        # The token is taken back, and the server says so in its own words.
        image_server.fault("json_error", match="", code=498, message=f"Token {TOKEN} {PASSWORD} is invalid")
        for kept in project.mapLayers().values():
            kept.dataProvider().reloadData()
            drawn(kept, size=(30, 30))
        let_pass(0.2)
        wait_until(idle)
        texts = everything(project, tmp_path, heard)
    assert leaks([TOKEN, PASSWORD], texts) == []
    image_server.reset()
    delete(dialog)
    delete_what_is_due()


def _use(use: str, editing: Editing, windows: Interface, layer: Any) -> None:
    if use == "edit":
        editing.editor.edit(layer)
    elif use == "menu":
        quick = editing.menu.quick
        quick.fill()
        wait_until(idle)
        for action in (quick.lock, quick.footprints, quick.refresh):
            action.trigger()
            wait_until(idle)
    else:
        (factory,) = windows.properties_pages
        factory.createWidget(layer, windows.canvas, False, windows.window)


def _document(name: str) -> Callable[[str], str]:
    """Return what makes an example whose addresses, and what stands beside them, hold secrets."""
    secrets = f'/ImageServer?token={NAMED}&x={RANDOM}", "password": "{RANDOM}", "token": "{NAMED}"'
    return lambda server: text_for(name, server).replace('/ImageServer"', secrets)


def _foreign(server: str) -> str:
    """Return a layer file of layers that cannot be added, for reasons that name their addresses."""
    layers = [
        {
            "type": kind,
            "name": f"{number}",
            "uRI": f"CIMPATH={number}.json",
            "dataConnection": {"type": "CIMAGSServiceConnection", "objectType": "ImageServer", "url": url},
        }
        for number, (kind, url) in enumerate(
            [
                ("CIMImageServiceLayer", f"{server}/rest/services/Olinda/Landsat/ImageServer?token={NAMED}"),
                ("CIMImageServiceLayer", f"{server}/rest/services/Olinda/Missing/ImageServer?token={NAMED}&x={RANDOM}"),
                ("CIMImageServiceLayer", f"{server}/rest/services/Olinda/Map/MapServer?token={NAMED}"),
                ("CIMImageServiceLayer", f"http://user:{NAMED}@127.0.0.1:9/rest/services/A/ImageServer"),
                ("CIMImageServiceLayer", f"file:///x?{RANDOM}"),
            ]
        )
    ]
    uris = [layer["uRI"] for layer in layers]
    return json.dumps({"type": "CIMLayerDocument", "layers": uris, "layerDefinitions": layers})


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("landsat.lyrx", _document("landsat.lyrx")),
        ("coast.mapx", _document("coast.mapx")),
        ("foreign.lyrx", _foreign),
    ],
)
def test_a_document_with_secrets_that_is_dropped(
    windows: Interface,
    editing: Editing,
    project: QgsProject,
    image_server: ImageServerProcess,
    tmp_path: Path,
    name: str,
    make: Callable[[str], str],
) -> None:
    content = make(f"{image_server.origin}/arcgis")
    assert NAMED in content
    (tmp_path / "given").mkdir()
    path = tmp_path / "given" / name
    path.write_text(content, encoding="utf-8")
    drop = DocumentDrop(windows, editing.announcements, windows.window)
    with overheard() as heard:
        drop.open(path)
        wait_until(project.mapLayers)
        wait_until(idle)
        let_pass(0.1)
        for button in windows.bar.findChildren(QPushButton):
            if button.text() == "Details…":
                button.click()
        for layer in project.mapLayers().values():
            drawn(layer, size=(30, 30))
        texts = everything(project, tmp_path / "project", heard, image_server)
    assert leaks(SECRETS, texts) == []
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QgsMessageViewer):
            delete(window)


def test_a_web_map_with_secrets_in_the_form(
    windows: Interface, project: QgsProject, image_server: ImageServerProcess, tmp_path: Path
) -> None:
    server = f"{image_server.origin}/arcgis"
    layers = [
        {
            "id": f"{number}", "title": service, "layerType": "ArcGISImageServiceLayer",
            "url": f"{server}/rest/services/Olinda/{service}/ImageServer?token={NAMED}&x={RANDOM}",
        }
        for number, service in enumerate(("Landsat", "Missing"))
    ]  # fmt: skip
    dialog = AddLayerDialog(windows.canvas, windows.bar, windows.window)
    dialog.present()
    with overheard() as heard:
        dialog.form.documents.open_text(json.dumps({"operationalLayers": layers, "version": "2.31"}))
        wait_until(dialog.form.message_bar.items)
        for text in ("Details…", "Add All"):
            found = [each for each in dialog.form.message_bar.findChildren(QPushButton) if each.text() == text]
            found[0].click()
            wait_until(idle)
            let_pass(0.1)
        wait_until(project.mapLayers)
        texts = everything(project, tmp_path, heard, image_server)
    assert leaks(SECRETS, texts) == []
    delete(dialog)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QgsMessageViewer):
            delete(window)


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_a_service_with_a_secret_that_is_dropped_on_the_map(
    windows: Interface,
    editing: Editing,
    project: QgsProject,
    image_server: ImageServerProcess,
    tmp_path: Path,
    spelling: str,
) -> None:
    drop = MapDrop(windows, editing.add_target, windows.window)
    url = image_server.service("Olinda/Landsat") + spelling.format(named=NAMED, random=RANDOM)
    dragged = QgsMimeDataUtils.Uri()
    dragged.layerType, dragged.providerKey, dragged.name = "raster", "arcgismapserver", "Landsat"
    dragged.uri = f"url='{url}' http-header:referer='https://user:{NAMED}@page.example/'"
    with overheard() as heard:
        assert drop.take(QgsMimeDataUtils.encodeUriList([dragged]))
        wait_until(project.mapLayers)
        wait_until(idle)
        texts = everything(project, tmp_path, heard)
    assert leaks(SECRETS, texts) == []


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_lists_of_services_and_the_locator_show_no_secret(project: QgsProject, spelling: str) -> None:
    del project
    secret = spelling.format(named=NAMED, random=RANDOM)
    # QGIS keeps a connection as the user has typed it.
    save_connection(
        "Harbor", f"https://gis.example.org/arcgis/rest/services{secret}", referer=f"https://p/?key={NAMED}"
    )
    page = StartPage()
    shown = texts_of(page)
    for words in ("Harbor", f"https://gis.example.org/arcgis/rest/services/A/ImageServer{secret}"):
        for number, (title, detail, _, _) in enumerate(_found(words, with_prefix=True)):
            shown[f"{words} {number}"] = f"{title}\n{detail}".encode()
    delete(page)
    QgsSettings().remove("connections/arcgisfeatureserver")
    assert len(shown) > 4
    assert leaks(SECRETS, shown) == []
