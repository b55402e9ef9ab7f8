"""The help page: complete, and opened from the disk."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import fields
from inspect import Parameter, signature

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.wording import method_label, operation_label, option_label
from image_server_layer.plugin.resources import HELP_PAGE
from image_server_layer.plugin.service.vocabulary import MosaicMethod, MosaicOperation
from image_server_layer.tests.ui.waiting import delete
from image_server_layer.ui.form.layer_form import LayerForm

PAGE = HELP_PAGE.read_text(encoding="utf-8")
TEXT = html.unescape(re.sub(r"<[^>]+>", "", PAGE))


class Listener(QObject):
    """Takes the addresses that would have been opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @pyqtSlot(QUrl)  # type: ignore[untyped-decorator]
    @pyqtSlot(QUrl)  # type: ignore[untyped-decorator]
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    QDesktopServices.setUrlHandler("file", made.open)
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_the_help_button_opens_the_page_on_the_disk(listener: Listener, project: QgsProject) -> None:
    del project
    form = LayerForm(None)
    form._help_button.click()
    assert [url.toLocalFile() for url in listener.opened] == [str(HELP_PAGE)]
    delete(form)


@pytest.mark.parametrize("label", [option_label(field.name) for field in fields(LayerOptions)])
def test_the_page_explains_every_option(label: str) -> None:
    assert label in TEXT


def test_the_page_explains_every_parameter_of_the_tool() -> None:
    named = re.findall(r"<br><code>(\w+)</code></td>", PAGE)
    parameters = signature(make_image_server_layer).parameters.values()
    of_tool = {parameter.name for parameter in parameters if parameter.kind is Parameter.POSITIONAL_OR_KEYWORD}
    assert set(named) == of_tool
    assert len(named) == len(of_tool)


def test_the_page_explains_every_method_and_operation() -> None:
    first_cells = re.findall(r"<tr><td>([^<]+)</td>", PAGE)
    labels = [*map(method_label, MosaicMethod), *map(operation_label, MosaicOperation)]
    assert sorted(first_cells) == sorted(labels)


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r'(?:src|href)="([^"]+)"', PAGE)
    assert targets
    for target in targets:
        if target.startswith("#"):
            assert f'id="{target[1:]}"' in PAGE
        else:
            assert (HELP_PAGE.parent / target).is_file(), target
