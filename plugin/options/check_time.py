"""Whether the time that is asked for is one of the service's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .findings import unused
from .layer_options import LayerOptions
from .slices import playable_time
from .time_as_dimension import dimension_of_time, with_time_as_dimension
from .time_range import day_text, moment_text
from .wording import option_label

if TYPE_CHECKING:
    from .findings import Finding


def check_time(options: LayerOptions, service: ImageService) -> Iterator[Finding]:
    """Hold the time against the times of the service."""
    if options.time is not None and options.nearest_date:
        yield unused("nearest_date", tr("a layer of a fixed time does not follow the temporal controller"))
    if service.time is None and options.time is None and playable_time(options, service) is not None:
        return
    if options.time is not None and dimension_of_time(options, service) is not None:
        try:
            yield from with_time_as_dimension(options, service)[1]
        except OptionError as error:
            yield error
    elif service.time is None:
        text = tr("The service “{service}” tells no times of its pixels; leave out “{option}”.")
        for option, is_given in (("time", options.time is not None), ("nearest_date", options.nearest_date)):
            if is_given:
                yield OptionError(option, text.format(service=service.name, option=option_label(option)))
    elif options.time is not None and not options.time.touches(service.time.begin, service.time.end):
        yield OptionError(
            "time",
            tr("The service “{service}” has nothing of {time}; its times, in UTC, reach {range}.").format(
                service=service.name, time=options.time, range=times_in_words(service)
            ),
        )


def times_in_words(service: ImageService) -> str:
    """Return from when until when there is something, in UTC; empty where the service does not tell."""
    if service.time is None or service.time.begin is None or service.time.end is None:
        return ""
    return reach_in_words(service.time.begin, service.time.end)


def reach_in_words(begin: int, end: int) -> str:
    """Return from when until when something reaches, in UTC: in days, unless that is one day."""
    write = day_text if day_text(begin) != day_text(end) else moment_text
    return tr("from {begin} to {end}").format(begin=write(begin), end=write(end))
