"""What values are typed into: a contract for each part of the way, and what else there is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group
from django.db import connections
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from example_site import contents as made
from tests import approvals, builders, consumers, services, signatures
from tests.flows.contracts import test_circulars as many
from tests.journeys import stage
from tests.security.planting import EMAIL, NATIONAL_ID, PHONE, WAYS
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import documents
from wagtail_contracts.contracts.models import Contract, Folder
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing.models import Alarm

PEOPLE = {"may_delegate": True, "may_add_readers": True}
REVIEWED = ("review", "third", "fourth", "asked", "revised")
ANSWERED = ("signing", "second", "signed", "ready")


def prepared(sales: Any, boss: Any) -> SimpleNamespace:
    """Kari is told of by planted values; whoever sees all owns the contracts."""
    try:
        boss.first_name, boss.last_name = "Ola", "Nordmann"
        boss.save()
        world = SimpleNamespace(boss=boss, sales=sales, page=builders.template(sales))
        world.draft = _draft(world)
        for name in REVIEWED:
            setattr(world, name, _out(world, "negotiating"))
        for name in ANSWERED:
            setattr(world, name, _answered(world))
        world.witnessed = _answered(world, signs_by="link", witnesses=1)
        signatures.sign_all(world.signed)
        _change(world)
        _offer(world)
        _let_approve(world)
        _begin_round(world)
        now = timezone.now()
        rung = Alarm.objects.create(code="trail_missing", found_at=now, seen_at=now)
        world.alarm = f"signing-{rung.pk}"
        return world
    finally:
        connections.close_all()


def _draft(world: SimpleNamespace, page: Any = None, **kari: Any) -> Contract:
    ours, theirs = builders.parties(world.boss)
    theirs.people[0] = contracts.PersonDraft(
        "Kari Nordmann", EMAIL, phone=PHONE, national_id=NATIONAL_ID, **kari
    )
    draft = builders.contract(page or world.page, world.boss, parties=[ours, theirs])
    with unguarded():
        Contract.objects.filter(pk=draft.pk).update(**PEOPLE)
    return Contract.objects.get(pk=draft.pk)


def _out(world: SimpleNamespace, into: str, **kari: Any) -> SimpleNamespace:
    draft = _draft(world, **kari)
    contracts.send(draft, builders.shown(draft), into=into, by=builders.actor(world.boss))
    return stage(draft, world.boss)


def _answered(world: SimpleNamespace, **kari: Any) -> SimpleNamespace:
    at = _out(world, "signing", **kari)
    contracts.answer(at.kari, at.version.digest, builders.ANSWERS, by=builders.guest(at.kari))
    return stage(at.contract, world.boss)


def _change(world: SimpleNamespace) -> None:
    """One waits to leave once more; in another our side says who signs; a third lies somewhere."""
    again = Contract.objects.get(pk=world.revised.contract.pk)
    again.title = "Hosting 2028"
    again.save()
    with unguarded():
        Contract.objects.filter(pk=world.asked.contract.pk).update(signatories_fixed=True)
    contracts.put_into(world.signed.contract, "Folder", by=builders.actor(world.boss))
    world.folder = Folder.objects.get(workspace=world.sales)


def _offer(world: SimpleNamespace) -> None:
    """To anybody, to consumers, and for a document of the other side."""
    world.course = services.template(world.sales)
    world.service = services.offer(world.course, world.boss)
    subscription = consumers.template(world.sales)
    world.consumer = consumers.out(world.boss, subscription, email=EMAIL)
    consumers.sign_all(world.consumer)
    documents.add_document_template(world.sales, by=SYSTEM)
    defined = [made.field("text", "common", "Common", "customer")]
    world.set = world.sales.field_sets.create(name="Common", fields=defined)


def _let_approve(world: SimpleNamespace) -> None:
    """Contracts from one template wait for two people; a third one can join."""
    world.other = builders.workspace("legal")
    world.mate = builders.staff("mate", world.sales, approvals.APPROVER)
    TOTPDevice.objects.create(user=world.mate, name="phone", confirmed=True)
    world.judge = builders.staff("judge", world.sales, approvals.APPROVER)
    page = builders.template(world.sales, "Loan")
    approvals.rule(world.sales, world.boss, world.mate, world.judge, template=page)
    world.unasked, world.waiting = _draft(world, page), _draft(world, page)
    approvals.ask(world.waiting, world.boss)
    builders.staff(WAYS[-1])


def _begin_round(world: SimpleNamespace) -> None:
    """A text for many, which has changed since."""
    world.group = Group.objects.create(name="Everybody")
    many.people(1, world.group)
    world.conduct = builders.template(
        world.sales, "Conduct", body=many.BODY, fields=[], roles=many.ROLES
    )
    world.round = many.begun(world.conduct, world.group, world.boss)
    many.changed(world.conduct)
