"""The second layer of a service: what is asked for, and what is not because it is known in this session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsProject

import image_server_layer
from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.arguments import layer_request
from image_server_layer.plugin.layer.plan import plan_layer
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.errors import AuthenticationError, ImageServerLayerError
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.security import TOKEN

if TYPE_CHECKING:
    from image_server_layer.plugin.service.kept_answers import KeptAnswers
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")
LANDSAT = "Olinda/Landsat"


def operations(server: ImageServerProcess) -> list[str]:
    """Return what was asked for; the description is empty."""
    return sorted(record.operation for record in server.requests())


@pytest.mark.parametrize(
    ("service", "given", "again"),
    [
        (LANDSAT, {}, ["exportImage"]),
        (LANDSAT, {"processing_template": "NDVI"}, ["exportImage"]),
        (LANDSAT, {"where_clause": "Best < 70"}, ["exportImage", "query"]),
        ("PuertoRico/LandCover", {}, ["exportImage"]),
        ("Test/Water", {}, ["exportImage"]),
    ],
    ids=["nothing", "template", "where", "classes", "dimensions"],
)
def test_the_second_layer_asks_for_no_description(
    image_server: ImageServerProcess, kept_answers: KeptAnswers, service: str, given: dict[str, Any], again: list[str]
) -> None:
    request = layer_request(QgsProject.instance(), image_server.service(service), **given)
    first = plan_layer(request)
    assert "" in operations(image_server)
    image_server.clear()
    second = plan_layer(request)
    assert operations(image_server) == again
    assert second.prepared.source == first.prepared.source
    assert second.classes == first.classes
    assert kept_answers.size[0] >= 1


def test_an_error_is_not_kept_and_a_plan_that_fails_forgets(
    image_server: ImageServerProcess, kept_answers: KeptAnswers
) -> None:
    url = image_server.service(LANDSAT)
    image_server.fault("status", match="Landsat/ImageServer", times=1, status=404)
    with pytest.raises(ImageServerLayerError):
        make_image_server_layer(url)
    assert kept_answers.size == (0, 0)
    make_image_server_layer(url)
    assert kept_answers.size[0] == 1
    # The service became another one meanwhile, which its pixels show first.
    image_server.fault("status", match="/exportImage", times=1, status=404)
    with pytest.raises(ImageServerLayerError):
        make_image_server_layer(url)
    assert kept_answers.size == (0, 0)


def test_it_is_asked_again_with_other_credentials(
    image_server: ImageServerProcess, kept_answers: KeptAnswers, stored: Any
) -> None:
    url = image_server.service(LANDSAT)
    for authcfg in ("", stored("Basic", {"username": "a", "password": "b"}), ""):
        plan_layer(layer_request(QgsProject.instance(), url, authcfg=authcfg))
    assert kept_answers.size[0] == 2
    assert operations(image_server).count("") == 3 - 1


def test_what_one_page_may_see_is_not_told_to_another(
    image_server: ImageServerProcess, kept_answers: KeptAnswers
) -> None:
    """A service that tells pages apart by the Referer may tell each of them something else."""
    url = image_server.service(LANDSAT)
    for referer in ("https://one.example.org/", "https://two.example.org/", "https://one.example.org/"):
        ImageServiceClient(url, Transport(Access(referer=referer))).describe()
    asked = [record.headers["referer"] for record in image_server.requests()]
    assert asked == ["https://one.example.org/", "https://two.example.org/"]
    assert kept_answers.size[0] == 2


def test_what_a_token_opens_is_kept_for_nobody(image_server: ImageServerProcess, kept_answers: KeptAnswers) -> None:
    """Nor is it told again to whoever brings it: only the server knows how long it is good for."""
    url = image_server.service("Test/Secured")
    for _ in range(2):
        ImageServiceClient(url, Transport(Access(), token=TOKEN)).describe()
    assert len(image_server.requests()) == 2
    assert kept_answers.size == (0, 0)
    with pytest.raises(AuthenticationError):
        ImageServiceClient(url, Transport(Access())).describe()


def test_each_service_has_its_own_answers(image_server: ImageServerProcess, kept_answers: KeptAnswers) -> None:
    for _ in range(2):
        for name in (LANDSAT, "Olinda/Elevation"):
            assert ImageServiceClient(image_server.service(name), Transport(Access())).describe().name == name
    assert len(image_server.requests()) == kept_answers.size[0] == 2


def test_what_a_function_makes_of_a_service_is_another_answer(
    image_server: ImageServerProcess, kept_answers: KeptAnswers
) -> None:
    client = ImageServiceClient(image_server.service(LANDSAT), Transport(Access()))
    for _ in range(2):
        counts = [len(client.describe(rule).bands) for rule in (None, {"rasterFunction": "NDVI"})]
        assert counts == [6, 1]
    assert len(image_server.requests()) == kept_answers.size[0] == 2


def test_nothing_outlives_the_plugin(image_server: ImageServerProcess, kept_answers: KeptAnswers) -> None:
    image_server_layer.start()
    ImageServiceClient(image_server.service(LANDSAT), Transport(Access())).describe()
    assert kept_answers.size[0] == 1
    image_server_layer.stop()
    assert kept_answers.size == (0, 0)
