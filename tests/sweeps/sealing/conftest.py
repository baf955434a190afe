"""The files of tests/unit/sealing, for sweeps that take longer than the inner loop may."""

from tests.sweeps.sealing.conformity import verapdf
from tests.unit.sealing.conftest import judged, lab, render, sealed, trust, verdict

__all__ = ["judged", "lab", "render", "sealed", "trust", "verapdf", "verdict"]
