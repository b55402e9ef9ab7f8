"""The suite's own safeguards: what must fail a test does fail it, and nothing leaves this machine."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import sys
import threading
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from osgeo import gdal
from qgis.core import QgsApplication, QgsBlockingNetworkRequest, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest, QTcpSocket

from tests import children
from tests.conftest import LINT_TESTS, PLAIN_TESTS
from tests.sandbox import CLOSED_PORT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).absolute().parents[1]
ELSEWHERE = "192.0.2.1"  # TEST-NET-1 of RFC 5737: belongs to nobody

FAULTY_TESTS = """
import gc
import threading
import warnings
import qgis.utils
from osgeo import gdal
from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

def test_nothing_wrong():
    from image_server_layer import ImageServerLayerError
    assert issubclass(ImageServerLayerError, Exception)

def test_slot():
    QTimer.singleShot(0, lambda: 1 / 0)
    QCoreApplication.processEvents()

def test_slot_run_during_teardown():
    QTimer.singleShot(0, lambda: 1 / 0)

def test_virtual_method():
    class Filter(QObject):
        def eventFilter(self, watched, event):
            return 1 / 0
    watched, watcher = QObject(), Filter()
    watched.installEventFilter(watcher)
    watched.setProperty("any", 1)

def test_task():
    class Task(QgsTask):
        def run(self):
            return 1 / 0
    task = Task()
    QgsApplication.taskManager().addTask(task)
    task.waitForFinished()

def test_thread():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

def test_finalizer():
    class Broken:
        def __del__(self):
            1 / 0
    Broken()
    gc.collect()

def test_warning():
    warnings.warn("old", DeprecationWarning)

def test_replaced_hook():
    qgis.utils.installErrorHook()

def test_open_data_set(tmp_path):
    dataset = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "a.tif"), 2000, 2000)
    dataset.GetRasterBand(1).WriteRaster(0, 0, 2000, 2000, bytes(4_000_000))
    assert not dataset

def test_nothing_wrong_after_all_that():
    pass
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run `FAULTY_TESTS` in a copy of this suite; return the words of each failure by test, "" where it passed.

    The code that the process ended with is that of "its end".
    """
    checkout = tmp_path_factory.mktemp("any") / "folder-name, 1"
    (checkout / "tests").mkdir(parents=True)
    for name in ("__init__.py", "pyproject.toml", "tests/conftest.py", "tests/sandbox.py"):
        shutil.copy(ROOT / name, checkout / name)
    for name in ("plugin", "ui"):
        shutil.copytree(ROOT / name, checkout / name)
    (checkout / "tests/test_faulty.py").write_text(FAULTY_TESTS, encoding="utf-8")
    done = children.run(
        [sys.executable, "-m", "pytest", "--junitxml=report.xml"], cwd=checkout, capture_output=True, check=False
    )
    found = {"its end": str(done.returncode)}
    for case in ET.parse(checkout / "report.xml").iter("testcase"):
        found.setdefault(case.get("name", ""), "")
        found[case.get("name", "")] += "".join(failure.get("message", "") for failure in case)
    return found


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("test_slot", "ZeroDivisionError"),
        ("test_slot_run_during_teardown", "ZeroDivisionError"),
        ("test_virtual_method", "ZeroDivisionError"),
        ("test_task", "ZeroDivisionError"),
        ("test_thread", "PytestUnhandledThreadExceptionWarning"),
        ("test_finalizer", "PytestUnraisableExceptionWarning"),
        ("test_warning", "DeprecationWarning: old"),
        ("test_replaced_hook", "sys.excepthook was replaced"),
    ],
)
def test_what_nobody_catches_fails_the_test_it_happens_in(outcomes: dict[str, str], test: str, words: str) -> None:
    assert words in outcomes[test]


@pytest.mark.parametrize("test", ["test_nothing_wrong", "test_nothing_wrong_after_all_that"])
def test_what_is_right_passes_in_a_checkout_of_any_name(outcomes: dict[str, str], test: str) -> None:
    assert outcomes[test] == ""


def test_what_a_failed_test_had_open_does_not_outlive_qgis(outcomes: dict[str, str]) -> None:
    assert "Dataset" in outcomes["test_open_data_set"]
    assert outcomes["its end"] == str(int(pytest.ExitCode.TESTS_FAILED))


@pytest.fixture(scope="module")
def page_on_loopback() -> Iterator[str]:
    """Return the address of a page that says `here`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "4")
            self.end_headers()
            self.wfile.write(b"here")

        def log_message(self, *_: object) -> None:
            """Keep the standard log off the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/page"
        server.shutdown()


def _in_this_thread(url: str) -> tuple[str, bytes]:
    """Return the error message and the content that QGIS' network manager has for a URL."""
    request = QgsBlockingNetworkRequest()
    request.get(QNetworkRequest(QUrl(url)))
    return request.errorMessage(), bytes(request.reply().content())


