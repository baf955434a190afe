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
    layout,
    locks,
    merging,
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
    merging,
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
    layout,
)
MUTANTS = [mutant for module in MODULES for mutant in module.MUTANTS]
