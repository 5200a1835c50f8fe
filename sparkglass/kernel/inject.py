"""How the page brings this folder to a kernel where the package is not installed: its files as modules, made from text.

Run by itself, with nothing around it: it must not import anything of ours.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

PACKAGE = "_sparkglass_kernel"


class _Text(importlib.abc.InspectLoader):
    """Loads a module from its text; tracebacks find the lines here."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text

    def get_source(self, fullname: str) -> str:
        return self._text

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._text, self._path, "exec", dont_inherit=True), module.__dict__)


class _Texts(importlib.abc.MetaPathFinder):
    """Finds the package and its modules among the files."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        package, _, name = fullname.rpartition(".")
        if fullname == PACKAGE:
            name = "__init__"
        elif package != PACKAGE:
            return None
        file = f"{name}.py"
        if file not in self._files:
            return None
        path = f"{PACKAGE}/{file}"
        loader = _Text(path, self._files[file])
        return importlib.machinery.ModuleSpec(fullname, loader, origin=path, is_package=fullname == PACKAGE)


def install(files: dict[str, str]) -> ModuleType:
    """Makes the package from its files, name to text, unless it is there already.

    Parameters
    ----------
    files
        What is in this folder: each ``.py`` file, and others that are left alone.

    Returns
    -------
    module
        ``_sparkglass_kernel``, as ``sparkglass.kernel`` is where that is installed.

    Raises
    ------
    ImportError
        When a file is missing.
    """
    known = sys.modules.get(PACKAGE)
    if known is not None:
        return known
    finder = _Texts(files)
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module(PACKAGE)
    except BaseException:
        for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
            del sys.modules[name]
        raise
    finally:
        sys.meta_path.remove(finder)