def _in_another_thread(url: str) -> tuple[str, bytes]:
    answers: list[tuple[str, bytes]] = []
    thread = threading.Thread(target=lambda: answers.append(_in_this_thread(url)))
    thread.start()
    thread.join()
    return answers[0]


@pytest.mark.parametrize("get", [_in_this_thread, _in_another_thread])
@pytest.mark.parametrize(
    ("url", "message"),
    [  # HTTP asks the proxy for the page, HTTPS for a tunnel. No name is looked up: "Host … not found" would say so.
        (f"http://{ELSEWHERE}/", "Connection refused"),
        (f"https://{ELSEWHERE}/", "Proxy connection refused"),
        ("http://example.org/", "Connection refused"),
        ("https://example.org/", "Proxy connection refused"),
    ],
)
def test_qgis_network_managers_are_refused_beyond_loopback(
    get: Callable[[str], tuple[str, bytes]], url: str, message: str
) -> None:
    assert get(url) == (message, b"")


@pytest.mark.parametrize("get", [_in_this_thread, _in_another_thread])
def test_qgis_network_managers_reach_loopback(get: Callable[[str], tuple[str, bytes]], page_on_loopback: str) -> None:
    assert get(page_on_loopback) == ("", b"here")


def test_other_qt_sockets_are_refused_beyond_loopback() -> None:
    connection = QTcpSocket()
    connection.connectToHost(ELSEWHERE, 80)
    assert not connection.waitForConnected(5000)
    assert connection.error() == QTcpSocket.SocketError.ProxyConnectionRefusedError


@pytest.mark.parametrize("url", [f"http://{ELSEWHERE}/page", f"https://{ELSEWHERE}/page", "http://example.org/page"])
def test_gdal_is_refused_beyond_loopback(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    gdal.SetThreadLocalConfigOption("CPL_CURL_VERBOSE", "YES")
    assert gdal.VSIStatL(f"/vsicurl/{url}") is None
    gdal.SetThreadLocalConfigOption("CPL_CURL_VERBOSE", None)
    said = capfd.readouterr().err
    assert set(re.findall(r"Trying (\S+)\.\.\.", said)) == {f"127.0.0.1:{CLOSED_PORT}"}, said


def test_gdal_reaches_loopback(page_on_loopback: str) -> None:
    file = gdal.VSIFOpenL(f"/vsicurl/{page_on_loopback}", "rb")
    assert bytes(gdal.VSIFReadL(1, 4, file)) == b"here"
    gdal.VSIFCloseL(file)


@pytest.mark.parametrize("host", [ELSEWHERE, "example.org"])
def test_python_code_is_refused_beyond_loopback(host: str) -> None:
    with pytest.raises(PermissionError, match=host), socket.create_connection((host, 80)):
        pass


def test_python_code_sends_no_datagrams_beyond_loopback() -> None:
    with pytest.raises(PermissionError, match=ELSEWHERE), socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        datagrams.sendto(b"", (ELSEWHERE, 53))


def test_python_code_reaches_loopback(page_on_loopback: str) -> None:
    assert requests.get(page_on_loopback, timeout=5).content == b"here"


@pytest.mark.parametrize("pattern", PLAIN_TESTS + LINT_TESTS)
def test_what_is_to_run_without_qgis_is_there(pattern: str) -> None:
    assert list((ROOT / "tests").glob(pattern))


@pytest.mark.parametrize("run", [1, 2])
def test_settings_start_from_their_defaults(run: int) -> None:
    assert not QgsSettings().contains("image_server_layer/left_behind")
    QgsSettings().setValue("image_server_layer/left_behind", run)


def test_nothing_is_kept_in_the_users_home() -> None:
    home = os.environ["HOME"]
    assert home != pwd.getpwuid(os.getuid()).pw_dir
    assert QgsSettings().fileName().startswith(home)
    assert home in QgsApplication.authManager().authenticationDatabasePath()


def test_no_module_switches_gdal_for_the_whole_suite() -> None:
    # pytest imports every file before the first test, so such a line is felt by tests that have nothing to do with it.
    switches = re.compile(r"^(gdal|ogr|osr)\.(Dont)?UseExceptions", re.MULTILINE)
    tests = Path(__file__).parent
    assert [
        str(file.relative_to(tests)) for file in tests.rglob("*.py") if switches.search(file.read_text("utf-8"))
    ] == []
