"""The one thread that speaks to the network: it carries requests out and judges none of them.

QGIS' network manager belongs to the thread that uses it, needs that thread's event loop, and stops the thread while it
asks the user something. Whoever wants an answer may be the main thread, a thread that draws, or one that is no thread
of Qt's at all. So all of Qt's network objects live in a thread of their own. Between it and those who ask there are
plain Python queues only: nobody's event loop is needed, nothing of Python's is called from a foreign thread, and
whoever asks can leave at any time.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QByteArray, QEventLoop, QMetaObject, QObject, Qt, QThread, QTimer
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from .certificates import trusts
from .defects import log_defect
from .exchange import Answer, Exchange, Piece
from .preferences import requests_at_a_time
from .warming import warm

# In milliseconds: how often a request under way is looked at, and how long the thread outlives the last one. Its
# connections, which are costly to open, are kept that long.
_TICK = 20
_LINGER = 10_000

# In bytes: how much of a body that is taken in pieces is held at most before one is taken, and from how much on it is
# no error, of which ArcGIS sends some with HTTP 200.
_HELD = 2**20
_LONGEST_ERROR = 64 * 1024
_WITH_BODY = (200, 206)

# In milliseconds: what is under way is stopped at once, so this is for what holds the thread up.
_LONGEST_END = 5_000

_PROXY_KEYS = (
    "proxyEnabled",
    "proxyType",
    "proxyHost",
    "proxyPort",
    "proxyUser",
    "proxyPassword",
    "authcfg",
    "proxyExcludedUrls",
    "noProxyUrls",
)


@dataclass(eq=False)
class _UnderWay:
    """A request that was sent, and what is known of it."""

    exchange: Exchange
    reply: QNetworkReply
    started: float
    certificate_errors: tuple[str, ...] = ()
    # Of one whose body is taken in pieces: how many bytes were handed out, how many there were, and since when.
    handed_out: int = 0
    seen: int = 0
    heard: float = 0.0


# What to do, and with which exchange.
if TYPE_CHECKING:
    # Not at run time: Python would keep the class in a cache of its own when the plugin is reloaded.
    _Command = tuple[str, Optional[Exchange]]


class NetworkThread(QThread):
    """Carries out exchanges. It ends by itself when it has had nothing to do for a while."""

    def __init__(self) -> None:
        super().__init__()
        warm(self)
        self.settings = _network_settings()
        # Grows while the thread is alive and has something to do.
        self.beats = 0
        self._commands: SimpleQueue[_Command] = SimpleQueue()
        self._lock = threading.Lock()
        self._loop: QEventLoop | None = None
        self._has_ended = False
        self._is_to_end = False
        self._waiting: deque[Exchange] = deque()
        self._under_way: dict[Exchange, _UnderWay] = {}
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
        """Wait until the thread has ended, which somebody has told it to; False when something holds it up."""
        latest = time.monotonic() + _LONGEST_END / 1000
        while not self.wait(_TICK):
            if time.monotonic() > latest:
                return False
            # When a script has let go of its QgsApplication, Qt delivers nothing any more: no command, no timer.
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
        # Whoever puts a command into the queue before this does not wake the loop, and need not.
        self._loop = loop
        # Both ends are Qt's own: nothing of Python's is called before the loop has returned.
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
        """Whether the time without work is over; from then on nothing is taken any more."""
        with self._lock:
            if not self._commands.empty() or not (self._is_to_end or (was_idle and not timer.isActive())):
                return False
            self._has_ended = True
            return True

    def _obey(self) -> bool:
        """Carry out what other threads want; returns whether to end at once."""
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
        """Send what waits, as far as its host is free."""
        if not self._waiting:
            return
        most = requests_at_a_time()
        for exchange in list(self._waiting):
            if self._at_host[exchange.host] < most:
                self._waiting.remove(exchange)
                self._at_host[exchange.host] += 1
                self._under_way[exchange] = self._send(manager, exchange)

    def _send(self, manager: QgsNetworkAccessManager, exchange: Exchange) -> _UnderWay:
        started = time.monotonic()
        if exchange.form is None:
            reply = manager.get(exchange.request)
        else:
            reply = manager.post(exchange.request, QByteArray(exchange.form))
        _forget_when_gone(reply)
        if exchange.room is not None:
            # Qt leaves the rest in the connection, where the server waits.
            reply.setReadBufferSize(_HELD)
        under_way = _UnderWay(exchange, reply, started, heard=started)
        if exchange.request.url().scheme() == "https":
            # QGIS would ask the user, and stop this thread until it has an answer.
            reply.sslErrors.disconnect()
            reply.sslErrors.connect(lambda errors: _judge_certificate(under_way, errors))
        return under_way

    def _look(self) -> None:
        now = time.monotonic()
        for under_way in list(self._under_way.values()):
            reply, exchange = under_way.reply, under_way.exchange
            since = under_way.started if exchange.room is None else _hand_out(under_way, now)
            if reply.isFinished():
                self._deliver(under_way, _answer(under_way))
            elif under_way.handed_out + reply.bytesAvailable() > exchange.max_bytes or _is_long_error(under_way):
                self._deliver(under_way, Answer(is_too_large=True))
            elif now - since > exchange.seconds:
                self._deliver(under_way, Answer(is_late=True))

    def _deliver(self, under_way: _UnderWay, answer: Answer) -> None:
        self._stop(under_way)
        answer.seconds = time.monotonic() - under_way.started
        under_way.exchange.answers.put((under_way.exchange, answer))

    def _stop(self, under_way: _UnderWay) -> None:
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


_threads: list[NetworkThread] = []
_threads_lock = threading.Lock()


def send(exchange: Exchange) -> NetworkThread:
    """Have an exchange carried out; returns the thread that does it."""
    with _threads_lock:
        for thread in [thread for thread in _threads if thread.isFinished()]:
            # Whoever asks must not wait for ever for one that is at its end already.
            if thread.wait(_LONGEST_END):
                _threads.remove(thread)
        settings = _network_settings()
        for thread in _threads:
            if thread.settings != settings:
                thread.end_when_idle()
            elif thread.take(exchange):
                return thread
        thread = NetworkThread()
        _threads.append(thread)
        # A thread of Qt's that outlives Python's end would take QGIS down.
        atexit.unregister(stop)
        atexit.register(stop)
        thread.take(exchange)
        thread.start()
        return thread


def stop() -> None:
    """End the network thread, and all that is under way; a later request starts another."""
    with _threads_lock:
        for thread in _threads:
            thread.end()
        # One that something holds up is kept: without its Python half it would take QGIS down.
        _threads[:] = [thread for thread in _threads if not thread.wait_for_end()]
    if not _threads:
        # Python would keep this module, and all that it knows, when the plugin is reloaded.
        atexit.unregister(stop)


def _network_settings() -> tuple[str, ...]:
    """Return the user's settings of the network, which QGIS' network manager reads once in a thread."""
    settings = QgsSettings()
    return tuple(str(settings.value(f"proxy/{key}")) for key in _PROXY_KEYS)


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

    Of an object of Qt's that Python knows, PyQt has the main thread told when it is gone. By then another one of this
    thread's may have the same address, and would be taken for it.
    """
    thing.destroyed.disconnect()


