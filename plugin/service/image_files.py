"""Images as a service sends them: drawn by `exportImage`, published as a thumbnail, or ready-made tiles."""

from __future__ import annotations

from ..translation import tr
from .address import host_of
from .errors import AuthenticationError, ImageServerLayerError, ResponseError, ServerError
from .question import Request
from .response import Response, check_body, describe_content

_IMAGE_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LERC_MAGIC = (b"CntZImage ", b"Lerc2 ")
_NOT_FOUND = 404
_NO_CONTENT = 204


def image_content(response: Response) -> bytes:
    """Return the image in an answer to `exportImage`.

    Raises:
        ServerError: there is an error of ArcGIS in its place.
        ResponseError: there is something else in its place.
    """
    check_body(response)
    if response.content.startswith(_IMAGE_MAGIC):
        return response.content
    raise ResponseError(
        tr("{host} sent {content} instead of an image: check whether it needs credentials, or try again later.").format(
            host=host_of(response.url), content=describe_content(response.content)
        ),
        response.url,
    )


def tile_request(url: str, level: int, row: int, column: int, max_bytes: int) -> Request:
    """Return the request for a ready-made tile of the service at `url`, always by GET."""
    return Request(f"{url}/tile/{level}/{row}/{column}", {}, max_bytes=max_bytes, always_get=True)


def tile_content(answer: Response | ImageServerLayerError) -> bytes | None:
    """Return the file in an answer to `tile_request`; None where the cache has no such tile.

    Raises:
        ImageServerLayerError: the answer, where it is an error.
        ServerError: there is an error of ArcGIS in its place.
        ResponseError: there is something else in its place.
    """
    try:
        if isinstance(answer, ImageServerLayerError):
            raise answer
        check_body(answer)
    except AuthenticationError:
        raise
    except ServerError as error:
        if error.code == _NOT_FOUND:
            return None
        raise
    # An empty answer with another status may be the rest of a broken connection.
    if answer.status == _NO_CONTENT and not answer.content:
        return None
    if answer.content.startswith((*_IMAGE_MAGIC, *_LERC_MAGIC)):
        return answer.content
    raise ResponseError(
        tr("{host} sent {content} instead of a tile: check whether it needs credentials, or try again later.").format(
            host=host_of(answer.url), content=describe_content(answer.content)
        ),
        answer.url,
    )
