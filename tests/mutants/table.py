"""All mutants."""

from tests.mutants import contracts, ground, sealing, signing

MUTANTS = [*ground.MUTANTS, *sealing.MUTANTS, *contracts.MUTANTS, *signing.MUTANTS]
