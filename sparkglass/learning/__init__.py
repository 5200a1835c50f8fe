"""Training curves: learners on a stream and in batches on the same axes, told to the page as they learn."""

from .curves import Curve, curve
from .lines import Line
from .marks import Mark

__all__ = ["Curve", "Line", "Mark", "curve"]
