"""Live SQL metrics and reads of shuffles: what the frames say is what Spark's own store and plans say in the same driver."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from frame_reader import decode
from kernels import ROOT, Kernel, session
from wire import PATIENCE

pytestmark = pytest.mark.spark

SETUP = """
import json, tempfile, time
from pathlib import Path
from pyspark import TaskContext
from pyspark.sql import functions as F
folder, local = tempfile.mkdtemp(), sc.getConf().get('spark.local.dir')

@F.udf('long', useArrow=False)
def shaky(n):
    context = TaskContext.get()
    if context.partitionId() == 1 and context.attemptNumber() == 0 and n % 10 == 7:
        raise ValueError('not yet')
    return n

@F.udf('long', useArrow=False)
def broken(n):
    raise ValueError('never')

@F.udf('long', useArrow=False)
def careless(n):
    mark = Path(local, 'careless')
    if not mark.exists():
        mark.touch()
        for file in Path(local).glob('**/shuffle_*'):
            file.unlink()
    return n

def broadcasts(size): spark.conf.set('spark.sql.autoBroadcastJoinThreshold', str(size))
people = spark.range(0, 1000, 1, 3).selectExpr('id', 'id % 7 AS team', 'id * 1.5 AS score')
teams = spark.range(7).selectExpr('id AS team', "concat('team ', id) AS name")
people.createOrReplaceTempView('people')
sums = people.groupBy('team').agg(F.sum('score').alias('total'))
"""


def without_adaptive(code: str) -> str:
    return f"spark.conf.set('spark.sql.adaptive.enabled', 'false')\n{code}\nspark.conf.set('spark.sql.adaptive.enabled', 'true')"


QUERIES = {
    "aggregate and sort": "people.groupBy('team').agg(F.sum('score'), F.count('*')).orderBy('team').collect()",
    "broadcast join": "people.join(F.broadcast(teams), 'team').filter('score > 30').count()",
    "sort-merge join": "broadcasts(-1); people.join(teams, 'team').groupBy('name').count().collect()",
    "join planned anew": """
broadcasts(10000)
people.join(teams.filter('team < 3'), 'team').collect()
broadcasts(-1)
""",
    "exchange used twice": "sums.join(sums.withColumnRenamed('total', 'again'), 'team').collect()",
    "subqueries": """
average, last = '(SELECT avg(score) FROM people)', '(SELECT max(id) FROM people)'
spark.sql(f'SELECT * FROM people WHERE score > {average} AND id < {last}').collect()
""",
    "cached table": """
spark.sql('CACHE TABLE kept AS SELECT team, count(*) AS n FROM people GROUP BY team')
spark.sql('SELECT * FROM kept WHERE n > 3').collect()
""",
    "python": "people.select((shaky('id') % 5).alias('k')).groupBy('k').count().collect()",
    "write": "people.write.partitionBy('team').parquet(folder + '/people')",
    "read": "spark.read.parquet(folder + '/people').filter('team = 3 AND score > 100').count()",
    "limit": "people.limit(3).collect(); people.filter('score > 10').show(2)",
    "union": "people.select('id').union(spark.range(10)).distinct().count()",
    "spill": """
spark.conf.set('spark.sql.windowExec.buffer.spill.threshold', '10')
over = 'OVER (PARTITION BY k ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)'
rows = spark.range(0, 3000, 1, 2).sortWithinPartitions(F.desc('id')).selectExpr('id % 3 AS k', 'id')
rows.selectExpr('k', f'sum(id) {over} AS s').selectExpr('max(s)').collect()
""",
    "without adaptive": without_adaptive("sums.orderBy('total').collect()"),
    "stage again": without_adaptive("spark.range(0, 100, 1, 1).repartition(8).agg(F.sum(careless('id'))).collect()"),
    "many stages": """
wide = sums
for n in range(4):
    more = people.groupBy((F.col('id') % (n + 9)).alias('team')).agg(F.max('score').alias(f'max{n}'))
    wide = wide.join(more, 'team')
wide.collect()
""",
    "fails": """
try:
    spark.range(0, 10, 1, 2).select(broken('id').alias('id')).groupBy('id').count().collect()
except Exception:
    print('failed')
