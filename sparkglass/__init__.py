"""Sparkglass: see Spark at work, in the notebook."""

from __future__ import annotations

from typing import Any

from .kernel.version import VERSION as __version__

__all__ = ["__version__", "curve", "load_ipython_extension", "unload_ipython_extension"]


def __getattr__(name: str) -> Any:
    # On first use: most who import the package have no learner.
    if name == "curve":
        from .learning import curve

        return curve
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "sparkglass"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    # Named, not imported: a kernel's environment may have no Jupyter server.
    return [{"module": "sparkglass.server"}]


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext sparkglass``: attach without waiting for a page."""
    from .kernel import attach

    get_parent = getattr(getattr(shell, "kernel", None), "get_parent", None)
    parent: dict[str, Any] = (get_parent("shell") if get_parent else None) or {}
    attach(shell, cell_id=(parent.get("metadata") or {}).get("cellId"))


def unload_ipython_extension(shell: Any) -> None:
    """``%unload_ext sparkglass``: stop watching."""
    from .kernel import detach

    detach()
