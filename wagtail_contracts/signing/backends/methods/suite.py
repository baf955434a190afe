"""What every means of identification has to keep: a suite for the tests of those who write one.

Mix it into a TestCase and say what is tried:

    class TestMyBankID(MethodSuite, TestCase):
        def means(self) -> Method:
            return MyBankID("my_bankid", **OPTIONS)

Of a means elsewhere say also how a person logs in there, in `comes_back`. What is asked of rows is
asked of `person` and `stranger`, which need not be stored.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from wagtail_contracts.contracts.models import ContractVersion, Participant, Party
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing.backends.methods.base import (
    AwayMethod,
    CodeMethod,
    Leaving,
    Method,
    Onward,
)
from wagtail_contracts.signing.conf import KEY
from wagtail_contracts.signing.core import levels, shown
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.models import Purpose

KINDS = (shown.LINK, shown.CODE, shown.DEVICE, shown.HOST, shown.AWAY)


class MethodSuite:
    """Mix it into a TestCase; `means` makes what is tried."""

    def means(self) -> Method:
        """The means as the settings would make it."""
        raise NotImplementedError("Say which means is tried.")

    def comes_back(self, address: str) -> Mapping[str, Any]:
        """The parameters of the answer after `person` has logged in at this address."""
        raise NotImplementedError("Say how a person logs in there.")

    def person(self) -> Participant:
        """Somebody who has all that the means needs."""
        return Participant(
            public_id="A" * 22,
            party=Party(name="Example"),
            name="Kari Nordmann",
            email="kari@customer.example",
            phone="+4790012345",
            user_id=1,
        )

    def stranger(self) -> Participant:
        """Somebody who has nothing of it."""
        return Participant(public_id="B" * 22, party=Party(name="Example"), name="Per Nordmann")

    def leaving(self) -> Leaving:
        """`person` on the way to sign."""
        return Leaving(
            participant=self.person(),
            version=ContractVersion(number=1, digest=secrets.token_hex(32)),
            purpose=Purpose.SIGNING,
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            redirect="https://contracts.example/c/return/example/",
            language="en",
        )

    def test_it_has_a_key_that_settings_and_tables_take(self: Any) -> None:
        """Lower-case letters, digits and _, at most 32."""
        self.assertRegex(self.means().key, KEY)

    def test_people_are_told_what_it_is_in_every_language(self: Any) -> None:
        """In a list and after a verb."""
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found = self.means()
                self.assertTrue(str(found.name).strip(), language)
                self.assertTrue(str(found.how).strip(), language)

    def test_it_says_how_it_is_done_and_what_for(self: Any) -> None:
        """A known kind, and purposes that there are."""
        found = self.means()
        self.assertIn(found.kind, KINDS)
        self.assertTrue(set(found.purposes) and set(found.purposes) <= set(Purpose.values))
        self.assertEqual(found.faults(), [])

    def test_it_says_what_is_missing(self: Any) -> None:
        """Nothing of a person who has all, something of a stranger where a code is sent."""
        found = self.means()
        self.assertEqual(found.missing(self.person()), "")
        if isinstance(found, CodeMethod):
            self.assertTrue(found.missing(self.stranger()))

    def test_where_a_code_goes_is_shown_to_nobody_else(self: Any) -> None:
        """The mask has less than half of the address."""
        found, person = self.means(), self.person()
        if isinstance(found, CodeMethod):
            self.assertNotIn(found.contact(person), found.masked(person))
            self.assertTrue(found.masked(person))

    def test_it_leads_elsewhere_by_an_address_without_the_secrets(self: Any) -> None:
        """The verifier stays here (RFC 7636, section 1.1)."""
        found, leaving = self.means(), self.leaving()
        if isinstance(found, AwayMethod):
            address = found.begin(leaving)
            self.assertIn(urlsplit(address).scheme, ("http", "https"))
            self.assertNotIn(leaving.verifier, address)

    def test_what_it_shows_has_the_form_of_all_and_keeps_no_secret(self: Any) -> None:
        """Its own key, the kind, and nothing that could be used once more."""
        found, leaving = self.means(), self.leaving()
        if not isinstance(found, AwayMethod):
            return
        told = found.finish(leaving, self.comes_back(found.begin(leaving)))
        if isinstance(told, Onward):
            return
        self.assertEqual((told.method, told.kind), (found.key, shown.AWAY))
        self.assertEqual(shown.read(told.written()), told)
        for secret in (leaving.state, leaving.verifier):
            self.assertNotIn(secret, told.written())

    def test_the_answer_to_somebody_else_is_refused(self: Any) -> None:
        """What was shown on another way, for another version, shows nothing on this one."""
        found, mine, other = self.means(), self.leaving(), self.leaving()
        if isinstance(found, AwayMethod):
            answer = self.comes_back(found.begin(other))
            found.begin(mine)
            with self.assertRaises(Refusal):
                found.finish(mine, answer)

    def test_settings_lower_its_level_and_never_raise_it(self: Any) -> None:
        """Whatever the table says of it."""
        found = self.means()
        told = Shown(method=found.key, kind=found.kind, answer="answer", acr="high")
        for wanted in levels.ORDER:
            given = levels.level(told, {found.key: wanted})
            self.assertLessEqual(levels.ORDER.index(given), levels.ORDER.index(wanted))
            self.assertLessEqual(
                levels.ORDER.index(given), levels.ORDER.index(levels.ceiling(told))
            )
