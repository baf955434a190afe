"""A receipt for somebody who has signed: at once, before the others have."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.flows.sealing import means_name
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.rendering import receipts

RECEIPTS_AN_HOUR = 6  # each is printed


def receipt(participant: Participant, *, link: str, by: Actor) -> bytes:
    """A PDF that says what somebody signed, when and how; recorded. It is no sealed copy.

    Printed outside any transaction. Raises WrongState for whoever has not signed the newest
    version, RenderingRefused, TooMany.
    """
    version = participant.party.contract.current_version
    given = Signature.objects.filter(participant=participant, version=version)
    signature = given.select_related("identification", "version__contract__workspace").first()
    if signature is None:
        raise WrongState(_("You have not signed this version."))
    limit("receipt", link, most=RECEIPTS_AN_HOUR, by=by)
    look = contracts.paper_of(signature.version.contract.workspace)
    content = sealing.render(receipts.bundle(signature, means_name(signature), look))
    _taken(signature, content, by=by)
    return content


@transaction.atomic
def _taken(signature: Signature, content: bytes, *, by: Actor) -> None:
    digest = hashlib.sha256(content).hexdigest()
    data = {"kind": "receipt", "version": signature.version.number, "file": digest}
    contracts.record(signature.version.contract, events.DOCUMENT_DOWNLOADED, data, by=by)
