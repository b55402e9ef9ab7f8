"""Sends exchanges by the network thread: starts one when it is needed, and another when the user's settings change.

QGIS' network manager reads the settings of the network once in a thread. A thread whose settings are out of date gets
no new exchanges and ends when those under way are done.
"""

from __future__ import annotations

import atexit
import threading

from qgis.core import QgsSettings

from .exchange import Exchange
from .network_thread import LONGEST_END, NetworkThread

_PROXY_KEYS = (
    "proxyEnabled",
    "proxyType",
    "proxyHost",
    "proxyPort",
    "proxyUser",
    "proxyPassword",
    "authcfg",
    "proxyExcludedUrls",
    "noProxyUrls",
)

_threads: list[NetworkThread] = []
_threads_lock = threading.Lock()


def send(exchange: Exchange) -> NetworkThread:
    """Have an exchange carried out; returns the thread that does it."""
    with _threads_lock:
        for thread in [thread for thread in _threads if thread.isFinished()]:
            # A thread that has finished ends at once, or something is wrong with it: never wait without a limit.
            if thread.wait(LONGEST_END):
                _threads.remove(thread)
        settings = _network_settings()
        for thread in _threads:
            if thread.settings != settings:
                thread.end_when_idle()
            elif thread.take(exchange):
                return thread
        thread = NetworkThread(settings)
        _threads.append(thread)
        # A thread of Qt's that outlives Python's end would take QGIS down.
        atexit.unregister(stop)
        atexit.register(stop)
        thread.take(exchange)
        thread.start()
        return thread


def stop() -> None:
    """End the network thread, and all that is under way; a later request starts another."""
    with _threads_lock:
        for thread in _threads:
            thread.end()
        # One that something holds up is kept: without its Python half it would take QGIS down.
        _threads[:] = [thread for thread in _threads if not thread.wait_for_end()]
    if not _threads:
        # Python would keep this module, and all that it knows, when the plugin is reloaded.
        atexit.unregister(stop)


def _network_settings() -> tuple[str, ...]:
    """Return the user's settings of the network that a network manager reads."""
    settings = QgsSettings()
    return tuple(str(settings.value(f"proxy/{key}")) for key in _PROXY_KEYS)
