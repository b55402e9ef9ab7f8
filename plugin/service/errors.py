"""What can go wrong, as one vocabulary. Each class' docstring is its meaning."""

from __future__ import annotations

from .plain_text import clean_text
from .redaction import redacted

# In characters. The words of servers and users that a sentence repeats may be of any length.
LONGEST_SENTENCE = 400
# In characters. Searching longer details for secrets would take too long.
_LONGEST_DETAILS = 20_000


def shortened(text: str, length: int = LONGEST_SENTENCE) -> str:
    """Return a text of at most `length` characters, cut between words where that is possible."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    # The last blank, but not far away: a URL or a list without blanks is cut where it is.
    blank = cut.rfind(" ", length // 2)
    return (cut if blank < 0 else cut[:blank]).rstrip() + "…"


def _harmless(text: str) -> str:
    """Return a text without secrets and without characters that a file or a log cannot hold."""
    return redacted(clean_text(shortened(text, _LONGEST_DETAILS)))


# ArcGIS' and HTTP's codes for missing credentials, for too many requests, and for servers that are not there.
_NOT_ABOUT_THE_REQUEST = (401, 403, 429, 498, 499, 502, 503, 504)


class ImageServerLayerError(Exception):
    """The layer cannot be made; the text says in one sentence what happened, with which value, and what to do.

    `details` holds what a specialist wants to see, such as the whole URL and the server's own words. Both are plain
    text, never rich text, and free of credentials. A sentence that had to be cut stands whole in the details.
    """

    def __init__(self, message: str, details: str = "") -> None:
        whole = _harmless(message)
        self.message = shortened(whole)
        super().__init__(self.message)
        parts = [] if self.message == whole else [whole]
        self.details = "\n".join([*parts, *filter(None, [_harmless(details)])])


class AddressError(ImageServerLayerError):
    """The text is not the address of an image service."""


class WebMapError(AddressError):
    """The address leads to a web map of a portal, which may hold image services."""


class OptionError(ImageServerLayerError):
    """An option has a value that cannot be used with this service.

    `option` is the name of the `LayerOptions` field, so that a form can show the message beside it.
    """

    def __init__(self, option: str, message: str, details: str = "") -> None:
        super().__init__(message, details)
        self.option = option


class NetworkError(ImageServerLayerError):
    """No usable connection to the server: unknown host, refused, cut off, certificate."""


class RequestTimeoutError(NetworkError):
    """The server did not answer in time."""


class CanceledError(ImageServerLayerError):
    """The user stopped the work; nothing needs to be reported."""


class ResponseError(ImageServerLayerError):
    """The server answered with something other than what was asked for: a web page, an empty body, a broken image."""


class NotValuesError(ResponseError):
    """A picture came where pixel values were asked for: the service can be shown as a picture only."""


class NotAnImageServiceError(ResponseError):
    """There is an answer at the address, but not that of an image service."""


class ServerError(ImageServerLayerError):
    """The server refused the request.

    `code` is the ArcGIS error code, or the HTTP status; `words` are the server's own, if it gave any.
    """

    def __init__(self, message: str, details: str = "", code: int = 0, words: str = "") -> None:
        super().__init__(message, details)
        self.code = code
        self.words = shortened(_harmless(words))

    @property
    def is_about_the_request(self) -> bool:
        """Whether the server says what is wrong with what was asked, rather than that it is busy, or closed."""
        return bool(self.words) and self.code not in _NOT_ABOUT_THE_REQUEST


class AuthenticationError(ServerError):
    """The service is secured, and the credentials are missing, wrong or expired."""


class FileError(ImageServerLayerError):
    """A file cannot be written: no place, no permission, or something else is there."""


class UnsupportedServiceError(ImageServerLayerError):
    """The service exists but cannot be used in the way that was asked for."""
