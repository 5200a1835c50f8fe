"""Curves in a real kernel without Spark: it attaches by itself, points ride in few messages, each with the cell that made it."""

from __future__ import annotations

from kernels import Kernel
from wire import most_in_a_second

LOOP = """
import threading, time
from sparkglass import curve
c = curve('loop', classes=['no', 'yes'])
line = c.line('a')
def work():
    for n in range(3000):
        line.add('yes', 'no' if n % 3 else 'yes')
        if n % 10 == 0:
            time.sleep(0.005)
threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_a_loop_in_a_cell(kernel: Kernel) -> None:
    reply = kernel.ok(LOOP, "first")
    assert reply.outputs == []
    kernel.ok("line.add('no', 'no')\nc.finish()", "second")
    story = kernel.wait_for(lambda story: story.events("CurveEnd"))
    points = story.events("CurvePoints")
    assert sum(event["Points"] for event in points) == 9001
    assert [event["First"] for event in points] == [
        sum(event["Points"] for event in points[:n]) for n in range(len(points))
    ]
    assert sum(sum(event["Loss Sum"]) for event in points if isinstance(event.get("Loss Sum"), list)) == 6000
    runs = {event["Run ID"] for event in points}
    assert [run.split("/")[0] for run in sorted(runs)] == ["first", "second"]
    (opened,) = story.events("Curve")
    assert opened["Run ID"].startswith("first/")
    assert most_in_a_second(kernel.pushes) <= 10
    assert len(kernel.pushes) < 40
    assert all(frame.application == 0 for frame in story.frames)


def test_a_child_process_tells_nothing(kernel: Kernel) -> None:
    kernel.ok("from sparkglass.learning import telling\nd = curve('child')\nd.log('x', 1)\ntime.sleep(1)", "before")
    code = """
import os, warnings
warnings.simplefilter('ignore')
child = os.fork()
if not child:
    d.log('x', 2)
    telling.flush()
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert kernel.ok(code, "fork").text.strip() == "7"
    kernel.ok("time.sleep(0.5)\nd.log('x', 3)", "parent")
    story = kernel.wait_for(lambda story: sum(event["Points"] for event in story.events("CurvePoints")) == 9003)
    assert [event["Loss Sum"] for event in story.events("CurvePoints") if event["Curve"] == 2] == [1, 3]


def test_detached_nothing_is_told_and_curves_go_on(kernel: Kernel) -> None:
    kernel.request("detach")
    last = kernel.request("status")[0]["last"]
    kernel.ok(
        "e = curve('silent')\ne.log('x', 1)\ne.finish()\ne.to_csv('silent.csv')\nassert e.lines[0].kept", "silent"
    )
    assert kernel.request("status")[0]["last"] == last
