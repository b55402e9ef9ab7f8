"""Where a redirect may lead: to the server that was asked, and never to a less safe place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from ..translation import tr
from .address import host_of
from .errors import NetworkError

REDIRECTS = (301, 302, 303, 307, 308)
_SEE_OTHER = 303

# Enough for real services: to https, to the proper name of the resource, to a slash that was forgotten.
MOST_HOPS = 5

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Hop:
    """The next address to ask; `keeps_form` is whether a form is sent there again."""

    url: str
    keeps_form: bool


def next_hop(url: str, status: int, location: str, before: tuple[str, ...]) -> Hop:
    """Return where a redirect from `url` leads, with `location` as the server wrote it.

    Credentials go along, so it must be the same server: the same host and port, or the same host by https in place of
    http. A form stays a form, for its answer is what is wanted; only 303 says that the answer is to be fetched from
    elsewhere. `before` are the addresses that were asked so far, `url` included.

    Raises:
        NetworkError: it leads to another server, back to http, to something that is no web address, in a circle, or on
            and on.
    """
    host = host_of(url)
    target = _resolved(url, location)
    if target is None:
        raise NetworkError(
            tr(
                "{host} redirects to something that is no web address: give the address that a browser ends up at."
            ).format(host=host),
            f"{url}\n{location}",
        )
    error = _refusal(url, target)
    if error is not None:
        raise error
    if target in before:
        raise NetworkError(
            tr("{host} redirects in a circle: ask the owner of the service, or try again later.").format(host=host),
            "\n".join([*before, target]),
        )
    if len(before) > MOST_HOPS:
        raise NetworkError(
            tr("{host} redirects more than {count} times: give the address that a browser ends up at.").format(
                host=host, count=MOST_HOPS
            ),
            "\n".join([*before, target]),
        )
    return Hop(target, status != _SEE_OTHER)


def _resolved(url: str, location: str) -> str | None:
    """Return the complete address, without user and fragment; None where it is none of the web's."""
    location = location.strip()
    if not location.isprintable():
        return None
    try:
        parts = urlsplit(urljoin(url, location))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.scheme not in _DEFAULT_PORTS:
        return None
    name = f"[{host}]" if ":" in host else host
    netloc = name if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{port}"
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))


def _refusal(url: str, target: str) -> NetworkError | None:
    """Return why credentials must not go from one address to the other, None where they may."""
    scheme, host, port = _server(url)
    new_scheme, new_host, new_port = _server(target)
    if host != new_host or (scheme == new_scheme and port != new_port):
        message = tr("{host} redirects to another server, {target}: if you trust it, give the address there itself.")
    elif (scheme, new_scheme) == ("https", "http"):
        message = tr("{host} redirects from https to http at {target}, which is not safe: ask the owner of it.")
    else:
        return None
    # Not the whole address: what it says after the path may be a secret of the server's.
    return NetworkError(message.format(host=host_of(url), target=host_of(target)), f"{url}\n{target.partition('?')[0]}")


def _server(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
