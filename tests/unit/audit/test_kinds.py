"""Declaring kinds of events."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from wagtail_contracts import events
from wagtail_contracts.audit import kinds

TOPICS = {name for key, name in vars(events).items() if key.endswith("_DUE")}


@pytest.fixture(autouse=True)
def _own(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))


def test_every_event_of_the_house_is_declared_and_told_in_every_language():
    named = {name for key, name in vars(events).items() if key.isupper()} - TOPICS
    declared = {kind.name: kind for kind in kinds.declared()}
    assert named <= set(declared)
    for name in named:
        with translation.override("en"):
            english = str(declared[name].sentence)
        for language in ("nb", "nn"):
            with translation.override(language):
                assert str(declared[name].sentence) != english, name


def test_a_kind_is_declared_once():
    made = kinds.declare("box.opened", "%(who)s opened it", {"box": int})
    assert kinds.find("box.opened") == made
    with pytest.raises(ImproperlyConfigured, match="twice"):
        kinds.declare("box.opened", "%(who)s opened it again")
    assert kinds.find("box.opened") == made


def test_a_kind_that_was_declared_is_explained_once():
    kinds.declare("box.opened", "%(who)s opened it", known=lambda event: {"box": 7})
    kinds.explain("box.opened", known=lambda event: {}, named=lambda found: {})
    assert kinds.find("box.opened").known(None) == {"box": 7}
    with pytest.raises(ImproperlyConfigured, match=r"box\.opened is explained twice"):
        kinds.explain("box.opened", named=lambda found: {})
    with pytest.raises(ImproperlyConfigured, match=r"box\.lost .*nobody declared"):
        kinds.explain("box.lost")


@pytest.mark.parametrize("name", ["opened", "Box.opened", "box.opened.again", "b" * 60 + ".open"])
def test_a_name_is_a_noun_and_what_was_done(name):
    with pytest.raises(ImproperlyConfigured, match="no name of an event"):
        kinds.declare(name, "")
    assert kinds.declare("b" * 59 + ".open", "")


def test_a_type_that_no_record_holds_is_refused():
    with pytest.raises(ImproperlyConfigured, match=r"box\.weighed: .*float"):
        kinds.declare("box.weighed", "", {"kilograms": float})
    assert kinds.declare("box.weighed", "", {"kilograms": str})


def test_a_sentence_lacks_no_word_and_a_kind_that_is_gone_goes_by_its_name():
    kinds.declare("box.opened", "%(who)s opened %(box)s")
    assert kinds.told("box.opened", {"who": "Kari", "box": 7}) == "Kari opened 7"
    assert kinds.told("box.opened", {"who": "Kari"}) == "Kari opened …"
    assert kinds.told("box.lost", {}) == "box.lost"
    assert kinds.told("box.opened", {"who": "Kari"}, "%(who)s looked in") == "Kari looked in"
