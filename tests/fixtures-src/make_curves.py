"""Run `scenarios/learning.py` as a cell; keep what `sparkglass.learning` told of its curves, and what scikit-learn says of the same rows.

    python make_curves.py OUTPUT_FOLDER

writes `learning.jsonl.gz`: the events of the kernel in their order, one a line, and as the last line `LearningFacts`, which is no event: by
name of a line of the first curve its Cohen's kappa over all examples and over the newest 100, and how many it got wrong.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from sklearn.metrics import cohen_kappa_score

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from frame_reader import Event, decode  # noqa: E402

from sparkglass.kernel import attach  # noqa: E402
from sparkglass.learning import telling  # noqa: E402

LAST = 100


def facts(events: list[Event]) -> dict[str, Any]:
    """What scikit-learn says about the lines of the first curve whose labels are known."""
    told: dict[str, Any] = {}
    lines = {
        event["Line"]: event for event in events if event["Event"] == "SparkglassCurveLine" and event["Curve"] == 1
    }
    for ordinal, line in lines.items():
        points = [
            event
            for event in events
            if event["Event"] == "SparkglassCurvePoints" and (event["Curve"], event["Line"]) == (1, ordinal)
        ]
        labels = [label for event in points for label in event.get("Labels", [])]
        predictions = [prediction for event in points for prediction in event.get("Predictions", [])]
        if line["Kind"] == "online" and labels:
            told[line["Name"]] = {
                "examples": len(labels),
                "wrong": sum(label != prediction for label, prediction in zip(labels, predictions, strict=True)),
                "kappa": cohen_kappa_score(labels, predictions),
                "kappaOfLast": cohen_kappa_score(labels[-LAST:], predictions[-LAST:]),
            }
    return told


def main(folder: Path) -> None:
    shell = InteractiveShell.instance()
    attach(shell)
    shell.run_cell((HERE / "scenarios" / "learning.py").read_text(), cell_id="learning").raise_error()
    telling.flush()
    frames = telling.watch().channel.history.since(1, 1 << 40)[1]
    events = [event for frame in map(decode, frames) for event in frame.events]
    lines = [*events, {"Event": "LearningFacts", "lines": facts(events)}]
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    # No time and no name in the header: the same events make the same file.
    (folder / "learning.jsonl.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
