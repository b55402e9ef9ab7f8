"""Everything that the plugin, or QGIS with it, makes of a layer: what a stranger may get to see."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from qgis.core import (
    QgsApplication,
    QgsLayerDefinition,
    QgsMapLayer,
    QgsNetworkAccessManager,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
)
from qgis.PyQt.QtXml import QDomDocument

from image_server_layer.plugin.layer.edit import edit_request, options_of
from image_server_layer.plugin.layer.options_file import SavedOptions, saved_text
from image_server_layer.plugin.layer.script import processing_script, python_script


def spellings(secret: str) -> set[bytes]:
    """Return the forms in which a secret may stand in a file."""
    texts = {secret, quote(secret, safe=""), quote(quote(secret, safe=""), safe=""), json.dumps(secret)[1:-1]}
    found = {text.encode() for text in texts} | {base64.b64encode(secret.encode())}
    return {form for form in found if form}


def leaks(secrets: Iterable[str], texts: dict[str, bytes]) -> list[str]:
    """Return the names of the texts that hold a secret."""
    forms = {form for secret in secrets for form in spellings(secret)}
    return sorted(name for name, text in texts.items() if any(form in text for form in forms))


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Return what QGIS' message log is told, and the addresses that its network logger shows."""
    heard: list[str] = []

    def note(message: str, tag: str, _: object) -> None:
        heard.append(f"{tag}: {message}")

    def note_request(parameters: object) -> None:
        heard.append(parameters.request().url().toString())  # type: ignore[attr-defined]

    log, network = QgsApplication.messageLog(), QgsNetworkAccessManager.instance()
    log.messageReceived.connect(note)
    network.requestAboutToBeCreated.connect(note_request)
    yield heard
    network.requestAboutToBeCreated.disconnect(note_request)
    log.messageReceived.disconnect(note)


def of_layer(layer: QgsRasterLayer, project: QgsProject, folder: Path) -> dict[str, bytes]:
    """Return all that there is of a layer in a project, by the name of the thing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("project.qgs", "project.qgz"):
        assert project.write(str(folder / name)), project.error()
    layer.saveNamedStyle(str(folder / "style.qml"))
    layer.saveNamedMetadata(str(folder / "metadata.qmd"))
    _layer_definition(layer, folder / "layer.qlr")
    texts = {
        "source": layer.source(),
        "public source": layer.publicSource(),
        "name": layer.name(),
        "information": layer.htmlMetadata(),
        "information of the provider": layer.dataProvider().htmlMetadata(),
        "source of the provider": layer.dataProvider().dataSourceUri(),
        "error": layer.error().message() if not layer.error().isEmpty() else "",
        "custom properties": repr([(key, layer.customProperty(key)) for key in layer.customPropertyKeys()]),
        "map tip": str(getattr(layer, "mapTipTemplate", str)()),
        "style": _style(layer),
    }
    options = options_of(layer)
    if options is not None:
        request = edit_request(layer, project, options)
        texts["Python"] = python_script(request)
        texts["Processing"] = processing_script(request)
        texts["options file"] = saved_text(SavedOptions(request.address.url, options))
    return {**{name: text.encode("utf-8", "replace") for name, text in texts.items()}, **in_folder(folder)}


def in_folder(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder and below it, and what is in archives."""
    found: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        name = str(file.relative_to(folder))
        found[name] = file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                found |= {f"{name}/{member}": archive.read(member) for member in archive.namelist()}
    return found


def of_profile() -> dict[str, bytes]:
    """Return settings, caches and data bases of QGIS in the home of this test, which is nobody's but the tests'."""
    QgsSettings().sync()
    return in_folder(Path.home())


def _layer_definition(layer: QgsMapLayer, file: Path) -> None:
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    is_written, message = QgsLayerDefinition.exportLayerDefinition(str(file), [node])
    assert is_written, message
    assert layer.id() in file.read_text(encoding="utf-8")


def _style(layer: QgsMapLayer) -> str:
    document = QDomDocument()
    layer.exportNamedStyle(document)
    return str(document.toString())
