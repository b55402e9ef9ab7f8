"""What stands in the field for an address: a service, an item of a portal, or a server."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from qgis.core import QgsProject

from ...plugin.layer.arguments import service_address
from ...plugin.service.address import ServiceAddress
from ...plugin.service.connections import saved_connections
from ...plugin.service.directory import DirectoryAddress, parse_directory_address
from ...plugin.service.errors import AddressError

if TYPE_CHECKING:
    from typing import Union

    from ...plugin.service.address import PortalItem

    TypedAddress = Union[ServiceAddress, PortalItem, DirectoryAddress]


def read_address(text: str) -> TypedAddress:
    """Read a text as the address of a service, or else of a server.

    Raises:
        AddressError: it is neither.
    """
    try:
        return service_address(text, QgsProject.instance())[0]
    except AddressError as error:
        try:
            return parse_directory_address(text, saved_connections())
        except AddressError:
            raise error from None


def url_of(text: str) -> str:
    """Return the URL that a text leads to, empty if there is none."""
    try:
        return read_address(text).url
    except AddressError:
        return ""


def text_of(address: TypedAddress) -> str:
    """Return what to type for an address, without its token."""
    below = ""
    if isinstance(address, DirectoryAddress):
        below = quote(address.folder, safe="")
    elif isinstance(address, ServiceAddress) and address.raster_id is not None:
        below = str(address.raster_id)
    return f"{address.url}/{below}" if below else address.url


def name_of(url: str) -> str:
    """Return what a service is called, from its address."""
    _, _, path = url.partition("/services/")
    return path.rpartition("/ImageServer")[0] or url
