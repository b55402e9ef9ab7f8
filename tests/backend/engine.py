"""Sources of layers, and their pixels through the engine and through GDAL alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from osgeo import gdal
from qgis.core import QgsFeedback

from image_server_layer.plugin.backend.prepare import Prepared, prepare_source
from image_server_layer.plugin.backend.source import Kind, LayerSource
from image_server_layer.plugin.backend.windows import view_of
from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.rendering_rule import rendering_rule, rule_in_force
from image_server_layer.plugin.provider.recent_views import RecentViews
from image_server_layer.plugin.provider.view_reader import Drawn, ViewReader
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.attribute_table import AttributeTableRow
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.crs import crs_of
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.reading import Array

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def transport(access: Access | None = None) -> Transport:
    """Return a transport as the plugin makes it."""
    return Transport(access or Access())


def prepared(
    server: ImageServerProcess,
    service: str,
    kind: Kind = Kind.VALUES,
    access: Access | None = None,
    classes: tuple[AttributeTableRow, ...] = (),
    **options: Any,
) -> Prepared:
    """Return a layer about to be, by the same steps as the plugin's; options are fields of `LayerOptions`.

    The processing template may be given as people type it.
    """
    access = access or Access()
    client = ImageServiceClient(server.service(service), transport(access))
    described = client.describe()
    template = options.get("processing_template")
    if isinstance(template, (str, dict)):
        options["processing_template"] = processing_template(template)
    given = LayerOptions(**options)
    rule = rule_in_force(rendering_rule(given, described), described)
    output = described if rule is None else client.describe(rule)
    crs = crs_of(described.spatial_reference)
    return prepare_source(client, described, output, given, kind, crs, access, classes)


def source_of(server: ImageServerProcess, service: str, kind: Kind = Kind.VALUES, **options: Any) -> LayerSource:
    """Return the source of a layer, and forget how it was found."""
    source = prepared(server, service, kind, **options).source
    server.clear()
    return source


def view_pixels(source: LayerSource, view: Grid | None = None, feedback: QgsFeedback | None = None) -> Drawn:
    """Return what a layer shows of a view, by default the whole layer in its own pixels, without keeping any of it."""
    return ViewReader(RecentViews()).read(source, "a source that nobody has leased", view or source.grid, feedback)


def whole_view(source: LayerSource, view: Grid | None = None) -> Array:
    """Return the pixels of a view that has all of them."""
    found = view_pixels(source, view)
    assert found.error is None
    assert found.valid is None
    return found.values


def part_view(source: LayerSource, left: int, top: int, columns: int, rows: int) -> Grid:
    """Return a view of so many of the layer's own pixels."""
    extent, (cell_x, cell_y) = source.grid.extent, source.grid.cell_size
    xmin, ymax = extent.xmin + left * cell_x, extent.ymax - top * cell_y
    return view_of(Extent(xmin, ymax - rows * cell_y, xmin + columns * cell_x, ymax), columns, rows)


def opened(source: LayerSource) -> gdal.Dataset:
    """Return the source as GDAL opens it, without anything of QGIS' or the plugin's."""
    dataset = gdal.Open(source.text())
    assert dataset is not None, gdal.GetLastErrorMsg()
    return dataset


def through_gdal(source: LayerSource) -> Array:
    """Return (bands, rows, columns) through GDAL alone."""
    pixels = opened(source).ReadAsArray()
    assert pixels is not None, gdal.GetLastErrorMsg()
    return pixels if pixels.ndim == 3 else pixels[np.newaxis]


def with_parameters(source: LayerSource, **parameters: str) -> LayerSource:
    """Return a source that asks for something else."""
    return replace(source, parameters={**source.parameters, **parameters})
