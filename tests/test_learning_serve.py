"""A served model, asked over HTTP: what it answers, who may ask, and how it is replaced meanwhile."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from jupyter_core.paths import jupyter_runtime_dir
from river import linear_model
from sklearn.linear_model import LogisticRegression
from told import Told, listen

from sparkglass.learning import curve
from sparkglass.learning.learners import AdalineSGD, Perceptron
from sparkglass.learning.recipes import flowers
from sparkglass.learning.serving import MOST_SERVERS, Served, serve

ROWS = flowers()
NAMES = ["sepal", "petal"]


class Constant:
    """A model whose answer names its version."""

    def __init__(self, answer: int, wait: Callable[[], object] = lambda: None) -> None:
        self.answer = answer
        self.wait = wait

    def predict(self, X: Any) -> np.ndarray:
        self.wait()
        return np.full(len(X), self.answer)


@pytest.fixture
def stop() -> Iterator[Callable[[Served], Served]]:
    """Notes servers, which end with the test."""
    running: list[Served] = []

    def note(served: Served) -> Served:
        running.append(served)
        return served

    yield note
    for served in running:
        served.stop()


def ask(
    served: Served, body: Any = None, path: str | None = None, token: str | None = None, header: bool = True
) -> tuple[int, Any]:
    """Status and answer; ``body`` is JSON, or bytes as they are; without one it is asked for its health."""
    token = served.token if token is None else token
    url = f"{served.url}/{path or ('health' if body is None else 'predict')}" + ("" if header else f"?token={token}")
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Authorization": f"token {token}"} if header else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_it_predicts_and_says_how_it_stands(stop: Callable[[Served], Served]) -> None:
    learner = Perceptron().fit(ROWS.X[:200], ROWS.y[:200])
    served = stop(serve(learner, features=NAMES, trained_on=200))
    before = time.time()
    status, answer = ask(served, {"features": {"petal": float(ROWS.X[0, 1]), "sepal": float(ROWS.X[0, 0])}})
    assert status == 200 and answer["prediction"] == learner.predict(ROWS.X[0])
    assert (answer["model_version"], answer["trained_on"]) == (1, 200)
    assert abs(datetime.fromisoformat(answer["published_at"]).timestamp() - before) < 10
    rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS.X[:50].tolist()]
    assert ask(served, {"rows": rows})[1]["predictions"] == learner.predict(ROWS.X[:50]).tolist()
    assert (
        ask(served, {"rows": ROWS.X[:50].tolist()}, header=False)[1]["predictions"]
        == learner.predict(ROWS.X[:50]).tolist()
    )
    status, health = ask(served)
    assert status == 200 and health["status"] == "ok" and health["model_version"] == 1 and health["trained_on"] == 200
    assert health["lag"] is None and health["requests"] == 3 and health["errors"] == 0 and health["features"] == NAMES
    median, ninety_five, most = health["latencies_ms"]
    assert 0 < median <= ninety_five <= most


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b"{not json", 400, "this is not JSON"),
        (b"", 400, "this is not JSON"),
        (b"[" * 100_000, 400, "this is not JSON"),
        ([1, 2], 422, 'send {"features": {"name": number'),
        ({"features": {}, "rows": []}, 422, 'send {"features"'),
        (
            {"features": {"sepal": 1, "petals": 2}},
            422,
            "row 0: 'petal' is missing, 'petals' is not known; the features are sepal, petal",
        ),
        ({"features": {"sepal": 1, "petal": "2"}}, 422, "row 0: 'petal' is no number but \"2\""),
        (b'{"features": {"sepal": 1, "petal": NaN}}', 422, "'petal' is no number but NaN"),
        ({"features": {"sepal": 1, "petal": None}}, 422, "'petal' is no number but null"),
        ({"features": {"sepal": 1, "petal": True}}, 422, "'petal' is no number but true"),
        ({"rows": [[1, 2], [1, 2, 3]]}, 422, "row 1 has 3 numbers, and the model 2 features"),
        ({"rows": []}, 422, "rows has to be a list of rows"),
        ({"rows": ["setosa"]}, 422, "row 0 is neither an object nor a list"),
        ({"rows": [[0, 0]] * 10_001}, 413, "10001 rows are too many"),
        (b" " * 1_000_001, 413, "longer than 1000000 bytes"),
    ],
)
def test_what_cannot_be_answered_is_said(
    stop: Callable[[Served], Served], body: Any, status: int, message: str
) -> None:
    served = stop(serve(Perceptron().fit(ROWS.X[:200], ROWS.y[:200]), features=NAMES))
    found, answer = ask(served, body)
    assert found == status and message in answer["error"]
    assert ask(served)[1]["errors"] == 1 and ask(served, {"rows": [[0, 0]]})[0] == 200


def test_only_who_has_the_token_may_ask(stop: Callable[[Served], Served]) -> None:
    served = stop(serve(Constant(1)))
    for path, body in (("predict", {"rows": [[1]]}), ("health", None)):
        for header in (True, False):
            status, answer = ask(served, body, path, "wrong", header)
            assert status == 401 and "no token, or a wrong one" in answer["error"]
            assert ask(served, body, path, "", header)[0] == 401
            assert ask(served, body, path, None, header)[0] == 200
    assert ask(served, path="docs")[0] == 404 and ask(served, path="openapi.json")[0] == 404
    assert ask(served)[1]["requests"] == 2, "who may not ask is not counted"
    assert stop(serve(Constant(1), token="of my own")).token == "of my own"
    assert stop(serve(Constant(1))).token != served.token


def test_it_listens_on_this_machine_only(stop: Callable[[Served], Served]) -> None:
    served = stop(serve(Constant(1)))
    assert served._socket.getsockname()[0] == "127.0.0.1"
    with pytest.raises(OSError), socket.socket() as other:
        other.settimeout(2)
        other.connect(("127.0.0.2", served.port))


def test_a_model_is_replaced_while_it_answers(stop: Callable[[Served], Served]) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        entered.set()
        assert go_on.wait(20)

    served = stop(serve(Constant(1, wait), trained_on=100))
    slow: list[Any] = []
    asking = threading.Thread(target=lambda: slow.append(ask(served, {"rows": [[0]]})))
    asking.start()
    assert entered.wait(20)
    assert ask(served)[1]["model_version"] == 1, "a slow model does not keep /health waiting"
    served.publish(Constant(2), trained_on=300)
    assert ask(served, {"rows": [[0]]})[1] | {"published_at": ""} == {
        "predictions": [2],
        "model_version": 2,
        "trained_on": 300,
        "published_at": "",
    }
    go_on.set()
    asking.join(20)
    assert slow[0][1]["predictions"] == [1] and slow[0][1]["model_version"] == 1 and slow[0][1]["trained_on"] == 100


def test_answer_and_version_belong_together(stop: Callable[[Served], Served]) -> None:
    served = stop(serve(Constant(1), trained_on=1))
    seen: list[tuple[int, int, int]] = []
    failed: list[Any] = []

    def asks() -> None:
        for _ in range(100):
            status, answer = ask(served, {"rows": [[0], [0]]})
            if status != 200 or len(set(answer["predictions"])) != 1:
                failed.append(answer)
            else:
                seen.append((answer["predictions"][0], answer["model_version"], answer["trained_on"]))

    threads = [threading.Thread(target=asks) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        number = served.shelf.current.number + 1 if served.shelf.current else 0
        served.publish(Constant(number), trained_on=number)
        time.sleep(0.001)
    assert not failed and len(seen) == 400
    assert all(answer == version == trained for answer, version, trained in seen)
    assert len({version for _, version, _ in seen}) > 10


def test_models_of_many_kinds(stop: Callable[[Served], Served]) -> None:
    frame = pd.DataFrame(ROWS.X[:200], columns=NAMES)
    served = stop(serve(LogisticRegression().fit(frame, np.where(ROWS.y[:200] > 0, "versicolor", "setosa"))))
    answer = ask(served, {"features": {"sepal": 1.0, "petal": 2.0}})[1]
    assert answer["prediction"] == "versicolor" and ask(served)[1]["features"] == NAMES
    unnamed = stop(serve(LogisticRegression().fit(ROWS.X[:200], ROWS.y[:200])))
    assert ask(unnamed, {"rows": [[1, 2]]})[1]["predictions"] == [1]
    assert "have no names" in ask(unnamed, {"features": {"sepal": 1}})[1]["error"]
    assert ask(unnamed, {"rows": [[1]]})[1]["error"] == "row 0 has 1 numbers, and the model 2 features"
    river = linear_model.LogisticRegression()
    rivers = stop(serve(river, features=NAMES))
    for row, label in zip(ROWS.X[:200].tolist(), ROWS.y[:200].tolist(), strict=True):
        river.learn_one(dict(zip(NAMES, row, strict=True)), label > 0)
    assert ask(rivers, {"features": {"sepal": 1.0, "petal": 2.0}})[1]["prediction"] is True
    broken = stop(serve(Perceptron()))
    status, answer = ask(broken, {"rows": [[1, 2]]})
    assert status == 500 and "has learnt nothing yet" in answer["error"]
    diverged = stop(serve(Constant(float("nan"))))  # type: ignore[arg-type]
    assert "cannot be sent as JSON: [nan]" in ask(diverged, {"rows": [[1]]})[1]["error"]
    nothing = stop(serve())
    assert ask(nothing, {"rows": [[1]]}) == (503, {"error": "no model has been published yet"})
    assert ask(nothing)[1]["status"] == "no model"
    with pytest.raises(TypeError, match="cannot be served: it has no predict"):
        serve("model.pkl")


def test_ports(stop: Callable[[Served], Served]) -> None:
    first = stop(serve(Constant(1)))
    # The cell is run again: the port is taken over.
    second = stop(serve(Constant(2), port=first.port, token=first.token))
    assert not first.is_running and ask(second, {"rows": [[0]]})[1]["predictions"] == [2]
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match=r"Port \d+ cannot be used .*: choose another, or port=0"):
            serve(Constant(1), port=other.getsockname()[1])
    second.stop()
    second.stop()
    assert not second.is_running and "stopped" in repr(second)
    with pytest.raises(OSError):
        ask(second)
    many = [stop(serve(Constant(n))) for n in range(MOST_SERVERS + 1)]
    assert [served.is_running for served in many] == [False] + [True] * MOST_SERVERS


def test_as_the_stream_is_learnt_the_served_model_is(stop: Callable[[Served], Served]) -> None:
    listen()
    c = curve("serve", classes=[-1, 1])
    nightly = c.batch(LogisticRegression(), every=400)
    learn = c.each_batch([AdalineSGD(0.01), nightly], NAMES)
    online = stop(c.serve("AdalineSGD")) if learn.learners else None
    assert online is not None
    nights = stop(c.serve(nightly))
    assert ask(online, {"rows": [[1, 1]]})[0] == 503
    began = time.monotonic()
    for begin in range(0, 1000, 50):
        learn.step(ROWS.X[begin : begin + 50], ROWS.y[begin : begin + 50])
    health = ask(online)[1]
    assert health["status"] == "ok" and health["trained_on"] + health["lag"] == 1000 and health["features"] == NAMES
    assert health["model_version"] <= 2 + (time.monotonic() - began) / 0.2, "copies are not made with each step"
    standing = ask(nights)[1]
    assert (standing["model_version"], standing["trained_on"], standing["lag"]) == (2, 800, 200)
    probe = {"features": dict(zip(NAMES, ROWS.probe[0][0].tolist(), strict=True))}
    assert ask(nights, probe)[1]["prediction"] == nightly.model.predict(ROWS.probe[0][:1])[0]
    c.finish()
    # At the end the newest of the learner is there, and it is a copy.
    current = online.shelf.current
    assert current is not None and current.trained_on == 1000 and current.model is not learn.learners[0].model
    np.testing.assert_array_equal(current.model.w_, learn.learners[0].model.w_)
    time.sleep(1.3)
    told = Told(c)
    marks = [(mark["Name"], mark["Start"]) for mark in told.marks("version")]
    assert marks == [("version 1", 400), ("version 2", 800)]
    lines = {event["Line"]: event for event in told.events("Serving")}
    newest = lines[nightly.line.ordinal]
    assert (newest["Version"], newest["Trained On"], newest["Examples"], newest["Requests"], newest["Errors"]) == (
        2,
        800,
        1000,
        1,
        0,
    )
    assert len(newest["Latencies"]) == 3 and abs(newest["Published At"] - newest["Time"]) < 60_000
    assert lines[learn.learners[0].line.ordinal]["Trained On"] == 1000


def test_serving_is_told_once_a_second_at_most(stop: Callable[[Served], Served]) -> None:
    listen()
    c = curve("told")
    served = stop(c.serve(Constant(1)))
    began = time.monotonic()
    while time.monotonic() - began < 2.5:
        ask(served, {"rows": [[0]]})
    took = time.monotonic() - began
    assert 2 <= len(Told(c).events("Serving")) <= took + 1
    time.sleep(1.2)
    count = len(Told(c).events("Serving"))
    time.sleep(1.5)
    assert len(Told(c).events("Serving")) == count, "nothing new, nothing told"
    assert [mark["Name"] for mark in Told(c).marks("version")] == ["version 1"]


def test_a_guarded_learner_is_served_without_its_guard(stop: Callable[[Served], Served]) -> None:
    c = curve("guard", classes=[-1, 1])
    learn = c.each_batch(c.policy(AdalineSGD(0.01), "quarantine"), NAMES, name="guarded")
    served = stop(c.serve(learn))
    for begin in range(0, 900, 50):
        learn.step(ROWS.X[begin : begin + 50], ROWS.y[begin : begin + 50])
    c.finish()
    assert ask(served)[1]["learner"] == "AdalineSGD" and ask(served)[1]["trained_on"] == 900
    with pytest.raises(ValueError, match="no learner 'other' on this curve; there are: guarded"):
        c.serve("other")


def test_without_fastapi_the_command_is_named() -> None:
    code = (
        "import sys; sys.modules['fastapi'] = None\n"
        "from sparkglass.learning.serving import serve\n"
        "try:\n    serve(None)\nexcept ImportError as error:\n    print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert '%pip install fastapi uvicorn, or pip install "sparkglass[serve]"' in said


def test_through_the_jupyter_server(stop: Callable[[Served], Served], tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = stop(serve(Constant(7), trained_on=70, features=["x"]))
    note = Path(jupyter_runtime_dir()) / f"sparkglass-serve-{served.port}.json"
    assert note.exists() and (os.name == "nt" or note.stat().st_mode & 0o077 == 0)
    config = {
        "ServerApp": {
            "port": port,
            "open_browser": False,
            "allow_root": True,
            "jpserver_extensions": {"sparkglass": True},
        },
        "IdentityProvider": {"token": "jupyters"},
    }
    (tmp_path / "jupyter_server_config.json").write_text(json.dumps(config))
    env = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": jupyter_runtime_dir()}
    env["PYTHONPATH"] = str(Path(__file__).parent.parent)
    with open(tmp_path / "log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server"], env=env, cwd=tmp_path, stdout=log, stderr=log
        )

    def through(path: str, body: Any = None, token: str = "jupyters") -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", data, {"Authorization": f"token {token}"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text.startswith(b"{") else text

    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                if through("api")[0] == 200:
                    break
            except OSError:
                pass
            assert time.monotonic() < deadline and server.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.1)
        status, answer = through(served.path + "predict", {"features": {"x": 1}})
        assert status == 200 and answer["prediction"] == 7 and answer["trained_on"] == 70
        assert through(served.path + "health")[1]["requests"] == 1
        assert through(served.path + "predict", {"features": {"y": 1}})[0] == 422
        assert through(served.path + "health", token="wrong")[0] in (401, 403)
        assert through(served.path + "health", {})[0] == 405 and through(served.path + "predict")[0] == 405
        assert through(served.path + "docs")[0] == 404
        # A port that no kernel has said is its own is not asked: not even Jupyter's.
        status, answer = through(f"sparkglass/serve/{port}/health")
        assert status == 404 and f"No kernel serves a model on port {port}" in answer["message"]
        served.stop()
        assert not note.exists() and through(served.path + "health")[0] == 404
        note.write_text(json.dumps({"port": served.port, "token": "x"}))
        assert through(served.path + "health")[0] == 502, "a kernel that died leaves its note"
        note.unlink()
    finally:
        server.terminate()
        server.wait(30)
