"""S-04: logs hold no secrets, neither in the line nor in the traceback."""

import io
import json
import logging
import secrets

import pytest
from django.test import Client

from wagtail_contracts.redaction import Redacting, RedactingFormatter, redacted

TOKEN = secrets.token_urlsafe(32)
pytestmark = pytest.mark.urls("tests.security.crashing")


class Recipe(logging.Filter):
    """What is found in most recipes."""

    def filter(self, record):
        record.msg, record.args = redacted(record.getMessage()), ()
        return True


class Json(logging.Formatter):
    """A formatter that a site already has."""

    def format(self, record):
        return json.dumps({"text": super().format(record)})


@pytest.fixture
def log():
    django, handler = logging.getLogger("django"), logging.StreamHandler(io.StringIO())
    kept, django.handlers = django.handlers, [handler]
    yield handler
    django.handlers = kept


def journey(log):
    """A page that is not there, and one that crashes."""
    client = Client(raise_request_exception=False)
    assert client.get(f"/c/{TOKEN}/").status_code == 404
    assert client.get(f"/c/{TOKEN}/crash").status_code == 500
    written = log.stream.getvalue()
    assert "Not Found" in written
    assert "Traceback" in written
    return written


@pytest.mark.parametrize("formatter", [RedactingFormatter(), Redacting(Json())])
@pytest.mark.django_db
def test_neither_line_nor_traceback_holds_a_secret(log, formatter):
    log.setFormatter(formatter)
    written = journey(log)
    assert TOKEN not in written
    assert "kari@" not in written
    assert "/c/***/" in written


@pytest.mark.django_db
def test_a_filter_on_the_logger_would_do_nothing(log):
    recipe = Recipe()
    logging.getLogger("django").addFilter(recipe)
    try:
        assert f"/c/{TOKEN}/" in journey(log)
    finally:
        logging.getLogger("django").removeFilter(recipe)


@pytest.mark.django_db
def test_a_filter_on_the_handler_would_miss_the_traceback(log):
    log.addFilter(Recipe())
    written = journey(log)
    assert "/c/***/" in written
    assert f"bad token {TOKEN}" in written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"GET /c/{TOKEN}/ 404", "GET /c/***/ 404"),
        ("GET /callback?code=abc&state=d%20e HTTP", "GET /callback?code=***&state=*** HTTP"),
        ("to kari.nordmann+x@nordmann.example.", "to ***@***"),
        ("digest " + "a" * 64, "digest ***"),
        ("/c/" + "x" * 22 + "/sign/", "/c/" + "x" * 22 + "/sign/"),
        ("550 +47 912 34 567: unknown", "550 +***: unknown"),
        ("to +4791234567, born 15108695088", "to +***, born ***"),
        ("status=200 took=12ms", "status=200 took=12ms"),
        (
            "at 1795737824.75108695088 took 1234567890123",
            "at 1795737824.75108695088 took 1234567890123",
        ),
    ],
)
def test_what_is_rewritten_and_what_stays(text, expected):
    assert redacted(text) == expected


def test_every_token_that_can_be_made_is_found():
    tokens = [secrets.token_urlsafe(32) for _ in range(2000)]
    assert [t for t in tokens if t in redacted(f"/c/{t}/ {t}. '{t}'")] == []
