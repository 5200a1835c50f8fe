"""A model served over HTTP from the kernel, replaced while it answers: by hand, by each retrain, or as the stream is learnt."""

from __future__ import annotations

import copy
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import models, spark_ml, telling
from .guarded import Guarded
from .versions import Shelf, Version

if TYPE_CHECKING:
    from .axes import Axes
    from .lines import Line
    from .online import Learner

HOST = "127.0.0.1"
TELL_EVERY_S = 1.0
# Also when nothing has happened: a model that stands still grows older.
TELL_ANYWAY_S = 10.0
# Copies of a learner that goes on learning are made that often at most, and take at most a twentieth of the time.
COPY_EVERY_S = 0.2
COPY_SHARE = 20
START_S = 10.0
# A cell that serves is run again and again; the oldest server ends when there are more.
MOST_SERVERS = 8
INSTALL = "%pip install fastapi uvicorn"

_running: list[Served] = []


class Served:
    """A server in a thread of this kernel; made by ``serve`` and ``Curve.serve``.

    Attributes
    ----------
    url
        Where it is, for programs on this machine; only they reach it.
    path
        Where a browser finds it, below the Jupyter server's own address, if that has Sparkglass too.
    token
        What requests carry: ``Authorization: token …`` or ``?token=…``.
    """

    def __init__(self, shelf: Shelf, port: int, token: str | None, curve: Axes | None = None) -> None:
        try:
            import uvicorn

            from .serving_app import app
        except ImportError as error:
            raise ImportError(
                f'Serving a model needs FastAPI and uvicorn ({error}): {INSTALL}, or pip install "sparkglass[serve]"'
            ) from error
        if token is not None and not token:
            raise ValueError("token is empty: leave it out, and one is made.")
        self.token = token or secrets.token_urlsafe(18)
        self.shelf = shelf
        self.curve = curve
        self.line: Line | None = None
        self._socket = _listen(port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{HOST}:{self.port}"
        self.path = f"sparkglass/serve/{self.port}/"
        self._stopped = threading.Event()
        self._told_seen: int | None = None
        self._told_s = 0.0
        config = uvicorn.Config(
            app(shelf, self.token, spark_ml.session()),
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        name = f"sparkglass-serve-{self.port}"
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name=name, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The server did not start on port {self.port}.")
            time.sleep(0.005)
        self._note = _leave_note(self.port, self.token)
        threading.Thread(target=self._tell_on, name=f"{name}-tells", daemon=True).start()
        _running.append(self)
        while len(_running) > MOST_SERVERS:
            _running[0].stop()

    def publish(self, model: Any, trained_on: int | None = None, features: Sequence[str] | None = None) -> Version:
        """Has this model answer from now on; requests that are being answered keep the one they have.

        Parameters
        ----------
        model
            With ``predict``, or river's ``predict_one``. A model that still learns is best copied first.
        trained_on
            Examples that it has learnt from; all that the curve has seen, when it is left out.
        features
            Names of its columns, in order; those of the version before, when they are left out.
        """
        if (
            not callable(getattr(model, "predict", None))
            and not models.is_river(model)
            and not models.is_spark_ml(model)
        ):
            raise TypeError(f"{model!r} cannot be served: it has no predict.")
        before = self.shelf.current
        if features is None and before is not None and not hasattr(model, "feature_names_in_"):
            features = before.features
        if trained_on is None:
            trained_on = 0 if self.curve is None else self.curve.seen
        version = self.shelf.publish(model, trained_on, features)
        if self.curve is not None and not self.curve.is_finished:
            detail = f"trained on {version.trained_on} examples"
            self.curve.mark("version", f"version {version.number}", detail=detail, line=self.line)
        return version

    def follow(self, learner: Learner) -> None:
        """Publishes what a learner of the curve has learnt, step by step; of one that is refitted, each fit."""
        _Follower(self, learner)

    def stop(self) -> None:
        """Ends the server; again does no harm."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        if self in _running:
            _running.remove(self)
        self._server.should_exit = True
        if self._thread is not threading.current_thread():
            self._thread.join(5)
        self._socket.close()
        if note := getattr(self, "_note", None):
            note.unlink(missing_ok=True)
        self._tell(is_last=True)

    @property
    def is_running(self) -> bool:
        """Whether it still answers."""
        return not self._stopped.is_set() and self._thread.is_alive()

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        state = "running" if self.is_running else "stopped"
        now = "no model" if self.shelf.current is None else f"version {self.shelf.current.number}"
        return f"<served at {self.url}/predict?token={self.token}: {now}, {state}>"

    def _tell_on(self) -> None:
        while not self._stopped.wait(TELL_EVERY_S):
            self._tell()

    def _tell(self, is_last: bool = False) -> None:
        if self.curve is None or self.shelf.current is None:
            return
        seen = self.shelf.examples
        now = time.monotonic()
        is_news = self.shelf.has_news or is_last or seen != self._told_seen
        if not is_news and (self.curve.is_finished or now < self._told_s + TELL_ANYWAY_S):
            return
        self.shelf.has_news, self._told_seen, self._told_s = False, seen, now
        version, published = self.shelf.news()
        assert version is not None
        telling.tell(
            {
                "Event": "SparkglassCurveServing",
                "Curve": self.curve.ordinal,
                "Line": None if self.line is None else self.line.ordinal,
                "Version": version.number,
                "Trained On": version.trained_on,
                "Published At": int(version.published_at * 1000),
                "Published": published,
                "Examples": seen,
                "Requests": self.shelf.requests,
                "Errors": self.shelf.errors,
                "Latencies": self.shelf.latencies_ms(),
                "Stopped": is_last,
                "Time": int(time.time() * 1000),
            }
        )


class _Follower:
    """Looks at a learner after each of its steps."""

    def __init__(self, served: Served, learner: Learner) -> None:
        self._served = served
        self._learner = learner
        self._fit = 0
        self._next_s = 0.0
        self._published_at = -1
        served.line = learner.line
        served.curve = learner.curve
        learner.curve.on_learnt(self._learnt)
        learner.curve.at_end(lambda: self._look(is_last=True))
        self._look(is_last=True)

    def _learnt(self, learner: Learner) -> None:
        if learner is self._learner and not self._served._stopped.is_set():
            self._look(is_last=False)

    def _look(self, is_last: bool) -> None:
        learner = self._learner
        if not learner.has_learnt or learner.model is None:
            return
        features = learner.features or None
        fit = getattr(learner, "version", None)
        if fit is not None:
            if fit != self._fit:
                self._fit = fit
                # A fit makes a model of its own, which nobody teaches any more.
                self._served.publish(learner.model, getattr(learner, "trained_on", learner.line.at), features)
            return
        at = learner.line.at
        began = time.monotonic()
        if at == self._published_at or (began < self._next_s and not is_last):
            return
        model = learner.model.learner if isinstance(learner.model, Guarded) else learner.model
        # Not told as a version of its own: there is one with each step.
        self._served.shelf.publish(copy.deepcopy(model), at, features)
        self._published_at = at
        ended = time.monotonic()
        self._next_s = ended + max(COPY_EVERY_S, (ended - began) * COPY_SHARE)


def serve(
    model: Any = None,
    *,
    features: Sequence[str] | None = None,
    trained_on: int = 0,
    port: int = 0,
    token: str | None = None,
) -> Served:
    """Serves a model of this kernel: ``POST /predict`` and ``GET /health``, on this machine only.

    Parameters
    ----------
    model
        With ``predict``, or river's ``predict_one``; None to ``publish`` it later.
    features
        Names of its columns, in order.
    trained_on
        Examples that it has learnt from.
    port
        0: any that is free. A server of this kernel that has the port makes room.
    token
        What requests have to carry; made when it is left out.

    Raises
    ------
    ImportError
        Without FastAPI or uvicorn; says how they are installed.
    OSError
        When another program has the port.
    """
    served = Served(Shelf(), port, token)
    if model is not None:
        try:
            served.publish(model, trained_on, features)
        except Exception:
            served.stop()
            raise
    return served


def _listen(port: int) -> socket.socket:
    for running in list(_running):
        if port and running.port == port:
            running.stop()
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen(128)
    except (OSError, OverflowError) as error:
        made.close()
        raise OSError(
            f"Port {port} cannot be used ({error}): choose another, or port=0 for any that is free."
        ) from error
    return made


def _leave_note(port: int, token: str) -> Path | None:
    """Tells the Jupyter server's part, which runs as the same user, that this port is served, and with which token."""
    try:
        from jupyter_core.paths import jupyter_runtime_dir
        from jupyter_core.utils import ensure_dir_exists

        folder = Path(jupyter_runtime_dir())
        ensure_dir_exists(folder, 0o700)
        note = folder / f"sparkglass-serve-{port}.json"
        note.unlink(missing_ok=True)
        with open(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"port": port, "token": token, "pid": os.getpid()}, file)
        return note
    except Exception:
        return None  # without Jupyter, programs on this machine reach it all the same
