"""The command outbox_deliver, as a process of its own."""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[3]
# What a site does in AppConfig.ready, before the command starts.
WORKER = """
import sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.core.management import call_command
from wagtail_contracts.outbox import topics
topics.subscribe(sys.argv[2], "reader", lambda message: None)
topics.every("beat", 0.05, lambda: print("beat", flush=True))
call_command("outbox_deliver", "--watch", "--seconds", "0.05")
print("clean end", flush=True)
"""


def patiently(condition):
    for _ in range(3600):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_once_says_how_many_were_delivered(capsys):
    topic = f"test.{uuid.uuid4().hex}"
    topics.subscribe(topic, "reader", lambda message: None)
    with transaction.atomic():
        outbox.post(topic)

    call_command("outbox_deliver")
    call_command("outbox_deliver")

    assert capsys.readouterr().out.splitlines() == ["1 delivered.", "0 delivered."]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_watching_worker_delivers_and_ends_cleanly_when_told(number):
    topic = f"test.{uuid.uuid4().hex}"
    topics.subscribe(topic, "reader", lambda message: None)
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", WORKER, name, topic],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with transaction.atomic():
            outbox.post(topic)
        assert patiently(lambda: Message.objects.exclude(done_at=None).exists())
    finally:
        worker.send_signal(number)
        out, err = worker.communicate(timeout=180)

    assert worker.returncode == 0, err
    assert out.splitlines()[-1] == "clean end"
    assert "beat" in out