def _judge_certificate(under_way: _UnderWay, errors: list[Any]) -> None:
    reply = under_way.reply
    if trusts(reply.url(), reply.sslConfiguration().peerCertificate(), errors):
        reply.ignoreSslErrors(errors)
    else:
        under_way.certificate_errors = tuple(error.errorString() for error in errors)


def _hand_out(under_way: _UnderWay, now: float) -> float:
    """Hand out what there is of a body that is taken in pieces, as far as there is room; return since when none came.

    Who takes pieces slowly is no silent server.
    """
    reply, exchange = under_way.reply, under_way.exchange
    available = reply.bytesAvailable()
    if under_way.handed_out + available > under_way.seen:
        under_way.seen, under_way.heard = under_way.handed_out + available, now
    is_body = _LONGEST_ERROR < under_way.handed_out + available <= exchange.max_bytes and _status(reply) in _WITH_BODY
    if exchange.room is None or not available or not is_body or reply.isFinished():
        return under_way.heard
    if not exchange.room.acquire(blocking=False):
        under_way.heard = now
        return now
    under_way.handed_out += available
    piece = Piece(_status(reply), _headers(reply), reply.readAll().data())
    exchange.answers.put((exchange, piece))
    return under_way.heard


def _is_long_error(under_way: _UnderWay) -> bool:
    """Whether more of an error comes than is ever read: nobody takes it, so it would never end."""
    reply = under_way.reply
    is_held = under_way.exchange.room is not None and reply.bytesAvailable() >= _HELD
    return is_held and _status(reply) not in _WITH_BODY


def _answer(under_way: _UnderWay) -> Answer:
    reply = under_way.reply
    content = reply.readAll().data()
    return Answer(
        status=_status(reply),
        error=reply.error(),
        error_text=reply.errorString(),
        content=content,
        headers=_headers(reply),
        is_too_large=under_way.handed_out + len(content) > under_way.exchange.max_bytes,
        certificate_errors=under_way.certificate_errors,
    )


def _status(reply: QNetworkReply) -> int:
    return int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)


def _headers(reply: QNetworkReply) -> dict[str, str]:
    return {_text(name).lower(): _text(value) for name, value in reply.rawHeaderPairs()}


def _text(raw: Any) -> str:
    text: str = raw.data().decode("latin-1")
    return text
