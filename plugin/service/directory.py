"""What a services directory lists: the image services of an ArcGIS server, folder by folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import quote, unquote

from ..translation import tr
from .address import Connection, ServiceAddress, parse_address
from .errors import AddressError, AuthenticationError, ResponseError, ServerError
from .json_values import mapping, parts, sequence, text
from .response import json_object
from .transport import Transport

_IMAGE_SERVER = "ImageServer"
# The usual places of ArcGIS Server and ArcGIS Enterprise on a host.
_USUAL_SITES = ("arcgis/", "server/", "")
_WEB_PLACE = re.compile(r"(?:(?P<scheme>https?:)?//)?(?P<host>[^/@\s]+)(?P<path>(?:/[^/]+)*)", re.IGNORECASE)
_SERVICE_URL = re.compile(r"(?P<root>.+?/rest/services)(?:/(?P<folder>[^/]+))?/[^/]+/ImageServer")


@dataclass(frozen=True)
class DirectoryAddress:
    """The address of a services directory, `https://host/…/rest/services`; `folder` is empty for all of it.

    `token` was taken off the text, never to be stored or shown. If only the host was named, `guesses` are other URLs to
    try.
    """

    url: str
    folder: str = ""
    token: str | None = field(default=None, repr=False)
    authcfg: str = ""
    referer: str = ""
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListedService:
    """A service as a directory lists it; `folder` is empty at the root, `type` is that of ArcGIS (`ImageServer`)."""

    name: str
    folder: str
    url: str
    type: str


@dataclass(frozen=True)
class Listing:
    """What is in a directory or folder: its folders, and its image services. Only the root has folders."""

    folders: tuple[str, ...]
    services: tuple[ListedService, ...]


def parse_directory_address(
    typed: str, connections: Mapping[str, Connection] = MappingProxyType({})
) -> DirectoryAddress:
    """Read the address of a services directory, or of one of its folders.

    Understood are REST and SOAP URLs, and the name of one of `connections`, alone or with a folder (`My
    server/Folder`). The address of an image service stands for its folder. A host, a site (`…/arcgis`) or its `…/rest`
    stands for the directory there.

    Raises:
        AddressError: the text is none of these.
    """
    place, *rest = re.split(r"[?#]", typed.strip().strip("\"'<>"), maxsplit=1)
    place = place.rstrip("/\\")
    refusal = AddressError(
        tr(
            "“{text}” is not the address of a services directory: give a URL that ends with /rest/services or with one "
            "of its folders, or the name of a saved connection."
        ).format(text=place)
    )
    query = "?".join(["", *rest])
    found = _directory(place, query, connections) if place else None
    if found is not None:
        return found
    connection = connections.get(place)
    urls = _directories(place if connection is None else connection.url)
    looked_at = [_directory(url, query, {}) for url in urls]
    first, *others = looked_at or [None]
    if first is None:
        raise refusal
    found = replace(first, guesses=tuple(other.url for other in others if other is not None))
    return found if connection is None else replace(found, authcfg=connection.authcfg, referer=connection.referer)


def _directory(place: str, query: str, connections: Mapping[str, Connection]) -> DirectoryAddress | None:
    """Return the address in a text that says where the directory is; None if it does not."""
    try:
        # As the address of any service there, so that whatever leads to a service leads to its directory too.
        address = parse_address(f"{place}/any/{_IMAGE_SERVER}{query}", connections)
    except AddressError:
        return None
    match = _SERVICE_URL.fullmatch(address.url)
    if match is None or not isinstance(address, ServiceAddress):
        return None
    folder = unquote(match["folder"] or "")
    return DirectoryAddress(match["root"], folder, address.token, address.authcfg, address.referer)


def _directories(place: str) -> list[str]:
    """Return the possible directories of a host, a site or its `rest`, the likeliest first."""
    match = _WEB_PLACE.fullmatch(place.rstrip("/"))
    if match is None:
        return []
    host, names = match["host"], match["path"].split("/")[1:]
    if not match["scheme"] and not names and host.count(".") < 2 and ":" not in host:
        # Such as the name of a file, or of a connection that there is no more.
        return []
    base = f"{match['scheme'] or 'https:'}//{host}{match['path']}"
    if not names:
        return [f"{base}/{site}rest/services" for site in _USUAL_SITES]
    if names[-1].lower() == "rest":
        return [f"{base}/services"]
    return [f"{base}/rest/services"] if len(names) == 1 or names[-1].lower() == "arcgis" else []


class ServicesDirectory:
    """Reads a services directory. `url` is where it is; if there are guesses, this is known after the first answer."""

    def __init__(self, address: DirectoryAddress, transport: Transport) -> None:
        self.url = address.url
        self._guesses = list(address.guesses)
        self._transport = transport

    def listing(self, folder: str = "") -> Listing:
        """Return what is in a folder, or at the root.

        Raises what `Transport.get` raises, and:
            ServerError: there is no such folder, or it is closed to the user.
            ResponseError: the answer is not that of a services directory.
        """
        guesses, self._guesses = self._guesses, []
        try:
            return self._read(self.url, folder)
        except AuthenticationError:
            raise
        except (ServerError, ResponseError):
            for url in guesses:
                with suppress(ServerError, ResponseError):
                    listing = self._read(url, folder)
                    self.url = url
                    return listing
            # The error is about the likeliest place.
            raise

    def _read(self, root: str, folder: str) -> Listing:
        url = f"{root}/{quote(folder)}" if folder else root
        body = json_object(self._transport.get(url, {"f": "json"}))
        if "services" not in body:
            raise ResponseError(
                tr(
                    "{url} is not a services directory: give a URL that ends with /rest/services or with one of its "
                    "folders."
                ).format(url=url)
            )
        services = [mapping(service) for service in sequence(body["services"])]
        names = [text(service.get("name")) for service in services if service.get("type") == _IMAGE_SERVER]
        return Listing(parts(sequence(body.get("folders"))), tuple(_listed(root, name) for name in names if name))


def _listed(root: str, name: str) -> ListedService:
    """Return the service of a name, which holds the folder: `Folder/Name`."""
    folder, _, short_name = name.rpartition("/")
    return ListedService(short_name, folder, f"{root}/{quote(name)}/{_IMAGE_SERVER}", _IMAGE_SERVER)
