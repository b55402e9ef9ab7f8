"""Find a service, connect to it, and see what it is."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.trust.standstill import watched
from image_server_layer.tests.ui.hand import type_into
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import SUMMARY, connected, idle, loaded, type_and_enter, type_text
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.service.service_section import ServiceSection


def test_return_connects_and_says_what_the_service_is(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.patch(LANDSAT, {"copyrightText": "<b>Me</b> & you", "description": "<i>Line</i> one\nline two"})
    assert service_section.problem() == "Connect to an image service first."
    type_and_enter(service_section, image_server.service(LANDSAT))
    assert service_section.problem() == "The image service is still being read."
    assert service_section.progress_bar.isVisible()
    wait_until(lambda: service_section.facts.summary_label.text() == SUMMARY)
    assert service_section.problem() == ""
    assert not service_section.progress_bar.isVisible()
    assert service_section.facts.copyright_label.text() == "Copyright: Me & you"
    assert service_section.facts.description_label.text() == "Line one line two"
    facts = service_section.facts
    for label in (facts.summary_label, facts.copyright_label, facts.description_label):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_long_description_is_whole_in_the_tooltip_and_stays_text(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.patch(LANDSAT, {"description": "<b>" + "long " * 100})
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    assert service_section.facts.description_label.text() == ("<b>" + "long " * 100)[:299] + "…"
    assert service_section.facts.description_label.toolTip() == "&lt;b&gt;" + ("long " * 100).strip()


def test_another_address_needs_to_be_connected_to(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    type_into(service_section._address, "x")
    assert service_section.problem() == "The address has changed; connect to it first."


def test_facts_of_the_service_before_are_faded_under_another_address(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: idle(service_section))
    facts = service_section.facts
    assert facts.isEnabled()
    image_server.fault("hang", match="Elevation")
    type_and_enter(service_section, image_server.service("Olinda/Elevation"))
    assert facts.summary_label.text() == SUMMARY
    assert not facts.isEnabled()
    image_server.release()
    wait_until(lambda: facts.summary_label.text().startswith("1 band"))
    assert facts.isEnabled()
    type_into(service_section._address, "x")
    assert not facts.isEnabled()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("", "There is no address: give the URL of an image service, https://…/ImageServer."),
        (
            "nonsense",
            "“nonsense” is neither a URL nor the name of a saved connection: give the URL of an image service.",
        ),
        (
            "{url}/Olinda/Places/MapServer",
            (
                "“{url}/Olinda/Places/MapServer” is a map service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server "
                "Layer for it."
            ),
        ),
    ],
)
def test_what_is_no_image_service_is_said_beside_the_field(
    service_section: ServiceSection, image_server: ImageServerProcess, address: str, problem: str
) -> None:
    assert service_section.problem() == "Connect to an image service first."
    type_and_enter(service_section, address.format(url=image_server.url))
    assert service_section._problem.text() == problem.format(url=image_server.url)
    assert service_section.problem() == service_section._problem.text()


def test_losing_the_network_leaves_the_service(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: service_section.facts.summary_label.text() == SUMMARY)
    image_server.fault("drop", match="ImageServer")
    service_section.refresh_button.click()
    wait_until(service_section._problem.text)
    assert loaded(service_section).service.name == LANDSAT
    assert service_section.facts.summary_label.text() == SUMMARY
    assert service_section.problem() == ""


def test_refresh_reads_the_description_anew(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    service_section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    image_server.patch(LANDSAT, {"copyrightText": "Someone else"})
    service_section.refresh_button.click()
    wait_until(lambda: service_section.facts.copyright_label.text() == "Copyright: Someone else")


def test_a_superseded_answer_never_lands(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    image_server.fault("hang", match=LANDSAT)
    names: list[str] = []
    service_section.loader.loaded.connect(lambda found: names.append(found.service.name))
    service_section.open(image_server.service(LANDSAT))
    wait_until(image_server.requests)
    service_section.open(image_server.service("Olinda/Elevation"))
    wait_until(lambda: names)
    image_server.release()
    let_pass(0.3)
    assert names == ["Olinda/Elevation"]


def test_connecting_can_be_canceled(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    image_server.fault("hang", match=LANDSAT)
    service_section.open(image_server.service(LANDSAT))
    wait_until(image_server.requests)
    assert service_section.connect_button.text() == "&Cancel"
    service_section.connect_button.click()
    assert not service_section.progress_bar.isVisible()
    assert service_section.connect_button.text() == "&Connect"
    wait_until(lambda: QgsApplication.taskManager().countActiveTasks() == 0, SOON)
    assert service_section.problem() == "Connect to an image service first."


def test_it_may_be_gone_before_the_answer_comes(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match=LANDSAT)
    service_section.open(image_server.service(LANDSAT))
    wait_until(image_server.requests)
    delete(service_section)
    image_server.release()
    let_pass(0.3)


def test_the_main_thread_never_waits(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    latency = 1.5
    image_server.settings(latency=latency)
    service_section.open(image_server.service(LANDSAT))
    # What it has to do itself is a small part of what one answer takes.
    assert watched(lambda: service_section.facts.summary_label.text() == SUMMARY) < latency / 2


def test_the_address_is_shown_from_its_beginning(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    type_and_enter(service_section, image_server.service(LANDSAT))
    field = service_section._address.lineEdit()
    assert field.cursorPosition() == len(field.text())
    wait_until(lambda: connected(service_section))
    assert field.cursorPosition() == 0


def test_who_types_meanwhile_is_not_disturbed(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match=LANDSAT)
    type_and_enter(service_section, image_server.service(LANDSAT))
    type_text(service_section, "https://")
    image_server.release()
    wait_until(lambda: connected(service_section))
    type_into(service_section._address, "next")
    assert service_section._address.currentText() == "https://next"


def test_a_server_takes_the_place_of_a_service_that_is_still_being_read(
    service_section: ServiceSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match=LANDSAT)
    type_and_enter(service_section, image_server.service(LANDSAT))
    wait_until(image_server.requests)
    type_and_enter(service_section, image_server.url)
    wait_until(lambda: service_section._tree.topLevelItem(0).childCount() == 3)
    image_server.release()
    let_pass(0.3)
    assert service_section._tree.isVisible()
    assert service_section.problem() == "Choose one of the image services in the list."


def test_closing_the_form_does_not_stop_the_counting(dialog: AddLayerDialog, image_server: ImageServerProcess) -> None:
    section = dialog.form._service
    image_server.fault("hang", match="returnCountOnly")
    section.open(image_server.service(LANDSAT))
    wait_until(lambda: connected(section))
    assert "mosaic," in section.facts.summary_label.text()
    dialog.close()
    dialog.present()
    image_server.release()
    wait_until(lambda: section.facts.summary_label.text() == SUMMARY)


@pytest.mark.parametrize("address", ["nonsense", "{origin}/arcgis/rest/services/Nowhere/ImageServer"])
def test_an_address_that_fails_leaves_nothing_of_the_service_before(
    service_section: ServiceSection, image_server: ImageServerProcess, address: str
) -> None:
    service_section.open(f"{image_server.service(LANDSAT)}?token=abc")
    wait_until(lambda: connected(service_section))
    assert service_section.token.isVisible()
    type_and_enter(service_section, address.format(origin=image_server.origin))
    wait_until(service_section._problem.text)
    assert service_section.loader.current is None
    assert service_section.facts.summary_label.text() == ""
    assert not service_section.facts.summary_label.isVisible()
    assert service_section.problem() == service_section._problem.text()


def test_a_token_is_gone_with_its_address(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    service_section.open(f"{image_server.service(LANDSAT)}?token=abc")
    type_and_enter(service_section, "nonsense")
    assert not service_section.token.isVisible()
