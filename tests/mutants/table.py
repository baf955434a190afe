"""All mutants."""

from tests.mutants import (
    checking,
    contracts,
    creating,
    deliveries,
    files,
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
    files,
)
MUTANTS = [mutant for module in MODULES for mutant in module.MUTANTS]
