"""The PyQGIS face: `make_image_server_layer`, with the parameters of ArcGIS' *Make Image Server Layer*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QThread

from .layer.arguments import layer_request
from .layer.factory import build_layer
from .layer.naming import unique_name
from .layer.plan import plan_layer
from .service.access import DEFAULT_TIMEOUT
from .service.errors import ImageServerLayerError
from .translation import tr


def make_image_server_layer(
    in_image_service: Any,
    out_imageserver_layer: str | None = None,
    template: Any = None,
    band_index: str | int | Sequence[int | str] | None = None,
    mosaic_method: str | None = None,
    order_field: str | None = None,
    order_base_value: Any = None,
    lock_rasterid: str | int | Sequence[int | str] | None = None,
    cell_size: Any = None,
    where_clause: str | None = None,
    processing_template: Any = None,
    *,
    kind: str | None = None,
    provider: str | None = None,
    authcfg: str | None = None,
    add_to_project: bool = True,
    timeout: float = DEFAULT_TIMEOUT,
    referer: str | None = None,
    ascending: bool | None = None,
    mosaic_operation: str | None = None,
    viewpoint: Any = None,
    interpolation: str | None = None,
    nodata: Any = None,
    nodata_interpretation: str | None = None,
    compression_quality: int | None = None,
    time: Any = None,
    nearest_date: bool | None = None,
    clip: Any = None,
    clip_selected: bool | None = None,
    snap_raster: Any = None,
    variable: str | None = None,
    dimensions: Any = None,
    slice_id: int | None = None,
    tiles: bool | None = None,
) -> QgsRasterLayer:
    """Make a temporary raster layer from an ArcGIS image service.

    The layer lives in the project and is gone with the session, unless the project is saved; nothing is written to
    disk. The eleven positional parameters are those of the ArcGIS tool, in its order and spelling. None, `""` and `"#"`
    mean "not given"; the text `"None"` is a value where the tool has it. The call blocks until the layer is made, for
    at most `timeout` seconds a request.

    Args:
        in_image_service: REST or SOAP address of the service, a portal item, the name of a saved ArcGIS REST connection
            followed by the service, or a QGIS layer of an image service (or its id).
        out_imageserver_layer: name of the layer; the service's own if not given.
        template: output extent. A QgsRectangle or `"xmin ymin xmax ymax"` in the service's CRS; `"xmin,xmax,ymin,ymax
            [EPSG:n]"`; a QgsReferencedRectangle, a layer or a path to a data set in their own CRS.
        band_index: bands, by number from 1 or by name: `"1;2;3"`, `[4, "Red"]`. They are those that come out of the
            processing template.
        mosaic_method: `"SEAMLINE"`, `"NORTH_WEST"`, `"CLOSEST_TO_CENTER"`, `"LOCK_RASTER"`, `"BY_ATTRIBUTE"`,
            `"CLOSEST_TO_NADIR"`, `"CLOSEST_TO_VIEWPOINT"` or `"None"`, in this or in the REST spelling.
        order_field: field to sort by, for by attribute; the service's own if not given.
        order_base_value: rasters come in the order of their distance to this value: a number, or a date in UTC.
        lock_rasterid: ids or names of the rasters to show: `"4;7"`, `[4, "Scene A"]`.
        cell_size: in units of the service's CRS: a number, a pair, or a raster layer to take it from.
        where_clause: SQL that the rasters of the mosaic must fulfill.
        processing_template: name of a published raster function, `"None"` for raw pixels, a raster function as JSON or
            dict, or a path to an `.rft.json` file. If not given, the service's default applies: the first one
            published.
        kind: `"values"` for the true numbers of every band, `"picture"` for an image that the server draws and colors
            for each view; values, if not given, wherever the service can give numbers.
        provider: `"imageserver"`, if not given: a live layer, with credentials, cancel and the server's own words.
            `"gdal"` makes an ordinary GDAL layer of an open service, which needs no plugin in the session either.
        authcfg: id of a QGIS authentication configuration.
        add_to_project: whether the layer is added to the current project, which is then marked as changed.
        timeout: seconds to wait for each answer.
        referer: HTTP Referer that the server insists on.
        ascending: False turns the order of the rasters around.
        mosaic_operation: how overlapping pixels become one: `"FIRST"`, `"LAST"`, `"MIN"`, `"MAX"`, `"MEAN"`, `"BLEND"`
            or `"SUM"`.
        viewpoint: ground point for closest to viewpoint: `(x, y)` in the service's CRS, or a QgsReferencedPointXY; the
            center of the extent if not given.
        interpolation: `"NEAREST"`, `"BILINEAR"`, `"CUBIC"` or `"MAJORITY"`.
        nodata: pixel value, or one for each band, to treat as no data.
        nodata_interpretation: `"ANY"` or `"ALL"`: whether one band or all must have its `nodata` value for a pixel to
            be left out.
        compression_quality: 1 to 100, for lossy pictures.
        time: only what is of that time is drawn, in UTC: `"2010"`, `"2010-12"` or `"2010-12-31"` for the whole of it,
            `"2010-12-31 13:30:00"` for an instant, `"2010/2012"` for a range, `"2010/.."` for one without an end; also
            dates of Python and Qt, or a pair of them. If not given, the service decides, and the layer follows QGIS'
            temporal controller.
        nearest_date: whether a moment of the temporal controller that the service has nothing of shows the nearest
            date that it has something of.
        clip: polygons, outside of which there is nothing, in values as in pictures: a polygon layer, its id, its name
            or a path; a QgsReferencedGeometry; or, in the service's CRS, a QgsGeometry or WKT. A cell is inside where
            its center is. Without `template`, the extent is the box around them.
        clip_selected: whether only what is selected in the layer of `clip` is clipped to.
        snap_raster: a raster layer (its id, name or path) in the service's CRS, on whose cells those of the layer fall;
            their size is the same where `cell_size` is not given. Or x and y of a corner of a cell.
        variable: of a multidimensional service, such as `"water_temp"`; its first one if not given.
        dimensions: the values that its dimensions are to have: `{"StdZ": -50, "StdTime": "2010-12"}`, or the same as
            text, `"StdZ=-50;StdTime=2010-12"`. A range is a pair, or two values with `/` between. What is not given is
            the first value, and the layer plays `StdTime` with QGIS' temporal controller.
        slice_id: a slice by the id that the service has for it (10.8.1 and later), in place of `dimensions`.
        tiles: True draws a picture from the ready-made tiles of a service that has them, False asks the service for an
            image of each view instead. If not given, a picture is drawn from them where no other option contradicts;
            views that they do not fit are images in either case.

    Returns:
        The layer. What is odd but harmless is kept in its custom property `image_server_layer/notes`, a list of
        sentences.

    Raises:
        ImageServerLayerError: the layer cannot be made. The text names the offending value and what to do; the project
            is unchanged. Off the main thread none can be made.
    """
    if QThread.currentThread() != QCoreApplication.instance().thread():
        # The layer would belong to this thread, and the project belongs to the main one.
        raise ImageServerLayerError(
            tr(
                "make_image_server_layer works on QGIS' main thread only, to which layers belong: call it there, or "
                "run the Processing algorithm imageserver:makeimageserverlayer in the background."
            )
        )
    project = QgsProject.instance()
    request = layer_request(
        project,
        in_image_service,
        out_imageserver_layer,
        template,
        band_index,
        mosaic_method,
        order_field,
        order_base_value,
        lock_rasterid,
        cell_size,
        where_clause,
        processing_template,
        kind=kind,
        provider=provider,
        authcfg=authcfg,
        timeout=timeout,
        referer=referer,
        ascending=ascending,
        mosaic_operation=mosaic_operation,
        viewpoint=viewpoint,
        interpolation=interpolation,
        nodata=nodata,
        nodata_interpretation=nodata_interpretation,
        compression_quality=compression_quality,
        time=time,
        nearest_date=nearest_date,
        clip=clip,
        clip_selected=clip_selected,
        snap_raster=snap_raster,
        variable=variable,
        dimensions=dimensions,
        slice_id=slice_id,
        tiles=tiles,
    )
    layer = build_layer(plan_layer(request))
    if not request.name:
        layer.setName(unique_name(layer.name(), [other.name() for other in project.mapLayers().values()]))
    if add_to_project:
        project.addMapLayer(layer)
        project.setDirty(True)
    return layer
