"""What every test has: the package under its installed name, a fresh QGIS, and the embedded image server.

Works without QGIS too: then only the tests of plain Python modules are collected.
"""

from __future__ import annotations

import gc
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import CLOSED_PORT, HOST

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from types import TracebackType

    from qgis.core import QgsApplication, QgsProject
    from qgis.gui import QgisInterface

    from image_server_layer.plugin.service.kept_answers import KeptAnswers
    from image_server_layer.tests.credentials import Store
    from image_server_layer.tests.imageserver.process import ImageServerProcess

ROOT = Path(__file__).absolute().parents[1]
_HAS_DIED = pytest.StashKey[bool]()
QGIS_IS_HERE = importlib.util.find_spec("qgis") is not None
PLAIN_TESTS = (
    "documents/test_*.py",
    "options/test_*.py",
    "options/arcgis_arguments/test_*.py",
    "options/well_known/test_*.py",
    "service/test_address*.py",
    "service/test_attribute_table.py",
    "service/test_description*.py",
    "service/test_extent.py",
    "service/test_geometry_json.py",
    "service/test_json_values.py",
    "service/test_kept_answers.py",
    "service/test_number_text.py",
    "service/test_plain_text.py",
    "service/test_raster_files.py",
    "service/test_redaction.py",
    "service/test_redirects.py",
    "service/test_response.py",
    "service/test_retries.py",
    "service/test_samples.py",
    "service/test_sql.py",
    "service/test_vocabulary.py",
    "service/test_zonal.py",
)
"""The tests of modules that need no QGIS. What is tested elsewhere may need it."""
LINT_TESTS = ("tools/test_repository_scan.py",)
"""The tests of what needs the tools of `make lint`, which are where QGIS is not."""
PLAIN_FOLDERS = {pattern.partition("/")[0] for pattern in PLAIN_TESTS + LINT_TESTS}


def _register_package() -> None:
    """Make the checkout importable as `image_server_layer`, whatever its folder is called."""
    name = "image_server_layer"
    spec = importlib.util.spec_from_file_location(name, ROOT / "__init__.py", submodule_search_locations=[str(ROOT)])
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


_register_package()


def _is_plain(path: Path) -> bool:
    return any(path.match(pattern) for pattern in PLAIN_TESTS)


def _needs_lint_tools(path: Path) -> bool:
    return any(path.match(pattern) for pattern in LINT_TESTS)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Where there is no QGIS, leave out every test file but the plain ones, and the folders without any."""
    if QGIS_IS_HERE:
        return True if _needs_lint_tools(collection_path) else None
    if collection_path.is_dir():
        has_none = collection_path.parent == ROOT / "tests" and collection_path.name not in PLAIN_FOLDERS
        return True if has_none else None
    is_wanted = _is_plain(collection_path) or _needs_lint_tools(collection_path)
    return True if collection_path.suffix == ".py" and not is_wanted else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the plain tests."""
    for item in items:
        if _is_plain(item.path):
            item.add_marker(pytest.mark.plain)


class UnhandledExceptions:
    """Fails the test during which an exception reached `sys.excepthook`.

    Qt slots, `QgsTask.run` and other methods called from C++ have no caller to raise to; their exceptions end there.
    (pytest itself sees to threads and finalizers.)
    """

    def __init__(self) -> None:
        self._raised: list[BaseException] = []

    def record(self, _: type[BaseException], exception: BaseException, __: TracebackType | None) -> None:
        """Note an exception; may be called from any thread. Takes the place of `sys.excepthook`."""
        self._raised.append(exception)

    def _watch(self) -> Generator[None, object, object]:
        hook = sys.excepthook = self.record
        result = yield
        replaced, sys.excepthook = sys.excepthook is not hook, sys.__excepthook__
        raised, self._raised = self._raised, []
        if raised:
            raise AssertionError(f"{len(raised)} exception(s) in a slot, task or callback: {raised!r}") from raised[0]
        if replaced:
            raise AssertionError("sys.excepthook was replaced: exceptions in slots would go unseen.")
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        """Watch the fixtures."""
        return (yield from self._watch())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """Watch the test."""
        return (yield from self._watch())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        """Watch the finalizers, and the events that pytest-qgis still delivers after them."""
        return (yield from self._watch())


def pytest_configure(config: pytest.Config) -> None:
    """Watch for unhandled exceptions, and keep Qt within the sandbox."""
    config.pluginmanager.register(UnhandledExceptions())
    if not QGIS_IS_HERE:
        return
    from osgeo import gdal
    from qgis.PyQt.QtCore import QSettings
    from qgis.PyQt.QtNetwork import QNetworkProxy

    # As it is in QGIS; GDAL 3.7 and later warn where nobody has said so.
    gdal.DontUseExceptions()
    # For whatever does not go through QGIS' network manager. Qt itself never uses a proxy for loopback addresses.
    QNetworkProxy.setApplicationProxy(QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, HOST, CLOSED_PORT))
    # pytest-qgis puts settings into the checkout, where runs of several releases would meet.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(Path.home()))


