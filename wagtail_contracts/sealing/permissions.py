"""Who sees sealed files on the pages of Django's admin: whoever has its permissions.

An app that says so in a way of its own keeps them away from there: `read_elsewhere`.
"""

from typing import Any

from wagtail_contracts.examining.readers import Readers

DOWNLOAD = "wagtail_contracts_sealing.download_sealedfile"
readers = Readers()
read_elsewhere = readers.read_elsewhere


def may_download(user: Any) -> bool:
    """Whether somebody may take a file along; to see that there is one takes less."""
    return bool(user.has_perm(DOWNLOAD))
