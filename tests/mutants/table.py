"""All mutants."""

from tests.mutants import contracts, flows, ground, locks, sealing, signing

MODULES = (ground, sealing, contracts, signing, locks, flows)
MUTANTS = [mutant for module in MODULES for mutant in module.MUTANTS]
