"""The wire: security, the log, latency and line speed, faults, and the life of the process."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import requests

from image_server_layer.tests.imageserver.security import PASSWORD, REFERER, TOKEN, USER
from image_server_layer.tests.patience import SOON, meanwhile
from image_server_layer.tests.test_imageserver.client import Client

ROOT = Path(__file__).parents[2]
BOX = (300000.0, 9099390.0, 300970.0, 9100000.0)
BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


# Security


@pytest.mark.parametrize(
    ("service", "parameters", "headers", "code"),
    [
        ("Test/Secured", {}, {}, 499),
        ("Test/Secured", {"token": "wrong"}, {}, 498),
        ("Test/Secured", {"token": TOKEN}, {}, None),
        ("Test/Secured", {}, {"X-Esri-Authorization": f"Bearer {TOKEN}"}, None),
        ("Test/Secured", {}, {"X-Esri-Authorization": "Bearer wrong"}, 498),
        ("Test/Secured", {}, {"Authorization": BASIC}, None),
        ("Test/Secured", {}, {"Authorization": "Basic d3Jvbmc6d3Jvbmc="}, 499),
        ("Test/SecuredReferer", {"token": TOKEN}, {}, 498),
        ("Test/SecuredReferer", {"token": TOKEN}, {"Referer": "https://elsewhere.example.org/"}, 498),
        ("Test/SecuredReferer", {"token": TOKEN}, {"Referer": REFERER}, None),
    ],
)
def test_a_secured_service_answers_to_credentials_only(
    client: Client, service: str, parameters: dict[str, str], headers: dict[str, str], code: int | None
) -> None:
    client.session.headers.update(headers)
    for operation in ("", "legend"):
        document = client.json(service, operation, **parameters)
        assert document.get("error", {}).get("code") == code
    box = ",".join(map(str, BOX))
    image = client.get(service, "exportImage", bbox=box, format="tiff", f="image", **parameters)
    assert (image.headers["Content-Type"] == "image/tiff") == (code is None)


def test_a_token_may_come_in_a_form(client: Client) -> None:
    url = client.server.service("Test/Secured")
    answer = client.session.post(url, data={"f": "json", "token": TOKEN}, timeout=30)
    assert answer.json()["name"] == "Test/Secured"


def test_the_web_tier_asks_for_credentials_by_status_401(client: Client) -> None:
    url = client.server.service("Test/SecuredWebTier")
    refused = client.session.get(url, params={"f": "json"}, timeout=30)
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Basic realm="ArcGIS"')
    assert client.session.get(url, params={"f": "json"}, auth=(USER, PASSWORD), timeout=30).status_code == 200


def test_user_and_password_earn_the_token(client: Client) -> None:
    url = f"{client.server.origin}/arcgis/tokens/generateToken"
    form = {"username": USER, "password": PASSWORD, "f": "json"}
    assert client.session.post(url, data=form, timeout=30).json()["token"] == TOKEN
    refused = client.session.post(url, data={**form, "password": "?"}, timeout=30).json()
    assert refused["error"]["code"] == 400


def test_a_token_that_was_issued_for_a_time_runs_out(client: Client) -> None:
    url = f"{client.server.origin}/arcgis/tokens/generateToken"
    form = {"username": USER, "password": PASSWORD, "f": "json", "expiration": "20"}
    first, second = (client.session.post(url, data=form, timeout=30).json() for _ in range(2))
    assert len({first["token"], second["token"], TOKEN}) == 3
    assert abs(first["expires"] / 1000 - time.time() - 1200) < 60
    client.server.advance(19 * 60)
    assert client.json("Test/Secured", token=first["token"])["name"] == "Test/Secured"
    client.server.advance(61)
    assert client.json("Test/Secured", token=first["token"])["error"]["code"] == 498
    assert client.json("Test/Secured", token=TOKEN)["name"] == "Test/Secured"


# The log


def test_the_log_holds_what_was_on_the_wire(client: Client) -> None:
    answer = client.get(
        "Test/U8", "exportImage", bbox="300000,9099390,300970,9100000", size="10,10", f="image", noData=""
    )
    client.session.post(client.server.service("Test/U8") + "/query", data={"where": "Name = 'ã'"}, timeout=30)
    image, query = client.server.requests()
    assert (image.method, image.operation, image.status) == ("GET", "exportImage", 200)
    assert image.path == "/arcgis/rest/services/Test/U8/ImageServer/exportImage"
    assert image.url.startswith(f"{image.path}?bbox=300000%2C9099390%2C300970%2C9100000&size=10%2C10&")
    assert image.query == {"bbox": "300000,9099390,300970,9100000", "size": "10,10", "f": "image", "noData": ""}
    assert image.headers["user-agent"].startswith("python-requests/")
    assert len(answer.content) < image.size < len(answer.content) + 200
    assert 0 < image.seconds < 5
    assert abs(image.started - time.time()) < 10
    assert (query.method, query.query, query.body) == ("POST", {"where": "Name = 'ã'"}, "where=Name+%3D+%27%C3%A3%27")


def test_requests_are_found_by_path_and_operation_and_can_be_forgotten(client: Client) -> None:
    client.json("Test/U8")
    client.json("Test/U16")
    client.json("Test/U16", "legend")
    assert [request.operation for request in client.server.requests("U16")] == ["", "legend"]
    assert [request.path for request in client.server.requests(operation="legend")] == [
        "/arcgis/rest/services/Test/U16/ImageServer/legend"
    ]
    client.server.clear()
    assert client.server.requests() == []


def test_a_connection_serves_many_requests(client: Client) -> None:
    connection = HTTPConnection(client.server.origin.removeprefix("http://"), timeout=30)
    connection.connect()
    connection.auto_open = 0  # a connection that the server has closed is not opened again
    for _ in range(5):
        connection.request("GET", "/arcgis/rest/services/Test/U8/ImageServer?f=json")
        answer = connection.getresponse()
        assert answer.version == 11
        assert json.load(answer)["bandCount"] == 3
    connection.close()


# Latency and speed


def seconds_for(client: Client, count: int, service: str, operation: str = "", **parameters: str) -> float:
    """How long so many requests at once take together, each on a connection of its own."""

    def fetch(_: int) -> None:
        with Client(client.server).session as session:
            url = client.server.service(service) + operation
            session.get(url, params={"f": "json", **parameters}, timeout=60).raise_for_status()

    started = time.perf_counter()
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(fetch, range(count)))
    return time.perf_counter() - started


def test_latency_holds_up_each_request_but_not_one_behind_the_other(client: Client) -> None:
    client.json("Test/U8")
    latency = 1.5
    client.server.settings(latency=latency)
    assert latency <= seconds_for(client, 6, "Test/U8") < 6 * latency
    started = time.perf_counter()
    client.server.requests()
    assert time.perf_counter() - started < latency
    client.server.reset()
    assert seconds_for(client, 1, "Test/U8") < latency


@pytest.mark.parametrize("count", [1, 4])
def test_the_line_is_shared_by_all_connections(client: Client, count: int) -> None:
    size = len(client.get("Test/BigCatalog", "query", returnIdsOnly="true", f="json").content)  # about 0.7 MB
    client.server.settings(line_speed=4 * size)
    seconds = seconds_for(client, count, "Test/BigCatalog", "/query", returnIdsOnly="true")
    # The upper bound is loose: other processes want this machine too.
    assert 0.24 * count <= seconds < 0.25 * count + 20


# Faults


def test_a_status_may_carry_a_body_and_headers(client: Client) -> None:
    client.server.fault("status", match="U8", status=503, body="busy", headers={"Retry-After": "3"})
    answer = client.get("Test/U8", f="json")
    assert (answer.status_code, answer.text, answer.headers["Retry-After"]) == (503, "busy", "3")
    assert client.get("Test/U16", f="json").status_code == 200
    assert client.server.requests("U8")[0].status == 503


def test_a_fault_happens_so_many_times_after_so_many_requests(client: Client) -> None:
    client.server.fault("status", match="Test/U8", times=2, after=1, status=500)
    assert [client.get("Test/U8", f="json").status_code for _ in range(5)] == [200, 500, 500, 200, 200]


def test_one_request_in_several_may_fail(client: Client) -> None:
    client.server.fault("status", match="Test/U8", every=3, after=1, status=500)
    assert [client.get("Test/U8", f="json").status_code for _ in range(7)] == [200, 200, 200, 500, 200, 200, 500]


def test_faults_are_found_by_decoded_parameters(client: Client) -> None:
    client.server.fault("empty", match='"rasterFunction":"None"')
    assert client.get("Test/U8", f="json", renderingRule='{"rasterFunction":"None"}').content == b""
    assert client.get("Test/U8", f="json").content != b""


def test_errors_and_pages_come_with_status_200(client: Client) -> None:
    client.server.fault("json_error", match="U8", code=599, message="Odd", details=["one"])
    assert client.json("Test/U8") == {"error": {"code": 599, "message": "Odd", "details": ["one"]}}
    client.server.fault("html", match="U16")
    answer = client.get("Test/U16", f="json")
    assert (answer.status_code, "Please sign in" in answer.text) == (200, True)
    assert answer.headers["Content-Type"].startswith("text/html")


def sizes_of_incomplete(client: Client, service: str) -> tuple[int, int]:
    """Return how many bytes come of a description that is not whole, and how many its head promises."""
    connection = HTTPConnection(client.server.origin.removeprefix("http://"), timeout=30)
    connection.request("GET", f"/arcgis/rest/services/{service}/ImageServer?f=json")
    answer = connection.getresponse()
    with pytest.raises(IncompleteRead) as caught:
        answer.read()
    connection.close()
    return len(caught.value.partial), int(answer.headers["Content-Length"])


def test_a_connection_may_drop_or_break_off(client: Client) -> None:
    client.server.fault("drop", match="U8")
    with pytest.raises(requests.ConnectionError):
        client.get("Test/U8", f="json")
    assert client.server.requests("U8")[0].status == 0
    client.server.fault("truncate", match="U16", fraction=0.25)
    received, promised = sizes_of_incomplete(client, "Test/U16")
    assert received == promised // 4


def test_a_connection_may_be_torn_down(client: Client) -> None:
    client.server.fault("reset", match="U8")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)) as caught:
        client.get("Test/U8", f="json")
    assert "Connection reset" in str(caught.value)


def test_a_header_may_promise_more_than_there_is(client: Client) -> None:
    right = len(client.get("Test/U8", f="json").content)
    client.server.fault("length", match="U8", difference=7)
    assert sizes_of_incomplete(client, "Test/U8") == (right, right + 7)


def test_an_answer_may_come_in_drops(client: Client) -> None:
    right = client.get("Test/U8", f="json").content
    client.server.fault("drip", match="U8", size=len(right) // 4 + 1, seconds=0.1)
    started = time.perf_counter()
    assert client.get("Test/U8", f="json").content == right
    assert time.perf_counter() - started >= 0.3


def test_what_hangs_goes_on_in_the_end_or_when_the_server_is_reset(client: Client) -> None:
    client.server.fault("hang", match="U8", times=1, seconds=0.4)
    assert seconds_for(client, 1, "Test/U8") >= 0.4
    client.server.fault("hang", match="U8")
    threading.Timer(0.3, client.server.reset).start()
    assert 0.3 <= seconds_for(client, 1, "Test/U8") < SOON


def test_what_hangs_can_be_let_go_with_the_log_left_as_it_is(client: Client) -> None:
    client.server.fault("hang", match="U8")
    meanwhile(client.server.requests, client.server.release)
    assert seconds_for(client, 2, "Test/U8") < SOON
    assert [request.status for request in client.server.requests()] == [200, 200]


def test_an_image_may_be_of_the_wrong_size_or_have_the_wrong_bands(client: Client) -> None:
    client.server.fault("size", columns=5, rows=7)
    assert client.pixels("Test/U8", BOX, (97, 61)).shape == (3, 7, 5)
    client.server.reset()
    client.server.fault("bands", count=1)
    assert client.pixels("Test/U8", BOX, (97, 61)).shape == (1, 61, 97)
    client.server.reset()
    client.server.fault("bands", count=4)
    pixels = client.pixels("Test/U8", BOX, (97, 61))
    assert np.array_equal(pixels[3], pixels[0])


def test_an_image_may_be_in_another_format_or_of_another_type(client: Client) -> None:
    client.server.fault("format", format="png")
    assert client.image("Test/U16", BOX, (97, 61)).startswith(b"\x89PNG")
    client.server.reset()
    client.server.fault("pixel_type", pixel_type="F32")
    assert client.pixels("Test/U16", BOX, (97, 61)).dtype == np.float32


@pytest.mark.parametrize("relative", [True, False])
def test_a_redirect_leads_to_the_answer(client: Client, relative: bool) -> None:
    client.server.fault("redirect", match="U8", relative=relative)
    answer = client.get("Test/U8", f="json")
    assert [step.status_code for step in answer.history] == [302]
    assert answer.history[0].headers["Location"].startswith("/" if relative else client.server.origin)
    assert answer.json()["name"] == "Test/U8"


@pytest.mark.parametrize(
    ("arguments", "location"),
    [
        ({"host": "localhost"}, "http://localhost:{port}/arcgis/rest/services/Test/U8/ImageServer?f=json&redirected=1"),
        ({"scheme": "https"}, "https://127.0.0.1:{port}/arcgis/rest/services/Test/U8/ImageServer?f=json&redirected=1"),
        ({"location": "file:///etc/hostname"}, "file:///etc/hostname"),
    ],
)
def test_a_redirect_may_lead_elsewhere(client: Client, arguments: dict[str, Any], location: str) -> None:
    client.server.fault("redirect", match="U8", status=307, **arguments)
    url = f"{client.server.service('Test/U8')}?f=json"
    answer = client.session.get(url, allow_redirects=False, timeout=30)
    port = client.server.origin.rpartition(":")[2]
    assert (answer.status_code, answer.headers["Location"]) == (307, location.format(port=port))


def test_a_redirect_may_take_several_hops(client: Client) -> None:
    client.server.fault("redirect", match="U8", hops=3)
    answer = client.get("Test/U8", f="json")
    assert [step.status_code for step in answer.history] == [302, 302, 302]
    assert answer.json()["name"] == "Test/U8"


def test_a_long_address_is_refused_and_a_short_one_is_not(client: Client) -> None:
    client.server.fault("url_limit", match="Test/U8", length=300)
    assert client.get("Test/U8", f="json", where="x" * 300).status_code == 414
    assert client.get("Test/U8", f="json").status_code == 200
    answer = client.session.post(client.server.service("Test/U8"), data={"f": "json", "where": "x" * 300}, timeout=30)
    assert answer.status_code == 200


def test_without_a_fault_an_address_may_be_very_long(client: Client) -> None:
    answer = client.get("Test/U8", f="json", where="x" * 40_000)
    assert answer.json()["bandCount"] == 3


@pytest.mark.parametrize(("kind", "arguments"), [("flood", {}), ("hang", {"minutes": 3})])
def test_a_fault_that_there_is_not_is_refused(client: Client, kind: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"There is no fault '{kind}'"):
        client.server.fault(kind, **arguments)


# The process


def server_process(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.imageserver", "--port", "0", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_it_prints_its_address_and_nothing_else(client: Client) -> None:
    with server_process() as process:
        assert process.stdout is not None
        address = process.stdout.readline()
        root = client.session.get(address.strip(), params={"f": "json"}, timeout=30).json()
        process.terminate()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/arcgis/rest/services\n", address)
        assert root["folders"] == ["Olinda", "PuertoRico", "Test"]
        assert process.stdout.read() == ""


def test_it_ends_with_its_parent() -> None:
    # The parent tells the address and the id of the server that it has started, and is gone.
    script = (
        "import os, subprocess, sys\n"
        "command = [sys.executable, '-m', 'tests.imageserver', '--parent', str(os.getpid())]\n"
        "server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)\n"
        "print(server.pid, server.stdout.readline())\n"
    )
    parent = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    server = int(parent.stdout.split()[0])
    assert "/arcgis/rest/services" in parent.stdout
    deadline = time.monotonic() + 60
    while Path(f"/proc/{server}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{server}").exists()
