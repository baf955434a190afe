"""Version 1 and its invitations; and what keeps a draft from being sent."""

from datetime import date, timedelta

import pytest

from tests import builders, tables
from tests.announcements import announced, last_event
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady, StaleVersion, Unprintable, WrongState
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant

OVERRIDE = "\u202e"


def send(draft, shown=None, *, into="signing", **options):
    shown = shown or builders.shown(draft)
    return contracts.send(draft, shown, into=into, by=builders.actor(draft.owner), **options)


def refused(error, draft, *args, **options):
    with tables.unchanged(), pytest.raises(error) as raised:
        send(draft, *args, **options)
    return raised.value


def saved(draft, **changes):
    """The working copy, edited as the editor does."""
    contract = Contract.objects.get(pk=draft.pk)
    for name, value in changes.items():
        setattr(contract, name, value)
    contract.save()
    return contract


def test_only_a_draft_is_sent(draft):
    assert send(draft).number == 1

    refused(WrongState, draft)


@pytest.mark.parametrize("into", ["draft", "in_approval", "signed", "expired"])
def test_a_draft_goes_into_review_or_signing_and_nowhere_else(draft, into):
    refused(WrongState, draft, into=into)

    send(draft, into="negotiating")
    assert Contract.objects.get().state == "negotiating"


def test_what_is_sent_is_what_was_shown(draft):
    before = builders.shown(draft)
    saved(draft, title="Hosting 2028")

    refused(StaleVersion, draft, before)
    assert send(draft).content["title"] == "Hosting 2028"


@pytest.mark.parametrize(
    "change", [{"email": "other@customer.example"}, {"role": "reader"}, {"name": "Kari Hansen"}]
)
def test_who_gets_it_is_who_was_shown(template, sender, change):
    ours, theirs = builders.parties(sender)
    per = contracts.PersonDraft("Per", "per@customer.example")
    both = contracts.PartyDraft("customer", "Customer AS", people=[*theirs.people, per])
    draft = builders.contract(template, sender, parties=[ours, both])
    before = builders.recipients(draft)
    Participant.objects.filter(name="Per").update(**change)

    refused(StaleVersion, draft, recipients=before)
    assert send(draft, recipients=builders.recipients(draft))


def party(role="customer", name="Customer AS", people=None):
    kari = contracts.PersonDraft("Kari Nordmann", "kari@customer.example")
    return contracts.PartyDraft(role, name, people=[kari] if people is None else people)


@pytest.mark.parametrize(
    ("theirs", "missing"),
    [
        ([], "There is no counterparty."),
        ([party(name=" ")], "The party “Customer” has no name."),
        ([party(people=[])], "Nobody signs for “Customer AS”."),
        (
            [party(people=[contracts.PersonDraft("Per", "per@c.example", role="reader")])],
            "Nobody signs for “Customer AS”.",
        ),
        (
            [party(people=[contracts.PersonDraft("", "x@customer.example")])],
            "Somebody of “Customer AS” has no name.",
        ),
        (
            [party(people=[contracts.PersonDraft("Kari", "")])],
            "“Kari” has no e-mail address.",
        ),
        (
            [party(people=[contracts.PersonDraft("Kari", "kari@c.example, boss@c.example")])],
            "The e-mail address of “Kari” can't be used.",
        ),
        (
            [party(people=[contracts.PersonDraft("Kari", "kari@c.example\nBcc: x@c.example")])],
            "The e-mail address of “Kari” can't be used.",
        ),
    ],
)
def test_a_draft_that_lacks_somebody_is_not_sent(template, sender, theirs, missing):
    ours, customer = builders.parties(sender)
    lacking = builders.contract(template, sender, parties=[ours, *theirs])

    assert missing in refused(NotReady, lacking).missing
    assert send(builders.contract(template, sender, parties=[ours, customer]))


def test_a_draft_without_our_own_side_is_not_sent(template, sender):
    lacking = builders.contract(template, sender, parties=builders.parties(sender)[1:])

    assert "Our own side is not a party." in refused(NotReady, lacking).missing


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"title": " "}, "The contract has no title."),
        ({"body": []}, "The contract has no text."),
        ({"values": {"start": "2027-01-15"}}, "“Price” is not filled in."),
    ],
)
def test_a_draft_that_lacks_a_part_is_not_sent(draft, changes, missing):
    whole = {name: getattr(draft, name) for name in changes}
    saved(draft, **changes)
    assert refused(NotReady, draft).missing == [missing]

    saved(draft, **whole)
    assert send(draft)


@pytest.mark.parametrize(
    "title", ["Hosting \U0001f600", "Hosting \x01", f"Hosting {OVERRIDE}7202", "Hosting \u2066x"]
)
def test_characters_that_no_font_has_or_that_turn_text_around_are_refused(draft, title):
    saved(draft, title=title)
    refused(Unprintable, draft)

    saved(draft, title="Høsting – 99 %")
    assert send(draft)


def test_a_deadline_that_has_passed_is_refused_and_todays_is_not(draft):
    today = contracts.default_deadline(draft) - timedelta(days=14)
    refused(NotReady, draft, deadline=today - timedelta(days=1))

    send(draft, deadline=today)
    assert Contract.objects.get().deadline == today


def test_without_a_deadline_the_days_of_the_workspace_count(draft):
    draft.workspace.deadline_days = 3
    draft.workspace.save()
    send(draft)

    today = contracts.default_deadline(draft) - timedelta(days=3)
    assert (Contract.objects.get().deadline - today).days == 3


def test_sending_freezes_invites_and_tells(draft):
    with announced(draft) as heard:
        version = send(draft, deadline=date(2099, 12, 31))

    sent = Contract.objects.get()
    assert (sent.state, sent.current_version, sent.deadline) == (
        "signing",
        version,
        date(2099, 12, 31),
    )
    assert list(ContractVersion.objects.all()) == [version]
    assert (version.number, version.kind, version.content_digest) == (
        1,
        "sent",
        contracts.digest_of(version.content),
    )
    assert heard.shared == [
        (
            events.VERSION_CREATED,
            {
                "version": 1,
                "digest": version.digest,
                "content_digest": version.content_digest,
                "kind": "sent",
            },
        ),
        (
            events.CONTRACT_SENT,
            {"version": 1, "digest": version.digest, "into": "signing", "deadline": "2099-12-31"},
        ),
    ]
    assert heard.own == []
    assert heard.mails == [("invitation", "kari"), ("invitation", "ola")]
    assert heard.tasks == ["signing.void"]
    assert last_event(draft, events.CONTRACT_SENT).label == "Ola Nordmann"


def test_a_reader_is_invited_and_does_not_sign(template, sender):
    ours, theirs = builders.parties(sender)
    per = contracts.PersonDraft("Per", "per@customer.example", role="reader")
    more = contracts.PartyDraft("customer", "Customer AS", people=[*theirs.people, per])
    draft = builders.contract(template, sender, parties=[ours, more])

    with announced(draft) as heard:
        version = send(draft)

    assert ("invitation", "per") in heard.mails
    assert "Per" not in version.record


def test_contract_json_holds_no_address(draft):
    record = send(draft).record

    assert "@" not in record.replace("pay@customer.example", "")
    assert "Kari Nordmann" in record
