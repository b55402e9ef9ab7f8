"""The algorithm *Export image server layer*: the pixels of a layer, or of an image service, as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeedback,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingUtils,
)

from ..export.acquisition import acquisition
from ..export.export import Exported, areas_text, export
from ..export.job import ExportJob, FileFormat
from ..export.layer_source import Found, Wanted, find_source, request_of_layer
from ..export.parts import MOST_FILES, Each, Part, date_parts, polygon_parts, raster_parts
from ..export.several import export_several
from ..export.target_file import TargetFile
from ..layer.template_extent import template_extent
from ..options.arcgis_arguments import cell_size
from ..service.errors import OptionError
from ..service.plain_text import clean_line
from ..translation import tr, tr_n
from .algorithm import ImageServerAlgorithm
from .export_layer_parameters import export_parameter_definitions, names_of_file, names_of_options
from .export_polygons import all_polygons, each_polygon
from .export_script import command_line, export_parameters, python_call
from .export_sizes import ExportSizes, size_of_one, size_of_polygons
from .service_or_layer import address_request, project_of, read_template
from .told_size import ToldSize, largest_bytes

Ask = Callable[[QgsFeedback], ExportSizes]
"""Returns what is to be exported."""


class ExportImageServerLayer(ImageServerAlgorithm):
    """Takes a layer or the parameters of *Make image server layer*; gives a file."""

    _wanted: Wanted
    _of_file: dict[str, Any]

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "exportimageserverlayer"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Export image server layer")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("Writes the pixels of an image service into a GeoTIFF, exactly as they are.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,imageserver,download,save,clip,extract by mask,copy raster,geotiff,cog").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Writes the pixels of a layer of an image service, or of the service itself, into a GeoTIFF or a Cloud "
            "Optimized GeoTIFF: every value as the service has it, on its own grid, unless cells or a coordinate "
            "reference system are given.</p><p>The file appears when it is whole. After a break, run the export again "
            "with the same parameters: it asks for what is missing only.</p><p>There can be one file for each polygon, "
            "each locked raster or each date; what fails is listed, and the others are written all the same.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for definition in export_parameter_definitions():
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputNumber("MISSING_COUNT", tr("Number of tiles that are missing")))
        self.addOutput(QgsProcessingOutputString("MISSING", tr("Extents that are missing")))
        self.addOutput(QgsProcessingOutputMultipleLayers("FILES", tr("Files")))
        self.addOutput(QgsProcessingOutputString("FAILED", tr("Files that failed")))

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read what is to be exported."""
        target = self.parameterAsCrs(parameters, "TARGET_CRS", context)
        crs = target if target.isValid() else None
        cells = cell_size(self.parameterAsString(parameters, "CELL_SIZE", context))
        # In units of the file's CRS, which the layer does not have then.
        of_layer = parameters if crs is None else {**parameters, "CELL_SIZE": None}
        project, layer = project_of(context), self.parameterAsRasterLayer(parameters, "INPUT", context)
        template = template_extent(read_template(self, parameters, context), project)
        if layer is None:
            if not self.parameterAsString(parameters, "IN_IMAGE_SERVICE", context):
                raise OptionError("input", tr("There is nothing to export: give a layer, or an image service."))
            request = address_request(self, of_layer, context)
        else:
            self._refuse_options(parameters, context)
            request = request_of_layer(layer, project, None if crs is not None else cells)
        self._wanted = Wanted(request, template, crs, cells if crs is not None else None)
        self._of_file = self._parameters_of_file(parameters, context)

    def scripts(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[str, str]:
        """Return what repeats an export with these parameters elsewhere: a Python script, and a command.

        Nothing is asked and nothing is written. Main thread only.

        Raises:
            ImageServerLayerError: the parameters cannot be read, or no script can tell all of them.
        """
        self.read_parameters(parameters, context)
        found = export_parameters(self._wanted, {**self._of_file, "OUTPUT": parameters.get("OUTPUT")})
        return python_call(found), command_line(found)

    def sizes(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Ask | None:
        """Return what asks, on any thread, how large the export becomes; None if only a run can tell.

        Nothing is asked yet. Main thread only, as layers are looked at.

        Raises:
            ImageServerLayerError: the parameters cannot be read.
        """
        self.read_parameters(parameters, context)
        each = Each(self.parameterAsString(parameters, "EACH", context))
        source = self.parameterAsSource(parameters, "MASK", context)
        # How large each of several rasters or dates is, takes several requests for each; many polygons take their time.
        if each not in (Each.ALL, Each.POLYGON) or (source is not None and source.featureCount() > MOST_FILES):
            return None
        transform_context = self._wanted.request.transform_context
        # The features are read now, as the one who asks may do so on another thread.
        polygons = [] if source is None else each_polygon(source, "", transform_context)
        if each is Each.POLYGON:
            return size_of_polygons(self._wanted, polygons)
        if source is None:
            return size_of_one(self._wanted)

        def taken(crs: QgsCoordinateReferenceSystem) -> list[QgsGeometry]:
            return [geometry for _, polygons_in in polygons for geometry in polygons_in(crs)]

        return size_of_one(replace(self._wanted, polygons=taken))

    def sizes_told(self, asked: ExportSizes, parameters: dict[str, Any], context: QgsProcessingContext) -> ToldSize:
        """Return what `sizes` has found, in words, and why a run would refuse it."""
        return asked.told(largest_bytes(self, parameters, context))

    def outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Write the file, or the files."""
        each = Each(self.parameterAsString(parameters, "EACH", context))
        if each is not Each.ALL:
            return self._several(each, parameters, context, feedback)
        path = Path(self.parameterAsOutputLayer(parameters, "OUTPUT", context))
        TargetFile(path).check()
        self._tell_script(path, feedback)
        wanted = self._with_polygons(parameters, context)
        found = find_source(wanted, feedback)
        for note in found.notes:
            feedback.pushWarning(note.text)
        try:
            exported = export(self._job(found, path, parameters, context, feedback), feedback)
        finally:
            if path.is_relative_to(QgsProcessingUtils.tempFolder()):
                # A temporary file is never exported again under the same name.
                TargetFile(path).forget_part()
        self._tell(exported, feedback)
        missing = "; ".join(map(str, exported.missing))
        return {
            "OUTPUT": str(path),
            "MISSING_COUNT": len(exported.missing),
            "MISSING": missing,
            "FILES": [str(path)],
            "FAILED": "",
        }

    def _several(
        self,
        each: Each,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Write several files. QGIS is not told of `OUTPUT`, which only gives them their names."""
        path = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        TargetFile(path).check()
        self._tell_script(path, feedback)
        parts = self._parts(each, parameters, context, feedback)

        def job_of(found: Found, of: Path) -> ExportJob:
            return self._job(found, of, parameters, context, feedback)

        done = export_several(parts, path, job_of, largest_bytes(self, parameters, context), feedback)
        if done.kept:
            text = tr_n("%n file is there already.", "%n files are there already.", done.kept)
            feedback.pushInfo(text)
        for exported in done.exported.values():
            self._tell(exported, feedback)
        feedback.pushInfo(tr_n("%n file is whole.", "%n files are whole.", len(done.files)))
        failed = "; ".join(f"{failure.title}: {failure.reason}" for failure in done.failures)
        if done.failures:
            count = len(done.failures)
            text = tr_n("%n file could not be written:", "%n files could not be written:", count)
            feedback.pushWarning(f"{text} {failed}")
        self._load(done.files, parameters, context)
        missing = [area for exported in done.exported.values() for area in exported.missing]
        return {
            "MISSING_COUNT": len(missing),
            "MISSING": "; ".join(map(str, missing)),
            "FILES": [str(file) for file in done.files],
            "FAILED": failed,
        }

    def _parts(
        self,
        each: Each,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> list[Part]:
        if each is Each.POLYGON:
            source = self.parameterAsSource(parameters, "MASK", context)
            field = self.parameterAsString(parameters, "NAME_FIELD", context)
            transform_context = self._wanted.request.transform_context
            polygons = [] if source is None else each_polygon(source, field, transform_context)
            return polygon_parts(self._wanted, polygons, feedback)
        wanted = self._with_polygons(parameters, context)
        return raster_parts(wanted, feedback) if each is Each.RASTER else date_parts(wanted, feedback)

    def _load(self, files: Sequence[Path], parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Have QGIS open the files, where the output is to be opened."""
        output = parameters.get("OUTPUT")
        if isinstance(output, QgsProcessingOutputLayerDefinition) and output.destinationProject is not None:
            for file in files:
                details = QgsProcessingContext.LayerDetails(file.stem, output.destinationProject, "OUTPUT")
                context.addLayerToLoadOnCompletion(str(file), details)

    def _parameters_of_file(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """Return what is given of the parameters that no layer has. Main thread only, as layers are looked at."""
        found = {name: parameters.get(name) for name in names_of_file() if parameters.get(name) not in (None, "")}
        mask = self.parameterAsVectorLayer(parameters, "MASK", context) if isinstance(found.get("MASK"), str) else None
        return found if mask is None else {**found, "MASK": mask}

    def _tell_script(self, path: Path, feedback: QgsProcessingFeedback) -> None:
        """Log what repeats the run elsewhere: in Python, and on the command line."""
        try:
            parameters = export_parameters(self._wanted, {**self._of_file, "OUTPUT": str(path)})
        except OptionError as error:
            feedback.pushDebugInfo(tr("There is no script of this export: {reason}").format(reason=error.message))
            return
        feedback.pushInfo(tr("The same as a Python script:"))
        feedback.pushCommandInfo(python_call(parameters))
        feedback.pushInfo(tr("The same on the command line:"))
        feedback.pushCommandInfo(command_line(parameters))

    def _refuse_options(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Refuse options that come with the layer.

        Raises:
            OptionError: something of the kind is given.
        """
        for name in names_of_options():
            if self.parameterAsString(parameters, name, context):
                message = tr(
                    "The layer has options of its own, so “{name}” cannot be given with it: edit the layer, or give "
                    "the image service instead."
                )
                raise OptionError("input", message.format(name=self.parameterDefinition(name).description()))

    def _with_polygons(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Wanted:
        source = self.parameterAsSource(parameters, "MASK", context)
        if source is None:
            return self._wanted
        return replace(self._wanted, polygons=all_polygons(source, self._wanted.request.transform_context))

    def _job(
        self,
        found: Found,
        path: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> ExportJob:
        service, nodata = found.plan.service, None
        if parameters.get("FILE_NODATA") not in (None, ""):
            nodata = self.parameterAsDouble(parameters, "FILE_NODATA", context)
        taken = acquisition(found.plan, found.extent_in_service, feedback)
        tags = {
            "TIFFTAG_IMAGEDESCRIPTION": service.name,
            "TIFFTAG_COPYRIGHT": service.copyright,
            **taken.tags,
        }
        return ExportJob(
            source=found.source,
            path=path,
            file_format=FileFormat(self.parameterAsString(parameters, "FORMAT", context)),
            compression=self.parameterAsString(parameters, "COMPRESSION", context),
            cut=found.cut,
            nodata=nodata,
            allows_gaps=self.parameterAsBool(parameters, "ALLOW_GAPS", context),
            largest_bytes=largest_bytes(self, parameters, context),
            classes=found.plan.classes,
            tags={name: clean_line(text) for name, text in tags.items() if text},
            imagery=taken.imagery,
        )

    def _tell(self, exported: Exported, feedback: QgsProcessingFeedback) -> None:
        for note in exported.notes:
            feedback.pushWarning(note.text)
        feedback.pushInfo(tr_n("%n tile is written.", "%n tiles are written.", exported.tiles))
        if exported.missing:
            count = len(exported.missing)
            text = tr_n("%n tile could not be read:", "%n tiles could not be read:", count)
            feedback.pushWarning(f"{text} {areas_text(exported.missing)}")
