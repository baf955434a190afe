"""How close an offer is kept, as templates and contracts choose it."""

from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import confidential

CONFIDENTIAL = [
    (confidential.OPEN, _("Not confidential: the personal link is enough")),
    (
        confidential.MARKED,
        _("Confidential: identify before reading; a copy bears its reader's name"),
    ),
    (
        confidential.IDENTIFY,
        _("Confidential: identify before reading; no copy before all have signed"),
    ),
]
