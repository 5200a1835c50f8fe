"""Runs of cells, on a real IPython."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from sparkglass.kernel.cells import Cells, Run
from sparkglass.kernel.threads import ThreadRuns, run_of


class Diary:
    """What the hooks said."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.begun: list[Run] = []
        self.ended: list[tuple[str, str | None]] = []
        self.cells = Cells(shell, self.begun.append, self._end)
        self.cells.watch()

    def _end(self, run: Run, error: BaseException | None) -> None:
        self.ended.append((run.id, run.ended(error, {})["Error"]))

    def run(self, code: str, cell: str | None = None, **options: Any) -> Any:
        return self.shell.run_cell(code, cell_id=cell, **options)


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Diary]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell()
    diary = Diary(shell)
    shell.user_ns["diary"] = diary
    yield diary
    diary.cells.close()


def test_the_same_cell_twice_is_two_runs(diary: Diary) -> None:
    diary.run("1", "A")
    diary.run("2", "A")
    assert diary.ended == [("A/1", None), ("A/2", None)]
    assert [(run.cell_id, run.number) for run in diary.begun] == [("A", 1), ("A", 2)]
    assert diary.cells.current is None


def test_errors_of_every_kind_end_a_run(diary: Diary, capsys: pytest.CaptureFixture[str]) -> None:
    diary.run("1/0", "A")
    diary.run("this is no Python", "B")
    diary.run("%no_such_magic", "C")
    diary.run("raise KeyboardInterrupt", "D")
    diary.run("class Own(BaseException): pass\nraise Own", "E")
    names = [name for _, name in diary.ended]
    assert names == ["ZeroDivisionError", "SyntaxError", "UsageError", "KeyboardInterrupt", "Own"]
    assert diary.cells.current is None


def test_cells_inside_a_cell_belong_to_it(diary: Diary) -> None:
    diary.run("%%capture\nseen = diary.cells.current.id", "A")
    diary.run("get_ipython().run_cell('first = diary.cells.current.id')\nsecond = diary.cells.current.id", "B")
    names = diary.shell.user_ns
    assert (names["seen"], names["first"], names["second"]) == ("A/1", "B/2", "B/2")
    assert [run.id for run in diary.begun] == ["A/1", "B/2"]
    assert diary.ended == [("A/1", None), ("B/2", None)]


def test_silent_requests_are_no_runs(diary: Diary) -> None:
    diary.run("1", silent=True)
    assert diary.begun == []
    diary.run("get_ipython().run_cell('1', silent=True)\nstill = diary.cells.current.id", "A")
    assert diary.shell.user_ns["still"] == "A/1"
    assert diary.ended == [("A/1", None)]


def test_a_cell_without_an_id_gets_one(diary: Diary) -> None:
    diary.run("1")
    diary.run("1")
    assert [run.cell_id for run in diary.begun] == ["cell-1", "cell-2"]


def test_a_cell_that_runs_already_is_adopted(diary: Diary) -> None:
    diary.cells.close()
    diary.run("diary.cells.watch(); diary.cells.adopt('A'); seen = diary.cells.current.id", "A")
    assert diary.shell.user_ns["seen"] == "A/1"
    assert diary.ended == [("A/1", None)]
    diary.run("1", "B")
    assert diary.ended[1:] == [("B/2", None)]


def test_what_the_hooks_raise_is_swallowed(diary: Diary, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("ours")

    diary.cells._began = broken
    diary.cells._ended = broken
    diary.run("print('theirs')", "A")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("theirs\n", "")


def test_hooks_are_taken_back(diary: Diary) -> None:
    diary.cells.close()
    diary.run("1", "A")
    assert diary.begun == []
    assert not [
        hook
        for hooks in diary.shell.events.callbacks.values()
        for hook in hooks
        if "sparkglass" in getattr(hook, "__module__", "")
    ]


def test_a_cell_beside_another_one_is_its_own_run(diary: Diary) -> None:
    seen: dict[str, str] = {}
    inside = threading.Barrier(2)

    def subshell() -> None:
        diary.cells._before(type("Info", (), {"silent": False, "cell_id": "B"})())
        inside.wait(10)
        seen["B"] = diary.cells.current.id  # type: ignore[union-attr]
        inside.wait(10)
        diary.cells._after(type("Result", (), {"info": None, "error_in_exec": None, "error_before_exec": None})())

    thread = threading.Thread(target=subshell)
    diary.shell.user_ns.update(thread=thread, inside=inside)
    diary.run("thread.start(); inside.wait(10); seen = diary.cells.current.id; inside.wait(10); thread.join()", "A")
    assert (diary.shell.user_ns["seen"], seen["B"]) == ("A/1", "B/2")
    assert sorted(diary.ended) == [("A/1", None), ("B/2", None)]


class TestThreads:
    """Which run a thread belongs to."""

    @pytest.fixture
    def runs(self) -> Iterator[list[str | None]]:
        current: list[str | None] = ["A/1"]
        runs = ThreadRuns(lambda: current[0])
        yield current
        runs.close()

    def seen(self, start: Callable[[Callable[[], None]], Any]) -> str | None:
        """The run of the thread that does some work."""
        found: list[str | None] = []
        done = threading.Event()

        def work() -> None:
            found.append(run_of(threading.current_thread()))
            done.set()

        start(work)
        assert done.wait(10)
        return found[0]

    def test_the_one_that_started_it(self, runs: list[str | None]) -> None:
        assert self.seen(lambda work: threading.Thread(target=work).start()) == "A/1"
        runs[0] = None
        assert self.seen(lambda work: threading.Thread(target=work).start()) is None

    def test_a_thread_of_a_thread_has_the_run_of_its_parent(self, runs: list[str | None]) -> None:
        def outer(work: Callable[[], None]) -> None:
            def middle() -> None:
                runs[0] = "B/2"
                threading.Thread(target=work).start()

            threading.Thread(target=middle).start()

        assert self.seen(outer) == "A/1"

    def test_workers_of_a_pool_belong_to_nobody(self, runs: list[str | None]) -> None:
        from concurrent.futures import ThreadPoolExecutor
        from multiprocessing.pool import ThreadPool

        with ThreadPoolExecutor(1, thread_name_prefix="own name") as executor:
            assert self.seen(executor.submit) is None
        with ThreadPool(1) as pool:
            assert self.seen(pool.apply) is None

    def test_start_is_put_back(self, runs: list[str | None]) -> None:
        original = threading.Thread.start
        own = ThreadRuns(lambda: "C/3")
        assert threading.Thread.start is not original
        own.close()
        assert threading.Thread.start is original

    def test_somebody_elses_wrapper_survives(self, runs: list[str | None]) -> None:
        original = threading.Thread.start
        own = ThreadRuns(lambda: "C/3")
        ours = threading.Thread.start

        def theirs(thread: threading.Thread) -> None:
            ours(thread)

        threading.Thread.start = theirs  # type: ignore[method-assign]
        try:
            own.close()
            assert threading.Thread.start is theirs
            assert self.seen(lambda work: threading.Thread(target=work).start()) == "A/1"
        finally:
            threading.Thread.start = original  # type: ignore[method-assign]
