"""What runs in the kernel: standard library, IPython and the user's own PySpark only; small enough for the page to carry and inject."""

from .attach import attach, attach_json, detach
from .frames import PROTOCOL
from .version import VERSION

__all__ = ["PROTOCOL", "VERSION", "attach", "attach_json", "detach"]
