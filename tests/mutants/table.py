"""All mutants."""

from tests.mutants import (
    checking,
    contracts,
    creating,
    deliveries,
    flows,
    ground,
    installing,
    locks,
    sealing,
    selftest,
    signing,
    texts,
)

MODULES = (
    ground,
    sealing,
    contracts,
    creating,
    signing,
    locks,
    flows,
    checking,
    deliveries,
    selftest,
    installing,
    texts,
)
MUTANTS = [mutant for module in MODULES for mutant in module.MUTANTS]
