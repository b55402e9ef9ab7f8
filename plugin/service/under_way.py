"""A request under way in the network thread: what has come of its reply so far, and when it is over."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from .exchange import Answer, Exchange, Piece

# In bytes: how much Qt reads ahead of a body that is taken in pieces.
READ_AHEAD = 2**20
# In bytes. ArcGIS sends some errors with HTTP 200, so the beginning of a body may be one; no error is longer than this.
_LONGEST_ERROR = 64 * 1024
_WITH_BODY = (200, 206)


class UnderWay:
    """An exchange and the reply to its request.

    If the exchange has `room`, the body of a successful reply is handed out in pieces as it arrives, each as soon as
    there is room for it. Its time limit is then one of silence, and a receiver that is slow to take the pieces does not
    count as silence of the server.

    `started` is when it was sent, by `time.monotonic`.
    """

    def __init__(self, exchange: Exchange, reply: QNetworkReply, started: float) -> None:
        self.exchange = exchange
        self.reply = reply
        self.started = started
        self.certificate_errors: tuple[str, ...] = ()
        # Of a body that is taken in pieces: bytes handed out, bytes that have arrived, and when the last ones did.
        self._handed_out = 0
        self._arrived = 0
        self._heard = started

    def look(self, now: float) -> Answer | None:
        """Hand out what has arrived, as far as it is taken in pieces; return the answer if the request is over."""
        since = self.started if self.exchange.room is None else self._hand_out(now)
        if self.reply.isFinished():
            return self._answer()
        if self._handed_out + self.reply.bytesAvailable() > self.exchange.max_bytes or self._is_long_error():
            return Answer(is_too_large=True)
        return Answer(is_late=True) if now - since > self.exchange.seconds else None

    def _hand_out(self, now: float) -> float:
        """Hand out a piece of the body if there is one and room for it; return since when the server is silent."""
        reply, exchange = self.reply, self.exchange
        available = reply.bytesAvailable()
        if self._handed_out + available > self._arrived:
            self._arrived, self._heard = self._handed_out + available, now
        is_body = _LONGEST_ERROR < self._handed_out + available <= exchange.max_bytes and _status(reply) in _WITH_BODY
        if exchange.room is None or not available or not is_body or reply.isFinished():
            return self._heard
        if not exchange.room.acquire(blocking=False):
            self._heard = now
            return now
        self._handed_out += available
        piece = Piece(_status(reply), _headers(reply), reply.readAll().data())
        exchange.answers.put((exchange, piece))
        return self._heard

    def _is_long_error(self) -> bool:
        """Whether an error fills all that is read ahead: nobody takes pieces of an error, so it would never end."""
        is_full = self.exchange.room is not None and self.reply.bytesAvailable() >= READ_AHEAD
        return is_full and _status(self.reply) not in _WITH_BODY

    def _answer(self) -> Answer:
        reply = self.reply
        content = reply.readAll().data()
        return Answer(
            status=_status(reply),
            error=reply.error(),
            error_text=reply.errorString(),
            content=content,
            headers=_headers(reply),
            is_too_large=self._handed_out + len(content) > self.exchange.max_bytes,
            certificate_errors=self.certificate_errors,
        )


def _status(reply: QNetworkReply) -> int:
    return int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)


def _headers(reply: QNetworkReply) -> dict[str, str]:
    return {_text(name).lower(): _text(value) for name, value in reply.rawHeaderPairs()}


def _text(raw: Any) -> str:
    text: str = raw.data().decode("latin-1")
    return text
