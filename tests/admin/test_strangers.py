"""Who has no part in a workspace gets 404 at every address of its contracts, and sees no word.

The addresses are those of the viewset, so that a new one can't be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.forms.models import model_to_dict
from django.urls import NoReverseMatch, reverse

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts.contracts.models import Contract, Workspace

MARKERS = ("Zwickmühle", "Grubensee AS", "Quirinius Marker", "quirinius@grubensee.example")
TITLE, PARTY, PERSON, EMAIL = MARKERS
LOGS = ("formstate", "session")


@pytest.fixture
def marked(template: Any, sender: Any) -> Contract:
    """A sent contract that has words of its own everywhere."""
    from wagtail_contracts.contracts import flows as contracts

    ours = contracts.PersonDraft(sender.get_full_name(), sender.email, user=sender)
    theirs = contracts.PersonDraft(PERSON, EMAIL)
    parties = [
        contracts.PartyDraft("supplier", "Eksempel AS", people=[ours]),
        contracts.PartyDraft("customer", PARTY, people=[theirs]),
    ]
    made = builders.contract(template, sender, title=TITLE, parties=parties)
    contracts.send(made, builders.shown(made), into="signing", by=builders.actor(sender))
    return Contract.objects.get(pk=made.pk)


def viewset() -> Any:
    return Contract.snippet_viewset  # type: ignore[attr-defined]


def addresses(patterns: Any, contract: Contract) -> Iterator[tuple[str, str, bool]]:
    """(name, address, whether it names the contract) of every pattern of a viewset."""
    fills: list[dict[str, Any]] = [
        {},
        {"pk": contract.pk},
        {"pk": contract.pk, "revision_id": contract.latest_revision_id},
        {"pk": contract.pk, "revision_id_a": "earliest", "revision_id_b": "latest"},
    ]
    for name in sorted({url.name for url in patterns.get_urlpatterns()}):
        for kwargs in fills:
            try:
                yield name, reverse(patterns.get_url_name(name), kwargs=kwargs), bool(kwargs)
                break
            except NoReverseMatch:
                continue
        else:
            raise AssertionError(f"the walk does not know how to fill {name}")


def clean(response: Any) -> bool:
    words = b"".join(response).decode(errors="replace")
    return not any(marker in words for marker in MARKERS)


def person(name: str) -> Any:
    """Three kinds of people who must not learn that the contract exists."""
    if name == "elsewhere":
        return builders.staff("elsewhere", builders.workspace("legal"), tuple(posts.VERBS))
    user = builders.staff(name)
    if name == "django_permissions":
        user.user_permissions.add(
            *Permission.objects.filter(content_type__app_label__startswith="wagtail_contracts")
        )
    return user


@pytest.mark.parametrize("who", ["elsewhere", "nowhere", "django_permissions"])
def test_a_stranger_finds_no_contract_at_any_address(client, marked, who):
    client.force_login(person(who))
    walked = list(addresses(viewset(), marked))
    assert {"inspect", "edit", "send", "sign", "sealed", "revise"} <= {name for name, *_ in walked}
    with tables.unchanged():
        for name, url, names_it in walked:
            for method in (client.get, client.post, client.delete, client.head, client.options):
                response = method(url)
                assert clean(response), (name, method)
                if names_it:
                    assert response.status_code == 404, (name, method)


@pytest.mark.parametrize("who", ["elsewhere", "nowhere"])
def test_a_stranger_gets_the_same_answer_for_a_contract_that_does_not_exist(client, marked, who):
    client.force_login(person(who))
    there = reverse(viewset().get_url_name("edit"), args=[marked.pk])
    gone = reverse(viewset().get_url_name("edit"), args=[marked.pk + 1000])
    first, second = client.get(there), client.get(gone)
    assert first.status_code == second.status_code == 404
    assert first.content.replace(there.encode(), b"") == second.content.replace(gone.encode(), b"")


def test_the_chooser_knows_only_what_one_sees(client, marked, sender):
    chooser = viewset().chooser_viewset
    walked = list(addresses(chooser, marked))
    client.force_login(person("elsewhere"))
    for name, url, names_it in walked:
        response = client.get(url, {"q": TITLE[:5], "id": marked.pk})
        assert clean(response), name
        if names_it:
            assert response.status_code == 404
    client.force_login(sender)
    assert marked.number in client.get(chooser_url(chooser)).content.decode()


def chooser_url(chooser: Any) -> str:
    return reverse(chooser.get_url_name("choose"))


@pytest.mark.parametrize("pk", ["x", "9" * 20, "-1", "1;2", "1%00"])
def test_an_id_that_is_none_is_not_found(admin, marked, pk):
    for name in ("edit", "send", "delete", "inspect", "history", "sign"):
        url = posts.address(name, marked.pk).replace(f"/{marked.pk}/", f"/{pk}/")
        assert admin.get(url).status_code == 404


def test_whoever_is_not_logged_in_is_sent_to_the_login(client, marked):
    for name, url, _names_it in addresses(viewset(), marked):
        response = client.get(url)
        assert response.status_code == 302, name
        assert "/login/" in response.url


# What somebody with one right, and view, gets: a page, not a redirect with a message.
GET = {
    "view": {"list", "list_results", "inspect", "version"},
    "edit": {"edit", "delete", "usage", "history", "history_results", "revisions_view"},
    "send": {"send", "revise", "open_signing", "reopen", "withdraw", "extend", "remind", "reissue"},
    "create": {"add", "history", "history_results"},
}


@pytest.mark.parametrize("verb", GET)
def test_a_member_reaches_what_the_right_is_for_and_no_more(client, marked, sales, verb):
    user = builders.staff("member", sales, ("view", verb) if verb != "view" else ("view",))
    client.force_login(user)
    allowed = GET["view"] | GET[verb]
    others = set().union(*GET.values()) - allowed
    got = {name: client.get(url) for name, url, _ in addresses(viewset(), marked)}
    assert {name for name in allowed - {"delete"} if got[name].status_code != 200} == set()
    assert {name for name in others if got[name].status_code != 302} == set()
    assert got["delete"].status_code == 302  # it was sent


def test_a_member_without_the_right_changes_nothing_by_posting(client, marked, sales):
    """Whoever views keeps what they opened and marked for themselves, and that alone."""
    client.force_login(builders.staff("reader", sales, ("view",)))
    # To print costs time, so it is a post. Whoever views may speak, but here says nothing.
    others = {"preview_paper": 200, "opened": 204, "threads": 404}
    with tables.unchanged(but=("_opened", "_favourite")):
        for name, url, names_it in addresses(viewset(), marked):
            if names_it:
                digest = marked.current_version.digest
                said = {"digest": digest, "reason": "x", "deadline": "2030-01-01", "name": "x"}
                code = client.post(url, said).status_code
                assert code == others[name] if name in others else code in (302, 405), name


def test_without_view_the_other_rights_open_nothing(client, marked, sales):
    client.force_login(builders.staff("blind", sales, ("edit", "send", "create", "administer")))
    with tables.unchanged():
        for name, url, names_it in addresses(viewset(), marked):
            if names_it:
                assert client.get(url).status_code == 404, name


@pytest.mark.parametrize(
    "path",
    [
        "bulk/wagtail_contracts/contract/delete/?id={pk}",
        "bulk/wagtail_contracts/contract/delete/?id=all",
        "reports/site-history/",
        "reports/locked/",
        "reports/workflow/",
        "snippets/",
        "contracts/?q=Zwick",
        "contracts/results/?q=Grubensee",
        "contracts/?workspace={workspace}",
        "contracts/?state=signing",
        "contracts/?export=xlsx",
        "pages/{template}/usage/",
        "pages/{template}/delete/",
        "pages/usage/wagtail_contracts_template_pages/contracttemplate/",
        "",
    ],
)
def test_the_rest_of_the_admin_shows_no_word_of_it(client, marked, path):
    client.force_login(person("elsewhere"))
    words = {"pk": marked.pk, "workspace": marked.workspace_id, "template": marked.template_id}
    assert clean(client.get("/admin/" + path.format(**words)))


def test_a_stranger_deletes_nothing_in_bulk(client, marked, draft, sender):
    client.force_login(person("elsewhere"))
    url = f"/admin/bulk/wagtail_contracts/contract/delete/?id={draft.pk}&id={marked.pk}"
    assert client.post(url).status_code == 404
    assert Contract.objects.count() == 2
    client.force_login(sender)
    client.post(url)
    assert list(Contract.objects.all()) == [marked]  # the draft went, what was sent stayed


def test_an_editing_session_of_a_foreign_contract_is_not_found(client, marked):
    client.force_login(person("elsewhere"))
    names = ("wagtail_contracts", "contract", marked.pk, 1)
    url = reverse("wagtailadmin_editing_sessions:ping", args=names)
    assert client.post(url).status_code == 404


def test_django_permissions_on_contracts_do_not_exist(db):
    """Wagtail makes two for what can be locked by itself; they are offered nowhere."""
    assert not viewset().get_permissions_to_register().exists()
    found = Permission.objects.filter(content_type__app_label="wagtail_contracts")
    made = found.filter(content_type__model="contract").values_list("codename", flat=True)
    assert set(made) <= {"lock_contract", "unlock_contract"}


# -- workspaces ------------------------------------------------------------------------------------


def workspace(name: str, *args: Any) -> str:
    return reverse(f"wagtail_contracts_workspace:{name}", args=args)


def settings_form(place: Workspace) -> dict[str, Any]:
    """What the browser posts of the settings: nothing for what is not ticked or chosen."""
    return {name: value for name, value in model_to_dict(place).items() if value}


def test_only_administrators_reach_a_workspace(client, sales):
    legal = builders.workspace("legal")
    boss = builders.staff("boss", legal, ("view", "administer"))
    client.force_login(boss)
    assert client.get(workspace("edit", legal.pk)).status_code == 200
    listed = client.get(workspace("index")).content.decode()
    assert "Legal" in listed
    assert "Sales" not in listed
    for name in ("edit", "delete", "usage", "history"):
        for method in (client.get, client.post):
            assert method(workspace(name, sales.pk)).status_code == 404, name
    client.force_login(builders.staff("reader", sales, ("view", "edit", "send")))
    assert client.get(workspace("edit", sales.pk)).status_code == 404
    assert Workspace.objects.count() == 2


def test_an_administrator_changes_the_workspace_but_makes_none(client, sales):
    client.force_login(builders.staff("boss", sales, ("view", "administer")))
    form = settings_form(sales) | {"legal_name": "Nytt AS"}
    assert client.post(workspace("edit", sales.pk), form).status_code == 302
    assert Workspace.objects.get(pk=sales.pk).legal_name == "Nytt AS"
    more = form | {"name": "More", "slug": "more", "code": "MORE"}
    assert client.post(workspace("add"), more).url == reverse("wagtailadmin_home")
    assert Workspace.objects.count() == 1


def test_a_superuser_makes_a_workspace(client, sales, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("root", "root@example.com", "x"))
    more = settings_form(sales) | {"name": "More", "slug": "more", "code": "MORE"}
    assert client.post(workspace("add"), more).status_code == 302
    assert Workspace.objects.filter(code="MORE").exists()
