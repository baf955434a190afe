"""S-25: every answer has a strict policy of its own, and no page needs more than it allows."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.public import markup, stages, visits
from wagtail_contracts.signing.urls import urlpatterns

pytestmark = pytest.mark.django_db  # its stages are made by name, so no fixture tells
SECRET = ("landing", "report_link")  # behind a personal link
# Of what is offered to anybody: test_attacks_self_service.
OFFERED = ("self_service", "visit", "self_service_file", "self_service_leaf")
NAMES = [str(pattern.name) for pattern in urlpatterns if pattern.name not in OFFERED]
THEIRS = "default-src 'self' 'unsafe-inline'"
EVERYWHERE = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def addresses(at):
    """One address for each name."""
    plain = (
        "verify",
        "health",
        "mine",
        "help",
        "privacy",
        "lost",
        "report",
        "trust",
        "certificate",
    )
    apart = (*SECRET, *plain, "return")
    own = [visits.page(name, at.kari) for name in NAMES if name not in apart]
    given = [reverse(f"wagtail_contracts:{name}") for name in plain]
    given.append(reverse("wagtail_contracts:return", args=["bankid"]))
    landing = visits.landing(at.kari)
    return [landing, f"{landing}report/", *given, *own]


def directives(answer):
    """The policy as a table."""
    parts = answer["Content-Security-Policy"].split("; ")
    return {name: value for name, _space, value in (part.partition(" ") for part in parts)}


def insist(answer):
    """The headers of every answer."""
    for name, value in EVERYWHERE.items():
        assert answer[name] == value
    policy = directives(answer)
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", stages.NAMES)
def test_every_answer_has_the_headers_and_no_page_breaks_the_policy(name, request):
    at = stages.build(name, request)
    client, staff = visits.enter(at.kari), Client()
    staff.force_login(at.sender)
    inside = [reverse("wagtail_contracts:mine"), visits.page("mine_open", at.ola)]
    walk = [(client, one) for one in addresses(at)] + [(staff, one) for one in inside]

    for browser, address in walk:
        for verb in ("get", "head", "options", "post", "put", "delete"):
            answer = getattr(browser, verb)(address)
            insist(answer)
            if answer["Content-Type"].startswith("text/html"):
                assert markup.faults(answer.content) == []


def lenient(get_response):
    """Sets a policy where there is none, as Django's middleware and django-csp do."""

    def answered(request):
        response = get_response(request)
        response.setdefault("Content-Security-Policy", THEIRS)
        return response

    return answered


def test_a_middleware_for_policies_leaves_ours_alone(sent, settings):
    settings.MIDDLEWARE = ["tests.security.test_s25_policy.lenient", *settings.MIDDLEWARE]
    client = visits.enter(sent.kari)
    for address in (visits.page("contract", sent.kari), f"/c/{'x' * 43}/", "/verify/"):
        insist(client.get(address))
    assert client.get("/admin/login/")["Content-Security-Policy"] == THEIRS


def test_refusals_have_them_too(sent):
    unknown, strict = Client(), Client(enforce_csrf_checks=True)
    insist(unknown.get(f"/c/{'x' * 43}/"))
    insist(unknown.get(f"/c/{'x' * 22}/sign/"))
    insist(strict.post(visits.landing(sent.kari)))
    insist(strict.post("/verify/", headers={"sec-fetch-site": "cross-site"}))


def test_scripts_and_styles_run_by_a_nonce_that_is_new_each_time(sent):
    client = visits.enter(sent.kari)
    found = []
    for _time in range(2):
        answer = client.get(visits.page("contract", sent.kari))
        policy, page = directives(answer), markup.read(answer.content)
        (nonce,) = re.findall(r"'nonce-([\w-]{22})'", policy["script-src"])
        assert policy["style-src"] == policy["script-src"]
        scripts, (_icon, style) = page.all("script"), page.all("link")
        assert {script["nonce"] for script in scripts} == {style["nonce"]} == {nonce}
        found.append(nonce)
    assert found[0] != found[1]


def test_forms_go_nowhere_else(sent):
    policy = directives(visits.enter(sent.kari).get(visits.page("contract", sent.kari)))

    assert policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"


def test_error_pages_take_the_style_sheet_from_wherever_static_files_are(settings):
    settings.STATIC_URL = "https://static.example/files/"
    policy = directives(Client().get(f"/c/{'x' * 43}/"))

    assert policy["style-src"] == "https://static.example"
    assert "script-src" not in policy
