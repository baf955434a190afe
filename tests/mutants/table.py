"""All mutants."""

from tests.mutants import (
    checking,
    contracts,
    creating,
    deliveries,
    fields,
    files,
    flows,
    ground,
    installing,
    language,
    locks,
    products,
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
    fields,
    products,
    language,
)
MUTANTS = [mutant for module in MODULES for mutant in module.MUTANTS]
