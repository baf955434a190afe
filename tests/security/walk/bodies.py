"""What a browser would post at each door, for an object as it is: whoever may succeeds with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from tests import builders, uploads
from tests.admin import posts, wizard
from tests.public import visits
from tests.security.walk.world import SEARCH, World
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.blocks.clauses import INLINE, TEXT
from wagtail_contracts.contracts.models import Contract, Participant, Workspace

Body = dict[str, Any]
CONTRACT = "wagtail_contracts_contract:"
CATALOGUE = "wagtail_contracts_catalogue:"
LATER = str(timezone.now().date() + timedelta(days=90))


def query(key: str, world: World) -> str:
    """What stands behind the question mark of some addresses."""
    people = world.people
    return {
        "wagtail_contracts_workspace:end_rule": f"?rule={world.rest['rule'].pk}",
        "wagtail_contracts_workspace:mark": f"?folder={world.rest['folder'].pk}",
        "wagtail_contracts_hand_over": f"?leaver={people['owner'].pk}&to={people['view'].pk}",
        "wagtail_contracts_search": f"?q={SEARCH}",
        "wagtail_contracts_search_results": f"?q={SEARCH}",
        f"{CONTRACT}add": f"?template={world.template.pk}",
        f"{CATALOGUE}add": f"?workspace={world.workspace.pk}",
        f"{CATALOGUE}pick": "?currency=NOK",
        f"{CATALOGUE}fill": f"?workspace={world.workspace.pk}",
        f"{CHOOSER}chosen_multiple": f"?id={world.contracts['signing'].pk}",
        f"{SETS}chosen_multiple": f"?id={world.rest['set'].pk}",
        f"{CLAUSES}chosen_multiple": f"?id={world.rest['clause'].pk}",
    }.get(key, "")


def body(key: str, world: World, state: str = "") -> Body:
    """The form that this door shows, filled in."""
    if key in ABOUT:
        return ABOUT[key](world.contracts[state or "signing"], world)
    return OTHERS.get(key, lambda world: {})(world)


def _edit(contract: Contract, world: World) -> Body:
    return posts.edit(contract, title=f"QzxmarkcEdited {contract.pk}")


def _send(contract: Contract, world: World) -> Body:
    shown = {"digest": builders.shown(contract), "recipients": builders.recipients(contract)}
    return {**shown, "into": "signing", "deadline": LATER}


def _revise(contract: Contract, world: World) -> Body:
    return {"digest": builders.shown(contract), "reason": "QzxmarkcWhy"}


def _ask(contract: Contract, world: World) -> Body:
    return {"digest": builders.shown(contract), "note": "QzxmarkcWhy"}


def _approve(contract: Contract, world: World) -> Body:
    return {"digest": builders.shown(contract), "do": "approve", "reason": ""}


def _suggest(contract: Contract, world: World) -> Body:
    version = contract.current_version
    words = {"kind": "wording", "heading": "QzxmarkcNew", "content": "QzxmarkcWords", "do": "send"}
    return {"digest": version.digest if version else "", **words}


def _rule(world: World) -> Body:
    who = f"person:{world.people['approve'].pk}"
    return {"name": "QzxmarkMore", "party": "QzxmarkNobody", "step_1": who, "do": "make"}


def _unlock(contract: Contract, world: World) -> Body:
    return {"block": contract.outline[0]["id"], "reason": "QzxmarkcWhy"}


def _person(contract: Contract, world: World) -> Body:
    found = Participant.objects.filter(party__contract=contract, party__role="customer")
    return {"participant": found.order_by("pk")[0].public_id}


def _replace(contract: Contract, world: World) -> Body:
    named = {"name": "QzxmarkcPer", "email": "per@qzxmarkc.example", "reason": "QzxmarkcWhy"}
    return {**_person(contract, world), **named}


def _add(contract: Contract, world: World) -> Body:
    party = contract.parties.get(role="customer").public_id
    return {"party": party, "role": "reader", "name": "QzxmarkcPer", "email": "per@x.example"}


def _forward(contract: Contract, world: World) -> Body:
    named = {"name": "QzxmarkcPer", "email": "per@qzxmarkc.example", "todo": "read"}
    return {**_sign(contract, world), **named}


def _oneself(contract: Contract, world: World) -> Body:
    return {"person": _person(contract, world)["participant"], "reason": "QzxmarkcWhy"}


def _sign(contract: Contract, world: World) -> Body:
    version = contract.current_version
    return {"digest": version.digest if version else "", "name": "Owner Nordmann"}


def _answers(contract: Contract, world: World) -> Body:
    return {**_sign(contract, world), **visits.TYPED, "a-until": "", "do": "review"}


def _decline(contract: Contract, world: World) -> Body:
    return {**_sign(contract, world), "kind": "price", "reason": "QzxmarkcToo much"}


def _comment(contract: Contract, world: World) -> Body:
    return {"begin": "new", "text-new": "QzxmarkcSaid", "side-new": "own"}


def _parties(contract: Contract, world: World) -> Body:
    typed = wizard.parties(world.people["owner"], **{"party-customer-name": "QzxmarkcNew"})
    return {**typed, "shown": contracts.parties_digest(contract)}


def _details(contract: Contract, world: World) -> Body:
    typed = wizard.details(title="QzxmarkcNew", deadline=LATER)
    return {**typed, "shown": contracts.details_digest(contract)}


def _workspace(world: World, **changes: str) -> Body:
    fields = {field.name for field in Workspace._meta.fields} - {"id", "factor_verbs"}
    return {name: getattr(world.workspace, name) or "" for name in fields} | changes


def _more(world: World) -> Body:
    return _workspace(world, name="QzxmarkMore", slug="more", code="MORE")


def _item(world: World, **changes: str) -> Body:
    usual = {"sku": "QZXMARK-2", "name": "QzxmarkMore", "description": "", "unit": "", "price": "2"}
    return {
        "workspace": world.workspace.pk,
        **usual,
        "currency": "NOK",
        "vat": "25",
        "period": "once",
        **changes,
    }


def _set(world: World, **changes: str) -> Body:
    place = "fields-0"
    head = {"deleted": "", "order": "0", "type": "text", "id": "", "value-label": "More"}
    value = {"key": "", "role": "customer", "help": "", "max_length": "200", "default": ""}
    posted = {**head, **{f"value-{name}": part for name, part in value.items()}}
    return {
        "name": "More",
        "workspace": world.workspace.pk,
        "fields-count": "1",
        **{f"{place}-{name}": part for name, part in posted.items()},
        **changes,
    }


def _filling(world: World) -> Body:
    text = "sku,name,price,currency,vat\nQZXMARK-3,QzxmarkNew,3,NOK,25\n"
    return {"workspace": world.workspace.pk, "text": text, "do": "fill"}


def _offer(world: World) -> Body:
    served = world.rest["service"]
    who = {"template": served.template_id, "owner": served.owner_id, "signatory": ""}
    return {**who, "slug": served.slug, "deadline_days": 14, "ceiling": 50}


LINK = {"external-link-chooser-url": "https://x.example/", "external-link-chooser-link_text": "x"}
STREAMS = ("roles", "fields", "body")


def _page(world: World) -> Body:
    """The form of a template page, as if all of its streams were emptied."""
    streams = {f"{name}-count": "0" for name in STREAMS}
    remarks = posts.management("comments", 0)
    began = {basis.BASIS: posts.page_began(world.template)}
    return {"title": "Emptied", "slug": "emptied", "language": "", **streams, **remarks, **began}


def _copy(world: World) -> Body:
    where = {"new_parent_page": str(world.index.pk)}
    return {"new_title": "Copied", "new_slug": "copied", **where}


def _clause(world: World, **changes: str) -> Body:
    words = {"heading": rich_text("More", features=INLINE), "text": rich_text("", features=TEXT)}
    return {"name": "More", "workspace": world.workspace.pk, **words, **changes}


CHOOSER = "wagtailsnippetchoosers_wagtail_contracts_contract:"
CLAUSES = "wagtailsnippetchoosers_wagtail_contracts_libraryclause:"
SETS = "wagtailsnippetchoosers_wagtail_contracts_fieldset:"
ABOUT: dict[str, Callable[[Contract, World], Body]] = {
    f"{CONTRACT}edit": _edit,
    f"{CONTRACT}revisions_revert": _edit,
    f"{CONTRACT}preview_on_edit": _edit,
    f"{CONTRACT}parties": _parties,
    f"{CONTRACT}details": _details,
    f"{CONTRACT}send": _send,
    f"{CONTRACT}revise": _revise,
    f"{CONTRACT}ask_approval": _ask,
    f"{CONTRACT}approve": _approve,
    f"{CONTRACT}answer_approver": lambda contract, world: {"words": "QzxmarkcWhy"},
    f"{CONTRACT}reopen": lambda contract, world: {"reason": "QzxmarkcWhy"},
    f"{CONTRACT}withdraw": lambda contract, world: {"reason": "QzxmarkcWhy"},
    f"{CONTRACT}unlock_block": _unlock,
    f"{CONTRACT}confidential": lambda contract, world: {"way": "identify"},
    f"{CONTRACT}extend": lambda contract, world: {"deadline": LATER},
    f"{CONTRACT}remind": _person,
    f"{CONTRACT}reissue": _person,
    f"{CONTRACT}replace_person": _replace,
    f"{CONTRACT}add_person": _add,
    f"{CONTRACT}revoke_access": _replace,
    f"{CONTRACT}answer_person": lambda contract, world: {"answer": "accept"},
    f"{CONTRACT}opening": lambda contract, world: {"opens": "on"},
    f"{CONTRACT}copy_link": _person,
    f"{CONTRACT}sign_in_person": _person,
    f"{CONTRACT}sign": _sign,
    f"{CONTRACT}threads": _comment,
    "wagtail_contracts:answers": _answers,
    "wagtail_contracts:sign": _sign,
    "wagtail_contracts:decline": _decline,
    "wagtail_contracts:agree": _sign,
    "wagtail_contracts:witness": _sign,
    "wagtail_contracts:forward": _forward,
    "wagtail_contracts:people": _oneself,
    "wagtail_contracts:threads": _comment,
    "wagtail_contracts:suggest": _suggest,
    "wagtail_contracts:contract": _sign,
}
OTHERS: dict[str, Callable[[World], Body]] = {
    "wagtail_contracts_workspace:add": _more,
    "wagtail_contracts_workspace:new_rule": _rule,
    "wagtail_contracts_workspace:mark": lambda world: {"name": "QzxmarkFolder"},
    "wagtail_contracts_workspace:end_rule": lambda world: {"rule": world.rest["rule"].pk},
    f"{CATALOGUE}add": _item,
    f"{CATALOGUE}edit": lambda world: _item(world, sku="QZXMARK-1"),
    f"{CATALOGUE}fill": _filling,
    "wagtail_contracts_field_set:add": _set,
    "wagtail_contracts_library:add": _clause,
    "wagtail_contracts_library:edit": lambda world: _clause(world, name="QzxmarkRule"),
    "wagtail_contracts_take_over": lambda world: {"version": "1"},
    "wagtail_contracts_field_set:edit": lambda world: _set(world, name="QzxmarkSet"),
    "wagtailadmin_choose_page_external_link": lambda world: LINK,
    "wagtailadmin_pages:copy": _copy,
    **dict.fromkeys(
        [f"wagtailadmin_pages:{name}" for name in ("add", "edit", "revisions_revert")], _page
    ),
    "wagtail_contracts_factor_reset": lambda world: {"reason": "QzxmarkWhy"},
    "wagtail_contracts_workspace:members": lambda world: {"person": "blind", "role": "reader"},
    "wagtail_contracts_workspace:leave": lambda world: {"person": "0", "role": "reader"},
    "wagtail_contracts_numbers": lambda world: {"outline": "[]"},
    "wagtail_contracts_upload": lambda world: {
        "sort": "image",
        "file": uploads.upload(uploads.picture(), "x.png"),
    },
    "wagtail_contracts_self_service_edit": _offer,
    "wagtail_contracts:lost": lambda world: {"email": "nobody@kunde.example"},
    "wagtail_contracts:report": lambda world: {"kind": "fraud"},
    "wagtail_contracts:report_link": lambda world: {"kind": "fraud"},
    "wagtail_contracts:verify": lambda world: {"file": ContentFile(b"no contract", "x.pdf")},
    "wagtail_contracts_workspace:edit": lambda world: _workspace(world, legal_name="QzxmarkNew AS"),
}
