"""What comes out of a processing template, where the server cannot be asked at first."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import open_service, settled
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.form.layer_form import LayerForm

NDVI = LayerOptions(processing_template=ProcessingTemplate("NDVI"))


def choose(form: LayerForm, options: LayerOptions) -> None:
    for section in form._sections.all:
        section.set_from(options, form.state.known)
    form._sections.all[0].changed.emit()


def questions(server: ImageServerProcess) -> int:
    return len([request for request in server.requests(operation="") if "renderingRule" in request.query])


def again(form: LayerForm) -> None:
    choose(form, LayerOptions())
    choose(form, NDVI)


def another_option(form: LayerForm) -> None:
    form._advanced.quality_box.setValue(50)


def refresh(form: LayerForm) -> None:
    form._service.refresh_button.click()


@pytest.mark.parametrize("ask", [again, another_option, refresh])
@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("drop", "The server {host} cut the connection: try again later. Refresh asks the server again."),
        ("status", "{host} is unavailable (HTTP 503): try again later. Refresh asks the server again."),
    ],
)
def test_a_failure_on_the_way_is_said_and_asked_about_again(
    form: LayerForm, image_server: ImageServerProcess, fault: str, problem: str, ask: Callable[[LayerForm], None]
) -> None:
    open_service(form, image_server)
    image_server.fault(fault, match="NDVI", **({"status": 503} if fault == "status" else {}))
    choose(form, NDVI)
    problem = problem.format(host=image_server.origin.partition("://")[2])
    wait_until(lambda: form.problem() == problem)
    image_server.reset()
    form.state.update()
    let_pass(0.1)
    assert questions(image_server) == 0
    ask(form)
    wait_until(lambda: settled(form) and form.problem() == "")
    assert questions(image_server) == 1
    assert form._sections.all[0]._model.rowCount() == 1


def test_a_server_that_is_gone_is_not_asked_without_end(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    image_server.fault("status", match="NDVI", status=503)
    choose(form, LayerOptions(processing_template=ProcessingTemplate("NDVI"), nodata=(math.nan,)))
    wait_until(lambda: questions(image_server) and settled(form))
    let_pass(0.3)
    # What passes is asked three times, and then no more.
    assert questions(image_server) == 3


def test_what_the_server_itself_refuses_it_is_not_asked_again(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    image_server.fault("json_error", match="NDVI", message="Failed to execute", code=500)
    choose(form, NDVI)
    wait_until(lambda: form.problem().endswith("answered with an error: Failed to execute"))
    image_server.reset()
    again(form)
    another_option(form)
    let_pass(0.1)
    assert form.problem().endswith("answered with an error: Failed to execute")
    assert questions(image_server) == 0
