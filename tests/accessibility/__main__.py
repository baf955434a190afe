"""Write the report anew: python -m tests.accessibility."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.accessibility.page import PAGE, written

    PAGE.write_text(written())
