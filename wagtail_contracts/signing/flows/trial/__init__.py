"""The whole way of a contract in a place that vanishes: what `contracts_selftest` walks."""

from wagtail_contracts.signing.flows.trial.agreement import AGREEMENT
from wagtail_contracts.signing.flows.trial.journey import Trial, walk
from wagtail_contracts.signing.flows.trial.scratch import scratch
from wagtail_contracts.signing.flows.trial.steps import TRACE, Missing, Step, Unmet, timed

__all__ = ["AGREEMENT", "TRACE", "Missing", "Step", "Trial", "Unmet", "scratch", "timed", "walk"]
