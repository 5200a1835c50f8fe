"""Nothing that the user sees or hands to Spark is changed by our being there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kernels import ROOT, Kernel, interpreter, session
from status_store import read_store
from wire import Result

pytestmark = pytest.mark.spark

# A session as users write them: results, output on both streams, errors of Python, of PySpark and of Spark, threads, groups, tags.
SCRIPT = [
    "spark.range(10).count()",
    "print('printed'); import sys; print('and this', file=sys.stderr)\nspark.range(3).show()",
    "sc.setJobGroup('group', 'description')\nspark.range(4).collect()",
    "sc.addJobTag('tag')\nsc.parallelize(range(4), 2).sum()",
    "sc.clearJobTags()\n1/0",
    "spark.sql('select no_such_column')",
    "spark.range(0, 4, 1, 1).selectExpr('raise_error(\"oh no\")').collect()",
    "def broken(row): raise ValueError('in a task')\nsc.parallelize([1, 2], 1).map(broken).count()",
    "import threading\nthread = threading.Thread(target=lambda: print(spark.range(5).count()))\nthread.start(); thread.join()",
    "thread.start()",
    "from pyspark import SparkContext\nSparkContext('local[1]', 'another')",
    "%%capture captured\nprint(spark.range(6).count())",
    "captured.stdout",
    "print(sc.getLocalProperty('spark.jobGroup.id'), sc.getJobTags())",
    "frame = spark.createDataFrame([(1, 'a')], ['n', 't'])\nframe",
    "from IPython.display import display\nhandle = display('shown', display_id='x')\nhandle.update('again')",
    "input('?')",
    "get_ipython().run_line_magic('no_such_magic', '')",
]
BAD_SESSION = """
from pyspark.sql import SparkSession
SparkSession.builder.master('no such master').getOrCreate()
"""


def visible(result: Result) -> list[str]:
    """The lines of the outputs and the reply, without what differs between two runs of anything."""
    others = [
        output for output in result.outputs if output[0] != "stream"
    ]  # how a stream is cut into messages is chance
    traceback = [
        line for line in result.reply.get("traceback") or [] if "threads.py" not in line and "threading.py" not in line
    ]
    said = json.dumps(
        [result.status, result.text, result.stderr, without_traceback(others), result.error, traceback], indent=0
    )
    changing = (
        r"execution_count\": \d+|0x[0-9a-f]+|ipykernel_\d+/\d+|In\[\d+\]|Cell In[^,]*|@[0-9a-f]+|o\d+\.|local-\d+|:\d{4,5}|TID \d+"
        r"|(?:stage|Job|task|executor) [\d.]+|PythonRDD\[\d+\]|\(\d+ ms\)|Thread-\d+|[\d/-]+ \d\d:\d\d:\d\d(?:\.\d+)?|#\d+L?|line \d+"
    )
    return re.sub(changing, "~", said).replace("\\n", "\n").split("\n")


def without_traceback(outputs: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """The reply has the traceback too."""
    return [(kind, {key: value for key, value in content.items() if key != "traceback"}) for kind, content in outputs]


@pytest.fixture(scope="module")
def both(kernel: Kernel) -> dict[str, Any]:
    """The script in a bare session, and in a second one of the same JVM with Sparkglass attached."""
    said: dict[str, Any] = {}
    kernel.ok(session(), "first session")  # what a JVM says once at its start
    kernel.ok("spark.stop()")
    for name in ("bare", "attached"):
        bad = kernel.run(BAD_SESSION, f"{name} bad")
        begin = kernel.ok(session(), f"{name} session")
        results = [kernel.run(code, f"{name} {number}") for number, code in enumerate(SCRIPT)]
        store = read_store(kernel, f"{name} store")
        end = kernel.ok("spark.stop()", f"{name} end")
        said[name] = {
            "outputs": [visible(result) for result in (bad, begin, *results, end)],
            "store": store,
            "results": results,
        }
        kernel.attach()
    return said


def test_every_cell_shows_the_same(both: dict[str, Any], kernel: Kernel) -> None:
    for code, bare, attached in zip(
        [BAD_SESSION, "session", *SCRIPT, "stop"], both["bare"]["outputs"], both["attached"]["outputs"], strict=True
    ):
        assert attached == bare, code
    statuses = [result.status for result in both["attached"]["results"]]
    assert statuses.count("error") >= 7, "the script was to have its errors"
    assert kernel.story.events("JobStart"), "and to have been watched"


def test_no_traceback_names_us(both: dict[str, Any]) -> None:
    # Starting a thread twice is the one error that passes through a function of ours.
    for code, result in zip(SCRIPT, both["attached"]["results"], strict=True):
        assert ("parkglass" in str(result.reply.get("traceback"))) == (code == "thread.start()"), code


def test_spark_knows_the_jobs_by_the_same_words(both: dict[str, Any]) -> None:
    def facts(store: dict[str, Any]) -> list[Any]:
        jobs = sorted(store["jobs"], key=lambda job: job["jobId"])
        fields = (
            "jobId",
            "name",
            "description",
            "jobGroup",
            "status",
            "numTasks",
            "numCompletedTasks",
            "numFailedTasks",
            "numSkippedTasks",
        )
        tags = [
            sorted(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|root-id-\d+", "~", tag) for tag in job["jobTags"]) for job in jobs
        ]
        return [*zip([tuple(job[field] for field in fields) for job in jobs], tags, strict=True)]

    assert facts(both["attached"]["store"]) == facts(both["bare"]["store"])
    stages = [
        [(s["stageId"], s["name"], s["description"], s["schedulingPool"]) for s in both[name]["store"]["stages"]]
        for name in both
    ]
    assert stages[0] == stages[1]


def test_only_frames_and_replies_leave_the_kernel(both: dict[str, Any], kernel: Kernel) -> None:
    assert {(comm["type"], comm["comm_id"]) for comm in kernel.comms} == {("comm_msg", "sparkglass-push")}
    assert "parkglass" not in kernel.log


def test_the_users_log_has_no_line_of_ours(both: dict[str, Any], kernel: Kernel) -> None:
    code = (
        "import logging; logging.basicConfig(level=logging.DEBUG, force=True)"
        + session()
        + "frame = spark.range(3)\nframe.count()"
    )
    result = kernel.ok(code, "log")
    said = result.stderr + kernel.ok("import time; time.sleep(1); frame.count()", "log again").stderr
    kernel.ok("logging.basicConfig(level=logging.WARNING, force=True); spark.stop()", "log end")
    assert said.count("Command to send: ") > 10, "py4j did write"
    ours = r"janino|cook|SparkglassListener|cellStarted|cellEnded|dataFrames|poll|beginning|droppedByQueue|statusStore"
    assert re.findall(ours, said) == []


# On a thread of its own, where no cell runs, the hooks do all they do around a cell.
TIMING = """
import statistics, threading, time
from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult
events, times = get_ipython().events, []
info = ExecutionInfo('1', False, False, True, 'timed')
def timed():
    for _ in range(300):
        begin = time.perf_counter()
        events.trigger('pre_run_cell', info)
        events.trigger('post_run_cell', ExecutionResult(info))
        times.append(time.perf_counter() - begin)
