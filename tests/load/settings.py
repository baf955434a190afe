"""The example site's settings for an organisation that sends to more people in a day."""

from example_site.settings import *  # noqa: F403

WAGTAIL_CONTRACTS = {
    **WAGTAIL_CONTRACTS,  # noqa: F405
    "CONTRACTS": {
        **WAGTAIL_CONTRACTS["CONTRACTS"],  # noqa: F405
        "RECIPIENTS_A_DAY": 10_000,
        "RECIPIENTS_A_DAY_IN_WORKSPACE": 10_000,
    },
}
