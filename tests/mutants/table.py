"""All mutants."""

from tests.mutants import checking, contracts, deliveries, flows, ground, locks, sealing, signing

MODULES = (ground, sealing, contracts, signing, locks, flows, checking, deliveries)
MUTANTS = [mutant for module in MODULES for mutant in module.MUTANTS]
