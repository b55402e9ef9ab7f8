"""Options on their way from a layer's URL into the requests that QGIS' provider makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from image_server_layer.plugin.backend.request_rewriter import (
    RequestRewriter,
    options_in_url,
    rewritten,
    url_with_options,
)

SERVICE = "https://host/arcgis/rest/services/Folder/Name/ImageServer"
# All that has a meaning in a URL, in JSON, in XML or in the text of a QGIS source, and what lies beyond ASCII.
HOSTILE = "a/b?c#d&e=f+g%20h 'i' \"j\" <k> |l| \\m ;n: {o} [p] ~q` ção 北 \n,"
OPTIONS = '{"v":1,"where":"x/y"}'


def layer_url(**parameters: str) -> str:
    return url_with_options(SERVICE, parameters, OPTIONS)


def query_of(url: str | None) -> dict[str, str]:
    assert url is not None
    return dict(parse_qsl(url.partition("?")[2], keep_blank_values=True))


def test_the_operation_moves_into_the_path_and_the_options_into_the_query() -> None:
    base, _, fragment = layer_url(adjustAspectRatio="false", bandIds="3,1,0").partition("#")
    asked = f"{base}?bbox=1,2,3,4&f=image#{fragment}/exportImage"
    assert rewritten(asked) == f"{SERVICE}/exportImage?bbox=1,2,3,4&f=image&adjustAspectRatio=false&bandIds=3,1,0"


def test_without_a_query_the_options_are_the_query() -> None:
    assert rewritten(f"{layer_url(bandIds='0')}/exportImage") == f"{SERVICE}/exportImage?bandIds=0"


@pytest.mark.parametrize("parameter", ["renderingRule", "mosaicRule", "noData"])
def test_every_character_of_an_option_arrives(parameter: str) -> None:
    url = QUrl(f"{layer_url(**{parameter: HOSTILE})}/exportImage")
    assert query_of(rewritten(bytes(url.toEncoded()).decode())) == {parameter: HOSTILE}


@pytest.mark.parametrize(
    ("operation", "taken"),
    [
        ("exportImage", {"bandIds", "renderingRule", "mosaicRule", "noData", "interpolation", "adjustAspectRatio"}),
        ("identify", {"renderingRule", "mosaicRule"}),
        ("legend", {"bandIds", "renderingRule"}),
    ],
)
def test_each_operation_gets_what_it_takes(operation: str, taken: set[str]) -> None:
    names = ("bandIds", "renderingRule", "mosaicRule", "noData", "interpolation", "adjustAspectRatio")
    assert set(query_of(rewritten(f"{layer_url(**dict.fromkeys(names, '1'))}/{operation}"))) == taken


def test_a_tile_takes_no_options_so_its_request_leads_nowhere() -> None:
    assert rewritten(f"{layer_url(bandIds='0')}/tile/3/1/2") == "imageserverlayer-refused:tile/3/1/2"


def test_the_description_is_asked_for_without_options() -> None:
    base, _, fragment = layer_url(bandIds="0").partition("#")
    assert rewritten(f"{base}?f=json#{fragment}") == f"{SERVICE}?f=json"


@pytest.mark.parametrize(
    "url",
    [
        f"{SERVICE}/exportImage?bbox=1,2,3,4",
        f"{SERVICE}#somebody-else:v=1/exportImage",
        "https://host/page#imageserverlayer",
        "https://host/?q=imageserverlayer:v=1/exportImage",
        "",
    ],
)
def test_other_requests_stay_as_they_are(url: str) -> None:
    assert rewritten(url) is None


def test_the_layers_own_options_travel_with_it_and_are_not_sent() -> None:
    url = layer_url(bandIds="0")
    assert options_in_url(url) == OPTIONS
    assert options_in_url(SERVICE) is None
    assert "options" not in query_of(rewritten(f"{url}/exportImage"))


def test_the_referer_travels_with_the_options_for_requests_that_qgis_sends_without_one() -> None:
    url = url_with_options(SERVICE, {"bandIds": "0"}, OPTIONS, referer="https://portal/?a=b&c")
    request = QNetworkRequest(QUrl(f"{url}/identify"))
    rewriter = RequestRewriter()
    rewriter.install()
    QgsNetworkAccessManager.instance().preprocessRequest(request)
    rewriter.remove()
    assert bytes(request.rawHeader(b"Referer")) == b"https://portal/?a=b&c"
    assert "referer" not in request.url().toString()


class TestInstalled:
    """The rewriter among QGIS' request preprocessors."""

    @pytest.fixture
    def rewriter(self) -> Iterator[RequestRewriter]:
        rewriter = RequestRewriter()
        rewriter.install()
        yield rewriter
        rewriter.remove()

    def sent(self, url: str) -> str:
        request = QNetworkRequest(QUrl(url))
        QgsNetworkAccessManager.instance().preprocessRequest(request)
        return bytes(request.url().toEncoded()).decode()

    def test_requests_of_picture_layers_are_rewritten(self, rewriter: RequestRewriter) -> None:
        rewriter.install()
        assert self.sent(f"{layer_url(bandIds='0')}/exportImage") == f"{SERVICE}/exportImage?bandIds=0"

    @pytest.mark.usefixtures("rewriter")
    def test_other_requests_are_not_touched(self) -> None:
        assert self.sent("https://host/a%20b?c=d%2Fe#f/g") == "https://host/a%20b?c=d%2Fe#f/g"

    @pytest.mark.usefixtures("rewriter")
    def test_what_cannot_be_read_fails_rather_than_being_drawn_without_its_options(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = "image_server_layer.plugin.backend.request_rewriter"

        def broken(_: str) -> str:
            raise KeyboardInterrupt

        log, logged = QgsApplication.messageLog(), []

        def note(text: str, tag: str, _level: object) -> None:
            logged.append((tag, text))

        log.messageReceived.connect(note)
        monkeypatch.setattr(f"{module}.rewritten", broken)
        assert self.sent(f"{layer_url(bandIds='0')}/exportImage") == "imageserverlayer-refused:"
        assert logged == [
            ("Image Server Layer", "A request of a picture layer could not be rewritten: KeyboardInterrupt")
        ]
        log.messageReceived.disconnect(note)

    def test_once_removed_nothing_is_rewritten(self, rewriter: RequestRewriter) -> None:
        rewriter.remove()
        rewriter.remove()
        url = f"{layer_url(bandIds='0')}/exportImage"
        assert self.sent(url) == bytes(QUrl(url).toEncoded()).decode()
