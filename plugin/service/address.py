"""What a person types, pastes or drags as the address of an image service, in one canonical form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import SplitResult, quote, unquote, unquote_plus, urlsplit

from ..translation import tr
from .connection_file import url_of_connection_path
from .errors import AddressError
from .plain_text import clean_text

_ARCGIS_ONLINE = "https://www.arcgis.com"
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Service types of ArcGIS by the last part of their address, in lower case.
_IMAGE_SERVER = "imageserver"
_OTHER_SERVERS = (
    "mapserver",
    "featureserver",
    "gpserver",
    "geocodeserver",
    "geodataserver",
    "geometryserver",
    "globeserver",
    "mobileserver",
    "naserver",
    "sceneserver",
    "streamserver",
    "vectortileserver",
)

# Parameters that have no effect on what a service is, so nobody is told that they are ignored.
_IDLE_PARAMETERS = ("f", "wsdl", "token")

_RASTER_ID = re.compile(r"[0-9]{1,10}")
_ITEM_ID = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_WEB_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)
_HOST_AND_PATH = re.compile(r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d+)?/.*", re.IGNORECASE)
_FILE_PATH = re.compile(r"(?:[a-z]:|[\\/~]|\.{1,2}[\\/]).*", re.IGNORECASE)

_ITEM_PATH = re.compile(
    r"(?P<portal>(?:.*/)?)sharing/(?:rest/)?content/items/(?P<id>[0-9a-f]{32})(?:/.*)?", re.IGNORECASE
)
_PORTAL_PAGE = re.compile(r"(?P<portal>(?:.*/)?)(?:home|apps)/.*", re.IGNORECASE)

# Characters around an address that are copied along with it.
_WRAPPING = "\"'`<>“”„‘’«» \t\r\n\ufeff\u200b\u2060\u00a0"
_PUNCTUATION = ",;."

# The name of a parameter or resource. Anything else may be a token that was pasted without its name.
_NAME = re.compile(r"[A-Za-z_]{1,24}|[0-9]{1,10}|")

# What RFC 3986 allows in a path, except for the characters that quote and separate in a QGIS data source.
_PATH_MARKS = "!$()*+,:@"

# A link as Markdown writes it, or an address in parentheses.
_LINK = re.compile(r"(?:\[[^\[\]]*\])?\((.*)\)")

# In characters: longer than any address, even with a token and with text that is pasted along.
_LONGEST_TEXT = 50_000
# The longest name in the DNS. Python's codec is slow with longer ones.
_LONGEST_HOST = 253

# In characters: how much of a text that is no address an error repeats.
_SHOWN_LENGTH = 200


@dataclass(frozen=True)
class Connection:
    """A saved ArcGIS REST server connection of QGIS; `url` is that of a services directory or of one service."""

    name: str
    url: str
    authcfg: str = ""
    referer: str = ""


@dataclass(frozen=True)
class ServiceAddress:
    """The address of an image service.

    `url` is `https://host/…/rest/services/Folder/Name/ImageServer`, percent-encoded once, without a slash at its end.
    `raster_id` names the one raster of `…/ImageServer/12`. `token` was taken off the text: it is for requests only,
    never to be stored or shown. `ignored` is what else stood in the text and has no effect.
    """

    url: str
    raster_id: int | None = None
    token: str | None = field(default=None, repr=False)
    authcfg: str = ""
    referer: str = ""
    ignored: str = ""


@dataclass(frozen=True)
class PortalItem:
    """An item of an ArcGIS portal; `url` is `https://portal/sharing/rest/content/items/<id>`."""

    url: str
    token: str | None = field(default=None, repr=False)


def parse_address(
    text: str, connections: Mapping[str, Connection] = MappingProxyType({})
) -> ServiceAddress | PortalItem:
    r"""Read an address.

    Understood are REST and SOAP addresses of an image service with anything behind them, pages and ids of portal items,
    ArcGIS connection paths (`…\Server.ags\Folder\Name.ImageServer`), and the name of one of `connections` with a
    service (`My server/Folder/Name`). An address without a scheme is taken for https.

    Raises:
        AddressError: the text is none of these; the message says what it is and what to give instead.
    """
    text = _unwrapped(text)
    if not text:
        raise AddressError(tr("There is no address: give the URL of an image service, https://…/ImageServer."))
    url = url_of_connection_path(text)
    if url is not None:
        return _parse_url(url, text)
    if _ITEM_ID.fullmatch(text):
        return _portal_item(_ARCGIS_ONLINE, text)
    if _SCHEME.match(text):
        return _parse_url(text, text)
    connection = _connection_in(text, connections)
    if connection is not None:
        address = _parse_url(_url_below(connection, text[len(connection.name) :]), text)
        if isinstance(address, ServiceAddress):
            return replace(address, authcfg=connection.authcfg, referer=connection.referer)
        return address
    if text.startswith("//"):
        return _parse_url(f"https:{text}", text)
    if _FILE_PATH.fullmatch(text):
        raise _refusal(tr("“{text}” is a path to a file: give the URL of an image service instead."), text)
    if _HOST_AND_PATH.fullmatch(text):
        return _parse_url(f"https://{text}", text)
    raise _refusal(
        tr("“{text}” is neither a URL nor the name of a saved connection: give the URL of an image service."), text
    )


def parse_web_address(text: str) -> ServiceAddress | PortalItem:
    """Read an address that a server, a file or a project names: a web address and nothing else.

    No file is opened and no saved connection is looked up on the word of a stranger.

    Raises:
        AddressError: as of `parse_address`.
    """
    text = _unwrapped(text)
    return _parse_url(text, text)


def host_of(url: str) -> str:
    """Return the host and port of a URL, for messages: free of credentials, and short."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _unwrapped(text: str) -> str:
    """Return a text without quotation marks, parentheses, punctuation and invisible characters around it.

    Raises:
        AddressError: it is too long for an address.
    """
    if len(text) > _LONGEST_TEXT:
        raise AddressError(
            tr("This text of {length} characters is not an address: give the URL of an image service.").format(
                length=len(text)
            )
        )
    text = clean_text(text).strip(_WRAPPING)
    link = _LINK.fullmatch(text.rstrip(_PUNCTUATION))
    text = link[1].strip(_WRAPPING) if link else text
    # A token may end with full stops.
    return text if "?" in text else text.rstrip(_PUNCTUATION).strip(_WRAPPING)


