"""One SparkContext: the listener in its JVM, and the thread that fetches what it heard."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from . import status_store
from .cells import Event, Run, now_ms
from .channel import Channel
from .frames import BACKFILL, pack_events

INTERVAL_MS = 200
QUIET_MS = 15
# How long what streams do by themselves is gathered: nobody waits for a single micro-batch.
GATHER_MS = 500
WAIT_MS = 2000
OLDEST_SPARK = (3, 5)
REASON = "from the notebook"
# Spark's status store hears of a task a little later than we do; until then what it said of a running stage is looked at once more.
SECOND_LOOK_S = 2.0
BETWEEN_BATCHES_S = 5.0


class Quiet(logging.Filter):
    """Keeps py4j from writing about calls of ours into the user's cell: all of them at level DEBUG, the failed ones always."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        return record.thread not in self.threads

    @contextlib.contextmanager
    def here(self) -> Iterator[None]:
        """While this lasts, on the calling thread."""
        thread = threading.get_ident()
        outermost = thread not in self.threads
        self.threads.add(thread)
        try:
            yield
        finally:
            if outermost:
                self.threads.discard(thread)


quiet = Quiet()
for _name in (None, "py4j.java_gateway", "py4j.clientserver"):
    logging.getLogger(_name).addFilter(quiet)


