"""What can go wrong, as one vocabulary. Each class' docstring is its meaning."""

from __future__ import annotations

from .secrets import redacted


class ImageServerLayerError(Exception):
    """The layer cannot be made; the text says in one sentence what happened, with which value, and what to do.

    `details` holds what a specialist wants to see, such as the whole URL and the server's own words. Both are plain
    text, never rich text, and free of credentials.
    """

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(redacted(message))
        self.message = redacted(message)
        self.details = redacted(details)


class AddressError(ImageServerLayerError):
    """The text is not the address of an image service."""


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
        self.words = redacted(words)


class AuthenticationError(ServerError):
    """The service is secured, and the credentials are missing, wrong or expired."""


class UnsupportedServiceError(ImageServerLayerError):
    """The service exists but cannot be used in the way that was asked for."""