def _connection_in(text: str, connections: Mapping[str, Connection]) -> Connection | None:
    """Return the connection whose name begins the text, by preference in the same case; the longest name wins."""
    for fold in (str, str.casefold):
        named = [name for name in connections if name and fold(text[: len(name)]) == fold(name)]
        named = [name for name in named if text[len(name) :][:1] in ("", "/", "\\", "?")]
        if named:
            return connections[max(named, key=len)]
    return None


def _url_below(connection: Connection, rest: str) -> str:
    """Return the URL of the service at the path `rest` below a connection; `/ImageServer` may be left out."""
    base, _, base_query = connection.url.partition("?")
    path, _, query = rest.partition("?")
    names = [name for name in path.replace("\\", "/").split("/") if name]
    if names and not any(name.lower() in (_IMAGE_SERVER, *_OTHER_SERVERS) for name in names):
        names.append("ImageServer")
    return "/".join([base.rstrip("/"), *names]) + "?" + "&".join(filter(None, (base_query, query)))


def _parse_url(url: str, text: str, *, is_shown: bool = False) -> ServiceAddress | PortalItem:
    """Read a URL; `text` is what the user gave, for messages.

    With `is_shown`, the URL is the one that a page shows, which may not be a page itself.
    """
    if not _WEB_SCHEME.match(url):
        raise _refusal(tr("“{text}” is not a web address: the URL of an image service begins with https://."), text)
    try:
        parts = urlsplit(url)
        origin = _origin(parts)
    except ValueError:
        # Not chained, as Python's message repeats what it took for the port, which may be part of a password.
        message = tr("“{text}” is not a valid URL: check the name of the server and its port.")
        raise _refusal(message, text) from None
    if parts.username is not None:
        raise _refusal(
            tr("“{text}” has a user name in it: take it out, and choose an authentication configuration for it."), text
        )
    names = [_decoded(name) for name in parts.path.split("/") if name.strip()]
    position = _position_of_service(names)
    if position is None:
        if is_shown:
            raise _refusal(_kind_of_page(names), text)
        return _parse_page(parts, origin, names, text)
    rest = names[position + 1 :]
    is_raster = bool(rest) and _RASTER_ID.fullmatch(rest[0]) is not None
    return ServiceAddress(
        url=f"{origin}/{_rest_path(names[:position])}/ImageServer",
        raster_id=int(rest[0]) if is_raster else None,
        token=_parameter(parts, "token") or None,
        ignored=_ignored("/".join(rest[is_raster:]), parts),
    )


def _origin(parts: SplitResult) -> str:
    """Return scheme, host and port as a browser would show them.

    Raises:
        ValueError: host or port is missing or malformed.
    """
    host, port = parts.hostname or "", parts.port
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        raise ValueError(host)
    host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    suffix = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


def _position_of_services(names: Sequence[str]) -> int | None:
    """Return where the services directory is in a path: `rest/services` in REST addresses, `services` in SOAP ones."""
    found = [index for index, name in enumerate(names) if name.lower() == "services"]
    below_rest = [index for index in found if index > 0 and names[index - 1].lower() == "rest"]
    return next(iter(below_rest + found), None)