""",
}

STORE = """
mapper = sc._jvm.com.fasterxml.jackson.databind.ObjectMapper()
mapper.registerModule(sc._jvm.com.fasterxml.jackson.module.scala.DefaultScalaModule())
store = spark._jsparkSession.sharedState().statusStore()
executions, words = store.executionsList(), {}
for n in range(executions.size()):
    number = executions.apply(n).executionId()
    words[number] = json.loads(mapper.writeValueAsString(store.executionMetrics(number)))
print(json.dumps(words))
"""


@pytest.fixture(scope="module")
def told(python: str) -> Iterator[tuple[Kernel, dict[str, dict[str, str]]]]:
    """A kernel that has run all queries, and what Spark's store words of them."""
    kernel = Kernel(python)
    kernel.attach()
    options = {"spark.sql.shuffle.partitions": "5", "spark.local.dir": str(kernel.folder / "local")}
    kernel.ok(session("local[2,3]", options), "session")
    kernel.ok(SETUP, "setup")
    for name, code in QUERIES.items():
        kernel.ok(code, name)
    kernel.settle("fails")
    yield kernel, json.loads(kernel.ok(STORE, "store").text)
    kernel.stop()


def worded(kernel: Kernel) -> dict[str, dict[str, str]]:
    """What the model of these frames words of them."""
    frames = [base64.b64encode(push.frame).decode() for push in kernel.pushes]
    command = ["node", str(ROOT / "tests" / "word_metrics.mjs")]
    done = subprocess.run(command, input=json.dumps(frames), capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_metric_in_sparks_words(told: tuple[Kernel, dict[str, dict[str, str]]]) -> None:
    kernel, theirs = told
    ours = worded(kernel)
    strings = sum(len(metrics) for metrics in theirs.values())
    differing = {
        (execution, metric): (ours.get(execution, {}).get(metric), text)
        for execution, metrics in theirs.items()
        for metric, text in metrics.items()
        if ours.get(execution, {}).get(metric) != text
    }
    print(f"\n{strings} metrics of {len(theirs)} executions")
    assert differing == {}
    assert {execution: set(metrics) for execution, metrics in ours.items() if metrics} == {
        execution: set(metrics) for execution, metrics in theirs.items() if metrics
    }
    assert strings > 300


SKEWED = """
import json
broadcasts(-1)
for name, value in {'skewJoin.skewedPartitionThresholdInBytes': '1000', 'skewJoin.skewedPartitionFactor': '2',
                    'advisoryPartitionSizeInBytes': '2000', 'coalescePartitions.minPartitionSize': '100'}.items():
    spark.conf.set('spark.sql.adaptive.' + name, value)
many = spark.range(0, 40000, 1, 6).selectExpr('if(id < 38000, 1, id) AS k', "repeat('x', 3) AS v")
joined = many.join(spark.range(0, 40000, 1, 2).toDF('k'), 'k')
joined.collect()
"""
COALESCED = "coalesced = people.groupBy((F.col('id') % 11).alias('k')).count(); coalesced.collect()"
LOCAL = """
spark.conf.set('spark.sql.adaptive.autoBroadcastJoinThreshold', '10000')
local = people.join(teams.filter('team < 3'), 'team'); local.collect()
spark.conf.unset('spark.sql.adaptive.autoBroadcastJoinThreshold')
"""
# What the plan that has run holds, as `SparkglassShuffleRead` tells it.
PLAN = """
def reads(plan):
    kind = plan.getClass().getSimpleName()
    if kind == 'AdaptiveSparkPlanExec': yield from reads(plan.executedPlan()); return
    if kind.endswith('QueryStageExec'): yield from reads(plan.plan()); return
    if kind == 'AQEShuffleReadExec':
        specs = plan.partitionSpecs()
        yield [specs.apply(n).toString().split('(')[0] for n in range(specs.size())]
    for n in range(plan.children().size()): yield from reads(plan.children().apply(n))
print(json.dumps(list(reads({name}._jdf.queryExecution().executedPlan()))))
"""


@pytest.mark.parametrize(
    ("name", "code"),
    [("coalesced", COALESCED), ("local", LOCAL), ("joined", SKEWED)],
    ids=["coalesced", "local", "skewed"],
)
def test_reads_of_shuffles(told: tuple[Kernel, Any], name: str, code: str) -> None:
    kernel, _ = told
    kernel.ok(code, name)
    story = kernel.settle(name)
    [run] = story.runs_of(name)
    ids = {
        int(job["Properties"]["spark.sql.execution.id"])
        for job in story.jobs_of(name)
        if "spark.sql.execution.id" in job["Properties"]
    }
    events = {
        (event["Shuffle ID"], event["Read"]): event
        for event in story.events("ShuffleRead")
        if event["Execution ID"] in ids
    }
    kinds = json.loads(kernel.ok(PLAN.replace("{name}", name)).text)
    assert sorted(event["Partitions"] for event in events.values()) == sorted(len(each) for each in kinds)
    tasks = {stage["Number of Tasks"] for job in story.jobs_of(name) for stage in job["Stage Infos"]}
    sizes = {event["Shuffle ID"]: event for event in story.events("Shuffle")}
    for event in events.values():
        assert len(event["Specs"]) == event["Partitions"]
        assert event["Partitions"] in tasks
        shuffle = sizes[event["Shuffle ID"]]
        # Every block of the shuffle is read; by a skewed join more than once on the side that is not split.
        blocks = [
            (m, r)
            for low, high, *maps in event["Specs"]
            for r in range(low, high)
            for m in range(*(maps or (0, shuffle["Maps"])))
        ]
        assert set(blocks) == {(m, r) for m in range(shuffle["Maps"]) for r in range(shuffle["Reducers"])}
    specs = [spec for event in events.values() for spec in event["Specs"]]
    assert all(event["Local"] is (name == "local") for event in events.values())
    if name == "coalesced":
        assert specs == [[0, 5]]
    elif name == "joined":
        assert [spec for spec in specs if len(spec) == 4 and spec[1] - spec[0] == 1]
    else:
        assert specs and all(len(spec) == 4 for spec in specs)


# A second listener in the same driver, which may hold next to nothing; of tasks it hears while they run, and of some twice.
BOUND = """
import base64, sys, time

@F.udf('long', useArrow=False)
def late(n):
    if TaskContext.get().partitionId() == 2 and n % 10 == 7:
        time.sleep(0.4)
    return n

kernel = sys.modules['sparkglass.kernel.driver']
source = sys.modules['sparkglass.kernel.attach']._watch._source.replace('MAX_VALUES = 4000000', 'MAX_VALUES = 40')
small = kernel._new_listener(sc, sc._jsc.sc(), 9, source, 1000)
small.join()
people.repartition(40).groupBy('team').agg(F.sum('score')).orderBy('team').collect()
people.repartition(40).select(late(shaky('id')).alias('id')).groupBy((F.col('id') % 7).alias('k')).count().collect()
sc._jsc.sc().listenerBus().waitUntilEmpty()
frames = []
while True:
    frame = small.poll(0, 0, 0, 500)
    if not frame: break
    frames.append(base64.b64encode(frame).decode())
small.leave()
print(json.dumps(frames))
"""


def test_over_the_bound_only_medians_are_lost(told: tuple[Kernel, Any]) -> None:
    kernel, _ = told
    frames = [decode(base64.b64decode(text)) for text in json.loads(kernel.ok(BOUND, "bound").text)]
    events = [event for frame in frames for event in frame.events]
    assert not [event for event in events if event["Event"] == "SparkglassQueue"]
    bound = [event for event in events if event["Event"] == "SparkglassSqlMetrics" and event["Final"]]
    story = kernel.settle("bound")
    whole = {event["Execution ID"]: event for event in story.events("SqlMetrics") if event["Final"]}
    lost = 0
    for event in bound:
        assert event["Complete"] is False
        exact = {metric[0]: metric for metric in whole[event["Execution ID"]]["Metrics"]}
        assert len(exact) == len(event["Metrics"]) > 20
        for metric in event["Metrics"]:
            theirs = exact[metric[0]]
            lost += metric[4] is None
            assert [*metric[:4], *metric[5:]] == [*theirs[:4], *theirs[5:]]
            assert metric[4] in (None, theirs[4])
    assert len(bound) == 2 and lost > 0
