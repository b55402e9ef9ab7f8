"""Spatial references: what goes out, what GDAL reads, and that the pixels stay in place."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem

from image_server_layer.plugin.backend.prepare import gdal_crs
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.tests.backend.engine import opened, prepared, view_pixels, whole_view
from image_server_layer.tests.backend.references import (
    CODES,
    TEXTS,
    published_text,
    sent_references,
    take_reference_away,
)
from image_server_layer.tests.truth import Array, ramps

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("service", "authid", "sent"), CODES)
def test_a_code_goes_out_as_the_service_has_it(
    image_server: ImageServerProcess, kind: Kind, service: str, authid: str, sent: str
) -> None:
    source = prepared(image_server, service, kind).source
    assert (source.crs, source.reference) == (authid, sent)
    view_pixels(source)
    dataset = opened(source)
    dataset.ReadAsArray(0, 0, 9, 9)
    assert QgsCoordinateReferenceSystem.fromWkt(dataset.GetProjection()).authid() == authid
    assert set(sent_references(image_server)) == {(sent, sent)}


@pytest.mark.parametrize(("service", "file", "pixels"), TEXTS)
def test_a_text_alone_goes_out_letter_by_letter(
    image_server: ImageServerProcess, service: str, file: str, pixels: Callable[[], Array]
) -> None:
    published = published_text(file)
    source = prepared(image_server, service).source
    np.testing.assert_array_equal(whole_view(source), pixels())
    sent = json.dumps({"wkt": published}, separators=(",", ":"))
    assert set(sent_references(image_server)) == {(sent, sent)}


def test_a_service_without_a_reference_still_has_its_pixels(image_server: ImageServerProcess) -> None:
    take_reference_away(image_server)
    source = prepared(image_server, "Test/FourBands").source
    assert (source.crs, source.reference) == ("", "")
    np.testing.assert_array_equal(whole_view(source), ramps(4))
    assert set(sent_references(image_server)) == {(None, None)}
    dataset = opened(source)
    np.testing.assert_array_equal(dataset.ReadAsArray(), ramps(4))
    assert (dataset.GetProjection(), image_server.requests()[-1].query["imageSR"]) == ("", "")


def test_a_crs_of_the_users_own_is_text() -> None:
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=lcc +lat_1=1.5 +lat_2=3 +ellps=GRS80 +units=m")
    assert gdal_crs(crs).startswith(("PROJCS[", "PROJCRS[", "BOUNDCRS["))
    assert gdal_crs(QgsCoordinateReferenceSystem()) == ""
