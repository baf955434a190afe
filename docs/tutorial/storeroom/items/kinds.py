"""What is recorded about a thing: the name of each event, what it holds, and its sentence."""

from django.utils.translation import gettext_lazy as _

from wagtail_contracts.audit import kinds

kinds.declare(
    "item.received",
    _("%(who)s received %(quantity)s of them"),
    {"item": int, "quantity": int},
)
kinds.declare(
    "item.counted",
    _("%(who)s counted %(quantity)s, there should be %(expected)s"),
    {"item": int, "quantity": int, "expected": int},
)
kinds.declare(
    "item.lent",
    _("%(who)s lent %(quantity)s of them to %(borrower)s"),
    {"item": int, "quantity": int, "until": str | None},
)
