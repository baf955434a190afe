"""The small address that an open page asks: what it says, to whom, and what it keeps to itself."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import builders, signatures, suggestions, tables
from tests.public import markup, stages, visits
from tests.public.visits import page
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.signing.admin.pages import address
from wagtail_contracts.signing.models import SigningSession

SECRET = "Our limit is five thousand"


def ask(client, participant, tag=""):
    """What the page asks, with the tag that it knows."""
    headers = {"If-None-Match": f'"{tag}"'} if tag else {}
    return client.get(page("state", participant), headers=headers)


def state(client, participant):
    answer = ask(client, participant)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return answer.json()


def talk(at, person=None, *, side=None, text=SECRET):
    """Somebody says something, to everyone or to one side."""
    by = builders.guest(person) if person else at.owner
    contract = Contract.objects.get(pk=at.contract.pk)
    return contracts.begin_thread(contract, person, text, contracts.Matter(side=side), by=by)


def test_it_says_where_the_contract_stands_and_nothing_of_its_words(sent):
    said = state(visits.enter(sent.kari), sent.kari)

    assert (said["version"], said["digest"]) == (1, sent.version.digest)
    assert said["state"] == "signing"
    assert set(said) == {
        *("version", "digest", "state", "deadline", "people", "threads", "sealed", "tag"),
    }
    for words in ("Hosting", "Nordmann", "example"):
        assert words not in json.dumps(said)


def test_whoever_knows_it_is_told_so_without_a_body(sent):
    client = visits.enter(sent.kari)
    tag = state(client, sent.kari)["tag"]
    same = ask(client, sent.kari, tag)

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", f'"{tag}"')
    assert same["Cache-Control"] == "no-store, private"
    assert ask(client, sent.kari, "another").status_code == 200
    weak = client.get(page("state", sent.kari), headers={"If-None-Match": f'"a", W/"{tag}"'})
    assert weak.status_code == 304


def test_the_page_carries_the_state_that_it_shows(sent):
    client = visits.enter(sent.kari)
    answer = client.get(page("contract", sent.kari))

    assert json.loads(answer.context["state"]) == state(client, sent.kari)
    [followed] = [one for one in markup.read(answer.content).all("main") if "data-state" in one]
    assert followed["data-ends"] == SigningSession.objects.get().expires_at.isoformat()


def test_each_thing_that_its_reader_sees_moves_it(answered):
    client = visits.enter(answered.kari)
    moved = {
        "signed": lambda: signatures.sign(answered.ola),
        "said": lambda: talk(answered),
        "resolved": lambda: contracts.resolve(talk(answered), by=answered.owner),
        "revised": lambda: stages.revise(answered),
        "withdrawn": lambda: contracts.withdraw(answered.contract, "Late.", by=answered.owner),
    }
    seen = [state(client, answered.kari)["tag"]]
    for act in moved.values():
        act()
        seen.append(state(client, answered.kari)["tag"])

    assert len(set(seen)) == len(moved) + 1


def test_the_seal_and_what_completes_it_move_it_and_whoever_signed_follows_until_then(
    answered, section, tmp_path
):
    section("SEALING", LEVEL="B-LTA", TIMESTAMP="http://x.example/", TIMESTAMP_TRUST=[tmp_path])
    signatures.sign_all(answered)
    client, seen, followed = visits.enter(answered.kari), [], []
    for generation, lacks in ((0, ""), (1, "time"), (2, "")):
        if generation:
            stages.kept(answered.version, generation, lacks)
        said = state(client, answered.kari)
        seen.append((said["sealed"], said["tag"]))
        [main] = markup.read(client.get(page("done", answered.kari)).content).all("main")
        followed.append(main.get("data-page"))

    assert [number for number, _tag in seen] == [0, 1, 2]
    assert len({tag for _number, tag in seen}) == 3
    assert followed == [page("done", answered.kari)] * 2 + [None]


def test_suggestions_and_agreements_move_it_too(in_review):
    client, version = visits.enter(in_review.ola), in_review.version
    seen = [state(client, in_review.ola)["tag"]]
    made = suggestions.suggest(in_review, suggestions.clause(version, "Also on Sundays."))
    seen.append(state(client, in_review.ola)["tag"])
    contracts.dismiss(made, by=in_review.owner)
    seen.append(state(client, in_review.ola)["tag"])
    contracts.agree_in_review(in_review.kari, version.digest, by=builders.guest(in_review.kari))
    seen.append(state(client, in_review.ola)["tag"])

    assert len(set(seen)) == 4


def test_what_the_other_side_keeps_to_itself_changes_no_byte(in_review):
    kari, client = in_review.kari, visits.enter(in_review.kari)
    before, shown = ask(client, kari).content, client.get(page("contract", kari))
    own = talk(in_review, side=in_review.ola.party)
    contracts.reply(own, SECRET, by=in_review.owner)
    contracts.resolve(own, by=in_review.owner)

    after = client.get(page("contract", kari))
    assert ask(client, kari).content == before
    assert after.context["state"] == shown.context["state"]
    assert SECRET not in after.content.decode()
    talk(in_review, side=None)
    assert ask(client, kari).content != before


def test_what_the_counterparty_keeps_to_itself_changes_nothing_of_ours(in_review, client):
    client.force_login(in_review.sender)
    path = address("state", in_review.contract)
    before = client.get(path).content
    talk(in_review, in_review.kari, side=in_review.kari.party)
    assert client.get(path).content == before
    talk(in_review, in_review.kari)
    assert client.get(path).content != before


def test_what_somebody_is_filling_in_is_not_told_and_what_they_gave_is(sent):
    kari = visits.enter(sent.kari)
    ola = visits.enter(sent.ola)
    before = state(ola, sent.ola)
    form = {**visits.shown(sent.kari), **visits.TYPED}
    assert kari.post(page("answers", sent.kari), {**form, "do": "save"}).status_code == 303

    assert state(ola, sent.ola) == before
    visits.answer(kari, sent.kari)
    assert state(ola, sent.ola)["version"] == 2


def test_it_is_cheap_and_writes_nothing(answered):
    client = visits.enter(answered.kari)
    talk(answered)
    signatures.sign(answered.ola)
    with tables.unchanged(), CaptureQueriesContext(connection) as queries:
        assert ask(client, answered.kari).status_code == 200

    assert len(queries) <= 4, "\n".join(query["sql"][:160] for query in queries)
    assert not any("FOR UPDATE" in query["sql"] for query in queries)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_strangers_and_ended_sessions_are_answered_as_if_there_was_nothing(sent):
    client = visits.enter(sent.kari)
    assert ask(client, sent.ola).status_code == 404
    assert ask(Client(), sent.kari).content == ask(client, sent.ola).content
    assert ask(client, sent.kari).status_code == 200
    SigningSession.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask(client, sent.kari).status_code == 404


def test_the_overview_has_its_own_for_whoever_may_view_it(sent, client):
    path = address("state", sent.contract)
    client.force_login(builders.staff("eli", builders.workspace("elsewhere")))
    assert client.get(path).status_code == 404
    client.force_login(sent.sender)
    first = client.get(path)
    with tables.unchanged(), CaptureQueriesContext(connection) as queries:
        same = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, same.status_code, same.content) == (200, 304, b"")
    signatures_before = first.json()["events"]
    visits.answer(visits.enter(sent.kari), sent.kari)
    assert client.get(path).json()["events"] != signatures_before
    overview = client.get(address("inspect", sent.contract))
    assert json.loads(overview.context["state"]) == client.get(path).json()
    assert len(queries) <= 14, "\n".join(query["sql"][:160] for query in queries)


def test_a_superuser_who_follows_leaves_no_trace_but_for_looking(sent, client, admin_user):
    client.force_login(admin_user)
    path, page_of = address("state", sent.contract), address("inspect", sent.contract)
    assert client.get(page_of).status_code == 200
    tag = client.get(path)["ETag"]
    with tables.unchanged():
        assert client.get(path).status_code == 200
    client.get(page_of)  # another superuser's page follows: that is recorded, and moves nothing
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("since", ["1", "2", "9", "²", "x", "9" * 4000])
def test_an_open_page_is_told_of_a_newer_version_than_it_shows(sent, since):
    client = visits.enter(sent.kari)
    stages.revise(sent)
    assert ContractVersion.objects.count() == 2
    words = client.get(f"{page('contract', sent.kari)}?since={since}").content.decode()

    assert ("Version 2 came just now</h2>" in words) is (since == "1")
