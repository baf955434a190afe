"""The sealed file of a signed contract: made once, kept, fetched."""

from __future__ import annotations

import hashlib
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import (
    Contract,
    ContractVersion,
    Participant,
    StoredFile,
)
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.print import Reader
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.flows import generations
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.flows.means import good_for_fetching, is_link_enough
from wagtail_contracts.signing.flows.standing import standing
from wagtail_contracts.signing.models import (
    Fetch,
    Identification,
    Purpose,
    Signature,
    SigningSession,
)
from wagtail_contracts.signing.rendering import paper

COPIES_AN_HOUR = 30
MARKED_AN_HOUR = 6  # each is printed


def seal(version: ContractVersion, *, by: Actor) -> SealedFile:
    """Print, seal and keep the file of a signed version; a version that has one keeps it.

    Nothing is held meanwhile. Raises WrongState, RenderingRefused, SealRefused; each is recorded
    in our own side's trail, and the outbox tries again.
    """
    if there := sealed_file(version):
        return there
    if version.contract.state != "signed" or version.contract.current_version_id != version.pk:
        raise WrongState(_("Only the newest version of a signed contract is sealed."))
    workspace = version.contract.workspace
    try:
        trail = audit.excerpt(version.contract.trail)
        files = contracts.enclosed(version.content)
        logo = contracts.logo_content(workspace)
        point = audit.attested(trail["key"], trail["length"])
        made = paper.bundle(version, _given(version), trail, files, logo, point)
        sealed = sealing.seal(made, test=workspace.training)
        kept = generations.keep(version, sealed, events.DOCUMENT_SEALED, by=by)
    except (Refusal, OSError) as error:
        generations.record_failure(version.contract, error, by=by)
        raise
    return kept.file


def sealed_file(version: ContractVersion | None) -> SealedFile | None:
    """The newest sealed file of a version."""
    files = SealedFile.objects.filter(subject=version.digest if version else "")
    return files.order_by("-generation").first()


def download(contract: Contract, *, link: str = "", by: Actor) -> tuple[SealedFile, bytes]:
    """The sealed file with its bytes, for somebody whom the door let in; recorded.

    `link` is what an outsider came by, whose copies are counted. Raises WrongState while there is
    none, FileAltered where the storage has another, TooMany.
    """
    found, content = _at_hand(contract, link, by)
    _downloaded(contract, found, by=by)
    return found, content


def fetch(session: SigningSession, *, link: str, by: Actor) -> tuple[SealedFile, bytes]:
    """The sealed file with its bytes, for whoever shows who they are as is asked of them.

    What was shown is good for one copy. Raises NotIdentified, and what `download` does.
    """
    contract, identification = session.participant.party.contract, good_for_fetching(session)
    if identification is None and not is_link_enough(session.participant, Purpose.FETCHING):
        raise NotIdentified(_("Show who you are, and take the copy then."))
    found, content = _at_hand(contract, link, by)
    _downloaded(contract, found, by=by, using=identification)
    return found, content


def mark_copy(participant: Participant, *, link: str, by: Actor) -> bytes:
    """A copy of the newest version for one reader, with name and time on every page; recorded.

    Printed outside any transaction. Raises WrongState where none is given, RenderingRefused,
    TooMany.
    """
    contract = Contract.objects.get(pk=participant.party.contract_id)
    version = contract.current_version
    if version is None or not contract.gives_marked_copy:
        raise WrongState(_("There is no copy to take along now."))
    limit("copy", link, most=MARKED_AN_HOUR, by=by)
    reader = Reader(participant.name, timezone.now(), ZoneInfo(contract.workspace.timezone))
    pictures = contracts.enclosed(version.content).pictures
    look = contracts.paper_of(contract.workspace)
    content = sealing.render(printing.copy_bundle(version, reader, look, pictures=pictures))
    _marked(version, content, by=by)
    return content


def take_along(contract: Contract, file: StoredFile, *, link: str, by: Actor) -> None:
    """Record that an outsider takes a copy of a file of the contract. Raises TooMany."""
    limit("download", link, most=COPIES_AN_HOUR, by=by)
    _taken_along(contract, file, by=by)


def _given(version: ContractVersion) -> list[paper.Given]:
    places = standing(version).given
    return [
        (place.party, place.signature, means_name(place.signature))
        for place in places
        if place.signature
    ]


def means_name(signature: Signature) -> str:
    """What people call the means by which somebody was identified, in their language."""
    with translation.override(spoken(signature.language)):
        return methods.named(signature.identification.method)


def _at_hand(contract: Contract, link: str, by: Actor) -> tuple[SealedFile, bytes]:
    found = sealed_file(contract.current_version)
    if found is None:
        raise WrongState(_("The sealed copy is being prepared."))
    content = sealing.content(found)
    if link:
        limit("download", link, most=COPIES_AN_HOUR, by=by)
    return found, content


@transaction.atomic
def _downloaded(
    contract: Contract, found: SealedFile, *, by: Actor, using: Identification | None = None
) -> None:
    if using:
        _used(using, found, by=by)
    contracts.record(contract, events.DOCUMENT_DOWNLOADED, {"file": found.digest}, by=by)


def _used(identification: Identification, found: SealedFile, *, by: Actor) -> None:
    """Once: of two at the same time, one gets the copy."""
    try:
        with transaction.atomic():
            Fetch.objects.create(
                identification=identification, file=found.digest, at=timezone.now()
            )
    except IntegrityError as second:
        raise NotIdentified(_("Show who you are, and take the copy then.")) from second


@transaction.atomic
def _marked(version: ContractVersion, content: bytes, *, by: Actor) -> None:
    digest = hashlib.sha256(content).hexdigest()
    data = {"kind": "marked copy", "version": version.number, "file": digest}
    contracts.record(version.contract, events.DOCUMENT_DOWNLOADED, data, by=by)


@transaction.atomic
def _taken_along(contract: Contract, file: StoredFile, *, by: Actor) -> None:
    version = contract.current_version
    name = contracts.called(version.content, file) if version else file.name
    data = {"file": file.digest, "name": name}
    contracts.record(contract, events.EXHIBIT_DOWNLOADED, data, by=by)
