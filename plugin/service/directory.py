"""What a services directory lists: the image services of an ArcGIS server, folder by folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote, unquote

from ..translation import tr
from .address import Connection, ServiceAddress, parse_address
from .errors import AddressError, ResponseError
from .json_values import mapping, parts, sequence, text
from .response import json_object
from .transport import Transport

_IMAGE_SERVER = "ImageServer"
_SERVICE_URL = re.compile(r"(?P<root>.+?/rest/services)(?:/(?P<folder>[^/]+))?/[^/]+/ImageServer")


@dataclass(frozen=True)
class DirectoryAddress:
    """The address of a services directory; `folder` is empty for the whole of it.

    `url` is `https://host/…/rest/services`. `token` was taken off the text, never to be stored or shown.
    """

    url: str
    folder: str = ""
    token: str | None = field(default=None, repr=False)
    authcfg: str = ""
    referer: str = ""


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

    Understood are REST and SOAP URLs, and the name of one of `connections`, alone or with a folder
    (`My server/Folder`). The address of an image service stands for the folder that it is in.

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
    if not place:
        raise refusal
    try:
        # As the address of any service there, so that whatever leads to a service leads to its directory too.
        address = parse_address("?".join([f"{place}/any/{_IMAGE_SERVER}", *rest]), connections)
    except AddressError as error:
        raise refusal from error
    match = _SERVICE_URL.fullmatch(address.url)
    if match is None or not isinstance(address, ServiceAddress):
        raise refusal
    folder = unquote(match["folder"] or "")
    return DirectoryAddress(match["root"], folder, address.token, address.authcfg, address.referer)


class ServicesDirectory:
    """Asks the services directory at `url`, as `parse_directory_address` returns it."""

    def __init__(self, url: str, transport: Transport) -> None:
        self.url = url
        self._transport = transport

    def listing(self, folder: str = "") -> Listing:
        """Return what is in a folder, or at the root.

        Raises what `Transport.get` raises, and:
            ServerError: there is no such folder, or it is closed to the user.
            ResponseError: the answer is not that of a services directory.
        """
        url = f"{self.url}/{quote(folder)}" if folder else self.url
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
        return Listing(parts(sequence(body.get("folders"))), tuple(self._listed(name) for name in names if name))

    def _listed(self, name: str) -> ListedService:
        """Return the service of a name, which holds the folder: `Folder/Name`."""
        folder, _, short_name = name.rpartition("/")
        return ListedService(short_name, folder, f"{self.url}/{quote(name)}/{_IMAGE_SERVER}", _IMAGE_SERVER)
