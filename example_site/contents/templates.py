"""All templates of the example, by workspace."""

from typing import Any

from example_site.contents.conduct import CONDUCT
from example_site.contents.offer import PROPOSAL
from example_site.contents.people import EMPLOYMENT
from example_site.contents.premises import lease
from example_site.contents.sales import SERVICE
from example_site.contents.secrecy import CONFIDENTIALITY, MUTUAL
from example_site.contents.subscription import SUBSCRIPTION


def templates(**files: Any) -> dict[str, list[dict[str, Any]]]:
    """What each workspace has, by its slug; `files` are those of the lease."""
    return {
        "salg": [SERVICE, PROPOSAL, CONFIDENTIALITY, MUTUAL, SUBSCRIPTION],
        "personal": [EMPLOYMENT, CONDUCT],
        "eiendom": [lease(**files)],
        "oving": [MUTUAL],
    }
