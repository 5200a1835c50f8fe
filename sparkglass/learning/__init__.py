"""Training curves: learners on a stream and in batches on the same axes, told to the page as they learn."""

from .curves import Curve, curve
from .detectors import DDM, PageHinkley
from .faults import BrokenSensor, Drift, Flood
from .injected import inject
from .lines import Line
from .marks import Mark
from .policies import Background, Quarantine, Reset, Rollback
from .serving import serve

__all__ = [
    "DDM",
    "Background",
    "BrokenSensor",
    "Curve",
    "Drift",
    "Flood",
    "Line",
    "Mark",
    "PageHinkley",
    "Quarantine",
    "Reset",
    "Rollback",
    "curve",
    "inject",
    "serve",
]
