"""A service as it answered: the one holder of a description, of how it is reached, and of what its template yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from qgis.core import QgsFeedback

from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..options.processing_template import ProcessingTemplate
from ..options.rendering_rule import rendering_rule, rule_in_force
from ..options.sentences import shortened
from ..options.slices import variable_in_force
from ..service.access import Access
from ..service.address import PortalItem, ServiceAddress
from ..service.catalog import Catalog
from ..service.client import ImageServiceClient
from ..service.errors import (
    AddressError,
    AuthenticationError,
    CanceledError,
    ImageServerLayerError,
    OptionError,
    ServerError,
)
from ..service.image_service import Band, ImageService
from ..service.portal_item import are_related, resolve_portal_item
from ..service.transport import Transport
from ..translation import tr

# The first release of servers that tell the statistics of a single variable.
_FIRST_STATISTICS = 10.81


@dataclass(frozen=True)
class ConnectedService:
    """A service that has answered.

    Attributes:
        address: its own address, without a token: a layer cannot keep one.
        access: how it was asked, and is to be asked from now on.
        service: what it says of itself.
        output: the same after the processing template; `service` itself while none is applied or none is known yet.
        notes: what the user should know of parts of the address that have no effect.
    """

    address: ServiceAddress
    access: Access
    service: ImageService
    output: ImageService
    notes: tuple[Note, ...] = ()

    def client(self, feedback: QgsFeedback | None = None) -> ImageServiceClient:
        """Return what asks the service; `feedback` cancels it."""
        return self.client_by(Transport(self.access, feedback))

    def client_by(self, transport: Transport) -> ImageServiceClient:
        """Return what asks the service by a transport that has its access."""
        return ImageServiceClient(self.service.url, transport)

    def catalog(self, client: ImageServiceClient) -> Catalog | None:
        """Return what asks for the rasters of the mosaic, or None where nobody may, or there is none."""
        mosaic = self.service.mosaic
        return Catalog(client, self.service) if mosaic is not None and mosaic.has_catalog else None

    def rule(self, options: LayerOptions) -> Mapping[str, Any] | None:
        """Return the rendering rule that changes what the service describes, or None where its pixels stay raw.

        Raises:
            OptionError: the options name a function that the service does not have.
        """
        return rule_in_force(rendering_rule(options, self.service), self.service)

    def with_variable_statistics(self, options: LayerOptions, client: ImageServiceClient) -> ConnectedService:
        """Return the same, knowing the statistics of the variable that the options ask for; where it must, it asks.

        A stretch by those of another variable would be wrong. A service that does not tell them has a look that comes
        from a few pixels, as any other.

        Raises:
            CanceledError: the client's feedback was canceled.
            AuthenticationError: the service is secured.
        """
        service, variable = self.service, variable_in_force(options, self.service)
        is_known = variable is None or variable.minimum is not None or len(service.variables) == 1
        if variable is None or is_known or 0 < service.version < _FIRST_STATISTICS or len(service.bands) != 1:
            return self
        try:
            told = client.variable_statistics(variable)
        except (CanceledError, AuthenticationError):
            raise
        except ImageServerLayerError:
            return self
        variables = tuple(told if known is variable else known for known in service.variables)
        service = replace(service, variables=variables)
        return replace(self, service=service, output=service if self.output is self.service else self.output)

    def of_variable(self, options: LayerOptions) -> ConnectedService:
        """Return the same, with band and statistics of the variable that the options ask for.

        What a multidimensional service tells of its bands is of all variables, or of any one.
        """
        variable = variable_in_force(options, self.service)
        if variable is None or len(self.service.bands) != 1:
            return self
        numbers = variable.minimum, variable.maximum, variable.mean, variable.standard_deviation
        if len(self.service.variables) == 1 and variable.minimum is None:
            told = self.service.bands[0]
            numbers = told.minimum, told.maximum, told.mean, told.standard_deviation
        band = Band(1, variable.label, True, *numbers)
        service = replace(self.service, bands=(band,))
        return replace(self, service=service, output=service if self.output is self.service else self.output)

    def with_output(self, options: LayerOptions, client: ImageServiceClient) -> ConnectedService:
        """Return the same, knowing what comes out of the options' processing template; asks the service if need be.

        Raises:
            OptionError: the service does not know the template, or refuses it.
            ImageServerLayerError: the service cannot be asked.
        """
        rule = self.rule(options)
        if rule is None:
            return replace(self, output=self.service)
        try:
            return replace(self, output=client.describe(rule))
        except AuthenticationError:
            raise
        except ServerError as error:
            if not error.is_about_the_request:
                raise
            raise refused_template(error, options.processing_template or self.service.default_function) from error


def connect(
    address: ServiceAddress | PortalItem,
    access: Access,
    feedback: QgsFeedback | None = None,
    transport: Transport | None = None,
) -> ConnectedService:
    """Read what a service says of itself, with its variables, where it has any.

    A portal is asked first where the address is one of its items.

    A token in the address is not used: it would have to be written into the layer. `transport`, with this access, is
    what asks, in place of one of its own.

    Raises:
        AddressError: a portal item leads to no image service, or to one that the credentials are not for.
        AuthenticationError: the service is secured.
        ImageServerLayerError: there is no service, or it cannot be asked.
    """
    transport = transport or Transport(access, feedback)
    if isinstance(address, PortalItem):
        item, address = address, _behind(address, access, transport)
        if not are_related(item.url, address.url):
            # The item may name any server, which is not to learn the Referer of the portal.
            access = replace(access, referer="")
            transport = Transport(access, feedback)
    client = ImageServiceClient(address.url, transport)
    service, notes = _with_variables(client, _described(client, has_token=bool(address.token)))
    return ConnectedService(replace(address, token=None), access, service, service, (*_address_notes(address), *notes))


def refused_template(error: ServerError, template: ProcessingTemplate | str) -> OptionError:
    """Return the error for a processing template that the server refuses."""
    text = tr("The server does not accept the processing template “{template}”: {words}")
    return OptionError(
        "processing_template",
        text.format(template=shortened(template), words=error.words or error.message),
        error.details,
    )


def _behind(item: PortalItem, access: Access, transport: Transport) -> ServiceAddress:
    """Return the address of the service behind an item of a portal."""
    address = resolve_portal_item(item, transport)
    if access.authcfg and not are_related(item.url, address.url):
        # Anyone can publish an item that leads to their own server.
        text = tr("The portal item leads to another server: give the address {url} itself, with its credentials.")
        raise AddressError(text.format(url=address.url))
    return address


def _described(client: ImageServiceClient, *, has_token: bool) -> ImageService:
    try:
        return client.describe()
    except AuthenticationError as error:
        if not has_token:
            raise
        raise AuthenticationError(
            tr(
                "The service needs credentials, and a token in an address is not kept: store it as an authentication "
                "configuration in QGIS (Settings ▸ Options ▸ Authentication) and give that."
            ),
            error.details,
            error.code,
        ) from error


def _with_variables(client: ImageServiceClient, service: ImageService) -> tuple[ImageService, tuple[Note, ...]]:
    """Return the service with its variables. Where it does not tell them, there is only what it draws by itself."""
    if not service.is_multidimensional:
        return service, ()
    try:
        return replace(service, variables=client.variables()), ()
    except (CanceledError, AuthenticationError):
        raise
    except ImageServerLayerError as error:
        text = tr("The variables of the service could not be read, so the service decides which is drawn: {reason}")
        return service, (Note("variable", text.format(reason=error.message)),)


def _address_notes(address: ServiceAddress) -> tuple[Note, ...]:
    notes = []
    if address.token:
        notes.append(tr("The token in the address was taken off; the service answers without it."))
    if address.ignored:
        notes.append(tr("This part of the address is not used: {part}").format(part=address.ignored))
    return tuple(Note("address", text) for text in notes)
