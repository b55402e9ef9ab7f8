"""The small picture of a service: which one it is, what it costs, and when it goes."""

from __future__ import annotations

from urllib.request import urlopen

import numpy as np
import numpy.typing as npt
import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtGui import QImage

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.imageserver.wire import Record
from image_server_layer.tests.ui.forms import open_service
from image_server_layer.tests.ui.hand import click
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import SECURED, child, connected, loaded, store_token, texts, type_and_enter
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.common.thumbnail_store import SESSION
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.service.service_section import ServiceSection

ELEVATION = "Olinda/Elevation"


@pytest.fixture(autouse=True)
def with_thumbnails(no_pictures_by_themselves: None) -> None:
    del no_pictures_by_themselves
    QgsSettings().setValue("image_server_layer/thumbnails", True)
    SESSION.clear()


def pictures(server: ImageServerProcess) -> list[Record]:
    """Return what was asked to be drawn, or was published."""
    return [found for found in server.requests() if "exportImage" in found.url or "thumbnail" in found.url]


def shown(section: ServiceSection) -> QImage:
    """Wait for the picture, and return it as it is on the screen."""
    wait_until(lambda: connected(section) and not section.thumbnail.is_busy)
    label = section.facts.thumbnail_label
    assert label.isVisible()
    return label.pixmap().toImage()


def pixels(image: QImage) -> npt.NDArray[np.int16]:
    """Return an image as rows × columns × (red, green, blue, alpha)."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4).astype(np.int16)


def sent(url: str) -> QImage:
    with urlopen(url) as answer:  # noqa: S310
        image = QImage()
        assert image.loadFromData(answer.read())
        return image


def test_what_the_publisher_has_put_there_is_shown(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.open(image_server.service(ELEVATION))
    image = shown(service_section)
    assert (image.width(), image.height()) == (160, 106)
    assert [found.path.rpartition("/ImageServer/")[2] for found in pictures(image_server)] == ["info/thumbnail"]
    whole = sent(f"{image_server.service(ELEVATION)}/info/thumbnail")
    assert (whole.width(), whole.height()) == (200, 133)
    difference = pixels(image)[..., :3].mean() - pixels(whole)[..., :3].mean()
    assert abs(difference) < 2


def test_without_one_the_service_draws_itself(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.open(image_server.service(LANDSAT))
    image = shown(service_section)
    _, drawn = pictures(image_server)
    assert drawn.query["size"] == "160,120"
    assert "renderingRule" not in drawn.query
    np.testing.assert_array_equal(pixels(image), pixels(sent(image_server.origin + drawn.url)))


def test_it_is_kept_for_the_session_and_for_who_asked(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    for name in (LANDSAT, ELEVATION):
        type_and_enter(service_section, image_server.service(name))
        shown(service_section)
    image_server.clear()
    type_and_enter(service_section, image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    assert not service_section.facts.thumbnail_label.pixmap().isNull()
    let_pass(0.1)
    assert pictures(image_server) == []
    service_section.open(image_server.service(SECURED), store_token())
    shown(service_section)
    assert {found.headers["x-esri-authorization"] for found in pictures(image_server)} == {f"Bearer {TOKEN}"}


def test_who_moves_on_stops_it(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    image_server.fault("hang", match="Landsat/ImageServer/exportImage", seconds=20)
    type_and_enter(service_section, image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section) and len(pictures(image_server)) == 2)
    assert service_section.facts.thumbnail_label.isVisible()
    assert service_section.facts.thumbnail_label.pixmap().isNull()
    type_and_enter(service_section, image_server.service(ELEVATION))
    assert (shown(service_section).width(), loaded(service_section).service.name) == (160, ELEVATION)


def test_where_there_is_none_nothing_is_in_its_place_and_nothing_is_said(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", match="exportImage")
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section) and not service_section.thumbnail.is_busy)
    assert not service_section.facts.thumbnail_label.isVisible()
    assert service_section.problem() == ""
    image_server.clear()
    service_section.refresh_button.click()
    wait_until(lambda: connected(service_section))
    let_pass(0.1)
    assert pictures(image_server) == []


def test_one_click_in_the_tree_shows_facts_and_picture(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.resize(700, 500)
    type_and_enter(service_section, image_server.url)
    server = service_section._tree.topLevelItem(0)
    wait_until(lambda: "Olinda" in texts(server))
    folder = child(server, "Olinda")
    folder.setExpanded(True)
    wait_until(lambda: "Landsat" in texts(folder))
    tree = service_section._tree
    click(tree.viewport(), tree.visualItemRect(child(folder, "Landsat")).center())
    image = shown(service_section)
    assert (image.width(), image.height()) == (160, 120)
    assert service_section.facts.summary().startswith("6 bands, 8-bit, 28.5 m")
    assert tree.isVisible()


def test_the_line_of_a_service_that_was_taken_shows_it_too(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    bar = form._service_area.bar
    wait_until(lambda: not form._service.thumbnail.is_busy)
    assert bar.thumbnail_label.isVisible()
    assert bar.thumbnail_label.pixmap().height() == bar.change_button.sizeHint().height()
    open_service(form, image_server, ELEVATION)
    wait_until(lambda: not form._service.thumbnail.is_busy)
    assert bar.thumbnail_label.isVisible()


def test_who_wants_no_thumbnails_asks_for_none(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    QgsSettings().setValue("image_server_layer/thumbnails", False)
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    let_pass(0.1)
    assert pictures(image_server) == []
    assert not service_section.facts.thumbnail_label.isVisible()
