"""The mails to the site's administrators: somebody reports abuse, or there is a burst.

Plain text. Of a contract it says the number and where it is, never the title.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Participant, person_name, sender_name
from wagtail_contracts.contracts.rendering.addresses import host
from wagtail_contracts.contracts.rendering.days import short_moment
from wagtail_contracts.signing.core.lines import plain
from wagtail_contracts.signing.rendering.mail import FOLDER, overview

UNKNOWN, FRAUD, OTHER = "unknown", "fraud", "other"
KINDS = (
    (UNKNOWN, gettext_lazy("I don’t know the sender, or expected nothing")),
    (FRAUD, gettext_lazy("I think that this is a fraud")),
    (OTHER, gettext_lazy("Something else is wrong")),
)


def alert(event: Event, recipients: Sequence[str], *, identity: str) -> EmailMessage:
    """The mail about an event of the trail of abuse; `identity` is the outbox message's id."""
    subject, lines = MAILS[event.name](event)
    email = event.disclosures.get("email", "")
    context = {"lines": lines, "at": short_moment(event.at), "host": host()}
    name = host().partition(":")[0] or "localhost"
    return EmailMessage(
        subject=plain(subject),
        body=render_to_string(f"{FOLDER}/alert.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(recipients),
        reply_to=[email] if email else None,
        headers={"Message-ID": f"<{identity}@{name}>", "Auto-Submitted": "auto-generated"},
    )


def _report(event: Event) -> tuple[str, list[str]]:
    """What somebody reports; their words in one line each, so that they can't look like ours."""
    told = event.disclosures
    lines = [_("Somebody reports: %s.") % dict(KINDS).get(event.data["kind"], "")]
    lines += _contract(event.data["participant"])
    labels = {
        "words": _("They write: “%s”"),
        "about": _("It is about: “%s”"),
        "email": _("They can be reached at this address: %s"),
        "network": _("It came from this network address: %s"),
    }
    lines += [words % plain(told[kind]) for kind, words in labels.items() if told.get(kind)]
    lines.append(_("Nothing was stopped by that. Look into it, and end it where it must end."))
    return _("Abuse reported on %s") % host(), lines


def _contract(public_id: str) -> list[str]:
    people = Participant.objects.select_related("party__contract__owner")
    person = people.filter(public_id=public_id).first()
    if person is None:
        return [_("They did not come by a link of ours, so no contract is known.")]
    contract = person.party.contract
    words = {"number": contract.number, "sender": plain(sender_name(contract))}
    return [_("They had a link to %(number)s, sent by %(sender)s.") % words, overview(contract)]


def _burst(event: Event) -> tuple[str, list[str]]:
    words = {"count": event.data["count"], "who": _user(event.data["key"])}
    line = _lines(event.data["count"])[event.data["cause"]] % words
    more = _("Is that not meant to be? Then somebody may have taken over an account.")
    again = _("You are told of the same once an hour as long as it goes on.")
    return _("Unusual activity on %s") % host(), [line, more, again]


def _lines(count: int) -> dict[str, str]:
    """What is said of each cause."""
    return {
        "sendings": ngettext(
            "%(who)s has sent %(count)d contract within an hour.",
            "%(who)s has sent %(count)d contracts within an hour.",
            count,
        ),
        "wrong_codes": ngettext(
            "%(count)d wrong code was typed in within an hour.",
            "%(count)d wrong codes were typed in within an hour.",
            count,
        ),
        "requests": ngettext(
            "%(count)d lost link was asked for, or report sent, within an hour.",
            "%(count)d lost links were asked for, or reports sent, within an hour.",
            count,
        ),
        "quota": _quota(count),
    }


def _quota(count: int) -> str:
    return ngettext(
        "A sending of %(who)s was refused: more than %(count)d person would have got contracts "
        "within a day.",
        "A sending of %(who)s was refused: more than %(count)d people would have got contracts "
        "within a day.",
        count,
    )


def _user(key: str) -> str:
    found = get_user_model()._default_manager.filter(pk=key).first() if key else None
    return plain(person_name(found)) if found else ""


MAILS = {events.ABUSE_REPORTED: _report, events.BURST_NOTICED: _burst}
