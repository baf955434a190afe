"""What the outbox runs for SMS. Each is safe to repeat."""

from __future__ import annotations

from django.utils import translation

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import OUT, Participant
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends.methods import CodeMethod, method
from wagtail_contracts.signing.backends.sms import sms_backend
from wagtail_contracts.signing.conf import signing as configured
from wagtail_contracts.signing.models import Challenge
from wagtail_contracts.signing.rendering import sms
from wagtail_contracts.signing.rendering.mail import public


def send_sms(message: Message) -> None:
    """Send somebody a code, or a personal link while the contract is out."""
    people = Participant.objects.select_related("party__contract__workspace")
    person = people.get(pk=message.keys["participant"])
    if person.left_at is not None:
        return
    if "challenge" in message.keys:
        return _send_code(message, person)
    contract = person.party.contract
    if contract.state not in OUT:
        return
    gateway = sms_backend()
    with translation.override(spoken(person.language)):
        package = contracts.package_of(person)
        link = public("landing", signing.invite(person, by=SYSTEM, package=package))
        gateway.send(person.phone, sms.invitation(contract, link), identity=message.public_id)


def _send_code(message: Message, person: Participant) -> None:
    """A code by whatever is not mail; each attempt has another one, so it is another message."""
    challenge = Challenge.objects.get(pk=message.keys["challenge"])
    sender, code = method(challenge.method), signing.make_code(challenge, by=SYSTEM)
    if code is None or not isinstance(sender, CodeMethod):
        return
    with translation.override(spoken(person.language)):
        text = sms.code(code, configured().code_minutes)
        sender.send(person, text, identity=f"{message.public_id}.{message.attempts}")