class Driver:
    """Watches one SparkContext until it stops.

    Parameters
    ----------
    sc
        The Python SparkContext; initialised.
    ordinal
        Its number in this kernel, from 1.
    channel
        Where frames go.
    source
        Java source of the listener.
    max_rows
        Task rows the listener holds when nobody fetches.
    on_end
        Called once, from the driver's thread, when the context is gone.
    """

    def __init__(
        self,
        sc: Any,
        ordinal: int,
        channel: Channel,
        source: str,
        max_rows: int,
        on_end: Callable[[Driver], None],
    ) -> None:
        self.ordinal = ordinal
        self.listener: Any = None
        self.alive = True
        self._sc = sc
        self._scala = sc._jsc.sc()
        self._channel = channel
        self._on_end = on_end
        self._detached = False
        self._is_new = True
        self._beginning = b""
        self._follower = status_store.Follower(sc)
        try:
            listener = _new_listener(sc, self._scala, ordinal, source, max_rows)
            listener.join()
            self.listener = listener
        except Exception as error:
            if not jvm_alive(sc):
                raise
            self._notice("compileFailed", f"{type(error).__name__}: {_first_line(error)}")
        self._attached = now_ms()
        self._thread = threading.Thread(target=self._watch, name=f"sparkglass-driver-{ordinal}", daemon=True)

    def start(self, run: Run | None, is_new: bool) -> None:
        """Says that we are attached, and begins to fetch; of a context that is not new, the past first."""
        self._is_new = is_new
        self._push([self._application(run)])
        self._thread.start()

    def watches(self, sc: Any) -> bool:
        """True for the context that this one was made for."""
        return self._sc is sc

    @property
    def reachable(self) -> bool:
        """False when the context was stopped or its JVM has died, also before our thread has noticed."""
        return self.alive and self._sc._jsc is not None and jvm_alive(self._sc)

    # ---- what the user's thread does -------------------------------------------------

    def began(self, run: Run) -> None:
        """A cell begins, on the calling thread."""
        with quiet.here():
            if self.listener is not None:
                self.listener.cellStarted(run.id, json.dumps(run.started()))
            else:
                self._scala.setLocalProperty("sparkglass.cell", run.id)
                self._follower.say(run.started())

    def ended(self, event: Event) -> None:
        """A cell ended, on the calling thread."""
        with quiet.here():
            if self.listener is not None:
                self.listener.cellEnded(json.dumps(event))
            else:
                self._scala.setLocalProperty("sparkglass.cell", None)
                self._follower.say(event)

    def say(self, event: Event) -> None:
        """An event of ours, in its place among those of this context."""
        with quiet.here():
            if self.listener is not None:
                self.listener.say(json.dumps(event))

    def printed(self, text: str) -> None:
        """The calling thread printed this; it is told if it works on a batch of a stream."""
        if self.listener is not None and self.reachable:
            with quiet.here():
                self.listener.printed(text)

    def claim(self, run: str) -> None:
        """The calling thread was started by this run."""
        with quiet.here():
            if self.listener is not None:
                self.listener.claim(run)

    def data_frames(self, targets: list[str]) -> list[Event]:
        """See ``dataframes.Describe``."""
        if self.listener is None:
            return []
        with quiet.here():
            gateway = self._sc._gateway.java_gateway_server.getGateway()
            packed = self.listener.dataFrames(gateway, ",".join(targets))
        lines = zlib.decompress(packed).decode().split("\n")
        return [json.loads(line or "{}") for line in lines[: len(targets)]]

    # ---- requests, on the control thread ---------------------------------------------

    def cancel(
        self,
        jobs: list[int] | None = None,
        stage: int | None = None,
        run: str | None = None,
        query: str | None = None,
    ) -> int:
        """Cancels jobs, a stage, or every active job of a run, stops a streaming query; how many requests were made of Spark."""
        count = 0
        with quiet.here():
            for job in jobs or []:
                self._scala.cancelJob(int(job), REASON)
                count += 1
            if stage is not None:
                self._scala.cancelStage(int(stage), REASON)
                count += 1
            if run is not None and self.listener is not None:
                count += self.listener.cancelRun(run, REASON)
            if query is not None:
                count += self._stop_query(query)
        return count

    def _stop_query(self, run_id: str) -> int:
        """Stops a streaming query, in a thread of its own: this may take as long as a batch."""
        session = self._sc._jvm.org.apache.spark.sql.SparkSession.getDefaultSession()
        if session.isDefined():
            for query in session.get().sharedState().activeStreamingQueries().values():
                if query.runId().toString() == run_id:
                    threading.Thread(
                        target=self._quietly, args=(_stop, query), name="sparkglass-stop", daemon=True
                    ).start()
                    return 1
        return 0

    def _quietly(self, action: Callable[..., object], *arguments: object) -> None:
        """What it fails with is Spark's to say, in the events of the query."""
        with quiet.here(), contextlib.suppress(Exception):
            action(*arguments)

    def detach(self) -> None:
        """Stops listening; Spark goes on."""
        self._detached = True
        reachable = self.reachable
        self.alive = False
        if self.listener is not None and reachable:
            with quiet.here():
                self.listener.leave()

    # ---- the fetching thread ---------------------------------------------------------

    def _watch(self) -> None:
        with quiet.here():
            reason = self._fetch_all()
            over = not self._detached or self._is_stopped()
        self.alive = False
        if over:
            if reason == "gone":
                self._notice("driverGone", "")
            end = {
                "Event": "SparkglassApplicationEnd",
                "Application": self.ordinal,
                "Time": now_ms(),
                "Reason": reason,
            }
            self._push([end])
        self._on_end(self)

    def _fetch_all(self) -> str:
        """Fetches until there is nothing more to come; returns why."""
        try:
            self._begin()
            if self.listener is not None:
                self._fetch()
            else:
                self._follower.follow(self._push, lambda: self._detached)
        except Exception as error:
            if self._is_stopped():
                return "stopped"
            if not self._detached and not _died(self._sc):
                self._notice("attachFailed", f"{type(error).__name__}: {_first_line(error)}")
            return "gone"
        return "stopped"

    def _is_stopped(self) -> bool:
        """A context that was stopped while we talked to it."""
        try:
            return jvm_alive(self._sc) and (self._sc._jsc is None or self._scala.isStopped())
        except Exception:
            return False

    def _begin(self) -> None:
        """What happened before the listener was there."""
        if self.listener is None:
            self._push(status_store.beginning(self._sc), BACKFILL)
            return
        for _ in range(40):  # Spark's own store learns of the driver a moment after the context exists
            frame = self.listener.beginning()
            if frame:
                self._beginning = bytes(frame)
                self._channel.push(self._beginning)
                break
            time.sleep(0.025)

    def _look_back(self, known: frozenset[int], again: bool) -> frozenset[int]:
        """Sends what the status store knows of the jobs before us, but for the ``known`` ones; which of them had ended."""
        try:
            past = status_store.past(self._sc, self._attached, known)
            self._push(past.opening, BACKFILL)
            store = self._scala.statusStore()
            for attempts in past.batches():
                rows = self.listener.pastTasks(store, attempts, status_store.MAX_ROWS, again)
                self._channel.push(bytes(rows))
            self._push(past.closing, BACKFILL)
            return past.ended
        except Exception as error:
            if self._sc._jsc is None or not jvm_alive(self._sc):
                raise
            self._notice("attachFailed", f"the past: {type(error).__name__}: {_first_line(error)}")
            return known

    def _fetch(self) -> None:
        lost = 0
        known = frozenset() if self._is_new else self._look_back(frozenset(), False)
        look_again = time.monotonic() + SECOND_LOOK_S
        while True:
            self._channel.drained(WAIT_MS / 1000)
            frame = self.listener.poll(INTERVAL_MS, QUIET_MS, GATHER_MS, WAIT_MS)
            if frame is None:
                return
            if frame:
                self._channel.push(bytes(frame))
            if look_again and time.monotonic() > look_again:
                # An executor that registered between Spark's start and ours is in the store by now, at the latest.
                look_again = 0.0
                again = bytes(self.listener.beginning())
                if again != self._beginning:
                    self._channel.push(again)
                if not self._is_new:
                    self._look_back(known, True)
            if not frame:
                if self._sc._jsc is None or self._scala.isStopped():
                    return  # Spark's queue lost the event that would have said so
                dropped = int(self.listener.droppedByQueue())
                if dropped > lost:
                    lost = dropped
                    self._notice("eventsDropped", str(dropped))

    def _application(self, run: Run | None) -> Event:
        ui = self._scala.uiWebUrl()
        return {
            "Event": "SparkglassApplication",
            "Application": self.ordinal,
            "App ID": self._scala.applicationId(),
            "App Name": self._scala.appName(),
            "Spark Version": self._scala.version(),
            "Master": self._scala.master(),
            "UI": ui.get() if ui.isDefined() else None,
            "Cores": self._scala.defaultParallelism(),
            "Java Version": self._sc._jvm.java.lang.System.getProperty("java.version"),
            "Start Time": self._scala.startTime(),
            "Run ID": run.id if run is not None else None,
            "Connect": "SparkConnectPlugin" in self._sc._conf.get("spark.plugins", ""),
            "Source": "statusStore" if self.listener is None else "listener",
            "Time": now_ms(),
        }

    def _notice(self, code: str, detail: str) -> None:
        self._push([{"Event": "SparkglassNotice", "Code": code, "Detail": detail, "Time": now_ms()}])

    def _push(self, events: list[Event], flags: int = 0) -> None:
        if events:
            self._channel.push(pack_events(events, self.ordinal, flags))


