"""What signing adds to the admin: pages about a contract, and what a new version would cost."""

from typing import Any

from wagtail import hooks

from wagtail_contracts.signing.admin import (
    affirming,
    costs,
    overview,
    reissuing,
    sealed,
    versions,
)


@hooks.register("register_contract_views")
def views() -> dict[str, Any]:
    """By name; the contracts' viewset puts its gate in front of each."""
    return {
        "inspect": overview.OverviewView,
        "version": versions.VersionView,
        "sign": affirming.SignView,
        "sign_code": affirming.SignCodeView,
        "sealed": sealed.SealedView,
        "seal_again": sealed.SealAgainView,
        "reissue": reissuing.ReissueView,
    }


hooks.register("contract_losses", costs.losses)
hooks.register("construct_contract_columns", costs.add_progress)
