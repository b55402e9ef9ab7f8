"""Which servers the tree shows: the one that is typed, or those of the saved connections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from ...plugin.service.access import Access
from ...plugin.service.connections import saved_connections
from ...plugin.service.directory import DirectoryAddress, parse_directory_address
from ...plugin.service.errors import AddressError
from .server_tree import Server

AccessTo = Callable[[str, Access], Access]
"""How to ask the server of a URL, where so much comes with its address."""


def typed_server(text: str, access_to: AccessTo) -> Server:
    """Return the server that a text leads to.

    Raises:
        AddressError: it leads to none.
    """
    connections = saved_connections()
    directory = parse_directory_address(text, connections)
    return _server(text if text in connections else "", directory, access_to)


def saved_servers(access_to: AccessTo) -> list[Server]:
    """Return the servers of the saved connections, by name."""
    connections, servers = saved_connections(), []
    for name in sorted(connections, key=str.casefold):
        try:
            servers.append(_server(name, parse_directory_address(name, connections), access_to))
        except AddressError:
            # A connection may lead to something else, such as a portal.
            continue
    return servers


def _server(name: str, directory: DirectoryAddress, access_to: AccessTo) -> Server:
    access = access_to(directory.url, Access(directory.authcfg, directory.referer))
    return Server(name or urlsplit(directory.url).netloc, replace(directory, token=None), access)
