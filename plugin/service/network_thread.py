"""The thread in which all of Qt's network objects live: it carries requests out and judges none of them.

QGIS' network manager belongs to the thread that uses it, needs that thread's event loop, and stops the thread while it
asks the user something. Whoever wants an answer may be the main thread, a thread that draws, or one that Qt knows
nothing of. So the network has a thread of its own, and only plain Python queues between it and those who ask: nobody
else needs an event loop, no Python of ours is called from a foreign thread, and whoever asks can leave at any time.

Other threads put commands into a queue and wake the thread's event loop:

* "send" carries out an exchange. Exactly one `Answer` goes into the exchange's own queue, after any number of `Piece`s
  of the body if the exchange has `room` for them.
* "abort" carries it out no longer: nothing more goes into its queue.
* "end when idle" ends the thread when nothing is under way; it takes no new exchanges from then on.
* "end" ends it at once. Each exchange that is left gets an answer that is `is_stopped`.

The thread (`_serve`) sleeps in its event loop. It wakes up for a command, when a reply is complete, and every few
hundredths of a second while requests are under way. Then it obeys the commands, looks at what has come of each request
(`under_way`), and sends what waits for a connection to its host. After a while without work it ends by itself, and
`network.send` starts another.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QByteArray, QEventLoop, QMetaObject, QObject, Qt, QThread, QTimer

from .certificates import trusts
from .defects import log_defect
from .exchange import Answer, Exchange
from .preferences import requests_at_a_time
from .under_way import READ_AHEAD, UnderWay
from .warming import warm

# In milliseconds: how often requests under way are looked at, and how long the thread outlives the last one. That long
# its connections stay open, which are costly to open again.
_TICK = 20
_LINGER = 10_000

# In milliseconds: how long the end may take. What is under way is stopped at once, so only what blocks the thread, such
# as another plugin's code, takes longer.
LONGEST_END = 5_000

# What to do, and with which exchange.
if TYPE_CHECKING:
    # Not at run time: Python would keep the class in a cache of its own when the plugin is reloaded.
    _Command = tuple[str, Optional[Exchange]]


class NetworkThread(QThread):
    """Carries out exchanges.

    Attributes:
        settings: the user's settings of the network, as they are when the thread starts.
        beats: grows while the thread is alive and has something to do.
    """

    def __init__(self, settings: tuple[str, ...]) -> None:
        super().__init__()
        warm(self)
        self.settings = settings
        self.beats = 0
        self._commands: SimpleQueue[_Command] = SimpleQueue()
        self._lock = threading.Lock()
        self._loop: QEventLoop | None = None
        self._has_ended = False
        self._is_to_end = False
        self._waiting: deque[Exchange] = deque()
        self._under_way: dict[Exchange, UnderWay] = {}
        self._at_host: Counter[str] = Counter()

    # What other threads call.

    def take(self, exchange: Exchange) -> bool:
        """Carry out an exchange; False when the thread has ended, or is about to."""
        return self._command("send", exchange)

    def abort(self, exchange: Exchange) -> None:
        """Carry out an exchange no longer; no answer follows."""
        self._command("abort", exchange)

    def end(self) -> None:
        """Stop everything, and end; whoever still waits gets an answer that says so."""
        self._command("end", None)

    def end_when_idle(self) -> None:
        """End as soon as nothing is under way."""
        self._command("end when idle", None)

    def wait_for_end(self) -> bool:
        """Wait until the thread has ended after `end`; return False if something holds it up."""
        latest = time.monotonic() + LONGEST_END / 1000
        while not self.wait(_TICK):
            if time.monotonic() > latest:
                return False
            # When a script has deleted its QgsApplication, Qt delivers no events any more: no command, no timer.
            loop = self._loop
            if loop is not None:
                loop.quit()
        return True

    def _command(self, what: str, exchange: Exchange | None) -> bool:
        with self._lock:
            if self._has_ended or (what == "send" and self._is_to_end):
                return False
            self._is_to_end = self._is_to_end or what.startswith("end")
            self._commands.put((what, exchange))
            if self._loop is not None:
                QMetaObject.invokeMethod(self._loop, "quit", Qt.ConnectionType.QueuedConnection)
        return True

    # What happens in the thread itself.

    def run(self) -> None:
        """Serve until there is nothing more to do; Qt calls this in the new thread."""
        for work in (self._serve, self._drop_all):
            # Nothing may be raised here: it would end QGIS.
            try:
                work()
            except Exception as error:
                log_defect(error)

    def _serve(self) -> None:
        loop, timer = QEventLoop(), QTimer()
        manager = _manager()
        # Until now, commands do not wake the loop, which has not begun to wait yet.
        self._loop = loop
        # Both signal and slot are Qt's own: no Python code is called before the loop has returned.
        timer.timeout.connect(loop.quit)
        manager.finished.connect(loop.quit)
        is_idle = False
        while True:
            is_asked_to_end = self._obey()
            self._look()
            self._start(manager)
            self.beats += 1
            if is_asked_to_end or (not self._under_way and self._may_end(is_idle, timer)):
                break
            was_idle, is_idle = is_idle, not self._under_way
            if not is_idle or not was_idle or not timer.isActive():
                timer.setSingleShot(is_idle)
                timer.start(_LINGER if is_idle else _TICK)
            loop.exec()
        timer.stop()
        manager.finished.disconnect(loop.quit)
        timer.timeout.disconnect(loop.quit)

    def _may_end(self, was_idle: bool, timer: QTimer) -> bool:
        """Whether the thread is done, be it told to end or idle for long enough; then it takes no more commands."""
        with self._lock:
            if not self._commands.empty() or not (self._is_to_end or (was_idle and not timer.isActive())):
                return False
            self._has_ended = True
            return True

    def _obey(self) -> bool:
        """Carry out the commands of other threads; return whether to end at once."""
        is_asked_to_end = False
        for what, exchange in _all_of(self._commands):
            is_asked_to_end = is_asked_to_end or what == "end"
            if exchange is None:
                continue
            if what == "send":
                self._waiting.append(exchange)
            elif exchange in self._under_way:
                self._stop(self._under_way[exchange])
            elif exchange in self._waiting:
                self._waiting.remove(exchange)
        return is_asked_to_end

    def _start(self, manager: QgsNetworkAccessManager) -> None:
        """Send what waits, as many requests to each host as the user's settings allow."""
        if not self._waiting:
            return
        most = requests_at_a_time()
        for exchange in list(self._waiting):
            if self._at_host[exchange.host] < most:
                self._waiting.remove(exchange)
                self._at_host[exchange.host] += 1
                self._under_way[exchange] = self._send(manager, exchange)

    def _send(self, manager: QgsNetworkAccessManager, exchange: Exchange) -> UnderWay:
        started = time.monotonic()
        if exchange.form is None:
            reply = manager.get(exchange.request)
        else:
            reply = manager.post(exchange.request, QByteArray(exchange.form))
        _forget_when_gone(reply)
        if exchange.room is not None:
            # Qt leaves the rest in the connection, where the server waits.
            reply.setReadBufferSize(READ_AHEAD)
        under_way = UnderWay(exchange, reply, started)
        if exchange.request.url().scheme() == "https":
            # QGIS would ask the user, and stop this thread until it has an answer.
            reply.sslErrors.disconnect()
            reply.sslErrors.connect(lambda errors: _judge_certificate(under_way, errors))
        return under_way

    def _look(self) -> None:
        """Deliver the answers of requests that are over."""
        now = time.monotonic()
        for under_way in list(self._under_way.values()):
            answer = under_way.look(now)
            if answer is not None:
                self._deliver(under_way, answer)

    def _deliver(self, under_way: UnderWay, answer: Answer) -> None:
        self._stop(under_way)
        answer.seconds = time.monotonic() - under_way.started
        under_way.exchange.answers.put((under_way.exchange, answer))

    def _stop(self, under_way: UnderWay) -> None:
        del self._under_way[under_way.exchange]
        host = under_way.exchange.host
        self._at_host[host] -= 1
        if not self._at_host[host]:
            del self._at_host[host]
        if not under_way.reply.isFinished():
            under_way.reply.abort()
        under_way.reply.deleteLater()

    def _drop_all(self) -> None:
        """Tell everybody who still waits that there is no answer."""
        with self._lock:
            self._has_ended = True
            self._loop = None
        left = [exchange for what, exchange in _all_of(self._commands) if exchange is not None and what == "send"]
        for exchange in (*left, *self._waiting, *self._under_way):
            exchange.answers.put((exchange, Answer(is_stopped=True)))
        self._waiting.clear()
        for under_way in list(self._under_way.values()):
            self._stop(under_way)


def _all_of(queue: SimpleQueue[_Command]) -> Iterator[_Command]:
    """Take out what is in a queue."""
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return


def _manager() -> QgsNetworkAccessManager:
    """Return the network manager of this thread, which fails where QGIS' would ask the user.

    A pop-up would stop this thread, and an answer to it would make a secured service pass for an open one.
    """
    manager = QgsNetworkAccessManager.instance()
    _forget_when_gone(manager)
    manager.authenticationRequired.disconnect()
    manager.proxyAuthenticationRequired.disconnect()
    return manager


def _forget_when_gone(thing: QObject) -> None:
    """Keep PyQt from marking another object as deleted.

    When a Qt object that Python knows is destroyed, PyQt tells the main thread, which marks whatever is at its address
    as deleted. By then, this thread may have another object there.
    """
    thing.destroyed.disconnect()


def _judge_certificate(under_way: UnderWay, errors: list[Any]) -> None:
    reply = under_way.reply
    if trusts(reply.url(), reply.sslConfiguration().peerCertificate(), errors):
        reply.ignoreSslErrors(errors)
    else:
        under_way.certificate_errors = tuple(error.errorString() for error in errors)
