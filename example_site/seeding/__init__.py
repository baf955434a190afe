"""Demo data: an intranet, its staff, their templates and contracts in every state.

Contracts are made by the flows that people use; codes and links are read from the mails that the
worker sends.
"""

from example_site.seeding.intranet import PASSWORD, STAFF, build
from example_site.seeding.stories import tell
from wagtail_contracts.contracts.models import Workspace

__all__ = ["addresses", "seed"]


def seed() -> None:
    """Make the demo data, unless they are there."""
    if not Workspace.objects.exists():
        build()
        tell()


def addresses() -> list[str]:
    """What to try, as lines to print."""
    from django.conf import settings

    base = settings.BASE_URL
    people = [f"  {name:10} {role}" for name, (_label, role, _groups) in STAFF.items()]
    return [
        "",
        f"The intranet of Eksempel AS:  {base}/",
        f"Contracts in the admin:       {base}/admin/",
        f"Every mail that was sent:     {base}/mailbox/",
        f"Check a sealed file:          {base}/verify/",
        f"Log in with the password “{PASSWORD}” as",
        *people,
        *_codes(),
        "Ctrl-C ends all of it.",
        "",
    ]


def _codes() -> list[str]:
    from base64 import b32encode

    from django_otp.plugins.otp_totp.models import TOTPDevice

    devices = TOTPDevice.objects.select_related("user")
    return [
        f"  {device.user.get_username()} confirms with one-time codes; "
        f"the secret for a code app is {b32encode(device.bin_key).decode()}"
        for device in devices
    ]
