"""What broken and hostile servers answer, byte by byte. Each answer is a function that writes it to a connection.

An answer that ends is followed by the end of the connection; one that hangs lasts until the client goes away, or until
`LONGEST` seconds are over.
"""

from __future__ import annotations

import io
import json
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

LONGEST = 10.0
_DRIP = 0.05
_MEGABYTE = b"\0" * 2**20


@dataclass(frozen=True)
class Asked:
    """A request as far as an answer cares: its target, where this server is, and the body of the right answer."""

    target: str
    origin: str
    right_head: bytes
    right_body: bytes


Answer = Callable[[socket.socket, Asked], None]


def head(status: str = "200 OK", length: int | None = None, *more: str, kind: str = "application/json") -> bytes:
    """Return the status line and the headers of an answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close", *more]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _body(body: bytes, status: str = "200 OK", *more: str, kind: str = "application/json") -> Answer:
    return lambda connection, _: connection.sendall(head(status, len(body), *more, kind=kind) + body)


def _json(document: object) -> Answer:
    return _body(json.dumps(document).encode())


def _status(status: str, *more: str) -> Answer:
    return _body(b"<html><body>Sorry</body></html>", status, *more, kind="text/html")


def _no_content(connection: socket.socket, _: Asked) -> None:
    connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")


def _close(_: socket.socket, __: Asked) -> None:
    return


def _reset(connection: socket.socket, _: Asked) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _reset_in_body(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(asked.right_head + asked.right_body[: len(asked.right_body) // 2])
    time.sleep(0.05)
    _reset(connection, asked)


def wait_for_end(connection: socket.socket) -> None:
    """Wait until the client goes away, or for as long as anything here lasts."""
    connection.settimeout(LONGEST)
    try:
        while connection.recv(4096):
            pass
    except OSError:
        return


def _hang(connection: socket.socket, _: Asked) -> None:
    wait_for_end(connection)


def _hang_in_head(connection: socket.socket, _: Asked) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty")
    wait_for_end(connection)


def _hang_in_body(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(asked.right_head + asked.right_body[: len(asked.right_body) // 2])
    wait_for_end(connection)


def _drip(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(asked.right_head)
    for index in range(min(len(asked.right_body), int(LONGEST / _DRIP))):
        connection.sendall(asked.right_body[index : index + 1])
        time.sleep(_DRIP)


def _drip_head(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for index in range(int(LONGEST / _DRIP)):
        connection.sendall(f"X-{index}: 1\r\n".encode())
        time.sleep(_DRIP)
    connection.sendall(asked.right_body[:1])


def _endless_head(connection: socket.socket, _: Asked) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for index in range(2_000):
        connection.sendall(f"X-{index}: {'x' * 1000}\r\n".encode())


def _cut(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(asked.right_head + asked.right_body[: len(asked.right_body) // 2])


def _cut_whole(connection: socket.socket, asked: Asked) -> None:
    """Half the body, and a length that says it is all."""
    half = asked.right_body[: len(asked.right_body) // 2]
    connection.sendall(head(length=len(half)) + half)


def _lie(factor: float) -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(head(length=int(len(asked.right_body) * factor)) + asked.right_body)

    return answer


def _two_lengths(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(head("200 OK", len(asked.right_body), "Content-Length: 5") + asked.right_body)


def _length(text: str) -> Answer:
    return lambda connection, asked: connection.sendall(
        head("200 OK", None, f"Content-Length: {text}") + asked.right_body
    )


def _bad_chunks(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(head("200 OK", None, "Transfer-Encoding: chunked") + b"zz\r\n" + asked.right_body)


def _cut_chunks(connection: socket.socket, asked: Asked) -> None:
    connection.sendall(head("200 OK", None, "Transfer-Encoding: chunked") + b"ffff\r\n" + asked.right_body[:100])


def _large(kind: str, begin: bytes) -> Answer:
    def answer(connection: socket.socket, _: Asked) -> None:
        connection.sendall(head("200 OK", None, kind=kind) + begin)
        for _number in range(200):
            connection.sendall(_MEGABYTE)

    return answer


# It takes a second to make, in which this server answers nobody else.
@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = [packer.compress(b'{"a":"')]
    packed += [packer.compress(b"a" * 2**20) for _ in range(300)]
    return b"".join([*packed, packer.flush()])


def _gzip_bomb(connection: socket.socket, _: Asked) -> None:
    body = _bomb()
    connection.sendall(head("200 OK", len(body), "Content-Encoding: gzip") + body)


def _encoding(name: str) -> Answer:
    return lambda connection, asked: connection.sendall(
        head("200 OK", len(asked.right_body), f"Content-Encoding: {name}") + asked.right_body
    )


def _recoded(name: str) -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        body = asked.right_body.decode("latin-1").encode(name)
        connection.sendall(head(length=len(body)) + body)

    return answer


def _redirect(location: str, status: str = "302 Found") -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        port = asked.origin.rpartition(":")[2]
        place = location.format(origin=asked.origin, target=asked.target, port=port)
        connection.sendall(head(status, 0, f"Location: {place}"))

    return answer


def _redirect_on(connection: socket.socket, asked: Asked) -> None:
    """A redirect to an address that is redirected again, and so on without end."""
    path, _, query = asked.target.partition("?")
    connection.sendall(head("302 Found", 0, f"Location: {asked.origin}{path}/x?{query}"))


def _redirect_between(connection: socket.socket, asked: Asked) -> None:
    """Two addresses that redirect to each other."""
    path, _, query = asked.target.partition("?")
    other = path[:-1] if path.endswith("/") else f"{path}/"
    connection.sendall(head("302 Found", 0, f"Location: {asked.origin}{other}?{query}"))


def _redirect_to_silence(connection: socket.socket, asked: Asked) -> None:
    if "silence=1" in asked.target:
        wait_for_end(connection)
    else:
        connection.sendall(head("302 Found", 0, f"Location: {asked.origin}{asked.target}&silence=1"))


def _error(*, code: object = 500, message: object = "It broke", details: object = ()) -> Answer:
    return _json({"error": {"code": code, "message": message, "details": details}})


_VRT = (
    b'<VRTDataset rasterXSize="64" rasterYSize="64"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
    b"<SourceFilename>%s</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
)

_STATUSES = (
    "400 Bad Request",
    "401 Unauthorized",
    "403 Forbidden",
    "404 Not Found",
    "405 Method Not Allowed",
    "408 Request Timeout",
    "409 Conflict",
    "410 Gone",
    "413 Content Too Large",
    "414 URI Too Long",
    "418 I'm a teapot",
    "429 Too Many Requests",
    "431 Headers Too Large",
    "500 Internal Server Error",
    "501 Not Implemented",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
)

ANYWHERE: dict[str, Answer] = {
    "closed at once": _close,
    "reset": _reset,
    "reset in the body": _reset_in_body,
    "silence": _hang,
    "silence in the headers": _hang_in_head,
    "silence in the body": _hang_in_body,
    "slow drip": _drip,
    "slow drip of headers": _drip_head,
    "endless headers": _endless_head,
    "cut": _cut,
    "half, called all": _cut_whole,
    "length too large": _lie(2.0),
    "length too small": _lie(0.5),
    "two lengths": _two_lengths,
    "negative length": _length("-5"),
    "length that is no number": _length("many"),
    "length beyond reason": _length("99999999999999999999"),
    "broken chunks": _bad_chunks,
    "chunks cut": _cut_chunks,
    "no HTTP": lambda connection, _: connection.sendall(b"SSH-2.0-OpenSSH_8.9\r\n"),
    "status 999": _status("999 What"),
    "204": _no_content,
    "empty": _body(b""),
    "blank": _body(b" \n "),
    "200 MB": _large("application/json", b'{"a":"'),
    "gzip bomb": _gzip_bomb,
    "not gzip": _encoding("gzip"),
    "not brotli": _encoding("br"),
    "unknown encoding": _encoding("secret"),
    "login page": _body(b"<!DOCTYPE html><html><body><form>Sign in</form></body></html>", kind="text/html"),
    "redirect to itself": _redirect("{origin}{target}"),
    "redirect between two": _redirect_between,
    "redirect without end": _redirect_on,
    "redirect to silence": _redirect_to_silence,
    "redirect to another host": _redirect("http://localhost:{port}{target}"),
    "redirect to another port": _redirect("http://127.0.0.1:9{target}"),
    "redirect to a file": _redirect("file:///etc/hostname"),
    "redirect to data": _redirect("data:application/json,%7B%7D"),
    "redirect to a share": _redirect("//evil.example/share"),
    "redirect to nowhere": lambda connection, _: connection.sendall(head("302 Found", 0)),
    "redirect with line breaks": _redirect("{origin}/%0d%0aX: y"),
    "307 to another host": _redirect("http://localhost:{port}{target}", "307 Temporary Redirect"),
    **{name: _status(name) for name in _STATUSES},
    "401 with a challenge": _status("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"'),
    "407 with a challenge": _status("407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="x"'),
    "429, again in a moment": _status("429 Too Many Requests", "Retry-After: 0"),
    "429, again tomorrow": _status("429 Too Many Requests", "Retry-After: 86400"),
    "503, again in a moment": _status("503 Service Unavailable", "Retry-After: 0"),
    "503, again on a date": _status("503 Service Unavailable", "Retry-After: Wed, 21 Oct 2065 07:28:00 GMT"),
    "503, again whenever": _status("503 Service Unavailable", "Retry-After: whenever"),
    **{f"200 with error {code}": _error(code=code) for code in (400, 403, 404, 429, 498, 499, 500, 503, 504, 10**30)},
    "200 with an error without a code": _json({"error": {"message": "It broke"}}),
    "200 with a code in text": _error(code="498"),
    "200 with an error in text": _json({"error": "It broke"}),
    "200 with an empty error": _json({"error": {}}),
    "200 with no error": _json({"error": None}),
    "200 with a long error": _error(message="word " * 20_000, details=["x" * 100_000]),
    "200 with HTML in the error": _error(message="<img src='file:///x'>\x1b\x00\u202e<br>", details="no list"),
    "200 with a secret in the error": _error(message="token=S3cr3tS3cr3t is wrong at https://u:S3cr3tS3cr3t@h/"),
    "200 with another kind of error": _json({"status": "error", "messages": ["It broke"]}),
    "200 with XML": _body(b"<ServiceException>It broke</ServiceException>", kind="text/xml"),
    "other JSON": _json({"hello": "world"}),
    "empty object": _json({}),
    "a list": _json([]),
    "null": _body(b"null"),
    "a number": _body(b"1e999"),
    "invalid JSON": _body(b'{"a": '),
    "NaN": _body(b'{"pixelSizeX": NaN, "value": NaN, "count": NaN, "objectIds": [NaN], "bandCount": Infinity}'),
    "deep JSON": _body(b'{"a":' * 100_000),
    "a million lists": _body(b'{"a":[' + b"[1]," * 1_000_000 + b"1]}"),
    # Just about as much as is read.
    "many numbers": _body(b'{"a":[' + b"1.5," * 590_000 + b"1]}"),
    "many texts": _body(b'{"a":[' + b'"a",' * 590_000 + b"1]}"),
    "many lists": _body(b'{"a":[' + b"[1]," * 190_000 + b"1]}"),
    "many names": _body(b"{" + b",".join(b'"a%d":1' % number for number in range(190_000)) + b"}"),
    "one long text": _body(b'{"a":"' + b"\xe9" * (15 * 2**20) + b'"}'),
    "UTF-16": _recoded("utf-16"),
}
"""What can happen to any question."""


def _vrt(path: bytes) -> Answer:
    return _body(_VRT % path, kind="image/tiff")


def _tiff_of(entries: list[tuple[int, int, int, int]]) -> bytes:
    """Return a TIFF that is a header and a directory only."""
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8) + directory + b"\0\0\0\0"


def _sparse_tiff(side: int) -> bytes:
    one = 1
    return _tiff_of(
        [(256, 4, one, side), (257, 4, one, side), (258, 3, one, 8), (259, 3, one, 1), (262, 3, one, 1), (273, 4,
        one, 0),
         (277, 3, one, 1), (278, 4, one, side), (279, 4, one, 0)]
    )  # fmt: skip


def _png_of(side: int) -> bytes:
    """Return the beginning of a PNG of that size, with pixels for none of it."""
    chunks = io.BytesIO(b"")
    chunks.write(b"\x89PNG\r\n\x1a\n")
    for name, data in (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    ):
        chunks.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))
    return chunks.getvalue()


def _lerc_of(side: int) -> bytes:
    """Return a LERC of that size whose pixels are all the same, which takes no more than its header to say."""
    size, byte = 62, 1
    return b"Lerc2 " + struct.pack("<iiiiiiidddi", 2, side, side, side * side, 8, size, byte, 0.5, 1.0, 1.0, 0)


_LARGE_SIDE = 60_000
# A LERC counts its pixels in 31 bits.
_LARGE_LERC_SIDE = 40_000


def large_tiff() -> bytes:
    """Return a TIFF of a few hundred bytes that is gigabytes once it is unpacked."""
    return _sparse_tiff(_LARGE_SIDE)


def large_png() -> bytes:
    """Return a PNG of a few bytes that says it is gigabytes."""
    return _png_of(_LARGE_SIDE)


IMAGES: dict[str, Answer] = {
    "VRT of a local file": _vrt(b"/etc/hostname"),
    "VRT of an address": _vrt(b"/vsicurl/http://127.0.0.1:9/x.tif"),
    "GDAL_WMS": _body(b"<GDAL_WMS><Service name='TMS'><ServerUrl>file:///x</ServerUrl></Service></GDAL_WMS>"),
    "sparse TIFF of 60000 x 60000": _body(large_tiff(), kind="image/tiff"),
    "TIFF without pixels": _body(_sparse_tiff(64), kind="image/tiff"),
    "PNG of 60000 x 60000": _body(large_png(), kind="image/png"),
    "TIFF of noise": _body(b"II*\0" + bytes(range(256)) * 50, kind="image/tiff"),
    "JPEG of noise": _body(b"\xff\xd8\xff" + bytes(range(256)) * 50 + b"\xff\xd9", kind="image/jpeg"),
    "PNG of noise": _body(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, kind="image/png"),
    "LERC of 40000 x 40000": _body(_lerc_of(_LARGE_LERC_SIDE), kind="application/octet-stream"),
    "LERC of noise": _body(b"Lerc2 \2\0\0\0" + bytes(range(256)) * 50, kind="application/octet-stream"),
    "200 MB of an image": _large("image/tiff", b"II*\0"),
}
"""What can come in place of an image."""

VALUES: dict[str, Answer] = {
    "identify: no number": _json({"value": "seven, eight"}),
    "identify: nothing": _json({"value": None}),
    "identify: too many": _json({"value": ",".join(["1"] * 100_000)}),
    "identify: infinite": _json({"value": "Infinity,NaN,1e999"}),
    "identify: a list": _json({"value": [1, 2]}),
}
"""What can come in place of the values at a point."""


def every_answer() -> Iterator[tuple[str, Answer]]:
    """Yield all answers by their names, each of which is there once."""
    for group in (ANYWHERE, IMAGES, VALUES):
        yield from group.items()
