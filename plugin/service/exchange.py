"""What is exchanged with the network thread: requests, answers, and pieces of long answers."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, Union

from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest


@dataclass
class Answer:
    """What came back for a request, not judged yet.

    Attributes:
        status: HTTP status, 0 where there is none.
        error: Qt's error; `NoError` where there is none.
        error_text: Qt's words for it. They may hold the whole address.
        content: the body; empty where the request was stopped.
        headers: names in lower case.
        is_late: the time was up.
        is_too_large: there was more than was allowed.
        certificate_errors: why the server's certificate is not trusted.
        seconds: how long it took.
        is_stopped: the network thread was ended in the middle of it.
    """

    status: int = 0
    error: QNetworkReply.NetworkError = QNetworkReply.NetworkError.NoError
    error_text: str = ""
    content: bytes = field(default=b"", repr=False)
    headers: dict[str, str] = field(default_factory=dict)
    is_late: bool = False
    is_too_large: bool = False
    certificate_errors: tuple[str, ...] = ()
    seconds: float = 0.0
    is_stopped: bool = False


@dataclass
class Piece:
    """A part of the body of a successful answer that is longer than any error.

    The receiver then makes room for the next one. The `content` of the answer follows the last piece.
    """

    status: int
    headers: dict[str, str]
    content: bytes = field(repr=False)


if TYPE_CHECKING:
    # Not at run time: Python would keep the classes in a cache of its own when the plugin is reloaded.
    Arrival = Union[Answer, Piece]


@dataclass(eq=False)
class Exchange:
    """A request, and the queue into which its answer goes together with the exchange.

    Attributes:
        host: requests to one are limited in number.
        request: with its headers and credentials.
        form: the body of a POST; None makes it a GET.
        seconds: how long it may take, from the moment it is sent.
        max_bytes: how large the body of the answer may be.
        answers: where the answer goes.
        room: for so many more pieces; None where the body is wanted whole. Then, `seconds` are those of silence.
    """

    host: str
    request: QNetworkRequest
    form: bytes | None
    seconds: float
    max_bytes: int
    answers: SimpleQueue[tuple[Exchange, Arrival]]
    room: threading.Semaphore | None = None
