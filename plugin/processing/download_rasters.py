"""The algorithm *Download source rasters*: the files that a mosaic is made of, as they are on the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFeedback,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingUtils,
    QgsWkbTypes,
)

from ..export.download import Downloaded, Wanted, check_size, download, place_files, sizes_in_words, tell_sizes
from ..export.fields import Type, field
from ..export.file_list import FileList, list_files
from ..export.local_names import LIST_NAME
from ..export.openable import openable_rasters
from ..export.source_rasters import MOST_RASTERS, ids_in, left_out_text, wanted_rasters
from ..layer.footprint_layer import RasterList, raster_list_of
from ..layer.settle import Settled, settle
from ..service.errors import AddressError, ImageServerLayerError, OptionError
from ..service.image_service import ImageService
from ..service.plain_text import clean_line
from ..service.raster_files import batch_size
from ..service.redaction import redacted
from ..translation import tr, tr_n
from .download_parameters import download_parameter_definitions
from .service_or_layer import LAYER, ServiceQuestion
from .told_size import ToldSize, largest_bytes

# How many layers are added to the project at most.
_MOST_OPENED = 50

Ask = Callable[[QgsFeedback], "tuple[FileList, int]"]
"""Returns the files of some rasters, and how many rasters these are."""


class DownloadRasters(ServiceQuestion):
    """Takes a service, and what is wanted of its catalog; gives files in a folder."""

    _listed: RasterList | None = None

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "downloadrasters"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Download source rasters")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("The files that a mosaic is made of, as they are on the server.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,imageserver,mosaic,source,original,scenes,tiles,files,raw,copy").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Downloads the files that an image service is made of, byte by byte as they are on the server, with "
            "what stands beside them there. The service must allow it (capability “Download”).</p><p>An extent, a "
            "where clause, a list of rasters, a time and the features of a layer of footprints say which.</p><p>How "
            "large the files are is told before any of them is asked for; tick <i>Only tell sizes</i> to know no more "
            "than that.</p><p>A file appears under its name when it is whole. Run it again with the same folder after "
            "a break: what is there is not asked for again.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for definition in download_parameter_definitions():
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of files")))
        self.addOutput(QgsProcessingOutputNumber("BYTES", tr("Size of the files (bytes)")))
        self.addOutput(QgsProcessingOutputString("FAILED", tr("Files that failed")))
        self.addOutput(QgsProcessingOutputMultipleLayers("RASTERS", tr("Rasters")))
        self.addOutput(QgsProcessingOutputFile("JSON", tr("List of the files as JSON")))

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read the layer or the address, and the options; footprints that know their service stand for an address."""
        value = parameters.get("FOOTPRINTS")
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            value = value.source.staticValue()
        layer = QgsProcessingUtils.mapLayerFromString(value, context) if isinstance(value, str) else value
        self._listed = raster_list_of(layer)
        has_source = self.parameterAsRasterLayer(parameters, LAYER, context) is not None
        if self._listed is not None and not has_source and not parameters.get("IN_IMAGE_SERVICE"):
            parameters = {**parameters, "IN_IMAGE_SERVICE": self._listed.service_url}
        super().read_parameters(parameters, context)

    def outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """List the files, say how large they are, and download them."""
        settled = settle(self._request, feedback)
        for note in settled.notes:
            feedback.pushWarning(note.text)
        connected = settled.connected
        ids, left_out = wanted_rasters(settled, self._ids(settled, parameters, context), feedback)
        if left_out:
            feedback.pushWarning(left_out_text(left_out))
        client = connected.client(feedback)
        files = list_files(client, ids, batch_size(connected.service), feedback.setProgressText)
        tell_sizes(files, len(ids), feedback)
        largest = largest_bytes(self, parameters, context)
        if self.parameterAsBool(parameters, "ONLY_SIZES", context):
            feedback.pushInfo(tr("To download them, untick “Only tell sizes”, and run it again."))
            return self._sizes(files, parameters, context)
        check_size(files, largest)
        chosen = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        if not chosen:
            raise OptionError("output", tr("Choose the folder that the files are to be downloaded into."))
        folder = Path(chosen)
        wanted = place_files(folder, connected.service.url, files.files)
        done = download(wanted, folder, client, largest, feedback)
        return self._downloaded(wanted, folder, done, parameters, context, feedback)

    def sizes(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Ask | None:
        """Return what asks, on any thread, how much a run with these parameters would bring; None if only a run can.

        Nothing is asked yet. Main thread only, as layers are looked at.

        Raises:
            ImageServerLayerError: the parameters cannot be read.
        """
        self.read_parameters(parameters, context)
        source, listed, ids = self.parameterAsSource(parameters, "FOOTPRINTS", context), self._listed, None
        if source is not None:
            # Which field has the ids, the service may yet have to say; and many features take their time.
            if listed is None or source.featureCount() > MOST_RASTERS:
                return None
            ids = ids_in(source, listed.id_field)
        request, name = self._request, "" if source is None else source.sourceName()

        def ask(feedback: QgsFeedback) -> tuple[FileList, int]:
            settled = settle(request, feedback)
            connected = settled.connected
            if ids is not None and listed is not None:
                _check_listed(listed, name, connected.service)
            wanted, _ = wanted_rasters(settled, ids, feedback)
            batch = batch_size(connected.service)
            return list_files(connected.client(feedback), wanted, batch, lambda _text: None), len(wanted)

        return ask

    def sizes_told(
        self, asked: tuple[FileList, int], parameters: dict[str, Any], context: QgsProcessingContext
    ) -> ToldSize:
        """Return what `sizes` has found, in words, and why a run would refuse it."""
        files, rasters = asked
        words, refusal = sizes_in_words(files, rasters), ""
        try:
            check_size(files, largest_bytes(self, parameters, context))
        except OptionError as error:
            refusal = error.message
        return ToldSize(words, refusal, files.size)

    def _ids(self, settled: Settled, parameters: dict[str, Any], context: QgsProcessingContext) -> list[int] | None:
        """Return the ids in the layer of footprints, if there is one."""
        source = self.parameterAsSource(parameters, "FOOTPRINTS", context)
        if source is None:
            return None
        service = settled.connected.service
        if self._listed is None:
            return ids_in(source, "OBJECTID" if service.mosaic is None else service.mosaic.object_id_field)
        _check_listed(self._listed, source.sourceName(), service)
        return ids_in(source, self._listed.id_field)

    def _sizes(self, files: FileList, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        rows = [(raster, None, file.size, file.id) for file in files.files for raster in file.raster_ids]
        return {
            **self._table(rows, parameters, context),
            "COUNT": len(files.files),
            "BYTES": files.size,
            "FAILED": "; ".join(f"{refused.raster_id}: {refused.reason}" for refused in files.refused),
            "RASTERS": [],
        }

    def _downloaded(
        self,
        wanted: Sequence[Wanted],
        folder: Path,
        done: Downloaded,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        if done.kept:
            feedback.pushInfo(tr_n("%n file is there already.", "%n files are there already.", done.kept))
        feedback.pushInfo(tr_n("%n file is whole.", "%n files are whole.", len(done.sizes)))
        failed = "; ".join(f"{failure.id}: {failure.reason}" for failure in done.failures)
        if done.failures:
            text = tr_n("%n file could not be downloaded:", "%n files could not be downloaded:", len(done.failures))
            if not done.sizes:
                raise ImageServerLayerError(f"{text} {failed}")
            feedback.reportError(f"{text} {failed}")
        whole = [one for one in wanted if one.path in done.sizes]
        rasters = openable_rasters(folder / one.path for one in whole)
        if self.parameterAsBool(parameters, "OPEN", context):
            self._open(rasters, context, feedback)
        rows = [
            (raster, folder / one.path, done.sizes[one.path], one.file.id)
            for one in whole
            for raster in one.file.raster_ids
        ]
        return {
            **self._table(rows, parameters, context),
            "OUTPUT": str(folder),
            "COUNT": len(whole),
            "BYTES": sum(done.sizes.values()),
            "FAILED": failed,
            "RASTERS": [str(path) for path in rasters],
            "JSON": str(folder / LIST_NAME),
        }

    def _open(self, rasters: Sequence[Path], context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> None:
        """Have QGIS open the rasters."""
        for path in rasters[:_MOST_OPENED]:
            details = QgsProcessingContext.LayerDetails(path.stem, context.project(), "RASTERS")
            context.addLayerToLoadOnCompletion(str(path), details)
        if len(rasters) > _MOST_OPENED:
            text = tr("The first {count} rasters are opened; find the others in the folder.")
            feedback.pushWarning(text.format(count=_MOST_OPENED))

    def _table(
        self,
        rows: Sequence[tuple[int, Path | None, int | None, str]],
        parameters: dict[str, Any],
        context: QgsProcessingContext,
    ) -> dict[str, Any]:
        """Write the list, a row for each raster of each file; what is not known is empty."""
        fields = QgsFields()
        for name, kind in (("raster_id", Type.LONG), ("path", Type.TEXT), ("bytes", Type.LONG), ("file_id", Type.TEXT)):
            fields.append(field(name, kind))
        sink, destination = self.parameterAsSink(parameters, "TABLE", context, fields, QgsWkbTypes.NoGeometry)
        if sink is None:
            return {}
        for raster, path, size, file_id in rows:
            feature = QgsFeature(fields)
            feature.setAttributes([raster, None if path is None else str(path), size, clean_line(redacted(file_id))])
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, "TABLE"))
        return {"TABLE": destination}


def _check_listed(listed: RasterList, name: str, service: ImageService) -> None:
    """Make sure that a layer of footprints is of a service.

    Raises:
        AddressError: it is of another one.
    """
    if listed.service_url != service.url:
        text = tr("“{layer}” lists rasters of {other}, not of {url}: choose footprints of the same service.")
        raise AddressError(text.format(layer=name, other=listed.service_url, url=service.url))