def _position_of_service(names: Sequence[str]) -> int | None:
    """Return where `ImageServer` is in a path. A service or folder may itself bear that name."""
    services = _position_of_services(names)
    first = 1 if services is None else services + 2
    found = (index for index in range(first, len(names)) if names[index].lower() == _IMAGE_SERVER)
    return next(found, None)


def _rest_path(names: Sequence[str]) -> str:
    """Return the path of a service in REST form: in a SOAP address, `rest` is missing before `services`."""
    services = _position_of_services(names)
    if services is not None:
        is_rest = services > 0 and names[services - 1].lower() == "rest"
        site = names[: services - 1] if is_rest else names[:services]
        names = [*site, "rest", "services", *names[services + 1 :]]
    return "/".join(map(_encoded, names))


def _decoded(name: str) -> str:
    # Bytes that are not UTF-8 must come out of `_encoded` as they went in.
    return unquote(name, errors="surrogateescape")


def _encoded(name: str) -> str:
    return quote(name, safe=_PATH_MARKS, errors="surrogateescape")


def _parameter(parts: SplitResult, name: str) -> str:
    """Return the value of a parameter of the query, whose name may be in any case."""
    for item in parts.query.split("&"):
        key, _, value = item.partition("=")
        if value and key.lower() == name:
            return unquote_plus(value)
    return ""


def _ignored(sub_resource: str, parts: SplitResult) -> str:
    """Return the parts of a URL after `ImageServer` that are ignored, names only, as values may be secret."""
    path = "/".join(name if _NAME.fullmatch(name) else "…" for name in sub_resource.split("/"))
    names = [item.partition("=")[0] for item in parts.query.split("&")]
    names = [name for name in names if name.lower() not in ("", *_IDLE_PARAMETERS)]
    told = [f"{name}=…" if _NAME.fullmatch(name) else "…" for name in names]
    query = "?" + "&".join(told) if told else ""
    return path + query + ("#…" if parts.fragment else "")


def _parse_page(parts: SplitResult, origin: str, names: Sequence[str], text: str) -> ServiceAddress | PortalItem:
    """Read a URL that is not itself that of an image service: a page of a portal that shows one, or a mistake."""
    token = _parameter(parts, "token") or None
    path = "/".join(map(_encoded, names))
    item = _ITEM_PATH.fullmatch(path)
    if item is not None:
        return _portal_item(f"{origin}/{item['portal']}", item["id"], token)
    page = _PORTAL_PAGE.fullmatch(path)
    if page is not None:
        shown_service = _parameter(parts, "url")
        if shown_service:
            return _parse_url(shown_service, shown_service, is_shown=True)
        for name in ("id", "webmap", "webscene", "layers"):
            item_id = _parameter(parts, name)
            if _ITEM_ID.fullmatch(item_id):
                return _portal_item(f"{origin}/{page['portal']}", item_id, token)
    raise _refusal(_kind_of_page(names), text)


def _portal_item(portal: str, item_id: str, token: str | None = None) -> PortalItem:
    return PortalItem(f"{portal.rstrip('/')}/sharing/rest/content/items/{item_id.lower()}", token)


def _kind_of_page(names: Sequence[str]) -> str:
    """Return the sentence for a URL in which `ImageServer` is missing."""
    lower_names = [name.lower() for name in names]
    services = _position_of_services(names)
    if "mapserver" in lower_names:
        return tr("“{text}” is a map service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it.")
    if "featureserver" in lower_names:
        return tr("“{text}” is a feature service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it.")
    if not set(_OTHER_SERVERS).isdisjoint(lower_names):
        return tr("“{text}” is a service of another type: the URL of an image service ends with /ImageServer.")
    if services is None:
        return tr("“{text}” is not the URL of an image service: that ends with /rest/services/Folder/Name/ImageServer.")
    if services == len(names) - 1:
        return tr("“{text}” is a directory of services: open it in a browser, and give the URL of one that it lists.")
    return tr("“{text}” is a folder, or lacks the type of service: the URL of an image service ends with /ImageServer.")


def _refusal(message: str, text: str) -> AddressError:
    """Return the error about `text`, showing only those parts of it that cannot hold credentials."""
    # A password may itself hold any of these marks.
    visible = re.sub(r"[?#].*$", "…", re.sub(r"^.*@", "…@", " ".join(text.split())))
    if len(visible) > _SHOWN_LENGTH:
        visible = visible[:_SHOWN_LENGTH] + "…"
    # Behind the service, only the name of an operation or a layer id is shown; anything else may be secret.
    visible = re.sub(r"(?<=[a-z]Server/)(?!(?:[a-z_]{1,24}|[0-9]{1,10})/?$).+$", "…", visible, flags=re.IGNORECASE)
    return AddressError(message.format(text=visible))
