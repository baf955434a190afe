"""Contracts in every state, made by the flows that people use.

Links and codes are taken from the mails that the worker sends to the demo's own mail server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from example_site import codes, mailbox, means
from example_site.seeding import guests, rows, several
from example_site.seeding.guests import ANSWERS, LIBRARY, POST, PRIVATE, SHOP, site
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.rendering.consent import declaration

LINK = re.compile(r"/c/([A-Za-z0-9_-]{43})/")
CODE = re.compile(r"\b(\d{6})\b")
# Between these two zones it is always another day.
LATEST, EARLIEST = "Pacific/Midway", "Pacific/Kiritimati"


def tell() -> None:
    """All stories, with the mail server running meanwhile."""
    server = mailbox.server()
    server.start()
    try:
        for story in STORIES:
            story()
            outbox.deliver()
    finally:
        server.stop()


def _draft() -> None:
    _service("Drift av kampanjesider")


def _in_review() -> None:
    _sent("Drift av utlånsportal", LIBRARY, into="negotiating")


def _waiting() -> None:
    _sent(means.BY_MAIL.title, SHOP)


def _by_demo_id() -> None:
    _answered(means.BY_DEMO_ID)


def _our_turn() -> None:
    contract = _sent(means.BY_DEVICE.title, LIBRARY)
    _fill_in(contract, "customer", ANSWERS | {"contact": "Per Prøve", "support": "office"})
    _sign(contract, "customer")


def _lapsed() -> None:
    contract = _sent("Drift av bookingløsning", SHOP)
    _fill_in(contract, "customer", ANSWERS)
    _sign(contract, "customer")
    contract.refresh_from_db()
    contract.values = {**contract.values, "notice": "6.0000"}
    contract.save()
    shown = contracts.digest_of(contracts.compose(contract))
    contracts.revise(
        contract,
        shown,
        "Lengre oppsigelsestid, som avtalt på telefon.",
        by=permissions.actor(rows.user("ola")),
    )


def _declined() -> None:
    contract = _sent("Drift av bildearkiv", LIBRARY)
    person = rows.person(contract, "customer")
    by = signing.actor_of(_come_in(person))
    digest = rows.version(contract).digest
    signing.decline(person, digest, kind="price", reason="Vi fant et rimeligere tilbud.", by=by)


def _withdrawn() -> None:
    contract = _sent("Drift av testmiljø", SHOP)
    contracts.withdraw(contract, "Prosjektet er utsatt.", by=permissions.actor(rows.user("ola")))


def _expired() -> None:
    with rows.zone("salg", LATEST) as workspace:
        contract = _sent("Drift av gammel nettbutikk", SHOP, deadline=rows.today(workspace))
    with rows.zone("salg", EARLIEST):
        contracts.expire(contract, by=SYSTEM)


def _signed() -> None:
    contract = _sent("Drift av intranett 2027", SHOP)
    _fill_in(contract, "customer", ANSWERS)
    _sign(contract, "customer")
    _sign(contract, "supplier")


def _employed() -> None:
    siri, name = rows.user("siri"), "Nina Halvorsen"
    contract = _made(
        "Arbeidsavtale",
        f"Arbeidsavtale for {name}",
        [_ours("employer", siri), _private("employee", name, "nina.halvorsen@post.example")],
        POST,
        siri,
    )
    _send(contract, siri)
    _fill_in(contract, "employee", PRIVATE)
    _sign(contract, "employee")


def _subscribed() -> None:
    """A consumer is told what the law asks for, and can withdraw once it is signed."""
    ola, name = rows.user("ola"), "Anne Eksempel"
    contract = _made(
        "Privat nettside",
        f"Nettside for {name}",
        [_ours("supplier", ola), _private("customer", name, "anne@privat.example")],
        {"start": "2027-02-01"},
        ola,
    )
    _send(contract, ola)


def _offered() -> None:
    ola = rows.user("ola")
    values = {"valid": "2027-01-31", "start": "2027-02-15"}
    parties = [_ours("supplier", ola), LIBRARY]
    contract = _made("Tilbud på nettsted", "Nytt nettsted for biblioteket", parties, values, ola)
    _send(contract, ola)


def _named() -> None:
    ola, vidar = rows.user("ola"), rows.user("vidar")
    values = {"site": site(LIBRARY), "price": "4100", "start": "2027-03-01"}
    parties = [_ours("supplier", vidar), LIBRARY]
    contract = _made("Tjenesteavtale", "Drift av leseplattform", parties, values, ola)
    contract = _send(contract, ola)
    _fill_in(contract, "customer", ANSWERS | {"contact": "Per Prøve"})
    _sign(contract, "customer")


def _in_approval() -> None:
    contract = _service("Drift av felles bibliotekplattform", LIBRARY, price="620000")
    shown = contracts.digest_of(contracts.compose(contract))
    by, note = permissions.actor(rows.user("ola")), "Fylket vil ha svar før jul."
    contracts.request_approval(contract, shown, note=note, by=by)


def _by_every_means() -> None:
    for way in means.MADE:
        _answered(way)


STORIES = (
    _draft,
    _in_review,
    _waiting,
    _by_demo_id,
    _our_turn,
    _lapsed,
    _declined,
    _withdrawn,
    _expired,
    _signed,
    _employed,
    _subscribed,
    _offered,
    _named,
    _in_approval,
    *several.STORIES,
    _by_every_means,
)


def _made(
    template: str, title: str, parties: list[contracts.PartyDraft], values: Any, owner: Any
) -> Contract:
    return contracts.create(
        rows.template(template),
        title=title,
        parties=parties,
        values=values,
        owner=owner,
        by=permissions.actor(owner),
    )


def _service(title: str, customer: contracts.PartyDraft = SHOP, price: str = "5300") -> Contract:
    ola = rows.user("ola")
    values = {"site": site(customer), "price": price, "start": "2027-01-15"}
    return _made("Tjenesteavtale", title, [_ours("supplier", ola), customer], values, ola)


def _sent(title: str, customer: contracts.PartyDraft, **more: Any) -> Contract:
    return _send(_service(title, customer), rows.user("ola"), **more)


def _answered(way: means.Way) -> None:
    _fill_in(_sent(way.title, guests.signing(way)), "customer", ANSWERS)


def _send(
    contract: Contract, user: Any, *, into: str = "signing", deadline: Any = None
) -> Contract:
    contract = Contract.objects.get(pk=contract.pk)
    shown = contracts.digest_of(contracts.compose(contract))
    contracts.send(contract, shown, into=into, deadline=deadline, by=permissions.actor(user))
    outbox.deliver()
    return Contract.objects.get(pk=contract.pk)


def _ours(role: str, user: Any) -> contracts.PartyDraft:
    language = user.wagtail_userprofile.preferred_language
    person = contracts.PersonDraft(user.get_full_name(), user.email, language=language, user=user)
    return contracts.PartyDraft(role, "Eksempel AS", "888 888 888", [person])


def _private(role: str, name: str, email: str) -> contracts.PartyDraft:
    person = contracts.PersonDraft(name, email, language="nb")
    return contracts.PartyDraft(role, name, people=[person])


def _come_in(person: Participant) -> Participant:
    """Follow the newest link that was mailed to somebody, and look at the contract."""
    secret = _newest(LINK, person)
    by = signing.actor_of(signing.invited(secret), "127.0.0.1")
    signing.admit(secret, by=by)
    contracts.view(person, rows.version(person.party.contract).digest, by=by)
    return person


def _fill_in(contract: Contract, role: str, answers: Mapping[str, Any]) -> None:
    person = _come_in(rows.person(contract, role))
    contracts.answer(person, rows.version(contract).digest, answers, by=signing.actor_of(person))
    outbox.deliver()


def _sign(contract: Contract, role: str) -> None:
    person, version = rows.person(contract, role), rows.version(contract)
    by = permissions.actor(person.user) if person.user else signing.actor_of(person)
    contracts.view(person, version.digest, by=by)
    identify = _by_app if person.user else _by_mail
    proof = identify(person, version.digest, by)
    consent = declaration(version, person, person.language)
    affirmed = signing.Affirmed(person.name, consent, person.language)
    signing.sign(person, version.digest, proof, affirmed, by=by)
    outbox.deliver()


def _by_mail(person: Participant, digest: str, by: Actor) -> Any:
    """With the code that comes to whoever followed the link."""
    session, _cookie = signing.admit(_newest(LINK, person), by=by)
    challenge = signing.ask_code(person, digest, session=session, by=by)
    outbox.deliver()
    return signing.identify(challenge, _newest(CODE, person), by=by)


def _by_app(person: Participant, digest: str, by: Actor) -> Any:
    """With the code that a member of staff's app shows."""
    [device] = [device for device in codes.devices() if device.user == person.user]
    code = codes.code(device)
    return signing.identify_staff(person, person.user, device.persistent_id, code, digest, by=by)


def _newest(pattern: re.Pattern[str], person: Participant) -> str:
    letters = (mail for mail in mailbox.mails() if mail.recipient == person.email)
    found = (pattern.search(f"{mail.subject}\n{mail.text}") for mail in letters)
    return next(match[1] for match in found if match)
