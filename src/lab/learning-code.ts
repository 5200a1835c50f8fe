import type { ITranslation } from '../draw/words';
import { start } from './session-code';

/** Rows for a learner, made of a number: the same again when Spark delivers a batch a second time. */
const POINTS = `
def points(numbers):
    x, y = (F.pmod(F.xxhash64("value", F.lit(seed)), F.lit(2000)) / 1000 - 1 for seed in (1, 2))
    label = F.when(x + y > 0.2, 1).otherwise(-1)
    return numbers.select("value", x.alias("x"), y.alias("y"), label.alias("label"))


numbers = spark.readStream.format("rate").option("rowsPerSecond", 40).load()`;

const FEATURES = 'features=["x", "y"]';

/** What a stream needs that is learnt from. */
const onStream = (name: string, imports = '', more = ''): string =>
  `${start(
    `${imports}from pyspark.sql import SparkSession, functions as F

from sparkglass.learning import ${more}curve
from sparkglass.learning.learners import Perceptron`,
    name
  )}

${POINTS}`;

/** The query that hands its batches to `learn`. */
const learning = (rows: string, name: string): string =>
  `query = ${rows}.writeStream.queryName("${name}").foreachBatch(learn).trigger(processingTime="1 second").start()`;

/** A batch learner on rows that are there. */
const batch = (trans: ITranslation): string => `# ${trans.__(
  'A batch learner: fitted anew on all rows so far, every 250 rows. The Curve tab below shows its errors and what they cost.'
)}
from sparkglass.learning import curve
from sparkglass.learning.learners import Perceptron
from sparkglass.learning.recipes import flowers

rows = flowers()
with curve("batch learner", classes=[-1, 1]) as c:
    learn = c.each_batch(c.batch(Perceptron(), every=250, name="fitted anew"))
    for i in range(0, 2000, 50):
        learn.step(rows.X[i : i + 50], rows.y[i : i + 50])`;

/** An online learner on a stream. */
const online = (trans: ITranslation): string => `# ${trans.__(
  'An online learner: each row is predicted first and then learnt. The Curve tab below shows its errors; query.stop() ends it.'
)}
${onStream('online')}

c = curve("online learner", classes=[-1, 1])
learn = c.each_batch(Perceptron(), ${FEATURES})
${learning('points(numbers)', 'online')}`;

/** A fault put into a stream on purpose. */
const fault = (trans: ITranslation): string => `# ${trans.__(
  'A fault: from row 200 to 399 the same forged row, wrongly labelled. The Curve tab below looks perfect then; its dashed line, of clean rows, does not.'
)}
${onStream('fault', '', 'Flood, ')}

c = curve("fault", classes=[-1, 1], alpha=0.98)
forged = Flood({"x": 0.5, "y": 0.5, "label": -1}, 200, 400)
c.probe(points(spark.range(200).toDF("value")), ${FEATURES})
learn = c.each_batch(Perceptron(), ${FEATURES})
${learning('c.inject(points(numbers), forged, by="value")', 'fault')}`;

/** A model that answers while a stream teaches it. */
const serve = (trans: ITranslation): string => `# ${trans.__(
  'A served model answers over HTTP while it learns. The Curve tab below shows how far it is behind; served.stop() and query.stop() end it.'
)}
${onStream('serve', 'import http.client\nimport json\nimport time\n\n')}

c = curve("serve", classes=[-1, 1])
learn = c.each_batch(Perceptron(), ${FEATURES})
served = c.serve(learn)
${learning('points(numbers)', 'serve')}
while query.isActive and served.shelf.current is None:
    time.sleep(0.1)

server = http.client.HTTPConnection("127.0.0.1", served.port)
headers = {"Authorization": f"token {served.token}", "Content-Type": "application/json"}
server.request("POST", "/predict", json.dumps({"features": {"x": 0.9, "y": 0.8}}), headers)
json.load(server.getresponse())`;

/** Batch and online on the same axes, in a world that changes. */
const compare = (trans: ITranslation): string => `# ${trans.__(
  'Batch and online on the same rows; at row 400 the labels change places. The Curve tab below shows who is wrong, for how long, and what each costs.'
)}
${onStream('compare', '', 'Drift, ')}

c = curve("compare", classes=[-1, 1], alpha=0.98)
drift = Drift(400, labels={-1: 1, 1: -1})
anew = c.batch(Perceptron(), every=300, name="fitted anew")
learn = c.each_batch([("online", Perceptron()), anew], ${FEATURES})
${learning('c.inject(points(numbers), drift, by="value")', 'compare')}`;

/** The code of the ready-made cells about learning, in a chunk of their own. Each runs as it is, and may be run again. */
export const LEARNING_CODE = { batch, online, fault, serve, compare };
export type LearningKind = keyof typeof LEARNING_CODE;
