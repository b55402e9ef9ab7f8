"""Several requests at a time, from several threads of all kinds, and their end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsFeedback, QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkRequest

from image_server_layer.plugin.service import network, network_thread, transport
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import CanceledError, NetworkError, ServerError
from image_server_layer.plugin.service.pace import Pace
from image_server_layer.plugin.service.preferences import prefer_requests_at_a_time
from image_server_layer.plugin.service.response import Response
from image_server_layer.plugin.service.transport import Request, Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.patience import meanwhile, soon
from image_server_layer.tests.service.running import Runner, in_main_thread, in_python_thread, in_qthread, in_task
from image_server_layer.tests.ui.waiting import let_pass, wait_until

if TYPE_CHECKING:
    from image_server_layer.plugin.service.question import Outcome


@pytest.fixture(
    params=[in_main_thread, in_task, in_qthread, in_python_thread],
    ids=["main thread", "task", "QThread", "thread of Python's"],
)
def run(request: pytest.FixtureRequest) -> Runner:
    runner: Runner = request.param
    return runner


def numbered(url: str, count: int) -> list[Request]:
    return [Request(url, {"f": "json", "number": f"n{number}"}) for number in range(count)]


def test_outcomes_come_in_the_order_of_the_requests_each_by_itself(
    image_server: ImageServerProcess, url: str, run: Runner
) -> None:
    image_server.fault("hang", match="n0")
    image_server.fault("status", match="n2", status=404)
    arrivals: list[tuple[int, Outcome]] = []

    def arrived(position: int, outcome: Outcome) -> None:
        arrivals.append((position, outcome))
        if len(arrivals) == 4:
            image_server.release()

    outcomes = run(lambda: Transport(Access()).get_all(numbered(url, 5), arrived=arrived))
    assert [type(outcome) for outcome in outcomes] == [Response, Response, ServerError, Response, Response]
    assert sorted(position for position, _ in arrivals) == [0, 1, 2, 3, 4]
    assert arrivals[-1][0] == 0
    assert all(outcomes[position] is outcome for position, outcome in arrivals)
    assert {request.query["number"] for request in image_server.requests()} == {"n0", "n1", "n2", "n3", "n4"}


def test_nothing_asked_is_nothing_answered(image_server: ImageServerProcess) -> None:
    assert Transport(Access()).get_all([]) == []
    assert image_server.requests() == []


@pytest.mark.parametrize("at_a_time", [1, 2, 4])
def test_so_many_are_under_way_at_a_time(image_server: ImageServerProcess, url: str, at_a_time: int) -> None:
    ask = partial(Transport(Access()).get_all, numbered(url, 4), at_a_time=at_a_time)
    assert_under_way(image_server, at_a_time, ask)
    assert len(image_server.requests()) == 4


def assert_under_way(server: ImageServerProcess, count: int, ask: Callable[[], object], threads: int = 1) -> None:
    """Ask in so many threads: just so many requests come before the first is answered."""
    server.fault("hang", match="number=")
    asking = [threading.Thread(target=ask) for _ in range(threads)]
    for thread in asking:
        thread.start()
    wait_until(lambda: len(server.requests()) >= count)
    # Time for others, were they sent.
    let_pass(0.3)
    assert len(server.requests()) == count
    server.release()
    wait_until(lambda: not any(thread.is_alive() for thread in asking))


def test_eight_threads_together_ask_one_host_for_six_things_at_a_time(
    image_server: ImageServerProcess, url: str
) -> None:
    answers: list[Outcome] = []
    assert_under_way(image_server, 6, lambda: answers.extend(Transport(Access()).get_all(numbered(url, 4))), threads=8)
    assert [type(answer) for answer in answers] == [Response] * 32


@pytest.mark.parametrize("wanted", [1, 3])
def test_no_more_than_the_user_wants_are_under_way(image_server: ImageServerProcess, url: str, wanted: int) -> None:
    prefer_requests_at_a_time(wanted)
    assert_under_way(image_server, wanted, lambda: Transport(Access()).get_all(numbered(url, 6), at_a_time=6))


def test_the_time_begins_when_a_request_is_sent_not_while_it_waits_for_its_turn(
    image_server: ImageServerProcess, url: str
) -> None:
    # Ten rounds of six: together longer than the timeout, each by itself a fraction of it.
    image_server.settings(latency=0.35)
    outcomes = Transport(Access(timeout=3.0)).get_all(numbered(url, 60), at_a_time=60)
    assert [type(outcome) for outcome in outcomes] == [Response] * 60
    assert len(image_server.requests()) == 60


def test_two_hundred_requests_are_answered(image_server: ImageServerProcess, url: str, run: Runner) -> None:
    outcomes = run(lambda: Transport(Access()).get_all(numbered(url, 200)))
    assert [outcome.status for outcome in outcomes] == [200] * 200
    assert len(image_server.requests()) == 200


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [("hang", {}), ("drip", {"seconds": 0.05}), ("status", {"status": 503, "headers": {"Retry-After": "9"}})],
    ids=["before the headers", "in the body", "in a pause"],
)
def test_a_cancel_is_quick_whatever_the_server_does(
    image_server: ImageServerProcess, url: str, run: Runner, fault: str, arguments: dict[str, Any]
) -> None:
    image_server.fault(fault, match="f=json", **arguments)
    feedback = QgsFeedback()
    canceller = threading.Timer(0.4, feedback.cancel)
    canceller.start()
    # The pause alone takes longer.
    with soon(7.0), pytest.raises(CanceledError):
        run(lambda: Transport(Access(), feedback).get_all(numbered(url, 20)))
    canceller.join()


def test_what_was_canceled_leaves_the_server_alone(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("hang", match="number=")
    feedback = QgsFeedback()
    canceller = meanwhile(lambda: len(image_server.requests()) == 6, feedback.cancel)
    with pytest.raises(CanceledError):
        Transport(Access(), feedback).get_all(numbered(url, 20), at_a_time=20)
    canceller.join()
    # The connections, all of which hung, are free again, and what had not been sent never is.
    assert Transport(Access()).get(url, {"f": "json"}).status == 200
    assert len(image_server.requests()) == 7


def test_whoever_gets_an_outcome_may_end_it_all(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("hang", match="n3")

    def arrived(position: int, _: Outcome) -> None:
        raise ServerError(f"No more after {position}.")

    with soon(), pytest.raises(ServerError, match="No more after"):
        Transport(Access()).get_all(numbered(url, 4), arrived=arrived)


def test_requests_that_are_canceled_again_and_again_do_no_harm_to_others(
    image_server: ImageServerProcess, url: str
) -> None:
    image_server.settings(latency=0.02)
    statuses: list[int] = []

    def ask() -> None:
        for number in range(20):
            feedback = QgsFeedback()
            canceller = threading.Timer(0.004 * (number % 10), feedback.cancel)
            canceller.start()
            try:
                Transport(Access(), feedback).get_all(numbered(url, 6))
            except CanceledError:
                statuses.append(Transport(Access()).get(url, {"f": "json"}).status)
            canceller.join()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    wait_until(lambda: not any(thread.is_alive() for thread in threads))
    assert len(statuses) > 50
    assert set(statuses) == {200}


def test_whoever_waits_when_the_plugin_ends_is_sent_away(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("hang", match="f=json")
    threading.Timer(0.4, network.stop).start()
    with soon(), pytest.raises(CanceledError):
        Transport(Access()).get(url, {"f": "json"})
    image_server.reset()
    assert Transport(Access()).get(url, {"f": "json"}).status == 200


def test_nothing_is_left_after_the_end(url: str) -> None:
    Transport(Access()).get_all(numbered(url, 10))
    assert any(thread.isRunning() for thread in network._threads)
    threads = list(network._threads)
    network.stop()
    assert network._threads == []
    assert not any(thread.isRunning() for thread in threads)


def test_the_thread_ends_by_itself_when_it_has_nothing_to_do(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network.stop()
    monkeypatch.setattr(network_thread, "_LINGER", 60_000)
    Transport(Access()).get(url, {"f": "json"})
    (thread,) = network._threads
    monkeypatch.setattr(network_thread, "_LINGER", 500)
    assert Transport(Access()).get(url, {"f": "json"}).status == 200
    assert network._threads == [thread]
    assert thread.wait(30_000)
    assert Transport(Access()).get(url, {"f": "json"}).status == 200
    assert thread not in network._threads


def test_a_network_that_something_holds_up_is_not_waited_for(
    url: str, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "_MOST_SILENT_POLLS", 10)
    released = threading.Event()

    def hold_up(_: QNetworkRequest) -> None:
        released.wait(60)

    # Code of other plugins that QGIS calls for each request, on the thread that sends it.
    held_up = QgsNetworkAccessManager.setRequestPreprocessor(hold_up)
    try:
        with soon(), pytest.raises(NetworkError, match="QGIS' network does not respond"):
            run(lambda: Transport(Access()).get(url, {"f": "json"}))
    finally:
        QgsNetworkAccessManager.removeRequestPreprocessor(held_up)
        released.set()
    assert Transport(Access()).get(url, {"f": "json"}).status == 200


def test_the_main_thread_need_not_handle_events_for_others_to_be_answered(url: str) -> None:
    answered = threading.Event()

    def ask() -> None:
        Transport(Access()).get(url, {"f": "json"})
        answered.set()

    threading.Thread(target=ask).start()
    assert answered.wait(60)


def test_of_a_stream_what_is_unwanted_is_stopped_and_the_others_go_on(
    image_server: ImageServerProcess, url: str, run: Runner
) -> None:
    image_server.fault("hang", match="n1")
    image_server.fault("hang", match="n0", seconds=0.4)
    waiting = iter(numbered(url, 4))
    unwanted: set[int] = set()
    outcomes: list[int] = []

    def ask() -> None:
        stream = Transport(Access()).stream(lambda: next(waiting, None), Pace(2), lambda number: number in unwanted)
        for number, outcome in stream:
            assert isinstance(outcome, Response)
            outcomes.append(number)
            unwanted.add(1)

    with soon():
        run(ask)
    assert (outcomes[0], sorted(outcomes)) == (0, [0, 2, 3])
