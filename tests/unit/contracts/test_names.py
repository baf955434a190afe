"""What people are called, by their colleagues and by other parties."""

from types import SimpleNamespace

from django.contrib.auth import get_user_model

from wagtail_contracts.contracts.models import person_name, sender_name
from wagtail_contracts.contracts.rendering.happened import told


def owned_by(**names):
    user = get_user_model()(username="okn", **names)
    return SimpleNamespace(owner=user, workspace=SimpleNamespace(name="Sales"))


def test_colleagues_go_by_their_names_and_else_by_their_accounts():
    assert person_name(owned_by(first_name="Ola", last_name="Nordmann").owner) == "Ola Nordmann"
    assert person_name(owned_by().owner) == "okn"


def test_other_parties_never_read_what_an_account_is_called():
    assert sender_name(owned_by(first_name="Ola", last_name="Nordmann")) == "Ola Nordmann"
    assert sender_name(owned_by()) == "Sales"


def test_an_event_is_told_even_where_a_word_is_gone():
    by = {"actor_kind": "user", "actor_key": "7", "commitments": {"label": "c"}}
    event = SimpleNamespace(name="a.b", disclosures={"label": "Ola", "reason": "too late"}, **by)
    words = "%(who)s gave %(right)s to %(member)s"
    said = told(event, {"a.b": "key"}, {"right": "edit"}, {}, words)
    assert said == ("key", "Ola gave edit to …", "too late")
    assert told(event, {}, {}, {}).words == "a.b"
