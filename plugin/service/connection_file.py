r"""ArcGIS connection paths, as ArcGIS shows and drags them: `C:\Connections\Server.ags\Folder\Name.ImageServer`."""

from __future__ import annotations

import re
from pathlib import Path

from ..translation import tr
from .errors import AddressError, shortened

_CONNECTION_PATH = re.compile(r"(?P<file>.+?\.ags)[\\/]+(?P<service>.+)", re.IGNORECASE | re.DOTALL)
# The beginning of a network share, `//host/share` with either slash. Opening one sends the user's login to the host.
_SHARE = re.compile(r"[\\/]{2}")
_SERVICE_TYPE = re.compile(r"\.(\w+Server)$", re.IGNORECASE)
_ASCII_URL = re.compile(rb"https?://[\x21-\x7e]+", re.IGNORECASE)
_UTF16_URL = re.compile(rb"h\0t\0t\0p\0(?:s\0)?:\0/\0/\0(?:[\x21-\x7e]\0)+", re.IGNORECASE)

# In bytes. Such a file holds little more than a URL.
_LARGEST_FILE = 2**20

# The URL of a services directory, or of a site and its administration; a file may hold others, such as XML namespaces.
_SERVICES_URL = re.compile(r"(.*?/services)(?:/.*)?", re.IGNORECASE)
_SITE_URL = re.compile(r"(https?://[^/]+/[^/]+)(?:/(?:admin|manager|rest|tokens))?/?", re.IGNORECASE)


def url_of_connection_path(text: str) -> str | None:
    """Return the address that an ArcGIS connection path stands for, or None for any other text.

    The format of `.ags` files is ArcGIS' own; the server's URL stands in them as ASCII or UTF-16LE text.

    Raises:
        AddressError: the file is not there, is not on this computer, or holds no URL of a server.
    """
    match = _CONNECTION_PATH.fullmatch(text)
    if match is None:
        return None
    service = re.sub(r"[\\/]+", "/", match["service"]).strip("/")
    return f"{_services_url(match['file'])}/" + _SERVICE_TYPE.sub(r"/\1", service)


def _services_url(file: str) -> str:
    if _SHARE.match(file):
        message = tr("“{file}” is on another computer, so it is not opened: copy it, or give the URL of the service.")
        raise AddressError(message.format(file=shortened(file, 100)))
    content = _content(Path(file))
    urls = [url.decode("ascii") for url in _ASCII_URL.findall(content)]
    urls += [url.decode("utf-16-le") for url in _UTF16_URL.findall(content)]
    found = [match[1] for url in urls if (match := _SERVICES_URL.fullmatch(url))]
    found += [f"{match[1]}/services" for url in urls if (match := _SITE_URL.fullmatch(url))]
    if not found:
        raise _no_url_in(file)
    return found[0]


def _content(file: Path) -> bytes:
    """Return what is in a file; nothing where it cannot be read, is no plain file, or is too large."""
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST_FILE:
            return b""
        return file.read_bytes()
    except (OSError, ValueError):
        # Python calls a path impossible that holds the character 0.
        return b""


def _no_url_in(file: str) -> AddressError:
    message = tr("“{file}” does not tell which server it stands for: give the URL of the service itself.")
    return AddressError(message.format(file=shortened(file, 100)))
