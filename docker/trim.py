"""Takes out of an environment's Python packages what the image never runs; docker/Dockerfile calls it before they become a layer.

    python docker/trim.py /opt/lab

Each step prints what it saved. A package that no longer has what a step looks for is no error: packages change, and test.sh runs the labs.
"""

import os
import platform
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import rmtree

# As the paths of native libraries in Spark's jars name them. What is not named here is kept.
OTHER_SYSTEMS = {"aix", "android", "darwin", "freebsd", "mac", "macos", "musl", "osx", "sunos"}
OTHER_SYSTEMS |= {"win", "win32", "win64", "windows", "windows32", "windows64"}
PROCESSORS = {"aarch64": {"aarch64", "arm64"}, "x86_64": {"amd64", "linux64"}}
OTHER_PROCESSORS = {
    "arm",
    "armhf",
    "armv6",
    "armv7",
    "i386",
    "linux32",
    "loongarch64",
    "mips64",
    "ppc",
    "ppc64",
    "ppc64le",
}
OTHER_PROCESSORS |= {"riscv64", "s390x", "sparc", "x86"}


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def remove(path: Path) -> None:
    """Removes a file or a folder."""
    if path.is_dir() and not path.is_symlink():
        rmtree(path)
    else:
        path.unlink()


def tests(site: Path) -> None:
    """The tests that packages bring of themselves; numpy.testing, which others import, is no `tests`."""
    for name in ("numpy", "pandas", "pyarrow", "scipy", "sklearn"):
        for path in sorted((site / name).rglob("tests")):
            if path.is_dir():
                rmtree(path)


def sources(site: Path) -> None:
    """Headers, static libraries and Cython's sources: there is no compiler here."""
    for ending in ("*.a", "*.c", "*.cpp", "*.h", "*.pxd", "*.pxi", "*.pyx"):
        for name in ("numpy", "pandas", "pyarrow", "river", "scipy", "sklearn"):
            for path in (site / name).rglob(ending):
                path.unlink()
    for path in ("pyarrow/include", "pyarrow/src"):
        if (site / path).exists():
            rmtree(site / path)


def arrow(site: Path) -> None:
    """Arrow Flight, a protocol between servers, which neither PySpark nor pandas imports."""
    # Substrait is not used either, but all the others are linked to it.
    for path in (site / "pyarrow").glob("*flight*.so*"):
        path.unlink()


def foreign(name: str, others: set[str]) -> bool:
    """Whether a file in a jar is a native library for another system or processor."""
    if not re.search(r"\.(a|dll|dylib|jnilib|so)$", name):
        return False
    if name.endswith((".dll", ".dylib", ".jnilib")):
        return True
    words = re.split(r"[^a-z0-9]+", name.lower().replace("x86_64", "amd64").replace("aarch_64", "aarch64"))
    return not others.isdisjoint(words)


def jars(site: Path) -> None:
    """Native libraries for other systems and processors: RocksDB's jar alone carries fourteen of them."""
    others = OTHER_SYSTEMS | OTHER_PROCESSORS
    for processor, names in PROCESSORS.items():
        if processor != platform.machine():
            others |= names
    for jar in (site / "pyspark/jars").glob("*.jar"):
        with zipfile.ZipFile(jar) as source:
            names = source.namelist()
            # A signature covers all of a jar.
            signed = any(re.match(r"META-INF/[^/]+\.SF$", name) for name in names)
            if signed or not any(foreign(name, others) for name in names):
                continue
            smaller = jar.with_suffix(".smaller")
            with zipfile.ZipFile(smaller, "w", zipfile.ZIP_DEFLATED) as target:
                for entry in source.infolist():
                    if not foreign(entry.filename, others):
                        target.writestr(entry, source.read(entry))
        os.replace(smaller, jar)


def symbols(site: Path) -> None:
    """Symbols for a debugger. Libraries in `*.libs` were patched after they were linked, and strip breaks such ones."""
    for path in site.rglob("*.so*"):
        if path.is_symlink() or any(part.endswith(".libs") for part in path.parts):
            continue
        subprocess.run(["strip", "--strip-unneeded", path], check=True)


def main(environment: Path) -> None:
    """Runs every step on an environment."""
    site = next(environment.glob("lib/python3*/site-packages"))
    links = [path.name for path in site.iterdir() if path.is_symlink()]
    if links:
        sys.exit(f"trim.py: {', '.join(links)} may belong to another environment, which would be trimmed with this one")
    for step in (tests, sources, arrow, jars, symbols):
        before = size(site)
        step(site)
        print(f"{step.__name__}: {(before - size(site)) / 1e6:.0f} MB less, {size(site) / 1e6:.0f} MB left")


main(Path(sys.argv[1]))