def spark_is_too_old(sc: Any) -> bool:
    """True for a Spark before 3.5."""
    numbers = tuple(int(n) for n in str(sc.version).split(".")[:2] if n.isdigit())
    return numbers < OLDEST_SPARK


def _new_listener(sc: Any, scala: Any, ordinal: int, source: str, max_rows: int) -> Any:
    jvm = sc._jvm
    # A JVM outlives its contexts: compile once. (getattr would ask the JVM for a member.)
    compiled = vars(sc._gateway).setdefault("_sparkglass_classes", {})
    kind = compiled.get(source)
    if kind is None:
        compiler = jvm.org.codehaus.janino.SimpleCompiler()
        compiler.setParentClassLoader(jvm.java.lang.Thread.currentThread().getContextClassLoader())
        compiler.cook(source)
        kind = compiler.getClassLoader().loadClass("sparkglass.SparkglassListener")
        compiled[source] = kind
    arguments = sc._gateway.new_array(jvm.java.lang.Object, 3)
    arguments[0], arguments[1], arguments[2] = scala, ordinal, max_rows
    return kind.getConstructors()[0].newInstance(arguments)


def _stop(query: Any) -> None:
    """Stops a query, one with `foreachBatch` between two batches if it can be: within one, Spark 4 prints a trace of 1,000 lines."""
    last, until = query.lastProgress(), time.monotonic() + BETWEEN_BATCHES_S
    while last is not None and "ForeachBatch" in last.sink().description() and time.monotonic() < until:
        if not query.status().isTriggerActive():
            break
        time.sleep(0.02)
    query.stop()


def jvm_alive(sc: Any) -> bool:
    """False once the driver's process has ended; True where it is not ours to know."""
    gateway = getattr(sc, "_gateway", None)
    process = None if gateway is None else vars(gateway).get("proc")
    return process is None or process.poll() is None


def _died(sc: Any) -> bool:
    """Whether the driver's process has ended or is just ending: its sockets close first."""
    for _ in range(40):
        if not jvm_alive(sc):
            return True
        time.sleep(0.05)
    return False


def _first_line(error: Exception) -> str:
    """The line that says what went wrong: Janino's own words behind py4j's stack trace."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if "Exception" in line and not line.startswith("at ")]
    return (telling or lines or [""])[-1 if telling else 0][:300]
