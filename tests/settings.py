"""The example site's settings, with data, keys and files of the tests' own."""

import os
from pathlib import Path

from cryptography.fernet import Fernet

from tests import scratch

if "EXAMPLE_VAR" not in os.environ:
    os.environ["EXAMPLE_VAR"] = str(scratch.folder("wagtail-contracts"))
from example_site.settings import *  # noqa: F403
from example_site.settings import DATABASES, VAR, WAGTAIL_CONTRACTS
from tests import identity

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAIL_CONTRACTS = {
    **WAGTAIL_CONTRACTS,
    "KEYS": [Fernet.generate_key().decode()],
    "SEALING": identity.settings(),
    "SIGNING": {"SMS": WAGTAIL_CONTRACTS["SIGNING"]["SMS"]},  # Demo ID is on the demo's own port
    "CONTRACTS": {**WAGTAIL_CONTRACTS["CONTRACTS"], "UNDO_SECONDS": 0},  # tests don't wait
}
if "postgresql" not in DATABASES["default"]["ENGINE"]:
    # A file: Django's test database in memory is one connection that all threads share.
    DATABASES["default"]["TEST"] = {"NAME": Path(VAR) / "test.sqlite3"}
    # What a test writes need not outlive a power cut.
    quick = DATABASES["default"]["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
    DATABASES["default"]["OPTIONS"]["init_command"] = quick
