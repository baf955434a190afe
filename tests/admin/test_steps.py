"""The second and third steps of a new contract: parties and details, each stored as one goes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, mails, signatures, tables
from tests.admin import posts, wizard
from tests.journeys import stage
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.models import Invitation


@pytest.fixture
def begun(admin, template):
    """A draft after the first step."""
    return wizard.begin(admin, template)


def parties(admin, contract, sender, **changes):
    """Post the second step."""
    return wizard.post(admin, "parties", contract, wizard.parties(sender, **changes))


def details(admin, contract, **changes):
    """Post the third."""
    return wizard.post(admin, "details", contract, wizard.details(**changes))


def test_the_second_step_begins_with_what_is_known(admin, begun, sender):
    page = admin.get(posts.address("parties", begun.pk))
    ours, theirs = page.context["sides"]
    assert ours.party["name"].value() == "Eksempel AS"
    assert ours.people.forms[0]["user"].value() == sender.pk
    assert ours.people.forms[0]["position"].value() == 2  # the others fill in, so they sign first
    assert theirs.people.forms[0]["position"].value() == 1
    assert "user" not in theirs.people.forms[0].fields
    assert page.context["warnings"] == []
    assert [step.url for step in page.context["steps"]] == [
        "",
        "",
        posts.address("details", begun.pk),
        posts.address("send", begun.pk),
    ]


def test_what_was_typed_is_there_when_one_comes_back(admin, template, sender):
    made = wizard.filled(admin, template, sender)
    _ours, theirs = admin.get(posts.address("parties", made.pk)).context["sides"]
    assert theirs.party["name"].value() == "Customer AS"
    assert theirs.people.forms[0]["email"].value() == "kari@customer.example"
    form = admin.get(posts.address("details", made.pk)).context["form"]
    assert (form["value-price"].value(), form["title"].value()) == ("5300.00", "Hosting 2027")
    assert form["deadline"].value().isoformat() == "2099-01-31"
    assert contracts.missing(made, contracts.compose(made)) == []


def test_a_step_says_in_our_own_trail_who_wrote_it_and_once(admin, begun, sender):
    own = Event.objects.of(begun.own_trail).named(events.DRAFT_FILLED_IN)
    parties(admin, begun, sender)
    details(admin, begun)
    assert [json.loads(event.record)["data"] for event in own] == [
        {"part": "parties"},
        {"part": "details"},
    ]
    parties(admin, begun, sender)
    details(admin, begun)
    assert own.count() == 2


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(admin, begun, sender):
    for step, typed in (("parties", wizard.parties(sender)), ("details", wizard.details())):
        url = posts.address(step, begun.pk)
        early = wizard.hidden(admin.get(url))
        assert wizard.post(admin, step, begun, {**typed, "do": "keep"}).status_code == 302
        changed = {"party-customer-name": "Late AS", "title": "Late"}
        with tables.unchanged():
            page = admin.post(url, {**early, **typed, **changed})
        assert "Somebody changed this meanwhile" in page.content.decode()
        assert "Late" in page.content.decode()
        assert admin.post(url, {**wizard.hidden(page), **typed, **changed}).status_code == 302


def test_a_draft_that_was_sent_has_no_steps_left(admin, sent, sender):
    out, overview = sent.contract, posts.address("inspect", sent.contract.pk)
    typed = {
        "parties": {**wizard.parties(sender), "shown": contracts.parties_digest(out)},
        "details": {**wizard.details(), "shown": contracts.details_digest(out)},
    }
    for step, said in typed.items():
        url = posts.address(step, out.pk)
        with tables.unchanged():
            assert admin.get(url).url == overview
            assert admin.post(url, said).url == overview


def test_who_makes_contracts_fills_in_their_own_alone(client, template, sales, sender):
    maker = builders.staff("maker", sales, ("view", "create"))
    client.force_login(maker)
    theirs, mine = builders.contract(template, sender), wizard.begin(client, template)
    for step in ("parties", "details"):
        assert client.get(posts.address(step, mine.pk)).status_code == 200
        assert client.get(posts.address(step, theirs.pk)).url == reverse("wagtailadmin_home")
    with tables.unchanged():
        refused = client.post(posts.address("parties", theirs.pk), wizard.parties(sender))
    assert refused.url == reverse("wagtailadmin_home")
    answer = parties(client, mine, maker, do="send")
    assert answer.url == posts.address("inspect", mine.pk)  # who may not send has no last step


def test_the_contract_has_the_people_that_were_typed(admin, begun, sender):
    more = wizard.person("customer", 1, name="Per Hansen", email="per@customer.example")
    reads = wizard.person("customer", 2, name="Pia", email="pia@customer.example", role="reader")
    count = {"people-customer-TOTAL_FORMS": "4"}
    parties(admin, begun, sender, **count, **more, **reads, **wizard.person("customer", 3))
    theirs = Participant.objects.filter(party__role="customer")
    assert [(p.name, p.role) for p in theirs.order_by("pk")] == [
        ("Kari Nordmann", "signatory"),
        ("Per Hansen", "signatory"),
        ("Pia", "reader"),
    ]
    ours = Participant.objects.get(party__role="supplier")
    assert (ours.user, ours.name, ours.email) == (sender, "Ola Nordmann", sender.email)
    gone = {**count, **more, **reads, "people-customer-1-DELETE": "on"}
    kari = theirs.get(name="Kari Nordmann").public_id
    parties(admin, begun, sender, **gone, **wizard.person("customer", 3))
    assert [p.name for p in theirs.order_by("pk")] == ["Kari Nordmann", "Pia"]
    assert theirs.get(name="Kari Nordmann").public_id == kari


@pytest.mark.parametrize(
    "changes",
    [
        {"party-customer-name": "x" * 121},
        {"people-customer-0-email": "no address"},
        {"people-customer-0-name": ""},
        {"people-customer-0-role": "king"},
        {"people-customer-0-position": "0"},
        {"people-customer-0-language": "xx"},
        {"people-supplier-0-user": "999"},
        {"people-customer-TOTAL_FORMS": None},
        {"people-customer-TOTAL_FORMS": "999"},
        {"order": "backwards"},
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_stored(admin, begun, sender, changes):
    url = posts.address("parties", begun.pk)
    shown = wizard.hidden(admin.get(url))
    typed = {**shown, **wizard.parties(sender)}
    posted = {name: part for name, part in {**typed, **changes}.items() if part is not None}
    with tables.unchanged():
        page = admin.post(url, posted)
    assert page.status_code == 200
    assert "error-message" in page.content.decode() or "people-customer" in str(changes)
    assert "Nothing was stored." in page.content.decode()
    assert admin.post(url, typed).status_code == 302


def test_a_colleague_must_see_the_workspace(admin, begun, sender):
    stranger = builders.staff("stranger", builders.workspace("legal"))
    with tables.unchanged():
        forged = {"people-supplier-0-user": str(stranger.pk)}
        assert parties(admin, begun, sender, **forged).status_code == 200
    assert parties(admin, begun, sender).status_code == 302


def test_what_the_forms_do_not_ask_for_is_not_read(admin, begun, sender):
    forged = {
        "state": "signed",
        "workspace": "99",
        "number": "FORGED-1",
        "owner": "99",
        "value-invoice": "forged@evil.example",
        "party-supplier-role": "customer",
        "party-king-name": "King",
        "people-customer-0-user": str(sender.pk),
    }
    parties(admin, begun, sender, **forged)
    details(admin, begun, **forged)
    made = Contract.objects.get()
    assert (made.state, made.owner, made.number[:6]) == ("draft", sender, "SALES-")
    assert made.values["invoice"] is None
    assert {party.role for party in made.parties.all()} == {"supplier", "customer"}
    assert Participant.objects.get(party__role="customer").user is None


def pressed(admin, contract, sender, **said):
    """The page after a button that adds to it, or changes it."""
    answer = parties(admin, contract, sender, **said)
    there = posts.address("parties", contract.pk)
    assert answer.url.partition("#")[0].partition("?")[0] == there
    return admin.get(answer.url)


def test_one_person_more_without_a_script(admin, begun, sender):
    page = pressed(admin, begun, sender, more="customer")
    _ours, theirs = page.context["sides"]
    assert [form["name"].value() for form in theirs.people.forms] == ["Kari Nordmann", None]
    assert Participant.objects.filter(party__role="customer").count() == 1


@pytest.mark.parametrize("button", ["more", "up", "fill"])
def test_a_button_does_not_judge_what_can_t_be_stored_yet(admin, begun, sender, button):
    with tables.unchanged():
        wrong = {"people-customer-0-email": "kari@", button: "customer.0"}
        page = parties(admin, begun, sender, **wrong)
    assert "error-message" not in page.content.decode()
    assert page.context["sides"][1].people.forms[0]["email"].value() == "kari@"
    assert parties(admin, begun, sender, **{button: "customer.0"}).status_code == 302


def test_somebody_signs_earlier_or_later_by_a_button(admin, begun, sender):
    def order(**button):
        page = pressed(admin, begun, sender, **button)
        assert page.context["order"]["order"].value() == "numbered"
        return [side.people.forms[0]["position"].value() for side in page.context["sides"]]

    assert order(up="supplier.0") == [1, 2]
    assert order(down="customer.0") == [1, 2]
    assert order(up="customer.0") == order(down="supplier.0") == [2, 1]


@pytest.mark.parametrize("value", ["", "customer", "customer.9", "king.0", "customer.x"])
def test_a_button_for_nobody_moves_nobody(admin, begun, sender, value):
    page = pressed(admin, begun, sender, up=value)
    found = [side.people.forms[0]["position"].value() for side in page.context["sides"]]
    assert found == [2, 1]


def known(admin, contract):
    """Those whom the form offers to take over, by label."""
    _ours, theirs = admin.get(posts.address("parties", contract.pk)).context["sides"]
    return {item.label: item.row.pk for item in theirs.known}


@pytest.mark.parametrize("quick", [False, True])
def test_a_party_of_an_earlier_contract_is_taken_over_with_its_people(
    admin, begun, template, sender, quick
):
    builders.contract(template, sender)
    builders.contract(template, sender)
    [(label, pk)] = known(admin, begun).items()  # once, however often it took part
    assert label == "Customer AS: Kari Nordmann"
    nobody = {"party-customer-name": "", "people-customer-0-name": ""}
    button = {"fill": f"customer.{pk}" if quick else "customer"}
    chosen = {} if quick else {"known-customer": str(pk)}
    page = pressed(admin, begun, sender, **nobody, **button, **chosen)
    _ours, theirs = page.context["sides"]
    assert theirs.party["name"].value() == "Customer AS"
    assert theirs.people.forms[0]["email"].value() == "kari@customer.example"


@pytest.mark.parametrize("pk", ["", "x", "999999", "theirs"])
def test_a_party_that_one_may_not_see_is_none(admin, begun, template, sender, pk):
    legal = builders.workspace("legal")
    lex = builders.staff("lex", legal)
    ours, theirs = builders.parties(lex)
    secret = [ours, replace(theirs, name="Secret AS")]
    other = builders.contract(builders.template(legal), lex, parties=secret)
    builders.contract(template, sender)
    foreign = other.parties.get(role="customer")
    known_here = known(admin, begun)
    assert foreign.pk not in known_here.values()
    pk = str(foreign.pk) if pk == "theirs" else pk

    def filled(who):
        said = {"party-customer-name": "Typed AS", "fill": "customer", "known-customer": who}
        return pressed(admin, begun, sender, **said).context["sides"][1].party["name"].value()

    assert filled(pk) == "Typed AS"
    assert filled(str(next(iter(known_here.values())))) == "Customer AS"


def test_more_earlier_contracts_cost_no_more_queries(admin, begun, template, sender):
    def queries():
        with CaptureQueriesContext(connection) as found:
            admin.get(posts.address("parties", begun.pk))
        return len(found)

    builders.contract(template, sender)
    admin.get(posts.address("parties", begun.pk))
    before = queries()
    for number in range(5):
        ours, theirs = builders.parties(sender)
        builders.contract(template, sender, parties=[ours, replace(theirs, name=f"AS {number}")])
    assert (queries(), len(known(admin, begun))) == (before, 6)


def test_i_am_added_once_by_one_button(admin, begun, sender):
    nobody = {"people-supplier-0-user": "", "people-supplier-0-name": ""}
    page = pressed(admin, begun, sender, **nobody, me="supplier")
    ours = page.context["sides"][0].people.forms
    assert [form["user"].value() for form in ours] == [sender.pk]
    page = pressed(admin, begun, sender, me="supplier")
    assert len(page.context["sides"][0].people.forms) == 1
    page = pressed(admin, begun, sender, me="customer")
    assert [form["name"].value() for form in page.context["sides"][1].people.forms] == [
        "Kari Nordmann"
    ]


def test_all_sign_at_the_same_time_whatever_numbers_were_typed(admin, begun, sender):
    parties(admin, begun, sender, order="together")
    assert {person.position for person in Participant.objects.all()} == {1}
    page = admin.get(posts.address("parties", begun.pk))
    assert page.context["order"]["order"].value() == "together"
    parties(admin, begun, sender, order="numbered")
    assert {person.position for person in Participant.objects.all()} == {1, 2}


def test_the_title_follows_the_names_until_somebody_chooses_one(admin, begun, sender):
    parties(admin, begun, sender)
    assert Contract.objects.get().title == "Service agreement, Customer AS"
    parties(admin, begun, sender, **{"party-customer-name": "Kunde AS"})
    assert Contract.objects.get().title == "Service agreement, Kunde AS"
    details(admin, begun)
    parties(admin, begun, sender)
    assert Contract.objects.get().title == "Hosting 2027"
    details(admin, begun, title="")
    assert Contract.objects.get().title == "Service agreement, Customer AS"


EARLY = {"people-supplier-0-position": "1", "people-customer-0-position": "2"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            EARLY,
            "Put Kari Nordmann first; else filling in 4 fields "
            "voids the signature of Ola Nordmann.",
        ),
        (
            {"people-customer-0-email": "OLA@eksempel.example"},
            "Ola Nordmann and Kari Nordmann have the same e-mail address: ola@eksempel.example.",
        ),
        ({"party-customer-name": ""}, "The party “Customer” has no name."),
        ({"people-customer-0-email": ""}, "“Kari Nordmann” has no e-mail address."),
    ],
)
def test_what_would_hurt_is_stored_and_said_once(admin, begun, sender, changes, said):
    there = posts.address("parties", begun.pk)
    answer = parties(admin, begun, sender, **changes)
    assert answer.url == f"{there}?checked"
    page = admin.get(answer.url)
    assert page.context["warnings"] == [said]
    typed = {**wizard.hidden(page), **wizard.parties(sender, **changes)}
    assert admin.post(there, typed).url == posts.address("details", begun.pk)
    assert parties(admin, begun, sender, **changes, do="keep").url == posts.address(
        "inspect", begun.pk
    )
    assert parties(admin, begun, sender).url == posts.address("details", begun.pk)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title": "x" * 121}, "title"),
        ({"value-price": "much"}, "value-price"),
        ({"value-start": "2027-02-30"}, "value-start"),
        ({"deadline": "someday"}, "deadline"),
    ],
)
def test_a_detail_that_does_not_fit_is_said_at_its_field(admin, begun, changes, where):
    with tables.unchanged():
        page = details(admin, begun, **changes)
    assert list(page.context["form"].errors) == [where]
    assert details(admin, begun).url == posts.address("send", begun.pk)


def test_a_deadline_that_is_over_is_refused(admin, begun):
    with tables.unchanged():
        page = details(admin, begun, deadline="2020-01-01")
    assert "The deadline has passed." in page.content.decode()
    assert details(admin, begun).status_code == 302


def test_the_suggested_deadline_is_counted_when_it_is_sent(admin, begun):
    suggested = contracts.suggested_deadline(begun)
    details(admin, begun, deadline=suggested.isoformat())
    assert Contract.objects.get().deadline is None
    later = suggested + timedelta(days=9)
    details(admin, begun, deadline=later.isoformat())
    assert contracts.default_deadline(Contract.objects.get()) == later


def test_the_deadline_is_suggested_by_the_template_then_by_the_workspace(template, sender, sales):
    draft = builders.contract(template, sender)
    today = contracts.default_deadline(draft) - timedelta(days=14)
    sales.deadline_days = 7
    sales.save()
    draft = Contract.objects.get()
    assert contracts.default_deadline(draft) == today + timedelta(days=7)
    template.deadline_days = 3
    template.save()
    assert contracts.default_deadline(Contract.objects.get()) == today + timedelta(days=3)


def test_details_lead_to_what_is_open_in_the_text(admin, begun):
    found = admin.get(posts.address("details", begun.pk)).context["open_blocks"]
    assert [block["name"] for block in found] == ["2 Price", "3 Reference", "More terms"]
    assert all(block["url"].startswith(posts.address("edit", begun.pk)) for block in found)


def test_a_draft_says_that_its_template_is_newer_and_takes_it_over(admin, begun, template, sender):
    details, taking = (posts.address(name, begun.pk) for name in ("details", "take_template"))
    assert taking not in admin.get(details).content.decode()
    template.body[3].value["heading"].source = "Uptime"
    template.save_revision().publish()
    assert taking in admin.get(details).content.decode()
    with tables.unchanged():
        page = admin.get(taking)
        assert admin.post(taking, {"digest": "0" * 64}).status_code == 200
    assert "Uptime" in page.content.decode()
    assert admin.post(taking, wizard.hidden(page)).url == details
    assert "Uptime" in str(contracts.compose(Contract.objects.get()))
    assert taking not in admin.get(details).content.decode()
    assert "says nothing else" in admin.get(taking).content.decode()


def checked(admin, contract):
    """The last step."""
    return admin.get(posts.address("send", contract.pk))


def test_the_last_step_is_the_page_of_whoever_signs_first_on_the_other_side(admin, begun, sender):
    more = wizard.person("customer", 1, name="Per", email="per@x.example", position="1")
    later = {"people-customer-0-position": "3", "people-customer-TOTAL_FORMS": "2"}
    parties(admin, begun, sender, **later, **more)
    details(admin, begun)
    page = checked(admin, begun)
    assert page.context_data["reader"].name == "Per"
    assert 'name="a-invoice"' in page.context["page"]
    assert "Send to Per" in page.content.decode()
    other = admin.get(posts.address("send", begun.pk), {"reader": "1"})
    assert other.context_data["reader"].name == "Kari Nordmann"
    assert other.context["invitation"].recipient == "kari@customer.example"


def test_what_is_missing_leads_to_where_it_is_mended(admin, begun, sender):
    parties(admin, begun, sender, **{"people-customer-0-email": ""})
    details(admin, begun, **{"value-price": ""})
    found = dict(checked(admin, begun).context["lacks"])
    assert found == {
        "“Price” is not filled in.": posts.address("details", begun.pk),
        "“Kari Nordmann” has no e-mail address.": posts.address("parties", begun.pk),
    }
    assert "Send to" not in checked(admin, begun).content.decode()
    parties(admin, begun, sender)
    details(admin, begun)
    assert checked(admin, begun).context["lacks"] == []
    assert "Send to Kari Nordmann" in checked(admin, begun).content.decode()


def test_the_last_step_warns_of_signatures_that_would_be_void(admin, begun, sender):
    parties(admin, begun, sender, **EARLY)
    [warning] = checked(admin, begun).context["warnings"]
    assert warning.startswith("Put Kari Nordmann first; else filling in 4 fields")
    parties(admin, begun, sender)
    assert checked(admin, begun).context["warnings"] == []


@pytest.mark.parametrize(("language", "words"), [("en", "has sent you"), ("nb", "har sendt deg")])
def test_the_mail_is_shown_as_it_is_sent_but_for_its_secret(admin, begun, sender, language, words):
    parties(admin, begun, sender, **{"people-customer-0-language": language})
    details(admin, begun)
    with tables.unchanged():
        page = checked(admin, begun)
    shown = page.context["invitation"]
    assert words in shown.text
    assert not Invitation.objects.exists()
    post = {**wizard.hidden(page), "into": "signing", "deadline": "2099-01-31"}
    admin.post(posts.address("send", begun.pk), post)
    [sent] = [mail for mail in mails.sent() if mail.to == ["kari@customer.example"]]
    assert (shown.subject, shown.sender) == (sent.subject, sent.from_email)
    assert without_secrets(shown.text, begun) == without_secrets(sent.body, begun)
    assert without_secrets(shown.html, begun) == without_secrets(mails.html(sent), begun)
    [link] = mails.links(sent)
    assert link not in page.content.decode()
    assert admin.get(mails.ADDRESS.findall(shown.text)[0]).status_code == 404
    assert admin.get(link).status_code == 200


def without_secrets(text, contract):
    """But for the link and the state of the trail, which come into being when it leaves."""
    lines = re.sub(r"/c/[^/]+/", "/c/…/", text).splitlines()
    return [line for line in lines if contract.trail not in line]


def test_the_overview_leads_on_with_a_contract_that_somebody_left(admin, begun, sender):
    overview = posts.address("inspect", begun.pk)
    assert admin.get(overview).context["next"].url == posts.address("parties", begun.pk)
    parties(admin, begun, sender)
    assert admin.get(overview).context["next"].url == posts.address("send", begun.pk)


def test_the_overview_says_what_replaced_a_contract_once_that_is_signed(admin, answered, sender):
    signatures.sign_all(answered)
    first, by = Contract.objects.get(), builders.actor(sender)

    def replaced():
        return admin.get(posts.address("inspect", first.pk)).context["replaced"]

    made = contracts.replace(first, owner=sender, by=by)
    assert replaced() == []
    contracts.send(made, builders.shown(made), into="signing", by=by)
    signatures.sign_all(stage(made, sender))
    assert replaced() == [made]
    assert admin.get(posts.address("inspect", made.pk)).context["replaced"] == []
