"""The example site's settings as a large organisation has them.

It sends to more people in a day, and each process keeps its connection to the database.
"""

from example_site.settings import *  # noqa: F403

WAGTAIL_CONTRACTS = {
    **WAGTAIL_CONTRACTS,  # noqa: F405
    "CONTRACTS": {
        **WAGTAIL_CONTRACTS["CONTRACTS"],  # noqa: F405
        "RECIPIENTS_A_DAY": 10_000,
        "RECIPIENTS_A_DAY_IN_WORKSPACE": 10_000,
    },
}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}  # noqa: F405
