"""What the algorithms have in common: how they present themselves, and how they tell what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtGui import QIcon

from ..resources import HELP_PAGE, ICON
from ..service.access import LONGEST_TIMEOUT
from ..service.errors import CanceledError, ImageServerLayerError
from ..service.preferences import preferred_timeout
from ..service.redaction import redacted
from ..translation import tr

# The parameters that say which server is asked, and how.
_ADDRESSES = ("IN_IMAGE_SERVICE", "SERVER", "PORTAL_ITEM", "REFERER")


class ImageServerAlgorithm(QgsProcessingAlgorithm):
    """The base of the algorithms: reads the parameters, does the work, and tells what went wrong in one sentence."""

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Keep what the work needs, while layers may be looked at.

        Raises:
            ImageServerLayerError: a value cannot be read.
        """

    def outputs(
        self,
        parameters: dict[str, Any],  # noqa: ARG002 - for those who override it, as are the others
        context: QgsProcessingContext,  # noqa: ARG002
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Do the work, perhaps on a worker thread, and return the outputs by name.

        Raises:
            ImageServerLayerError: it cannot be done.
        """
        return {}

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Refuse credentials in an address: Processing writes what it runs with into its log, history and output."""
        for name in _ADDRESSES:
            value = parameters.get(name)
            if isinstance(value, str) and redacted(value) != value:
                definition = self.parameterDefinition(name)
                message = tr(
                    "The parameter “{name}” holds a token or a password, which Processing would write into its log and "
                    "history: store it as an authentication configuration (Settings ▸ Options ▸ Authentication), and "
                    "choose that under “Authentication”."
                )
                return False, message.format(name=name if definition is None else definition.description())
        return super().checkParameterValues(parameters, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Read the parameters."""
        with _errors_told(feedback):
            self.read_parameters(parameters, context)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Do the work; nothing comes of a run that was canceled."""
        outputs: dict[str, Any] = {}
        problem: str | None = None
        try:
            with _errors_told(feedback):
                outputs = self.outputs(parameters, context, feedback)
        except CanceledError:
            pass
        except QgsProcessingException as error:
            problem = str(error)
        if problem is not None:
            # QGIS never lets go of an exception, which holds its frames, and they all that was at hand.
            del parameters, context, feedback
            raise QgsProcessingException(problem)
        return outputs

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a new object of the same class."""
        return type(self)()

    def icon(self) -> QIcon:
        """Return the icon of the plugin."""
        return QIcon(str(ICON))

    def svgIconPath(self) -> str:
        """Return the path of that icon, for the model designer."""
        return str(ICON)

    def group(self) -> str:
        """Return the group in the toolbox."""
        return tr("Image services")

    def groupId(self) -> str:
        """Return the fixed name of the group."""
        return "imageservices"

    def helpUrl(self) -> str:
        """Return the page that the Help button opens; QGIS hands any URL to the desktop."""
        return HELP_PAGE.as_uri()


def authcfg_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter for an authentication configuration of QGIS."""
    return with_help(
        QgsProcessingParameterAuthConfig("AUTHCFG", tr("Authentication"), optional=True),
        tr("For secured services. Only its id is kept with the layer."),
    )


def connection_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the advanced parameters of every algorithm: how it talks to the server."""
    return [
        with_help(
            advanced(QgsProcessingParameterString("REFERER", tr("Referer"), optional=True)),
            tr("The HTTP Referer that some servers insist on."),
        ),
        advanced(
            QgsProcessingParameterNumber(
                "TIMEOUT",
                tr("Timeout for each request (seconds)"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=preferred_timeout(),
                minValue=1,
                maxValue=LONGEST_TIMEOUT,
            )
        ),
    ]


def advanced(parameter: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Return the parameter, put among those that are folded away."""
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def with_help(parameter: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """Return the parameter with the text that its tooltip and `qgis_process help` show."""
    parameter.setHelp(text)
    return parameter


def warn_of_token(token: str | None, feedback: QgsProcessingFeedback) -> None:
    """Say that a token in an address has no effect, if there was one."""
    if token:
        feedback.pushWarning(
            tr("The token in the address is not used: store it as an authentication configuration, and choose that.")
        )


@contextmanager
def _errors_told(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """Turn an error into Processing's own, and log its details."""
    try:
        yield
    except CanceledError:
        raise
    except ImageServerLayerError as error:
        if error.details:
            feedback.pushDebugInfo(error.details)
        raise QgsProcessingException(error.message) from error
