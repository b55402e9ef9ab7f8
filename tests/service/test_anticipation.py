"""What is sent before it is its turn: once, with the next request, and stopped where nobody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from qgis.core import QgsFeedback

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.anticipation import AnticipatingTransport
from image_server_layer.plugin.service.errors import CanceledError, OptionError, ServerError
from image_server_layer.tests.patience import meanwhile, soon
from image_server_layer.tests.ui.waiting import wait_until

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def _ask(transport: AnticipatingTransport, url: str, name: str) -> bytes:
    return transport.get(url, {"f": "json", "name": name}).content


def _asked(server: ImageServerProcess) -> list[str]:
    return sorted(request.query["name"] for request in server.requests())


def test_nothing_is_sent_before_the_next_request_and_nothing_twice(image_server: ImageServerProcess, url: str) -> None:
    with AnticipatingTransport(Access()) as transport:
        transport.expect(lambda: _ask(transport, url, "a"), lambda: _ask(transport, url, "b"))
        transport.expect(lambda: _ask(transport, url, "a"))
        assert not image_server.requests()
        contents = [_ask(transport, url, name) for name in ("c", "a", "b", "a")]
        assert len(set(contents)) == 1
        assert len(contents[0]) > 1000
    assert _asked(image_server) == ["a", "b", "c"]


def test_what_was_expected_is_under_way_while_another_is_answered(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("hang", match="name=slow")
    with AnticipatingTransport(Access()) as transport:
        transport.expect(lambda: _ask(transport, url, "quick"))
        meanwhile(lambda: _asked(image_server) == ["quick", "slow"], image_server.release)
        _ask(transport, url, "slow")
        image_server.fault("status", match="name=quick", status=404)
        assert _ask(transport, url, "quick")


def test_an_error_belongs_to_who_asks(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("status", match="name=broken", status=404)

    def wrong() -> None:
        raise OptionError("extent", "It is wrong.")

    with AnticipatingTransport(Access()) as transport:
        transport.expect(lambda: _ask(transport, url, "broken"), wrong)
        assert _ask(transport, url, "a")
        with pytest.raises(ServerError, match="404"):
            _ask(transport, url, "broken")


def test_a_step_goes_on_from_what_is_answered(image_server: ImageServerProcess, url: str) -> None:
    def both(transport: AnticipatingTransport) -> None:
        _ask(transport, url, "a")
        _ask(transport, url, "b")

    with AnticipatingTransport(Access()) as transport:
        transport.expect(lambda: both(transport))
        _ask(transport, url, "c")
        wait_until(lambda: _asked(image_server) == ["a", "c"])
        _ask(transport, url, "a")
        transport.expect(lambda: both(transport))
        _ask(transport, url, "d")
        _ask(transport, url, "b")
        assert _asked(image_server) == ["a", "b", "c", "d"]


def test_what_nobody_asks_for_is_stopped(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("hang", match="name=idle")
    with soon(), AnticipatingTransport(Access()) as transport:
        transport.expect(lambda: _ask(transport, url, "idle"))
        _ask(transport, url, "a")


def test_a_cancel_stops_all(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("hang", match="name=idle")
    feedback = QgsFeedback()
    with AnticipatingTransport(Access(), feedback) as transport:
        transport.expect(lambda: _ask(transport, url, "idle"))
        _ask(transport, url, "a")
        wait_until(lambda: _asked(image_server) == ["a", "idle"])
        feedback.cancel()
        for name in ("idle", "a", "b"):
            with pytest.raises(CanceledError):
                _ask(transport, url, name)
    assert _asked(image_server) == ["a", "idle"]
