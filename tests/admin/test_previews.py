"""What the other side will see, before anything is sent."""

import re
import subprocess

import pytest
from django.urls import reverse

from example_site import contents as made
from tests import builders
from tests.tables import unchanged
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.models import Contract


def contract_url(draft, name="as_they_see_it"):
    return reverse(f"wagtail_contracts_contract:{name}", args=[draft.pk])


def template_url(page, part=""):
    return reverse(f"wagtail_contracts_template_preview{part}", args=[page.pk])


def shown(client, url):
    with unchanged():
        answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def seen(client, url):
    return Page(shown(client, url))


def frame(client, url):
    """The element that holds the page."""
    return re.search(r"<iframe[^>]+>", shown(client, url))[0]


def printed(answer, tmp_path):
    """The words of a PDF that was downloaded."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    path = tmp_path / "preview.pdf"
    path.write_bytes(answer.content)
    told = subprocess.run(  # noqa: S603 - poppler, on a file of our own
        ["pdftotext", str(path), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return " ".join(told.stdout.split())


# -- a draft ------------------------------------------------------------------------------------


def test_the_frame_shows_the_page_of_the_other_side_at_two_widths(admin, draft):
    wide = frame(admin, contract_url(draft))
    assert f'src="{contract_url(draft, "preview_page")}?reader=0"' in wide
    assert "wc-look__page--wide" in wide
    assert "wc-look__page--narrow" in frame(admin, f"{contract_url(draft)}?width=narrow")
    assert frame(admin, f"{contract_url(draft)}?width=1&reader=999") == wide


def test_the_page_has_the_fields_of_its_reader_and_nothing_that_acts(admin, draft):
    page = seen(admin, contract_url(draft, "preview_page"))
    names = {given["name"] for tag, given in page.elements if tag in ("input", "textarea")}
    assert names - {"find"} == {"a-support", "a-until", "a-invoice", "a-remarks"}
    assert page.all("form") == []
    assert page.all("button") == []
    assert "Kari Nordmann (you)" in page.words
    assert "3 fields to fill in" in page.words
    assert "5,300 NOK" in page.words.replace("\u00a0", " ")


def test_it_may_be_framed_by_our_own_pages_alone(admin, draft):
    assert admin.get(contract_url(draft, "preview_page"))["X-Frame-Options"] == "SAMEORIGIN"
    assert admin.get(contract_url(draft))["X-Frame-Options"] != "SAMEORIGIN"


def test_the_paper_is_a_draft_with_the_letterhead_and_is_only_posted_for(admin, draft, tmp_path):
    workspace = draft.workspace
    workspace.letterhead = "Eksempel AS\nStorgata 1"
    workspace.save()
    url = contract_url(draft, "preview_paper")
    with unchanged():
        assert admin.get(url).status_code == 405
        words = printed(admin.post(url), tmp_path)
    assert words.startswith("Eksempel AS Storgata 1 Hosting 2027")
    assert "Draft: nobody has signed this text." in words
    assert f"{draft.number} · draft" in words


def test_what_can_not_be_printed_is_said(admin, draft, monkeypatch):
    draft = Contract.objects.get(pk=draft.pk)
    draft.title = "Hosting 漢"
    draft.save()
    with unchanged():
        answer = admin.post(contract_url(draft, "preview_paper"))
    assert answer.status_code == 302
    assert answer["Location"] == contract_url(draft)
    assert "no font has them: 漢" in admin.get(contract_url(draft)).content.decode()


def test_who_may_only_view_may_look_too_and_a_stranger_finds_nothing(client, draft):
    client.force_login(builders.staff("vera", draft.workspace, ("view",)))
    names = ("as_they_see_it", "preview_page")
    assert [client.get(contract_url(draft, name)).status_code for name in names] == [200] * 2
    client.force_login(builders.staff("stine"))
    assert [client.get(contract_url(draft, name)).status_code for name in names] == [404] * 2
    assert client.post(contract_url(draft, "preview_paper")).status_code == 404


def test_each_of_two_other_sides_sees_its_own_fields(admin, sales, sender):
    roles = [*builders.ROLES, made.role("surety", "Surety")]
    fields = [*builders.FIELDS, made.field("text", "bond", "Bond", "surety")]
    page = builders.template(sales, "Three", roles=roles, fields=fields)
    choices = re.findall(r'href="\?reader=(\d)&amp;width=wide"', shown(admin, template_url(page)))
    assert choices == ["0", "1"]
    url = template_url(page, "_page")
    first, second = (seen(admin, f"{url}?reader={place}") for place in range(2))
    asked = [
        {given["name"] for given in page.all("input") if given["name"] in ("a-invoice", "a-bond")}
        for page in (first, second)
    ]
    assert asked == [{"a-invoice"}, {"a-bond"}]


# -- a template ---------------------------------------------------------------------------------


def test_a_template_is_shown_with_example_data(admin, template, tmp_path):
    page = seen(admin, template_url(template, "_page"))
    assert "Supplier delivers to Customer" in page.words
    assert "12 NOK" in page.words.replace("\u00a0", " ")
    assert "15 January 2027" in page.words
    assert "5 fields to fill in" not in page.words
    assert not any("checked" in given for given in page.all("input", type="radio"))
    assert "Invoices go to Invoices to" in page.words
    with unchanged():
        words = printed(admin.post(template_url(template, "_paper")), tmp_path)
    assert "… · draft" in words
    assert "Invoices go to name@example.com" in words


def test_what_a_template_computes_is_shown_before_anybody_answers(admin, sales):
    fields = [
        made.field("number", "rooms", "Rooms", "supplier", default="3"),
        made.computed("keys", "Keys", "number", expression="rooms * 2"),
        made.field("number", "guests", "Guests", "customer", required=False),
    ]
    page = builders.template(sales, "House", body=[made.place("keys")], fields=fields)
    assert re.search(r"Keys\W*6", seen(admin, template_url(page, "_page")).words)


def test_what_is_made_up_is_in_the_language_of_the_template(admin, template):
    template.language = "nb"
    template.save_revision().publish()
    page = seen(admin, template_url(template, "_page"))
    assert page.all("html")[0]["lang"] == "nb"
    assert "15. januar 2027" in page.words


def test_an_unpublished_change_is_shown_to_who_may_edit_the_page(admin, admin_client, template):
    template.body = [made.text("A new beginning."), *template.body.raw_data]
    template.save_revision()
    url = template_url(template, "_page")
    assert "A new beginning." in seen(admin_client, url).words
    assert "A new beginning." not in seen(admin, url).words


@pytest.mark.parametrize("part", ["", "_page"])
def test_a_template_of_others_and_any_other_page_is_not_found(client, template, part):
    elsewhere = builders.workspace("legal")
    client.force_login(builders.staff("lena", elsewhere))
    own = builders.template(elsewhere)
    assert client.get(template_url(own, part)).status_code == 200
    for page in (template, own.get_parent(), own.get_root()):
        assert client.get(template_url(page, part)).status_code == 404
