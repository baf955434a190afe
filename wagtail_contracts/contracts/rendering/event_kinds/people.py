"""Events about people and what they say to each other: what each holds, and its sentence."""

from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit import kinds

VERSION = {"version": int, "digest": str}
PARTICIPANT = {"participant": str}
SUGGESTED = {"suggestion": str, "block": str, "kind": str, "proposal": str}
THREAD = {"thread": str, "block": str, "kind": str}
PERSON = {"person": str, "party": str, "role": str, "version": int, "digest": str}
REQUEST = {"request": str, "participant": str}

kinds.declare(events.PERSON_ADDED, gettext_lazy("%(who)s let %(person)s in"), PERSON)
kinds.declare(
    events.PERSON_FORWARDED,
    gettext_lazy("%(who)s forwarded the contract; %(person)s signs instead"),
    {**PERSON, "instead_of": str},
)
kinds.declare(
    events.PERSON_REPLACED,
    gettext_lazy("%(who)s replaced a person by %(person)s"),
    {**PERSON, "instead_of": str},
)
kinds.declare(events.ACCESS_REVOKED, gettext_lazy("%(who)s ended the access of %(person)s"), PERSON)
kinds.declare(events.REQUEST_MADE, gettext_lazy("%(who)s asked for another signatory"), REQUEST)
kinds.declare(
    events.REQUEST_ACCEPTED, gettext_lazy("%(who)s agreed to whom %(person)s asked for"), REQUEST
)
kinds.declare(
    events.REQUEST_REFUSED,
    gettext_lazy("%(who)s did not agree to whom %(person)s asked for"),
    REQUEST,
)
kinds.declare(
    events.OPENING_CHANGED,
    gettext_lazy("%(who)s changed when signing opens"),
    {"when_agreed": bool},
)
kinds.declare(
    events.AGREEMENT_GIVEN,
    gettext_lazy("%(who)s agrees to version %(version)s"),
    {**VERSION, **PARTICIPANT},
)
kinds.declare(events.THREAD_BEGUN, gettext_lazy("%(who)s began to talk about it"), THREAD)
kinds.declare(events.COMMENT_MADE, gettext_lazy("%(who)s wrote a comment"), {**THREAD, "text": str})
kinds.declare(
    events.SUGGESTION_MADE,
    gettext_lazy("%(who)s suggested a change"),
    {**SUGGESTED, "version": int},
)
kinds.declare(
    events.SUGGESTION_ACCEPTED,
    gettext_lazy("%(who)s accepted a suggestion"),
    {**SUGGESTED, "version": int},
)
kinds.declare(
    events.SUGGESTION_DISMISSED,
    gettext_lazy("%(who)s dismissed a suggestion"),
    SUGGESTED,
    optional={"answer": str},
)
kinds.declare(
    events.ALTERNATIVE_CHOSEN,
    gettext_lazy("%(who)s chose another wording"),
    {"version": int, "block": str, "content": str},
)
kinds.declare(
    events.THREAD_RESOLVED, gettext_lazy("%(who)s resolved what was talked about"), THREAD
)
kinds.declare(
    events.THREAD_REOPENED, gettext_lazy("%(who)s took up again what was resolved"), THREAD
)
kinds.declare(
    events.ASIDE_NOTED,
    gettext_lazy("%(who)s wrote or settled something among us"),
    {**THREAD, "act": str},
    optional={"text": str},
)
kinds.declare(
    events.PARTICIPANT_REMINDED,
    gettext_lazy("%(who)s reminded %(person)s"),
    {**VERSION, **PARTICIPANT},
)