def pytest_sessionstart() -> None:
    """Leave GDAL's exceptions off: QGIS 3.40's Processing switches them on when a first test imports its GDAL part."""
    # The process that hands out tests to others has no QGIS.
    if not QGIS_IS_HERE or importlib.util.find_spec("processing") is None:
        return
    from osgeo import gdal, ogr, osr
    from processing.algs.gdal import GdalUtils

    assert GdalUtils is not None
    # Each puts its own on top of the one before, and takes it off again only there.
    for module in (osr, ogr, gdal):
        if module.GetUseExceptions():
            module.DontUseExceptions()
    assert not any(module.GetUseExceptions() for module in (osr, ogr, gdal))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where several processes have not run all tests, forget which failed: more than these are still to be run."""
    config = session.config
    hands_out_tests = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    came_to_its_end = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and _HAS_DIED not in config.stash
    if hands_out_tests and not came_to_its_end:
        config.cache.set("cache/lastfailed", {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object | None) -> None:
    """Note that one of several processes has died; what it was still to run is not run."""
    if error is not None:
        node.config.stash[_HAS_DIED] = True


def _use_default_settings() -> None:
    """Reset QGIS' settings to the defaults, in English, with a proxy that lets its managers reach loopback only."""
    from qgis.core import QgsSettings

    settings = QgsSettings()
    settings.clear()
    proxy = {
        "proxyEnabled": True,
        "proxyType": "HttpProxy",  # which, unlike the application proxy, also spares the look-up of host names
        "proxyHost": HOST,
        "proxyPort": str(CLOSED_PORT),
        "noProxyUrls": [f"http://{HOST}:", "http://localhost:"],
    }
    for key, value in proxy.items():
        settings.setValue(f"proxy/{key}", value)
    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", "en_US")


if QGIS_IS_HERE:

    @pytest.fixture(scope="session", autouse=True)
    def _nothing_outlives_qgis(qgis_app: QgsApplication) -> Iterator[None]:
        """Let go of what tests have left before QGIS ends, which ends GDAL, too.

        GDAL closes what is open then. A data set or layer that Python lets go of later is closed twice: the process
        crashed at its end, with a word of glibc's about its heap.
        """
        del qgis_app
        yield
        # For a debugger: all that the last failed test knew.
        for name in ("last_type", "last_value", "last_traceback", "last_exc"):
            if hasattr(sys, name):
                delattr(sys, name)
        gc.collect()

    @pytest.fixture(scope="session", autouse=True)
    def _network_manager() -> None:
        from qgis.core import QgsNetworkAccessManager

        _use_default_settings()
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()

    @pytest.fixture(scope="session", autouse=True)
    def _open_authentication_store() -> None:
        """Unlock the sandbox's store of credentials; a second password would be refused."""
        from qgis.core import QgsApplication

        assert QgsApplication.authManager().setMasterPassword("for these tests only", True)

    @pytest.fixture(scope="session", autouse=True)
    def _still_canvas(qgis_iface: QgisInterface) -> None:
        """Keep the canvas of pytest-qgis from drawing every layer that a test adds to the project.

        It would cancel half-drawn layers, and QGIS' ArcGIS provider can wait forever for a request that was canceled.
        """
        qgis_iface.mapCanvas().setRenderFlag(False)

    @pytest.fixture(autouse=True)
    def _default_qgis() -> None:
        """Start every test with default settings and with nothing cached from the network."""
        from osgeo import gdal
        from qgis.core import QgsNetworkAccessManager

        _use_default_settings()
        QgsNetworkAccessManager.instance().cache().clear()
        gdal.VSICurlClearCache()

    @pytest.fixture(autouse=True)
    def _nothing_kept() -> None:
        """Let every test ask the server itself: what a service has said to one is none of the next one's business."""
        from image_server_layer.plugin.service.kept_answers import KEPT_ANSWERS

        KEPT_ANSWERS.most_seconds = 0.0
        KEPT_ANSWERS.clear()

    @pytest.fixture
    def kept_answers() -> KeptAnswers:
        """Return what is kept of answers for the session, which it is in this test."""
        from image_server_layer.plugin.service.kept_answers import KEPT_ANSWERS, MOST_SECONDS

        KEPT_ANSWERS.most_seconds = MOST_SECONDS
        return KEPT_ANSWERS

    @pytest.fixture(autouse=True)
    def _no_defects(request: pytest.FixtureRequest) -> Iterator[None]:
        """Fail where work in the background ran into an error of the plugin's own: the user only sees a sentence."""
        from qgis.core import QgsApplication

        from image_server_layer.plugin.resources import LOG_TAG

        defects: list[str] = []

        def note(text: str, tag: str, _level: object) -> None:
            if tag == LOG_TAG and text.startswith("Traceback"):
                defects.append(text)

        log = QgsApplication.messageLog()
        log.messageReceived.connect(note)
        yield
        log.messageReceived.disconnect(note)
        if defects and request.node.get_closest_marker("logs_a_defect") is None:
            pytest.fail("\n".join(defects))

    @pytest.fixture
    def project() -> Iterator[QgsProject]:
        """Return the current project, empty before and after."""
        from qgis.core import QgsProject

        current = QgsProject.instance()
        current.clear()
        yield current
        current.clear()

    @pytest.fixture
    def stored() -> Iterator[Store]:
        """Return a function that puts credentials into QGIS' store until the test ends, and returns their id."""
        from qgis.core import QgsApplication

        from image_server_layer.tests.credentials import store_credentials

        ids: list[str] = []

        def store(method: str, values: Mapping[str, str]) -> str:
            ids.append(store_credentials(method, values))
            return ids[-1]

        yield store
        for authcfg in ids:
            QgsApplication.authManager().removeAuthenticationConfig(authcfg)

    @pytest.fixture(scope="session")
    def image_server_process() -> Iterator[ImageServerProcess]:
        """Return the embedded image server, running on loopback until the session ends."""
        from image_server_layer.tests.imageserver.process import ImageServerProcess

        with ImageServerProcess() as server:
            yield server

    @pytest.fixture
    def image_server(image_server_process: ImageServerProcess) -> ImageServerProcess:
        """Return the embedded image server with an empty log, no faults and no delays."""
        image_server_process.reset()
        return image_server_process
