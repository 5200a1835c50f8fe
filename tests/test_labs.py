"""The labs: their notebooks are what their sources say, the same code in both languages.

`ui-tests/tests/labs.spec.ts` runs them in both, and `test_lab_cluster.py` looks at what becomes of the processes of lab 08.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from kernels import ROOT

LANGUAGES = ("en", "pl")
LOOK_AT = {"en": "*Look at:*", "pl": "*Spójrz na:*"}
NAMES = sorted(path.stem for path in (ROOT / "examples" / "source").glob("*.lab"))


def cells(language: str, name: str) -> list[dict[str, Any]]:
    """The cells of a lab's notebook."""
    notebook = json.loads((ROOT / "examples" / language / f"{name}.ipynb").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = notebook["cells"]
    return found


def code(language: str, name: str) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(language, name) if cell["cell_type"] == "code"]


def test_there_are_eight() -> None:
    assert [name[:3] for name in NAMES] == [f"0{number}-" for number in range(1, 9)]


def test_the_notebooks_are_what_their_sources_say() -> None:
    """`node scripts/labs.mjs` writes them; the text of each cell is in both languages, its code once."""
    program = """
      const { readFileSync } = require('node:fs');
      const labs = require('./scripts/checks/labs.cjs');
      console.log(JSON.stringify(labs.read().flatMap(lab => labs.LANGUAGES
        .map(language => [labs.pathOf(language, lab.name), labs.textOf(lab, language)]))
        .filter(([path, text]) => readFileSync(path, 'utf8') !== text).map(([path]) => path)));
    """
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("name", NAMES)
def test_code_is_the_same_in_both_languages(name: str) -> None:
    assert code("en", name) == code("pl", name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_begins_with_a_question_says_what_to_look_at_and_ends_with_a_folded_solution(name: str, language: str) -> None:
    texts = ["".join(cell["source"]) for cell in cells(language, name) if cell["cell_type"] == "markdown"]
    assert "?" in texts[0] + texts[1]
    sections = [text for text in texts if text.startswith("## ")]
    assert all(LOOK_AT[language] in text for text in sections[:-1])
    assert "<details>" in texts[-1] and "</details>" in texts[-1]
    assert all("outputs" not in cell or cell["outputs"] == [] for cell in cells(language, name))
