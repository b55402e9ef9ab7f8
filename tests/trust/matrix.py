"""The matrix: everything that can go wrong, at every moment at which it can."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from image_server_layer.tests.trust.effort import IS_THOROUGH
from image_server_layer.tests.trust.hostile_answers import ANYWHERE, IMAGES, VALUES
from image_server_layer.tests.trust.hostile_answers import LONGEST as LONGEST_SILENCE
from image_server_layer.tests.trust.hostile_process import HostileServer
from image_server_layer.tests.trust.moments import TIMEOUT, Moments, Outcome

REFUSED = "refused"
ONE_IN_THREE = "every third: "
_EVERY_THIRD = ("closed at once", "503 Service Unavailable", "cut", "200 with error 500")

# What of the requests of a moment goes wrong; what leads to them is well.
MOMENTS = {
    "connecting": "",
    "describing": "renderingRule",
    "counting": "/query",
    "probing": "exportImage",
    "drawing values": "",
    "drawing a picture": "",
    "drawing tiles": "/tile/",
    "identifying": "",
    "sampling": "",
    "exporting": "",
    "previewing": "",
    "drawing thumbnails": "",
    "asking for a pixel": "",
    # The catalog has told which rasters there are, and when they are of.
    "asking over time": "LockRaster",
    "searching a portal": "/search",
    "reading a legend": "/legend",
    "reading classes": "rasterAttributeTable",
    "reading variables": "multidimensionalInfo",
    "reading dates": "/query",
    "reading footprints": "/query",
}
_WITH_IMAGES = (
    "probing", "drawing values", "drawing a picture", "drawing tiles", "exporting", "previewing", "drawing thumbnails",
)  # fmt: skip
_WITH_VALUES = ("identifying", "sampling", "asking for a pixel", "asking over time")
# Elsewhere the user sees which layer or service it is.
_WITHOUT_HOST = (*_WITH_IMAGES[1:], *_WITH_VALUES, "reading dates")

_BUSY_OR_CLOSED = ("401", "403", "429", "498", "499", "502", "503", "504")
_OPTIONS = ("processing template", "where clause")

_LONGEST_SENTENCE = 400
# In seconds: Qt reads headers to their end before it lets go of a connection, whoever has given up on it.
_ENDLESS, _SLOW_TO_END = "endless headers", 15.0
# A busy machine's server takes longer now and then than the half second that it has here.
_LATE, _BUSY = "did not answer in time", 60.0
# A look at a service takes an image that is one for true; NaN is how rasters of decimals say that there is no data; and
# where a cache has no tile, there is nothing.
_NO_FAULTS = (
    ("TIFF without pixels", "probing"),
    ("NaN", "identifying"),
    ("NaN", "asking over time"),
    ("404 Not Found", "drawing tiles"),
    ("200 with error 404", "drawing tiles"),
    ("204", "drawing tiles"),
)
# In seconds: three attempts with pauses between them, for a question that leads to a second one; a busy machine. Within
# `make test`, what the machine may be: less than it takes to wait for a silent server in vain.
LONGEST = 3 * TIMEOUT + 3.0 if IS_THOROUGH else LONGEST_SILENCE - 1.0
LONGEST_OF_SEVERAL = 3 * LONGEST
_OF_SEVERAL = (
    "counting", "probing", "drawing tiles", "sampling", "exporting", "previewing", "drawing thumbnails",
    "asking for a pixel", "asking over time", "reading dates",
)  # fmt: skip
# Within `make test`, half of what whoever waits for a silent server waits at least.
LONGEST_STANDSTILL = 0.05 if IS_THOROUGH else TIMEOUT / 2
_MORE_ATTEMPTS = 2


@dataclass
class Cell:
    """One fault at one moment, and what is wrong with what came of it: nothing, if all is well."""

    fault: str
    moment: str
    outcome: Outcome = field(default_factory=Outcome)
    seconds: float = 0.0
    requests: int = 0
    problems: list[str] = field(default_factory=list)


def cells() -> Iterator[tuple[str, str]]:
    """Yield the names of fault and moment of all cells."""
    yield from (cell for cell in _combinations() if cell not in _NO_FAULTS)


def _combinations() -> Iterator[tuple[str, str]]:
    for moment in MOMENTS:
        for fault in (*ANYWHERE, REFUSED):
            yield fault, moment
        for fault in IMAGES if moment in _WITH_IMAGES else ():
            yield fault, moment
        for fault in VALUES if moment in _WITH_VALUES else ():
            yield fault, moment
        for fault in _EVERY_THIRD:
            yield ONE_IN_THREE + fault, moment


def tried(fault: str, moment: str, moments: Moments, server: HostileServer) -> Cell:
    """Let a server fail at a moment, and then be well again."""
    cell = Cell(fault, moment)
    before = moments.sources()
    _fail(server, fault, moment)
    began = time.monotonic()
    cell.outcome = moments.all[moment]()
    cell.seconds = time.monotonic() - began
    cell.requests = len(server.seen())
    for _ in range(_MORE_ATTEMPTS):
        if cell.outcome.standstill <= LONGEST_STANDSTILL:
            break
        # What the plugin does comes each time, what a machine does that has too much to do does not.
        _fail(server, fault, moment)
        cell.outcome.standstill = min(cell.outcome.standstill, moments.all[moment]().standstill)
    server.answer("")
    cell.problems = list(_problems(cell))
    if moments.sources() != before:
        cell.problems.append("the layer changed")
    again = moments.all[moment]()
    until = time.monotonic() + (_SLOW_TO_END if fault == _ENDLESS else _BUSY)
    while time.monotonic() < until and any(fault == _ENDLESS or _LATE in sentence for sentence in again.sentences):
        again = moments.all[moment]()
    if not again.complete or not again.right or again.sentences:
        cell.problems.append(f"the next attempt failed: {again.sentences}")
    return cell


def _fail(server: HostileServer, fault: str, moment: str) -> None:
    """Let a server fail from now on."""
    if fault == REFUSED:
        server.refuse()
    elif fault.startswith(ONE_IN_THREE):
        server.answer(fault[len(ONE_IN_THREE) :], MOMENTS[moment], every=3)
    else:
        server.answer(fault, MOMENTS[moment])


def _problems(cell: Cell) -> Iterator[str]:
    outcome = cell.outcome
    if not outcome.right:
        yield "something wrong was shown"
    if not outcome.complete and not outcome.sentences:
        yield "no sentence"
    for sentence in outcome.sentences:
        if not 0 < len(sentence) <= _LONGEST_SENTENCE:
            yield f"a sentence of {len(sentence)} characters"
        if any(code in cell.fault for code in _BUSY_OR_CLOSED) and any(word in sentence for word in _OPTIONS):
            yield "a busy or closed server is told as a wrong option"
        if "S3cr3t" in sentence:
            yield "a secret in the sentence"
        # What is said of an option names that.
        if cell.moment not in _WITHOUT_HOST and "127.0.0.1" not in sentence and "“NDVI”" not in sentence:
            yield f"no host in the sentence: {sentence}"
    if cell.seconds > (LONGEST_OF_SEVERAL if cell.moment in _OF_SEVERAL else LONGEST):
        yield f"{cell.seconds:.1f} s"
    if outcome.standstill > LONGEST_STANDSTILL:
        yield f"the main thread stood still for {outcome.standstill:.2f} s"
