"""What a test process may reach: a temporary home, an off-screen display, and loopback.

Loaded first of all (``-p tests.sandbox`` in pyproject.toml), because pytest-qgis starts QGIS before any conftest.py is
read. It needs neither QGIS nor GDAL.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import sys
import tempfile

HOST = "127.0.0.1"


def _is_loopback(host: object) -> bool:
    """Whether a host, as the socket module takes it, is this machine."""
    return host in ("localhost", "::1") or (isinstance(host, str) and host.startswith("127."))


def refuse_beyond_loopback(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: raise `PermissionError` when Python code connects, sends or looks up beyond loopback."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if not isinstance(address, tuple):
            return  # a Unix socket, or the peer of a socket already connected
        host = address[0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host is not None and not _is_loopback(host):
        raise PermissionError(f"Tests reach loopback only, not {host!r}.")


def _closed_port() -> int:
    """Return a loopback port that refuses every connection until this process ends."""
    bound = socket.socket()
    bound.bind((HOST, 0))  # bound but never listening, so nobody else can take it
    atexit.register(bound.close)
    return int(bound.getsockname()[1])


def _set_environment(proxy_port: int) -> None:
    """Point home, display and the proxies of GDAL (libcurl) and requests to where nothing can be harmed."""
    home = tempfile.mkdtemp(prefix="image-server-layer-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        del os.environ[name]
    os.environ.update(HOME=home, XDG_RUNTIME_DIR=home, QGIS_AUTH_DB_DIR_PATH=home, QT_QPA_PLATFORM="offscreen")
    proxy = f"http://{HOST}:{proxy_port}"
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        os.environ.pop(name.upper(), None)
        os.environ[name] = proxy
    os.environ.pop("NO_PROXY", None)
    os.environ["no_proxy"] = f"{HOST},localhost"


CLOSED_PORT = _closed_port()
_set_environment(CLOSED_PORT)
sys.addaudithook(refuse_beyond_loopback)
