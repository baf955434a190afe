"""Many contracts as flows write them: a few made by the flows, their rows multiplied."""
