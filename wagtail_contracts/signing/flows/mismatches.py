"""Who is expected: somebody else than the one invited is refused, and the sender is told who."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.core import identities
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import IdentityDiffers, MismatchKept
from wagtail_contracts.signing.flows.identifying import identified
from wagtail_contracts.signing.models import Identification, Mismatch, Purpose, SignIn


def identified_as_expected(sign_in: SignIn, shown: Shown, *, by: Actor) -> Identification:
    """Keep what was shown, if it shows the one who is expected.

    A difference is kept and recorded, too, before it is refused, and the sender is told of a
    person's first of a day. Raises IdentityDiffers, StaleVersion.
    """
    found = _kept(sign_in, shown, by=by)
    if isinstance(found, Identification):
        return found
    words = {
        "service": methods.named(sign_in.method),
        "name": shown.name or _("somebody without a name"),
    }
    said = _("%(service)s says you are %(name)s; this contract is for %(invited)s.")
    invited = sign_in.participant.name
    raise IdentityDiffers(said % {**words, "invited": invited}, shown.name)


@transaction.atomic
def accept_name(mismatch: Mismatch, *, by: Actor) -> None:
    """Take somebody with another name for the one invited; the same person may then come again.

    Raises MismatchKept for a national identity number, and where it was accepted before;
    NotAllowed, NotYourPart, WrongState.
    """
    contract = Contract.objects.lock(mismatch.participant.party.contract_id)
    contracts.insist("send", contract, by=by)
    contracts.insist_is_here(mismatch.participant)
    if not Contract.objects.out().filter(pk=contract.pk).exists():
        raise WrongState(_("This contract is not out any more."))
    open_ = Mismatch.objects.filter(pk=mismatch.pk, about=Mismatch.About.NAME, accepted_at=None)
    if not mismatch.name or not open_.update(accepted_at=timezone.now()):
        raise MismatchKept(_("This can’t be accepted. Replace the person who takes part instead."))

    person = mismatch.participant
    data = {"participant": person.public_id, "method": mismatch.method, "mismatch": mismatch.pk}
    contracts.record(contract, events.IDENTIFICATION_ACCEPTED, data, by=by)
    contracts.tell([person], "your_turn")


def mismatches(contract: Contract) -> list[Mismatch]:
    """Who was refused as somebody else, and waits for the sender: each once, the newest first.

    Nobody does in a contract that is not out any more; what happened stays in its history.
    """
    out = Contract.objects.out().filter(pk=contract.pk)
    found = Mismatch.objects.waiting().filter(participant__party__contract__in=out)
    newest: dict[tuple[int, str], Mismatch] = {}
    for mismatch in found.select_related("participant").order_by("-pk"):
        newest.setdefault((mismatch.participant_id, mismatch.subject), mismatch)
    return [*newest.values()]


def difference(person: Participant, shown: Shown) -> str:
    """What shows that somebody is another than `person`, by the words of `core.identities`.

    "" where nothing does, or where the sender accepted what does.
    """
    about = identities.difference(shown, person.name, person.national_id)
    return "" if about == identities.NAME and _is_accepted(person, shown) else about


@transaction.atomic
def _kept(sign_in: SignIn, shown: Shown, *, by: Actor) -> Identification | Mismatch:
    """It is about the version that somebody left for: what was asked there names that one."""
    person, version = sign_in.participant, sign_in.version
    contract = Contract.objects.lock(person.party.contract_id)
    if sign_in.purpose == Purpose.SIGNING:
        contracts.insist_on_current(contract, version.digest)
    if about := difference(person, shown):
        return _differed(sign_in, shown, about, by=by)
    return identified(person, version, shown, sign_in.purpose, by=by, session=sign_in.session)


@transaction.atomic
def _differed(sign_in: SignIn, shown: Shown, about: str, *, by: Actor) -> Mismatch:
    person = sign_in.participant
    today = Mismatch.objects.filter(participant=person, at__date=timezone.localdate())
    is_first = not today.exists()
    made = Mismatch.objects.create(
        participant=person,
        version=sign_in.version,
        method=sign_in.method,
        about=about,
        name=shown.name,
        subject=_subject(shown),
        at=timezone.now(),
    )
    data = {"participant": person.public_id, "method": sign_in.method, "about": about}
    told = {**data, "version": sign_in.version.number, "mismatch": made.pk}
    contracts.record(person.party.contract, events.IDENTIFICATION_DIFFERED, told, by=by)
    if is_first:
        contracts.tell_owner(person.party.contract, "differed", by=by, participant=person)
    return made


def _is_accepted(person: Participant, shown: Shown) -> bool:
    """Whether the sender took just this person, under just this name, for the one invited."""
    taken = Mismatch.objects.filter(participant=person, accepted_at__isnull=False)
    known = [(mismatch.subject, mismatch.name) for mismatch in taken]
    return (_subject(shown), shown.name) in known


def _subject(shown: Shown) -> str:
    return f"{shown.issuer} {shown.subject}"
