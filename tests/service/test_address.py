"""What people paste, and what becomes of it."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.address import Connection, PortalItem, ServiceAddress, parse_address

URL = "https://gis.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer"
ITEM_ID = "4c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d"
CONFIDENTIAL = "mPx6WYwJqT0vS-9dXb3u_demo-token.."


@pytest.mark.parametrize(
    "text",
    [
        URL,
        f"  {URL}\n",
        f'"{URL}"',
        f"'{URL}'",
        f"“{URL}”",
        f"<{URL}>",
        f"`{URL}`",
        f"\ufeff{URL}\u200b",
        f"<'{URL}'>",
        f"{URL}.",
        f"{URL},",
        f"{URL};",
        f"({URL})",
        f"({URL}).",
        f"“({URL}?f=json)”",
        f"[Landsat]({URL}?f=json)",
        f"{URL}/",
        f"{URL}///",
        f"{URL}?",
        f"{URL}?f=json",
        f"{URL}/?F=pjson",
        f"{URL}?wsdl",
        "https://gis.example.org/arcgis/services/Olinda/Landsat/ImageServer",
        "https://gis.example.org/arcgis/services/Olinda/Landsat/ImageServer?wsdl",
        "https://gis.example.org/arcgis/services/Olinda/Landsat/ImageServer/?WSDL",
        "https://gis.example.org//arcgis//rest/services//Olinda/Landsat//ImageServer",
        "https://gis.example.org/arcgis/rest/services/Olinda/Landsat/imageserver",
        "https://gis.example.org/arcgis/rest/services/Olinda/Landsat/IMAGESERVER/",
        "https://gis.example.org/arcgis/REST/Services/Olinda/Landsat/ImageServer",
        "https://gis.example.org/arcgis/Services/Olinda/Landsat/ImageServer",
        "HTTPS://GIS.Example.ORG/arcgis/rest/services/Olinda/Landsat/ImageServer",
        "https://gis.example.org:443/arcgis/rest/services/Olinda/Landsat/ImageServer",
        "gis.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer",
        "gis.example.org:443/arcgis/services/Olinda/Landsat/ImageServer",
        "//gis.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer",
        "https://gis.example.org/arcgis/rest/services/%4Flinda/Landsat/ImageServer",
        "https://gis.example.org/arcgis/rest/\nservices/Olinda/Landsat/ImageServer",
    ],
)
def test_every_way_to_write_an_address_becomes_the_same_one(text: str) -> None:
    assert parse_address(text) == ServiceAddress(URL)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            "http://ags:8399/arcgis/services/ISName/ImageServer",
            "http://ags:8399/arcgis/rest/services/ISName/ImageServer",
        ),
        ("http://ags:80/arcgis/services/ISName/ImageServer", "http://ags/arcgis/rest/services/ISName/ImageServer"),
        ("ags/arcgis/rest/services/ISName/ImageServer", "https://ags/arcgis/rest/services/ISName/ImageServer"),
        ("localhost:6443/arcgis/services/X/ImageServer", "https://localhost:6443/arcgis/rest/services/X/ImageServer"),
        ("https://h/rest/services/X/ImageServer", "https://h/rest/services/X/ImageServer"),
        ("https://h/services/X/ImageServer", "https://h/rest/services/X/ImageServer"),
        ("https://h/a/b/c/rest/services/X/ImageServer", "https://h/a/b/c/rest/services/X/ImageServer"),
        ("https://h/a/b/c/services/X/ImageServer", "https://h/a/b/c/rest/services/X/ImageServer"),
        ("https://h/services/rest/services/X/ImageServer", "https://h/services/rest/services/X/ImageServer"),
        ("https://h/ArcGIS/services/MiXed/CaSe/ImageServer", "https://h/ArcGIS/rest/services/MiXed/CaSe/ImageServer"),
        ("https://h/s/rest/services/services/ImageServer", "https://h/s/rest/services/services/ImageServer"),
        ("https://h/s/rest/services/ImageServer/ImageServer", "https://h/s/rest/services/ImageServer/ImageServer"),
        ("https://h/hidden/path/X/ImageServer", "https://h/hidden/path/X/ImageServer"),
        ("https://h/s/services/X Y/ImageServer", "https://h/s/rest/services/X%20Y/ImageServer"),
        ("https://h/s/services/X%20Y/ImageServer", "https://h/s/rest/services/X%20Y/ImageServer"),
        ("https://h/s/services/X%2520Y/ImageServer", "https://h/s/rest/services/X%2520Y/ImageServer"),
        ("https://h/s/services/X%2FY/ImageServer", "https://h/s/rest/services/X%2FY/ImageServer"),
        ("https://h/s/services/Größe/ImageServer", "https://h/s/rest/services/Gr%C3%B6%C3%9Fe/ImageServer"),
        ("https://h/s/services/Gr%c3%b6%c3%9fe/ImageServer", "https://h/s/rest/services/Gr%C3%B6%C3%9Fe/ImageServer"),
        ("https://h/s/services/Gr%F6%DFe/ImageServer", "https://h/s/rest/services/Gr%F6%DFe/ImageServer"),
        ("https://h/s/services/O'Brien&Co/ImageServer", "https://h/s/rest/services/O%27Brien%26Co/ImageServer"),
        ("https://h/s/services/A(1)+B/ImageServer", "https://h/s/rest/services/A(1)+B/ImageServer"),
        ("https://[::1]:6443/s/services/X/ImageServer", "https://[::1]:6443/s/rest/services/X/ImageServer"),
        ("[2001:DB8::1]/s/services/X/ImageServer", "https://[2001:db8::1]/s/rest/services/X/ImageServer"),
        (
            "http://bücher.example/s/services/X/ImageServer",
            "http://xn--bcher-kva.example/s/rest/services/X/ImageServer",
        ),
        ("https://h/s/services/X/ImageServer/WMSServer", "https://h/s/rest/services/X/ImageServer"),
    ],
)
def test_a_url_is_canonical_and_encoded_once(text: str, url: str) -> None:
    address = parse_address(text)
    assert isinstance(address, ServiceAddress)
    assert address.url == url
    assert parse_address(address.url) == ServiceAddress(url)


@pytest.mark.parametrize(
    ("rest", "raster_id", "ignored"),
    [
        ("/exportImage?bbox=1,2,3,4&size=10,10&f=image", None, "exportImage?bbox=…&size=…"),
        ("/query?where=Name%3D%27a%27&f=json", None, "query?where=…"),
        ("/identify", None, "identify"),
        ("/tile/3/1/2", None, "tile/3/1/2"),
        ("/12", 12, ""),
        ("/12/", 12, ""),
        ("/12?f=json", 12, ""),
        ("/12/info/histograms", 12, "info/histograms"),
        ("/12a", None, "…"),
        ("#imageserverlayer:v=1&bandIds=3,1,0", None, "#…"),
        ("?f=html#visualize", None, "#…"),
        ("?renderingRule=%7B%7D", None, "?renderingRule=…"),
    ],
)
def test_what_follows_the_service_is_taken_off_and_told(rest: str, raster_id: int | None, ignored: str) -> None:
    assert parse_address(URL + rest) == ServiceAddress(URL, raster_id=raster_id, ignored=ignored)


@pytest.mark.parametrize(
    "text",
    [
        f"{URL}?token={CONFIDENTIAL}",
        f"{URL}?Token={CONFIDENTIAL}&f=json",
        f"{URL}/?f=json&TOKEN={CONFIDENTIAL}",
        f"{URL}/12?token={CONFIDENTIAL}",
        f"{URL}/exportImage?bbox=1,2,3,4&token={CONFIDENTIAL}&f=image",
        f"https://gis.example.org/arcgis/services/Olinda/Landsat/ImageServer?token={CONFIDENTIAL}",
        f"gis.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer?token={CONFIDENTIAL}",
    ],
)
def test_a_token_is_taken_off_and_never_shown(text: str) -> None:
    address = parse_address(text)
    assert isinstance(address, ServiceAddress)
    assert (address.url, address.token) == (URL, CONFIDENTIAL)
    assert CONFIDENTIAL not in repr(address)
    assert CONFIDENTIAL not in address.ignored


@pytest.mark.parametrize(
    "rest",
    [
        "?sig={secret}", "?key={secret}", "?api-key={secret}", "?ticket={secret}",
        "?pwd={secret}", "?tok%65n={secret}",
        "?access_token={secret}", "?{secret}", "?x={secret}", "/token/{secret}/",
        "/{secret}", "#{secret}", "#x={secret}",
    ],
)  # fmt: skip
def test_what_may_be_a_secret_under_any_name_is_not_repeated(rest: str) -> None:
    address = parse_address(URL + rest.format(secret=CONFIDENTIAL))
    assert isinstance(address, ServiceAddress)
    assert CONFIDENTIAL not in f"{address.url} {address.ignored}"


def test_a_percent_encoded_token_is_decoded() -> None:
    assert parse_address(f"{URL}?token=a%2Bb%3D") == ServiceAddress(URL, None, "a+b=")


def test_credentials_in_a_fragment_are_not_shown() -> None:
    address = parse_address(f"{URL}#access_token={CONFIDENTIAL}&expires_in=7200")
    assert isinstance(address, ServiceAddress)
    assert address.ignored == "#…"


@pytest.mark.parametrize(
    ("text", "portal"),
    [
        (ITEM_ID, "https://www.arcgis.com"),
        (f" {ITEM_ID.upper()} ", "https://www.arcgis.com"),
        (f"https://www.arcgis.com/home/item.html?id={ITEM_ID}", "https://www.arcgis.com"),
        (f"https://org.maps.arcgis.com/home/item.html?id={ITEM_ID}#overview", "https://org.maps.arcgis.com"),
        (f"www.arcgis.com/home/item.html?id={ITEM_ID}&view=list", "https://www.arcgis.com"),
        (f"https://gis.example.org/portal/home/item.html?id={ITEM_ID}", "https://gis.example.org/portal"),
        (f"https://www.arcgis.com/apps/mapviewer/index.html?webmap={ITEM_ID}", "https://www.arcgis.com"),
        (f"https://gis.example.org/portal/home/webmap/viewer.html?webmap={ITEM_ID}", "https://gis.example.org/portal"),
        (f"https://gis.example.org:7443/arcgis/home/item.html?id={ITEM_ID}", "https://gis.example.org:7443/arcgis"),
        (f"https://www.arcgis.com/home/webmap/viewer.html?layers={ITEM_ID}", "https://www.arcgis.com"),
        (f"https://www.arcgis.com/apps/mapviewer/index.html?layers={ITEM_ID}", "https://www.arcgis.com"),
        (f"https://www.arcgis.com/sharing/rest/content/items/{ITEM_ID}?f=json", "https://www.arcgis.com"),
        (f"https://gis.example.org/portal/sharing/rest/content/items/{ITEM_ID}/data", "https://gis.example.org/portal"),
        (f"https://gis.example.org/portal/sharing/content/items/{ITEM_ID}", "https://gis.example.org/portal"),
    ],
)
def test_pages_and_ids_of_a_portal_name_an_item(text: str, portal: str) -> None:
    assert parse_address(text) == PortalItem(f"{portal}/sharing/rest/content/items/{ITEM_ID}")


def test_a_token_on_a_portal_page_is_taken_off() -> None:
    item = parse_address(f"https://www.arcgis.com/home/item.html?id={ITEM_ID}&token={CONFIDENTIAL}")
    assert item == PortalItem(f"https://www.arcgis.com/sharing/rest/content/items/{ITEM_ID}", CONFIDENTIAL)
    assert CONFIDENTIAL not in repr(item)


def test_a_map_viewer_page_leads_to_the_service_that_it_shows() -> None:
    page = "https://www.arcgis.com/home/webmap/viewer.html?url=https%3A%2F%2Fh%2Fs%2Frest%2Fservices%2FX%2FImageServer"
    assert parse_address(f"{page}&source=sd&token={CONFIDENTIAL}") == ServiceAddress(
        "https://h/s/rest/services/X/ImageServer"
    )


CONNECTIONS = {
    connection.name: connection
    for connection in (
        Connection(
            "My server", "https://gis.example.org/arcgis/rest/services", "auth123", "https://portal.example.org/"
        ),
        Connection("My server/Olinda", "https://other.example.org/arcgis/rest/services/"),
        Connection("MY SERVER", "https://shouting.example.org/arcgis/services"),
        Connection("One service", URL, "auth456"),
        Connection("With token", f"https://gis.example.org/arcgis/rest/services?token={CONFIDENTIAL}"),
    )
}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "My server/Folder/Name",
            ServiceAddress(
                "https://gis.example.org/arcgis/rest/services/Folder/Name/ImageServer",
                authcfg="auth123",
                referer="https://portal.example.org/",
            ),
        ),
        (
            "My server/Folder/Name/ImageServer/7?f=json",
            ServiceAddress(
                "https://gis.example.org/arcgis/rest/services/Folder/Name/ImageServer",
                raster_id=7,
                authcfg="auth123",
                referer="https://portal.example.org/",
            ),
        ),
        (
            r"My server\Name",
            ServiceAddress(
                "https://gis.example.org/arcgis/rest/services/Name/ImageServer",
                authcfg="auth123",
                referer="https://portal.example.org/",
            ),
        ),
        (
            "My server/Olinda/Landsat",
            ServiceAddress("https://other.example.org/arcgis/rest/services/Landsat/ImageServer"),
        ),
        ("MY SERVER/X", ServiceAddress("https://shouting.example.org/arcgis/rest/services/X/ImageServer")),
        ("my server/olinda/X", ServiceAddress("https://other.example.org/arcgis/rest/services/X/ImageServer")),
        ("One service", ServiceAddress(URL, authcfg="auth456")),
        ("one SERVICE/", ServiceAddress(URL, authcfg="auth456")),
        (
            "With token/X",
            ServiceAddress("https://gis.example.org/arcgis/rest/services/X/ImageServer", token=CONFIDENTIAL),
        ),
        (URL, ServiceAddress(URL)),
    ],
)
def test_the_name_of_a_saved_connection_stands_for_its_server(text: str, address: ServiceAddress) -> None:
    assert parse_address(text, CONNECTIONS) == address
