"""What goes wrong on the network, and the sentence and the error that each failure gets."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsFeedback, QgsNetworkAccessManager, QgsSettings

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import (
    AuthenticationError,
    CanceledError,
    ImageServerLayerError,
    NetworkError,
    RequestTimeoutError,
    ServerError,
)
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.patience import soon
from image_server_layer.tests.service.running import Runner, in_task
from tests.sandbox import CLOSED_PORT


def failure(url: str, timeout: float = 5) -> ImageServerLayerError:
    """Ask, and return the error."""
    with pytest.raises(ImageServerLayerError) as caught:
        Transport(Access(timeout=timeout)).get(url, {"f": "json"})
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        (400, ServerError, "{host} answered with an error (code 400) and gave no reason."),
        (
            401,
            AuthenticationError,
            "{host} wants credentials: choose an authentication configuration, or check the one that is chosen.",
        ),
        (
            403,
            AuthenticationError,
            (
                "{host} forbids this request (HTTP 403): it may want other credentials, or a firewall on the way may "
                "not let pass what is asked. Try it with fewer options, and ask the owner of the service."
            ),
        ),
        (404, ServerError, "There is nothing at {url} (HTTP 404): check the address."),
        (500, ServerError, "{host} is unavailable (HTTP 500): try again later."),
        (502, ServerError, "{host} is unavailable (HTTP 502): try again later."),
        (503, ServerError, "{host} is unavailable (HTTP 503): try again later."),
    ],
)
def test_an_http_error_is_told_in_words(
    image_server: ImageServerProcess, url: str, status: int, kind: type[ServerError], sentence: str
) -> None:
    image_server.fault("status", match="f=json", status=status, body="<html><body>Sorry</body></html>")
    error = failure(url)
    assert type(error) is kind
    assert error.code == status
    assert str(error) == sentence.format(url=url, host=url.split("/")[2])
    assert url in (error.details, *str(error).split())


def test_a_proxy_that_wants_a_password_is_named(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("status", match="f=json", status=407)
    error = failure(url)
    assert type(error) is NetworkError
    assert str(error) == (
        f"The proxy on the way to {url.split('/')[2]} wants a password: set it under Settings ▸ Options ▸ Network."
    )


@pytest.mark.parametrize("status", [200, 400, 500])
def test_the_words_of_the_server_come_before_those_of_http(
    image_server: ImageServerProcess, url: str, status: int
) -> None:
    body = '{"error":{"code":400,"message":"Unable to complete operation.","details":["Bad field."]}}'
    image_server.fault("status", match="f=json", status=status, body=body, content_type="application/json")
    if status == 200:
        # Whether a body with HTTP 200 is an error is for whoever knows what was asked for.
        assert Transport(Access()).get(url, {"f": "json"}).content == body.encode()
        return
    error = failure(url)
    assert isinstance(error, ServerError)
    assert str(error) == f"{url.split('/')[2]} answered with an error: Unable to complete operation: Bad field."
    assert (error.details, error.code, error.words) == (
        f"{url}\nUnable to complete operation.\nBad field.",
        400,
        "Unable to complete operation: Bad field.",
    )


@pytest.mark.parametrize("status", [400, 404, 413, 414, 431])
def test_a_url_too_long_for_the_server_has_its_own_sentence(
    image_server: ImageServerProcess, url: str, status: int
) -> None:
    image_server.fault("url_limit", match="f=json", length=2048, status=status)
    with pytest.raises(ServerError) as caught:
        Transport(Access()).get(url, {"f": "json", "x": "x" * 3000}, always_get=True)
    assert caught.value.code == 414
    assert str(caught.value) == (
        f"{url.split('/')[2]} does not take a request of 3009 characters: shorten the where clause, the raster ids or "
        "the processing template."
    )


def test_the_same_request_as_a_form_is_not_too_long(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("url_limit", match="f=json", length=2048)
    assert Transport(Access()).get(url, {"f": "json", "x": "x" * 3000}).status == 200


def test_a_refused_connection_is_named() -> None:
    error = failure(f"http://127.0.0.1:{CLOSED_PORT}/arcgis/rest/services/X/ImageServer")
    assert type(error) is NetworkError
    assert str(error) == (
        f"127.0.0.1:{CLOSED_PORT}, or the proxy on the way to it, refuses the connection: check address, port and "
        "proxy."
    )


def test_a_proxy_that_does_not_answer_is_named() -> None:
    # The tests' proxy is a closed port.
    url = "https://gis.example.org/arcgis/rest/services/X/ImageServer"
    error = failure(url)
    assert type(error) is NetworkError
    assert str(error) == (
        "The connection to gis.example.org failed: check your connection to the network, and the proxy in QGIS' "
        "settings."
    )
    assert error.details == f"{url}\nProxy connection refused"


def test_an_unknown_server_is_named() -> None:
    # Too long to be looked up at all, so that no name server is asked.
    host = "a." * 150 + "invalid"
    QgsSettings().setValue("proxy/noProxyUrls", [f"http://{host}"])
    error = failure(f"http://{host}/arcgis/rest/services/X/ImageServer")
    assert type(error) is NetworkError
    assert str(error) == f"The server {host} was not found: check its name, and your connection to the network."


def test_a_connection_that_is_not_secure_is_named(url: str) -> None:
    QgsSettings().setValue("proxy/noProxyUrls", ["https://127.0.0.1:"])
    error = failure(url.replace("http:", "https:"))
    assert type(error) is NetworkError
    assert str(error) == (
        f"No secure connection to {url.split('/')[2]}: it does not understand https, or QGIS does not trust its "
        "certificate (see Settings ▸ Options ▸ Authentication)."
    )


@pytest.mark.parametrize("fault", ["drop", "truncate"])
def test_a_connection_that_is_cut_is_named(image_server: ImageServerProcess, url: str, fault: str) -> None:
    image_server.fault(fault, match="f=json")
    error = failure(url)
    assert type(error) is NetworkError
    assert str(error) == f"The server {url.split('/')[2]} cut the connection: try again later."


def test_silence_ends_with_the_timeout(image_server: ImageServerProcess, url: str, run: Runner) -> None:
    image_server.fault("hang", match="f=json")
    with soon():
        error = run(lambda: failure(url, timeout=0.5))
    assert type(error) is RequestTimeoutError
    assert str(error) == (f"{url.split('/')[2]} did not answer in time: try again later, or allow a longer timeout.")


@pytest.mark.parametrize("length", [10, 6000], ids=["GET", "POST"])
def test_an_answer_that_trickles_ends_with_the_timeout(
    image_server: ImageServerProcess, url: str, run: Runner, length: int
) -> None:
    image_server.settings(line_speed=200)  # the description takes half a minute
    with soon(), pytest.raises(RequestTimeoutError):
        run(lambda: Transport(Access(timeout=0.4)).get(url, {"f": "json", "x": "x" * length}))


def test_a_timeout_of_qgis_own_is_told_as_one(image_server: ImageServerProcess, url: str) -> None:
    QgsNetworkAccessManager.setTimeout(300)
    image_server.fault("hang", match="f=json")
    assert type(failure(url, timeout=50)) is RequestTimeoutError


@pytest.mark.parametrize("delay", [0, 0.001, 0.003, 0.01, *[0.05] * 20])
def test_a_request_can_be_canceled_at_any_time(image_server: ImageServerProcess, url: str, delay: float) -> None:
    image_server.fault("hang", match="f=json")
    feedback = QgsFeedback()
    canceller = threading.Timer(delay, feedback.cancel)
    canceller.start()
    with soon(), pytest.raises(CanceledError):
        in_task(lambda: Transport(Access(), feedback).get(url, {"f": "json"}))
    canceller.join()


def test_nothing_is_sent_once_canceled(image_server: ImageServerProcess, url: str, run: Runner) -> None:
    feedback = QgsFeedback()
    feedback.cancel()
    with pytest.raises(CanceledError):
        run(lambda: Transport(Access(), feedback).get(url, {"f": "json"}))
    assert image_server.requests() == []


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("status", {"status": 500}),
        ("status", {"status": 401}),
        ("status", {"status": 500, "body": f'{{"error":{{"code":498,"message":"Bad token={TOKEN}"}}}}'}),
        ("drop", {}),
        ("hang", {}),
    ],
)
def test_no_failure_shows_or_logs_the_token(
    image_server: ImageServerProcess, url: str, fault: str, arguments: dict[str, Any]
) -> None:
    logged: list[str] = []
    log = QgsApplication.messageLog()

    def note(text: str, *_: object) -> None:
        logged.append(text)

    log.messageReceived.connect(note)
    image_server.fault(fault, match="f=json", **arguments)
    with pytest.raises(ImageServerLayerError) as caught:
        Transport(Access(timeout=0.3), token=TOKEN).get(url, {"f": "json"})
    log.messageReceived.disconnect(note)
    error = caught.value
    assert TOKEN not in f"{error!r} {error.details} {getattr(error, 'words', '')} {logged}"
