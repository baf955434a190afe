"""Who works at Eksempel AS: for the demo data, the front page and the terminal."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

PASSWORD = "eksempel-2026"


class Person(NamedTuple):
    """A member of staff: the name, the work, the groups that allow it, the admin's language.

    Not everybody enters the admin.
    """

    first: str
    last: str
    does: Any  # translated when it is shown
    groups: tuple[str, ...] = ()
    language: str = "en"
    enters: bool = True


STAFF = {
    "ola": Person(
        "Ola",
        "Nordmann",
        _("makes, sends and signs the contracts of the sales team, with one-time codes"),
        ("Salg",),
    ),
    "hanna": Person(
        "Hanna",
        "Holm",
        _("leads the sales team: the same, by codes in her mail; may unlock a locked block"),
        ("Salg", "Salgsledelse"),
    ),
    "frode": Person(
        "Frode",
        "Finans",
        _("approves what is dear in the sales team, before it is sent"),
        ("Økonomi",),
    ),
    "redaktor": Person("Randi", "Redaktør", _("builds the templates of all teams"), ("Maler",)),
    "siri": Person(
        "Siri",
        "Strand",
        _("makes, sends and signs employment agreements, in Norwegian; runs the people workspace"),
        ("Personal",),
        "nb",
    ),
    "mona": Person(
        "Mona",
        "Moe",
        _("builds the templates of the property team, and makes, sends and signs leases"),
        ("Eiendom",),
    ),
    "revisor": Person(
        "Reidar",
        "Revisor",
        _("reads the contracts of the sales team, and no others"),
        ("Revisjon",),
    ),
    "vidar": Person(
        "Vidar",
        "Vang",
        _("has no access to the admin: signs what he is named in under My contracts"),
        ("Ansatte",),
        "nb",
        enters=False,
    ),
    "admin": Person("Astrid", "Admin", _("is superuser: everything, and each look is recorded")),
}
