r"""ArcGIS connection paths, as ArcGIS shows and drags them: `C:\Connections\Server.ags\Folder\Name.ImageServer`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..translation import tr
from .errors import AddressError

_CONNECTION_PATH = re.compile(r"(?P<file>.+?\.ags)[\\/]+(?P<service>.+)", re.IGNORECASE)
_SERVICE_TYPE = re.compile(r"\.(\w*Server)$", re.IGNORECASE)
_ASCII_URL = re.compile(rb"https?://[\x21-\x7e]+", re.IGNORECASE)
_UTF16_URL = re.compile(rb"h\0t\0t\0p\0(?:s\0)?:\0/\0/\0(?:[\x21-\x7e]\0)+", re.IGNORECASE)
_SERVICES = re.compile(r"(?P<root>.*?/services)(?:/.*)?", re.IGNORECASE)
_SITE_PAGE = re.compile(r"/(?:admin|manager|rest|tokens)?/?$", re.IGNORECASE)


def url_of_connection_path(connection_path: str) -> str | None:
    """Return the address that an ArcGIS connection path stands for, or None for any other text.

    The `.ags` file is a binary document of its own kind; the server's URL stands in it as ASCII or UTF-16LE text.

    Raises:
        AddressError: the file is not there, or holds no URL.
    """
    match = _CONNECTION_PATH.fullmatch(connection_path)
    if match is None:
        return None
    service = re.sub(r"[\\/]+", "/", match["service"]).strip("/")
    return "/".join([_services_root(match["file"]), _SERVICE_TYPE.sub(r"/\1", service)])


def _services_root(file: str) -> str:
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise _no_url(file) from error
    urls = list(_urls(content))
    roots = [match["root"] for url in urls if (match := _SERVICES.fullmatch(url))]
    if roots:
        return roots[0]
    if urls:
        return _SITE_PAGE.sub("", urls[0]) + "/services"
    raise _no_url(file)


def _urls(content: bytes) -> Iterator[str]:
    for found in _ASCII_URL.findall(content):
        yield found.decode("ascii")
    for found in _UTF16_URL.findall(content):
        yield found.decode("utf-16-le")


def _no_url(file: str) -> AddressError:
    return AddressError(
        tr("“{file}” does not tell which server it stands for: give the URL of the service itself.").format(file=file)
    )
