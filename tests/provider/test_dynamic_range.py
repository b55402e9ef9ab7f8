"""A function that stretches what is in sight: every view is the server's own answer for just that view."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import QgsRectangle

from image_server_layer import make_image_server_layer
from image_server_layer.tests.provider.sources import native_view
from image_server_layer.tests.reading import exported, qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

RULE = {
    "rasterFunction": "Stretch",
    "rasterFunctionArguments": {"StretchType": 5, "DRA": True},
    "outputPixelType": "U8",
}
SIZE = (800, 400)


def own_word(server: ImageServerProcess, view: QgsRectangle, **parameters: str) -> np.ndarray:
    box = view.xMinimum(), view.yMinimum(), view.xMaximum(), view.yMaximum()
    return exported(server, "Test/Huge", box, SIZE, renderingRule=json.dumps(RULE), **parameters)


@pytest.mark.parametrize("kind", ["values", "picture"])
def test_no_seams_show_after_a_pan_or_between_strips(image_server: ImageServerProcess, kind: str) -> None:
    url = image_server.service("Test/Huge")
    layer = make_image_server_layer(url, kind=kind, processing_template=json.dumps(RULE))
    image_server.clear()
    views = [native_view(layer.dataProvider().source, left, 1000, *SIZE) for left in (1000, 1400, 1000)]
    seen = [qgis_pixels(layer, view, SIZE) for view in views]
    # As large as they are, values would come in strips; and the second view would be half of the first.
    sizes = [request.query["size"] for request in image_server.requests(operation="exportImage")]
    assert sizes == ["800,400", "800,400"]
    truth = [own_word(image_server, view)[: 3 if kind == "picture" else None] for view in views[:2]]
    assert (truth[0][:, :, 400:] != truth[1][:, :, :400]).any()
    for pixels, expected in zip(seen, (*truth, truth[0])):
        np.testing.assert_array_equal(pixels[: len(expected)], expected)


def test_gdal_which_asks_in_blocks_is_said_to_show_seams(image_server: ImageServerProcess) -> None:
    url, template = image_server.service("Test/Huge"), json.dumps(RULE)
    (note,) = make_image_server_layer(url, processing_template=template, provider="gdal").customProperty(
        "image_server_layer/notes"
    )
    assert "dynamic range adjustment" in note
    assert make_image_server_layer(url, processing_template=template).customProperty("image_server_layer/notes") == []
