"""All mutants."""

from tests.mutants import ground, sealing

MUTANTS = [*ground.MUTANTS, *sealing.MUTANTS]
