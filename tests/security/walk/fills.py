"""What is put into the gaps of an address: objects of the marked workspace, and of the site."""

from __future__ import annotations

from typing import Any

from tests.security.walk.world import World

PAGES = "wagtail_contracts_template_pages"


def of(world: World, key: str, state: str = "signing") -> dict[str, Any]:
    """Values by the names of gaps, for the address with this key."""
    space = key.split(":")[0]
    made = {**_common(world), **_pages(world)}
    made |= SPACES.get(space, lambda world, state: {})(world, state)
    if key in FILES:
        made |= {"digest": world.digest, "number": 1}
    if key in SEATS:
        made["public_id"] = world.participant(state, "supplier").public_id
    if key in MESSAGES:
        made["public_id"] = world.message.public_id
    if key in PLACES:
        made["pk"] = world.workspace.pk
    if key in ROWS:
        made["pk"] = world.rest[ROWS[key]].pk
    if key in OPEN:
        made["block"] = world.open_block(state)
    return made | _offered(world, key) | KEYS.get(key, {})


def _offered(world: World, key: str) -> dict[str, Any]:
    """To many at once, or to anybody."""
    if key.startswith("wagtail_contracts_circular_") or key == "wagtail_contracts_circular":
        return {"public_id": world.rest["circular"].public_id}
    if key.removeprefix("wagtail_contracts:") not in SERVED:
        return {}
    where = {"slug": world.rest["open"].slug, "token": world.links["visit"]}
    return {**where, "digest": world.rest["shown"], "number": 1}


def _common(world: World) -> dict[str, Any]:
    rest = world.rest
    return {
        "app_label": "wagtail_contracts",
        "model_name": "contract",
        "object_id": world.contracts["signing"].pk,
        "session_id": 1,
        "action": "delete",
        "action_name": "approve",
        "app_name": "taggit",
        "site_id": rest["site"].pk,
        "redirect_id": rest["redirect"].pk,
        "document_id": rest["document"].pk,
        "doc_id": rest["document"].pk,
        "image_id": rest["image"].pk,
        "filter_spec": "max-10x10",
        "document_filename": "x.txt",
        "restriction_id": rest["restriction"].pk,
        "filename": "x.png",
        "signature": "none",
        "uploaded_file_id": 1,
        "collection_id": rest["collection"].pk,
        "uidb64": "MQ",
        "token": "x-y",
        "name": "no-such-mail",
        "number": 0,
        "block": rest["shared"],
        "page": "how-to/install",
        "means": "bankid",
        "device": "otp_totp.totpdevice/1",
        "other": "N" * 22,
        "key": f"signing-{rest['alarm'].pk}",
        "type": "wagtail_contracts.Contract",
        "type_name": f"{PAGES}.ContractTemplate",
        "path": f"{world.index.slug}/{world.template.slug}/",
        "page_view_restriction_id": rest["restriction"].pk,
    }


def _pages(world: World) -> dict[str, Any]:
    page = world.template
    return {
        "pk": page.pk,
        "page_id": page.pk,
        "page_pk": page.pk,
        "parent_page_id": world.index.pk,
        "page_to_move_id": page.pk,
        "destination_id": world.index.pk,
        "content_type_app_name": PAGES,
        "content_type_model_name": "contracttemplate",
        "revision_id": page.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": world.moderation.current_task_state_id,
        "workflow_state_id": world.moderation.pk,
        "task_id": world.moderation.current_task_state.task_id,
        "workflow_pk": world.moderation.workflow_id,
    }


def _contract(world: World, state: str) -> dict[str, Any]:
    found = world.contracts[state]
    return {"pk": found.pk, "revision_id": found.latest_revision_id}


def _participant(world: World, state: str) -> dict[str, Any]:
    return {"public_id": world.participant(state).public_id, "token": world.links.get(state, "")}


def _row(name: str) -> Any:
    return lambda world, state: {"pk": world.rest[name].pk}


SPACES = {
    "wagtail_contracts_contract": _contract,
    "wagtailsnippetchoosers_wagtail_contracts_contract": _contract,
    "wagtail_contracts": _participant,
    "wagtail_contracts_catalogue": _row("item"),
    "wagtail_contracts_field_set": _row("set"),
    "wagtail_contracts_library": _row("clause"),
    "wagtailsnippetchoosers_wagtail_contracts_libraryclause": _row("clause"),
    "wagtailsnippetchoosers_wagtail_contracts_fieldset": _row("set"),
    "wagtail_contracts_workspace": lambda world, state: {"pk": world.workspace.pk},
    "wagtailsites": _row("site"),
    "wagtailusers_users": _row("user"),
    "wagtailusers_groups": _row("group"),
    "wagtailadmin_collections": _row("collection"),
    "wagtaildocs_chooser": _row("document"),
    "wagtailimages_chooser": _row("image"),
    "wagtailadmin_workflows": lambda world, state: {
        "pk": world.moderation.workflow_id,
        "app_label": "wagtailcore",
        "model_name": "groupapprovaltask",
    },
}
FILES = (
    "wagtail_contracts:file",
    "wagtail_contracts:leaf",
    "wagtail_contracts_file",
    "wagtail_contracts_leaf",
)
OPEN = ("wagtail_contracts:suggest",)  # they lead to a block that is open to suggestions
SEATS = ("wagtail_contracts:mine_open",)
PLACES = ("wagtail_contracts_workspace_page",)
MESSAGES = ("wagtail_contracts_deliver_again", "wagtail_contracts_give_up")
ROWS = {
    "wagtail_contracts_self_service_edit": "service",
    "wagtail_contracts_self_service_off": "service",
    "wagtail_contracts_factor_reset": "user",
    "wagtail_contracts_open_notification": "told",
    "wagtailadmin_api:documents:detail": "document",
    "wagtailadmin_api:images:detail": "image",
}
# What the other workspace offers to anybody; a whole exhibit is handed to nobody there.
SERVED = ("self_service", "visit", "self_service_file", "self_service_leaf")
KEYS: dict[str, dict[str, Any]] = {
    "wagtailadmin_pages:choose_parent": {"app_label": PAGES, "model_name": "contracttemplate"},
    "wagtailadmin_tag_model_autocomplete": {"model_name": "tag"},
}
