"""An answer of a server, and the errors that come inside one. ArcGIS sends most of them with HTTP 200."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..translation import tr
from .address import host_of
from .errors import AuthenticationError, ResponseError, ServerError
from .json_values import LONGEST_JSON, MOST_VALUES, integer, is_too_much, load, mapping, sequence, text

# Codes of ArcGIS and HTTP for credentials that are missing, wrong, expired or insufficient.
_TOKEN_INVALID = 498
_TOKEN_REQUIRED = 499
_SECURED = (401, 403, _TOKEN_INVALID, _TOKEN_REQUIRED)

# Those that other credentials, or a renewed token, can resolve.
REFUSED_CREDENTIALS = (401, _TOKEN_INVALID, _TOKEN_REQUIRED)


@dataclass(frozen=True)
class Response:
    """The body of a successful HTTP answer. `url` is the address that was asked, without its query."""

    content: bytes = field(repr=False)
    content_type: str
    status: int
    url: str


def describe_content(content: bytes) -> str:
    """Return in words what a body is that is not the JSON or the image that was asked for."""
    start = content[:1024].strip().lower()
    if not start:
        return tr("an empty answer")
    if b"<html" in start or b"<!doctype html" in start:
        return tr("a web page (perhaps one to sign in on)")
    if is_too_much(content):
        return tr("an answer of more than {size} MB or {count} values").format(
            size=LONGEST_JSON // 2**20, count=MOST_VALUES
        )
    return tr("something else")


def json_object(response: Response) -> Mapping[str, Any]:
    """Return the JSON object of an answer.

    Raises:
        ServerError: the object is an ArcGIS error.
        ResponseError: there is no JSON object.
    """
    body = _object(response.content)
    if body is None:
        raise ResponseError(
            tr("{host} sent {content} instead of JSON: check whether it needs credentials, or try again later.").format(
                host=host_of(response.url), content=describe_content(response.content)
            ),
            response.url,
        )
    error = error_in(body, response.url)
    if error is not None:
        raise error
    return body


def check_body(response: Response) -> None:
    """Raise the error that an ArcGIS server reports inside its answer, if it does.

    Raises:
        AuthenticationError: the service is secured.
        ServerError: any other error.
    """
    error = arcgis_error(response.content, response.url)
    if error is not None:
        raise error


def arcgis_error(content: bytes, url: str, status: int = 0) -> ServerError | None:
    """Return the error in the body `{"error": {"code": …, "message": …, "details": […]}}`, or None.

    Its kind follows from the code alone, since the words vary from release to release; `status` stands in for a missing
    code.
    """
    body = _object(content)
    return None if body is None else error_in(body, url, status)


def server_error(url: str, code: int, *words: str) -> ServerError:
    """Return the error for an ArcGIS or HTTP error `code`; `words` are the server's own, the most general first.

    The sentence names the server only, the details the whole address.
    """
    said = _sentence(words)
    if code == _TOKEN_INVALID:
        message = tr("{host} does not accept the credentials: they are invalid or have expired. Sign in again.")
    elif code in (401, _TOKEN_REQUIRED):
        message = tr(
            "{host} wants credentials: choose an authentication configuration, or check the one that is chosen."
        )
    elif code in _SECURED:
        message = tr(
            "{host} does not permit this: choose credentials that have access, or ask the owner of the service for it."
        )
    elif said:
        message = tr("{host} answered with an error: {words}")
    else:
        message = tr("{host} answered with an error (code {code}) and gave no reason.")
    kind = AuthenticationError if code in _SECURED else ServerError
    return kind(message.format(host=host_of(url), code=code, words=said), "\n".join([url, *words]), code, said)


def _sentence(words: Sequence[str]) -> str:
    """Return what to show of a server's words: the message and its first detail, which is often the point."""
    return "".join(words[:1]) if len(words) < 2 else f"{words[0].rstrip('.')}: {words[1]}"


def _object(content: bytes) -> Mapping[str, Any] | None:
    """Return the JSON object in `content`, or None; images are not decoded for that."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        return mapping(load(content))
    except ValueError:
        return None


def error_in(body: Mapping[str, Any], url: str, status: int = 0) -> ServerError | None:
    """Return the error of ArcGIS in a JSON object, or None; see `arcgis_error`."""
    if "error" not in body:
        return None
    error = mapping(body["error"])
    message = text(error.get("message")) or text(body["error"])
    details = [text(detail) for detail in sequence(error.get("details"))] or [text(error.get("details"))]
    # Servers like to repeat the message as a detail.
    words = dict.fromkeys(filter(None, (message, *details)))
    return server_error(url, integer(error.get("code")) or status, *words)
