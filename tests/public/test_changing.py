"""What changed: since what, why, and whose signature lapsed."""

import pytest

from tests import signatures
from tests.public import markup, stages, visits
from tests.public.visits import page


def text(client, participant, query=""):
    """What the page says."""
    answer = client.get(f"{page('changes', participant)}{query}")
    assert answer.status_code == 200
    return " ".join(markup.read(answer.content).text.split())


def test_the_comparison_is_with_the_version_that_was_looked_at(sent):
    client = visits.enter(sent.kari)
    stages.revise(sent, reason="The year is over.")
    words = text(client, sent.kari)

    assert "1 change since you looked on" in words
    assert "from version 1 to version 2" in words
    assert "removed: 2027" in words
    assert "added: 2028" in words
    assert "The year is over." in words
    assert "Go on with version 2" in words


def test_looking_at_the_newest_does_not_hide_what_changed(sent):
    client = visits.enter(sent.kari)
    stages.revise(sent)
    client.post(page("contract", sent.kari), visits.shown(sent.kari))

    assert "from version 1 to version 2" in text(client, sent.kari)


def test_a_lapsed_signature_is_named_and_is_what_to_compare_with(answered):
    client = visits.enter(answered.kari)
    signatures.sign(answered.kari)
    for title in ("Hosting 2028", "Hosting 2029"):
        stages.revise(answered, title)
        client.post(page("contract", answered.kari), visits.shown(answered.kari))
    words = text(client, answered.kari)

    assert "Your signature on version 2 no longer counts" in words
    assert "from version 2 (with answers) to version 4" in words or "version 2 (your" in words
    assert "If you do nothing, you are not bound." in words


def test_a_mail_about_it_leads_here(answered):
    client = visits.enter(answered.kari)
    stages.revise(answered)
    answer = client.post(f"{visits.landing(answered.kari)}?to=changes", follow=True)

    assert answer.redirect_chain == [(page("changes", answered.kari), 303)]
    assert "1 change since you looked" in " ".join(markup.read(answer.content).text.split())


def test_older_versions_can_be_chosen(sent):
    client = visits.enter(sent.kari)
    for title in ("Hosting 2028", "Hosting 2029"):
        stages.revise(sent, title)
        client.post(page("contract", sent.kari), visits.shown(sent.kari))

    assert "from version 2 to version 3" in text(client, sent.kari)
    assert "from version 1 to version 3" in text(client, sent.kari, "?from=1")
    assert "Before" in text(client, sent.kari, "?from=1&view=two")


@pytest.mark.parametrize("asked", ["9" * 5000, "0", "-1", "²", "one", "1&from=7"])
def test_a_number_of_no_version_is_the_usual_comparison(answered, asked):
    client = visits.enter(answered.kari)
    assert client.get(f"{page('changes', answered.kari)}?from={asked}").status_code == 200


def test_whoever_has_seen_one_version_has_nothing_to_compare(sent):
    assert "There is nothing to compare" in text(visits.enter(sent.kari), sent.kari)


def test_going_on_records_that_the_version_was_shown(sent):
    client = visits.enter(sent.kari)
    stages.revise(sent)
    answer = client.post(page("contract", sent.kari), visits.shown(sent.kari))

    assert answer["Location"] == page("contract", sent.kari)
    assert "is new since" not in client.get(page("contract", sent.kari)).content.decode()
