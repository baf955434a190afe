"""Every way to show who one is, and where to try it: for the demo data and the front page."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Way(NamedTuple):
    """A contract that waits, and what happens there; `signs_by` where its person was given one."""

    title: str
    does: Any  # translated when it is shown
    signs_by: str = ""
    phone: str = ""


BY_MAIL = Way("Drift av nettbutikk 2027", _("Kari signs with a code that comes by e-mail."))
BY_DEVICE = Way(
    "Drift av bibliotekets nettsted",
    _("Ola signs in the admin, with a one-time code of the code app."),
)
BY_DEMO_ID = Way(
    "Drift av kundeportal",
    _("Kari goes to Demo ID, which stands for BankID and others. Come back as Per, and see."),
    "demo_id",
)
MADE = (
    Way(
        "Drift av arkivportal",
        _(
            "Kari signs at the Demo signature service, twice there and back: the sealed PDF holds "
            "a signature of her own."
        ),
        "demo_signature",
    ),
    Way(
        "Drift av kassesystem",
        _("Kari signs in person: Ola opens it in the admin and hands his device over."),
        "in_person",
    ),
    Way(
        "Drift av varslingstjeneste",
        _("Kari signs with a code by SMS, which the mailbox shows as well."),
        "sms_code",
        "+4790000001",
    ),
    Way("Drift av nyhetsbrev", _("Kari signs by her personal link alone."), "link"),
)
WAYS = (BY_MAIL, BY_DEVICE, BY_DEMO_ID, *MADE)
