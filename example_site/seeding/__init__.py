"""Demo data: an intranet, its staff, their templates and contracts in every state.

Contracts are made by the flows that people use; codes and links are read from the mails that the
worker sends.
"""

from example_site import codes
from example_site.seeding.intranet import build
from example_site.seeding.stories import tell
from example_site.staff import PASSWORD, STAFF

__all__ = ["addresses", "build", "tell"]
PLACES = {
    "The intranet of Eksempel AS": "/",
    "Contracts in the admin": "/admin/contracts/",
    "Every mail that was sent": "/mailbox/",
    "Ola's one-time codes": "/codes/",
    "Check a sealed file": "/verify/",
    "A course that anybody joins": "/s/kurs/",
}


def addresses() -> list[str]:
    """What to try, as lines to print; `{base}` stands for the site's address."""
    return [
        "",
        *(f"{name + ':':30}{{base}}{place}" for name, place in PLACES.items()),
        "",
        f"Log in with the password {PASSWORD} as",
        *(f"  {name:10}{person.does}" for name, person in STAFF.items()),
        *_codes(),
        "",
        "Ctrl-C ends all of it.",
        "",
    ]


def _codes() -> list[str]:
    return [
        f"{device.user.get_username()} confirms with one-time codes. "
        f"The secret for a code app: {codes.secret(device)}"
        for device in codes.devices()
    ]