thread = threading.Thread(target=timed); thread.start(); thread.join()
print(statistics.median(times) * 1000)
"""


def test_what_a_cell_costs(both: dict[str, Any], kernel: Kernel) -> None:
    """Printed, not judged: a busy machine is no fault."""
    without = float(kernel.ok(TIMING, "timing").text)
    kernel.ok(session(), "timing session")
    with_session = float(kernel.ok(TIMING, "timing").text)
    kernel.ok("spark.stop()", "timing stop")
    print(f"\nhooks around a plain cell: {without:.3f} ms without Spark, {with_session:.3f} ms with a session")
    assert min(without, with_session) > 0


@pytest.fixture
def kernels_folder(tmp_path: Path) -> dict[str, str]:
    """An environment in which `sparkglass-test` is a kernel with the package on its path."""
    python = interpreter("newest")
    folder = tmp_path / "jupyter" / "kernels" / "sparkglass-test"
    folder.mkdir(parents=True)
    spec = {
        "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "test",
        "language": "python",
    }
    (folder / "kernel.json").write_text(json.dumps(spec))
    own = {
        "JUPYTER_PATH": str(tmp_path / "jupyter"),
        "PYTHONPATH": str(ROOT),
        "IPYTHONDIR": str(tmp_path),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    return {**os.environ, **own, "PYSPARK_PYTHON": python}


def write_notebook(path: Path, *cells: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
    notebook.metadata["kernelspec"] = {"name": "sparkglass-test", "display_name": "test", "language": "python"}
    nbformat.write(notebook, path)


def outputs_of(path: Path) -> list[list[str]]:
    notebook = nbformat.read(path, as_version=4)
    return [
        [
            output.get("text") or output["data"]["text/plain"]
            for output in cell.outputs
            if output.get("name") != "stderr"
        ]
        for cell in notebook.cells
    ]


def test_papermill_with_spark(tmp_path: Path, kernels_folder: dict[str, str]) -> None:
    quiet = session().replace("sc.setLogLevel('OFF')", "sc.setLogLevel('OFF'); n = spark.range(7).count()")
    write_notebook(
        tmp_path / "in.ipynb",
        "%load_ext sparkglass",
        quiet,
        "print(n)",
        "import sys; print('sparkglass.kernel' in sys.modules)",
    )
    command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "--no-progress-bar"]
    done = subprocess.run(command, cwd=tmp_path, env=kernels_folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert outputs_of(tmp_path / "out.ipynb") == [[], [], ["7\n"], ["True\n"]]
    assert "parkglass" not in (done.stdout + done.stderr).replace("sparkglass-test", "")
    assert "widgets" not in nbformat.read(tmp_path / "out.ipynb", as_version=4).metadata


def test_nbconvert_without_a_page_attaches_nothing(tmp_path: Path, kernels_folder: dict[str, str]) -> None:
    comms = "from comm import get_comm_manager; print(dict(get_comm_manager().comms))"
    write_notebook(
        tmp_path / "in.ipynb",
        "import pyspark.sql; 1 + 1",
        "import sys; print([m for m in sys.modules if 'sparkglass' in m])",
        comms,
    )
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "notebook", "--output", "out.ipynb", "in.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, env=kernels_folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert outputs_of(tmp_path / "out.ipynb") == [["2"], ["[]\n"], ["{}\n"]]
