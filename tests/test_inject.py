"""The kernel side as modules made from text, and its version."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest
from kernels import ROOT

from sparkglass import __version__
from sparkglass.kernel.inject import PACKAGE, install

FOLDER = ROOT / "sparkglass" / "kernel"


@pytest.fixture
def files() -> Iterator[dict[str, str]]:
    before = list(sys.meta_path)
    yield {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.is_file()}
    assert sys.meta_path == before
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_the_package_is_made_once(files: dict[str, str]) -> None:
    module = install(files)
    assert module is sys.modules[PACKAGE]
    assert __version__ == module.VERSION
    assert {
        f"{PACKAGE}.{name}" for name in ("attach", "cells", "channel", "contexts", "driver", "status_store")
    } <= set(sys.modules)
    assert module.attach is not __import__("sparkglass.kernel", fromlist=["attach"]).attach
    assert install({}) is module


def test_a_missing_file_leaves_nothing_behind(files: dict[str, str]) -> None:
    del files["frames.py"]
    with pytest.raises(ImportError, match="frames"):
        install(files)
    assert not [name for name in sys.modules if name.startswith(PACKAGE)]


def test_a_traceback_shows_the_lines(files: dict[str, str]) -> None:
    import traceback

    module = install(files)
    with pytest.raises(ValueError, match="at least") as caught:
        sys.modules[f"{PACKAGE}.frames"].read_header(b"")
    assert module.PROTOCOL == 1
    assert "raise ValueError" in "".join(traceback.format_exception(caught.value))


def test_the_version_is_that_of_the_page() -> None:
    assert __version__ == json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"]
