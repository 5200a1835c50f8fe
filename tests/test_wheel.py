"""The wheel, as people get it: installed beside a JupyterLab that is there it is all it takes, and uninstalled it leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

import pytest
from own_server import PATIENCE, TOKEN, free_port
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


class Environment(NamedTuple):
    """A virtual environment with a JupyterLab and nothing of ours."""

    folder: Path
    #: For programs in it: nobody's own settings, and nothing of this environment.
    env: dict[str, str]

    def run(self, *command: str) -> str:
        """Runs one of its programs; what it prints, on either stream."""
        program = str(self.folder / "bin" / command[0])
        done = subprocess.run(
            [program, *command[1:]], capture_output=True, text=True, env=self.env, cwd=self.folder, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def pip(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "pip", "--python", str(self.folder / "bin" / "python"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr

    def files(self) -> set[str]:
        """All its files but what Python compiled."""
        return {
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.suffix != ".pyc" and path.name != "__pycache__"
        }


def needed(name: str, found: set[str], extras: frozenset[str] = frozenset()) -> set[str]:
    """The names of a distribution and of all that it needs here, each also with the extras it is asked for."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    wanted = {f"{key}[{extra}]" for extra in extras} | {key}
    if wanted <= found:
        return found
    try:
        requirements = distribution(name).requires or []
    except PackageNotFoundError:
        return found
    found |= wanted
    for requirement in map(Requirement, requirements):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            needed(requirement.name, found, frozenset(requirement.extras))
    return found


def copy(name: str, folder: Path) -> None:
    """Puts the files of a distribution of this environment where pip puts them: the real packages, without a download."""
    mine, prefix = distribution(name), Path(sys.prefix).resolve()
    for file in mine.files or []:
        # Not resolved: a file may be a link to elsewhere.
        source = Path(os.path.normpath(str(mine.locate_file(file))))
        if not source.exists():
            continue
        target = folder / os.path.relpath(source, prefix)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.parent == folder / "bin":
            # A script's first line names its interpreter.
            target.write_bytes(source.read_bytes().replace(str(prefix).encode(), str(folder).encode()))
            shutil.copymode(source, target)
        else:
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("sparkglass-*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder = tmp_path_factory.mktemp("environment").resolve()
    venv.create(folder)
    # What the wheel needs is there, too, as far as it is here: pip takes it down from there.
    found = needed("jupyterlab", set()) | needed("sparkglass", set())
    for name in {name.partition("[")[0] for name in found} - {"sparkglass"}:
        copy(name, folder)
    home = folder.parent / f"{folder.name}-home"
    home.mkdir()
    env = {
        **{name: value for name, value in os.environ.items() if not re.match("JUPYTER|PYTHON|VIRTUAL_ENV", name)},
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }
    return Environment(folder, env)


@pytest.fixture(scope="module")
def before(environment: Environment) -> set[str]:
    """The files of the environment before Sparkglass came."""
    assert "sparkglass" not in environment.run("jupyter", "labextension", "list")
    return environment.files()


@pytest.fixture(scope="module")
def installed(environment: Environment, wheel: Path, before: set[str]) -> Environment:
    environment.pip("install", str(wheel))
    return environment


@pytest.fixture(scope="module")
def url(installed: Environment) -> Iterator[str]:
    """The address of its JupyterLab, with a path before it as a hub has."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/user/ada/"
    options = [
        f"--port={port}",
        "--port-retries=0",
        "--ServerApp.base_url=/user/ada/",
        f"--IdentityProvider.token={TOKEN}",
    ]
    log = Path(installed.env["HOME"]) / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [str(installed.folder / "bin" / "jupyter-lab"), "--no-browser", "--allow-root", *options],
            env=installed.env,
            cwd=installed.env["HOME"],
            stdout=output,
            stderr=output,
        )
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                get(url + "api")
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < end, log.read_text()
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(PATIENCE)


def get(url: str) -> bytes:
    with urllib.request.urlopen(
        urllib.request.Request(url, headers={"Authorization": f"token {TOKEN}"}), timeout=30
    ) as answer:
        return answer.read()


def test_both_parts_are_enabled(installed: Environment) -> None:
    page = installed.run("jupyter", "labextension", "list")
    assert re.search(r"sparkglass v\S+ .*enabled.* .*OK.* \(python, sparkglass\)", page), page
    server = installed.run("jupyter", "server", "extension", "list")
    assert re.search(r"sparkglass .*enabled", server), server
    assert re.search(r"sparkglass \S+ .*OK", server), server


def test_the_page_loads_it(url: str) -> None:
    page = get(url + "lab").decode()
    config = re.search(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.S)
    assert config, page
    (extension,) = [it for it in json.loads(config[1])["federated_extensions"] if it["name"] == "sparkglass"]
    entry = get(f"{url}lab/extensions/sparkglass/{extension['load']}")
    # Every other file that it may ask for later is served as it was packed.
    packed = ROOT / "sparkglass" / "labextension"
    assert entry == (packed / extension["load"]).read_bytes()
    files = [path for path in (packed / "static").iterdir() if path.suffix == ".js"]
    assert len(files) > 10
    for path in files:
        assert get(f"{url}lab/extensions/sparkglass/static/{path.name}") == path.read_bytes()
    settings = json.loads(get(url + "lab/api/settings/sparkglass:plugin"))
    assert settings["schema"]["title"] == "Sparkglass"


def test_the_server_part_answers(url: str, installed: Environment) -> None:
    content = bytes(range(256))
    (Path(installed.env["HOME"]) / "a-log").write_bytes(content)
    request = urllib.request.Request(
        url + "sparkglass/logs/a-log", headers={"Authorization": f"token {TOKEN}", "Range": "bytes=10-19"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert (answer.status, answer.read()) == (206, content[10:20])


def test_uninstalled_it_leaves_nothing(installed: Environment, url: str, before: set[str]) -> None:
    """Also after it has been used: ``url`` has served its page."""
    get(url + "lab")
    assert installed.files() - before
    installed.pip("uninstall", "--yes", "sparkglass")
    assert installed.files() == before
    assert "sparkglass" not in installed.run("jupyter", "labextension", "list")
    assert "sparkglass" not in installed.run("jupyter", "server", "extension", "list")
