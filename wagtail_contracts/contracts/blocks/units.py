"""Units of time by name."""

from django.utils.translation import pgettext_lazy

UNITS = [
    ("day", pgettext_lazy("unit of time", "days")),
    ("week", pgettext_lazy("unit of time", "weeks")),
    ("month", pgettext_lazy("unit of time", "months")),
    ("year", pgettext_lazy("unit of time", "years")),
]
