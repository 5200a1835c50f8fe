package sparkglass;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.MapOutputTracker;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.ShuffleStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskCommitDenied;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.ShuffleReadMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.rdd.ParallelCollectionRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.*;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.execution.CacheManager;
import org.apache.spark.sql.execution.CachedData;
import org.apache.spark.sql.execution.CoalescedMapperPartitionSpec;
import org.apache.spark.sql.execution.CoalescedPartitionSpec;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.PartialMapperPartitionSpec;
import org.apache.spark.sql.execution.PartialReducerPartitionSpec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkPlanInfo;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.CachedRDDBuilder;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.execution.metric.SQLMetricInfo;
import org.apache.spark.sql.execution.ui.SQLPlanMetric;
import org.apache.spark.sql.execution.ui.SparkListenerDriverAccumUpdates;
import org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate;
import org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveSQLMetricUpdates;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.apache.spark.status.AppStatusStore;
import org.apache.spark.status.api.v1.TaskData;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.AccumulatorContext;
import org.apache.spark.util.AccumulatorV2;
import org.apache.spark.util.JsonProtocol;

/**
 * Listens to a SparkContext and hands what it heard to whoever polls, as frames (docs/protocol.md).
 *
 * One source for every Spark from 3.5 on: Janino compiles it in the driver, so there are no generics and no lambdas here, and SparkEnv is
 * never named (on 4.3 reflecting on it fails). The callbacks run on a bus queue of their own; they copy numbers, hold a lock only
 * for an append, and swallow every failure: Spark must not notice that somebody is watching.
 */
public final class SparkglassListener extends SparkListener {

  // ---- Columns of a task row, docs/protocol.md section 2 ----
  static final int AFTER = 0, KIND = 1, TASK = 2, STAGE = 3, STAGE_ATTEMPT = 4, INDEX = 5, ATTEMPT = 6, PARTITION = 7, LAUNCH = 8,
      EXECUTOR = 9, HOST = 10, LOCALITY = 11, FLAGS = 12, REASON = 13, ERROR = 14, DURATION = 15, GETTING_RESULT = 16, DESERIALIZE = 17,
      DESERIALIZE_CPU = 18, RUN = 19, CPU = 20, RESULT_SIZE = 21, GC = 22, RESULT_SERIALIZATION = 23, MEMORY_SPILLED = 24,
      DISK_SPILLED = 25, PEAK_MEMORY = 26, INPUT_BYTES = 27, INPUT_RECORDS = 28, OUTPUT_BYTES = 29, OUTPUT_RECORDS = 30,
      REMOTE_BLOCKS = 31, LOCAL_BLOCKS = 32, REMOTE_BYTES = 33, REMOTE_BYTES_DISK = 34, LOCAL_BYTES = 35, FETCH_WAIT = 36,
      SHUFFLE_RECORDS = 37, REMOTE_REQS = 38, SHUFFLE_WRITE_BYTES = 39, SHUFFLE_WRITE_TIME = 40, SHUFFLE_WRITE_RECORDS = 41, WIDTH = 42;
  static final boolean[] DELTA = new boolean[WIDTH];
  static final String[] NAMES = new String[] {"after", "kind", "taskId", "stageId", "stageAttemptId", "index", "attempt", "partitionId",
      "launchTime", "executor", "host", "locality", "flags", "reason", "error", "durationMs", "gettingResult",
      "executorDeserializeTimeMs", "executorDeserializeCpuTimeNs", "executorRunTimeMs", "executorCpuTimeNs", "resultSizeBytes",
      "jvmGcTimeMs", "resultSerializationTimeMs", "memoryBytesSpilled", "diskBytesSpilled", "peakExecutionMemoryBytes", "inputBytesRead",
      "inputRecordsRead", "outputBytesWritten", "outputRecordsWritten", "shuffleRemoteBlocksFetched", "shuffleLocalBlocksFetched",
      "shuffleRemoteBytesRead", "shuffleRemoteBytesReadToDisk", "shuffleLocalBytesRead", "shuffleFetchWaitTimeMs", "shuffleRecordsRead",
      "shuffleRemoteReqsDurationMs", "shuffleBytesWritten", "shuffleWriteTimeNs", "shuffleRecordsWritten"};
  static final int STARTED = 0, ENDED = 1, RUNNING = 2, FETCHING = 3, GONE = -1;

  static {
    int[] delta = new int[] {AFTER, TASK, STAGE, STAGE_ATTEMPT, INDEX, PARTITION, LAUNCH, EXECUTOR, HOST};
    for (int i = 0; i < delta.length; i++) {
      DELTA[delta[i]] = true;
    }
  }

  /** Ids are no secrets, whatever they look like; the others are the user's words. */
  static final String[] KEPT_IDS = new String[] {"sparkglass.cell", "sparkglass.curve", "spark.sql.execution.id",
      "spark.sql.execution.root.id", "sql.streaming.queryId", "streaming.sql.batchId", "spark.job.interruptOnCancel", "spark.streaming.internal.batchTime",
      "spark.streaming.internal.outputOpId"};
  static final String[] KEPT_WORDS = new String[] {"spark.jobGroup.id", "spark.job.description", "spark.job.tags", "callSite.short",
      "callSite.long", "spark.scheduler.pool", "spark.rdd.scope"};
  static final String REDACTED = "*********(redacted)";
  static final int MAX_ERRORS = 1000, MAX_STRING = 2000;
  /** Event lines that wait for a poller that does not come, in characters: all of them, and those that counts hang on. */
  static final long MAX_LINE_CHARS = 16L << 20, MAX_ALL_CHARS = 64L << 20;

  private final SparkContext context;
  private final int application;
  private final int maxRows;
  private final Pattern redaction;

  // ---- Guarded by lock; the callbacks append, poll swaps ----
  private final Object lock = new Object();
  private Buffer filling = new Buffer();
  private Buffer spare = new Buffer();
  private final LinkedHashMap strings = new LinkedHashMap();
  private int errorTexts = 0;
  private long droppedRows = 0, droppedEvents = 0;
  private boolean ended = false;
  /** A cell that ran a job has ended since the last frame: somebody waits for its last numbers. Guarded by the lock. */
  private boolean hurry = false;

  /** Only the bus's thread touches it: shuffle id -> number of reducers, while the stage that writes it runs. */
  private final HashMap reducersOf = new HashMap();
  private final HashMap activeJobs = new HashMap();
  private final SqlMetrics sql;
  private volatile int activeJobCount = 0;
  private volatile long lastJobEndNanos = 0, lastArrivalNanos = 0, cellBeganNanos = 0;
  /** Jobs that are not of a micro-batch: somebody waits for those. Guarded by activeJobs; the count is for everybody. */
  private final HashSet plainJobs = new HashSet();
  private volatile int plainJobCount = 0;
  private volatile long lastPlainEndNanos = 0;
  /** Only the bus's thread touches it: SQL executions of micro-batches that have not ended. */
  private final HashSet batchExecutions = new HashSet();
  static final int MAX_BATCH_EXECUTIONS = 4096;
  /** What comes so long after a plain job may still be of it, such as tasks that were cancelled. */
  static final long AFTER_PLAIN_NANOS = 2000000000L;
  // ---- Only the poller touches these ----
  private long lastFrameNanos = 0, saidDroppedRows = 0, saidDroppedEvents = 0;
  private com.codahale.metrics.Counter queueCounter = null;
  private final long[] sentNanos = new long[10];
  private int sent = 0;

  /**
   * @param context the SparkContext to listen to
   * @param application its number in this kernel
   * @param maxRows task rows kept for a poller that does not come; further ones are added up and dropped
   */
  public SparkglassListener(Object context, int application, int maxRows) {
    this.context = (SparkContext) context;
    this.application = application;
    this.maxRows = maxRows;
    this.redaction = Pattern.compile(
        this.context.getConf().get("spark.redaction.regex", "(?i)secret|password|token|access[.]?key"));
    this.sql = new SqlMetrics(!this.context.version().startsWith("3."));
  }

  /** Joins the bus on a queue of its own, so that neither Spark's listeners nor the user's ever wait for this one. */
  public void join() {
    context.listenerBus().addToQueue(this, "sparkglass");
  }

  /** Leaves the bus; what was heard can still be polled. */
  public void leave() {
    left = true;
    context.listenerBus().removeListener(this);
    close();
  }

  // ---------------------------------------------------------------- cells

  /** A cell begins on the calling thread: its jobs will carry the run id. The line rides with the frames, so that it keeps its place among them. */
  public void cellStarted(String run, String json) {
    context.setLocalProperty("sparkglass.cell", run);
    cellBeganNanos = System.nanoTime();
    hearConsole();
    line(json, true);
  }

  /** It ended; what this thread runs now belongs to no cell. Threads and streams that the cell left behind keep its id. */
  public void cellEnded(String json) {
    context.setLocalProperty("sparkglass.cell", null);
    synchronized (lock) {
      line(json, true);
      // A cell that ran no job has nothing to show for which anybody waits, and its next one should not meet our thread. Those of streams are not its own.
      hurry = hurry || plainJobCount > 0 || lastPlainEndNanos != 0 && lastPlainEndNanos - cellBeganNanos > 0;
      if (hurry) {
        lock.notifyAll();
      }
    }
  }

  /** The calling thread was started by this run. */
  public void claim(String run) {
    if (context.getLocalProperty("sparkglass.cell") == null) {
      context.setLocalProperty("sparkglass.cell", run);
    }
  }

  /** Characters that are kept of what one batch prints. */
  static final int MAX_PRINTED_CHARS = 16384;
  private volatile boolean left = false;
  private final LinkedHashMap printedBy = new LinkedHashMap();
  /** The listener of the context that is alive: a JVM has one at a time. */
  private static volatile SparkglassListener hearing = null;

  /**
   * Something was printed on the calling thread. It is told when the thread works on a micro-batch of a stream, up to a number of characters
   * a batch; anything else is nobody's business here.
   */
  public void printed(String text) {
    try {
      String batch = context.getLocalProperty("streaming.sql.batchId");
      String run = context.getLocalProperty("spark.jobGroup.id");
      if (left || batch == null || run == null || context.getLocalProperty("sql.streaming.queryId") == null) {
        return;
      }
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassStreamOutput\",\"Batch ID\":").append(Long.parseLong(batch));
      synchronized (printedBy) {
        Object key = run + " " + batch;
        int before = printedBy.containsKey(key) ? ((Integer) printedBy.get(key)).intValue() : 0;
        if (before > MAX_PRINTED_CHARS) {
          return;
        }
        printedBy.put(key, Integer.valueOf(before + text.length()));
        if (printedBy.size() > 64) {
          printedBy.remove(printedBy.keySet().iterator().next());
        }
        boolean whole = before + text.length() <= MAX_PRINTED_CHARS;
        Json.quote(json.append(",\"Run ID\":"), run);
        Json.quote(json.append(",\"Text\":"), whole ? text : text.substring(0, MAX_PRINTED_CHARS - before));
        json.append(",\"Complete\":").append(whole).append('}');
      }
      line(json.toString(), false, false);
    } catch (Throwable t) {
      // What is printed is printed all the same.
    }
  }

  /**
   * The sink "console" prints to Scala's Console, whose stream a thread has from the one that started it: a query that this thread starts tells us,
   * too. All that is printed goes where it went before. The stream outlives the context; who hears it does not.
   */
  private void hearConsole() {
    hearing = this;
    try {
      if (!(scala.Console.out() instanceof Heard)) {
        scala.Console$.MODULE$.setOutDirect(new Heard(new Passing(scala.Console.out())));
      }
    } catch (Throwable t) {
      // Another Scala: then nobody hears it.
    }
  }

  /** A stream of ours that threads have inherited. */
  static final class Heard extends PrintStream {
    Heard(OutputStream out) {
      super(out, true);
    }
  }

  /** Passes on what is written, and tells it line by line. */
  static final class Passing extends OutputStream {
    private final PrintStream to;
    private final ThreadLocal lines = new ThreadLocal();

    Passing(PrintStream to) {
      this.to = to;
    }

    public void write(int b) {
      to.write(b);
      keep(new byte[] {(byte) b}, 0, 1);
    }

    public void write(byte[] bytes, int from, int length) {
      to.write(bytes, from, length);
      keep(bytes, from, length);
    }

    public void flush() {
      to.flush();
    }

    private void keep(byte[] bytes, int from, int length) {
      ByteArrayOutputStream line = (ByteArrayOutputStream) lines.get();
      if (line == null) {
        line = new ByteArrayOutputStream();
        lines.set(line);
      }
      line.write(bytes, from, length);
      if (length > 0 && bytes[from + length - 1] == '\n' || line.size() > MAX_PRINTED_CHARS) {
        // In the encoding in which a PrintStream writes.
        hearing.printed(line.toString());
        line.reset();
      }
    }
  }

  /** One more line from the Python side. */
  public void say(String json) {
    line(json, true);
  }

  // ---------------------------------------------------------------- callbacks

  public void onJobStart(SparkListenerJobStart e) {
    try {
      Properties kept = keep(e.properties());
      synchronized (activeJobs) {
        String run = kept.getProperty("sparkglass.cell");
        activeJobs.put(Integer.valueOf(e.jobId()), run == null ? "" : run);
        activeJobCount = activeJobs.size();
        if (kept.getProperty("sql.streaming.queryId") == null && kept.getProperty("spark.streaming.internal.batchTime") == null) {
          plainJobs.add(Integer.valueOf(e.jobId()));
          plainJobCount = plainJobs.size();
        }
      }
      String execution = kept.getProperty("spark.sql.execution.id");
      if (execution != null) {
        sql.jobStarted(Long.valueOf(execution), e);
      }
      line(JsonProtocol.sparkEventToJsonString(new SparkListenerJobStart(e.jobId(), e.time(), e.stageInfos(), kept)), true, plainJobCount > 0);
    } catch (Throwable t) {
      failed(t);
    }
  }

  public void onJobEnd(SparkListenerJobEnd e) {
    try {
      line(JsonProtocol.sparkEventToJsonString(e), true, plainJobCount > 0);
      sql.jobEnded(e.jobId());
      lastJobEndNanos = System.nanoTime();
      synchronized (activeJobs) {
        activeJobs.remove(Integer.valueOf(e.jobId()));
        activeJobCount = activeJobs.size();
        if (plainJobs.remove(Integer.valueOf(e.jobId()))) {
          lastPlainEndNanos = lastJobEndNanos;
          plainJobCount = plainJobs.size();
        }
      }
    } catch (Throwable t) {
      failed(t);
    }
  }

  public void onStageSubmitted(SparkListenerStageSubmitted e) {
    try {
      noteShuffle(e.stageInfo());
    } catch (Throwable t) {
      // Asked again at the stage's end.
    }
    try {
      sql.stageSubmitted(e.stageInfo());
      line(JsonProtocol.sparkEventToJsonString(new SparkListenerStageSubmitted(e.stageInfo(), keep(e.properties()))), true, false);
    } catch (Throwable t) {
      failed(t);
    }
  }

  public void onStageCompleted(SparkListenerStageCompleted e) {
    try {
      line(JsonProtocol.sparkEventToJsonString(e), true, false);
    } catch (Throwable t) {
      failed(t);
    }
    try {
      // A shuffle can be cleaned away as soon as nobody needs it: this is the last moment at which its sizes are sure to be there.
      String sizes = shuffleSizes(e.stageInfo());
      if (sizes != null) {
        line(sizes, false, false);
      }
    } catch (Throwable t) {
      // It was cleaned away while we read; nothing that was announced is missing.
    }
  }

  public void onTaskStart(SparkListenerTaskStart e) {
    try {
      TaskInfo info = e.taskInfo();
      synchronized (lock) {
        int at = row(info, e.stageId(), e.stageAttemptId());
        if (at >= 0) {
          filling.rows[at + KIND] = STARTED;
          filling.remember(info.taskId(), at);
        } else {
          Sums sums = filling.sums(e.stageId(), e.stageAttemptId());
          sums.started++;
          sums.rows++;
        }
      }
      sql.taskStarted(e.stageId(), e.stageAttemptId(), info);
    } catch (Throwable t) {
      failed(t);
    }
  }

  public void onTaskGettingResult(SparkListenerTaskGettingResult e) {
    try {
      TaskInfo info = e.taskInfo();
      synchronized (lock) {
        int at = row(info, -1, 0);
        if (at >= 0) {
          filling.rows[at + KIND] = FETCHING;
          filling.rows[at + GETTING_RESULT] = info.gettingResultTime() - info.launchTime() + 1;
        }
      }
    } catch (Throwable t) {
      failed(t);
    }
  }

  public void onTaskEnd(SparkListenerTaskEnd e) {
    try {
      TaskInfo info = e.taskInfo();
      if (info == null) {
        return;
      }
      TaskEndReason reason = e.reason();
      String error = reason instanceof TaskKilled ? ((TaskKilled) reason).reason()
          : reason instanceof TaskFailedReason ? ((TaskFailedReason) reason).toErrorString() : null;
      synchronized (lock) {
        int text = error == null ? 0 : errorText(error);
        int at = filling.recall(info.taskId());
        if (at < 0 || filling.count < maxRows) {
          if (at >= 0) {
            filling.rows[at + KIND] = GONE;
            filling.gone++;
          }
          at = row(info, e.stageId(), e.stageAttemptId());
        }
        long[] rows = filling.rows;
        if (at < 0) {
          rows = filling.scratch;
          Arrays.fill(rows, 0L);
          at = 0;
          describe(rows, 0, info, e.stageId(), e.stageAttemptId());
        }
        rows[at + KIND] = ENDED;
        rows[at + REASON] = reasonCode(reason);
        rows[at + ERROR] = text;
        rows[at + FLAGS] |= (info.failed() ? 2 : 0) | (info.killed() ? 4 : 0);
        rows[at + DURATION] = Math.max(0L, info.finishTime() - info.launchTime());
        if (info.gettingResultTime() > 0) {
          rows[at + GETTING_RESULT] = info.gettingResultTime() - info.launchTime() + 1;
        }
        metrics(rows, at, e.taskMetrics());
        if (rows == filling.scratch) {
          filling.sums(e.stageId(), e.stageAttemptId()).add(rows, 0);
        }
      }
      sql.taskEnded(e.stageId(), e.stageAttemptId(), info, e.taskMetrics());
    } catch (Throwable t) {
      failed(t);
    }
  }

  /** Running values move with the heartbeats only (every 10 s by default). */
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate e) {
    try {
      scala.collection.Iterator updates = e.accumUpdates().iterator();
      while (updates.hasNext()) {
        scala.Tuple4 update = (scala.Tuple4) updates.next();
        long[] values = filling.heartbeat;
        Arrays.fill(values, 0L);
        scala.collection.Iterator infos = ((scala.collection.Iterable) update._4()).iterator();
        while (infos.hasNext()) {
          AccumulableInfo info = (AccumulableInfo) infos.next();
          Integer column = Accumulators.column(info);
          if (column != null && info.update().isDefined() && info.update().get() instanceof Number) {
            values[column.intValue()] = Math.max(0L, ((Number) info.update().get()).longValue());
          }
        }
        sql.taskRuns(((Number) update._2()).intValue(), ((Number) update._3()).intValue(), ((Number) update._1()).longValue(),
            ((scala.collection.Iterable) update._4()).iterator());
        synchronized (lock) {
          int at = filling.append(maxRows);
          if (at >= 0) {
            long[] rows = filling.rows;
            System.arraycopy(values, DESERIALIZE, rows, at + DESERIALIZE, WIDTH - DESERIALIZE);
            rows[at + AFTER] = filling.lines.size();
            rows[at + KIND] = RUNNING;
            rows[at + TASK] = ((Number) update._1()).longValue();
            rows[at + STAGE] = ((Number) update._2()).longValue();
            rows[at + STAGE_ATTEMPT] = ((Number) update._3()).longValue();
            rows[at + FLAGS] = 8;
            arrived();
          }
        }
      }
      String memory = Json.executorMetrics(e.execId(), e.executorUpdates());
      if (memory != null) {
        line(memory, false, false);
      }
    } catch (Throwable t) {
      failed(t);
    }
  }

  public void onBlockUpdated(SparkListenerBlockUpdated e) {
    try {
      BlockUpdatedInfo info = e.blockUpdatedInfo();
      if (info.blockId().isRDD()) {
        line(Json.blockUpdated(info), false, false);
      }
    } catch (Throwable t) {
      failed(t);
    }
  }

  public void onEnvironmentUpdate(SparkListenerEnvironmentUpdate e) { }

  public void onApplicationEnd(SparkListenerApplicationEnd e) {
    other(e);
    close();
  }

  public void onApplicationStart(SparkListenerApplicationStart e) { other(e); }
  public void onExecutorAdded(SparkListenerExecutorAdded e) { other(e); }
  public void onExecutorRemoved(SparkListenerExecutorRemoved e) { other(e); }
  public void onBlockManagerAdded(SparkListenerBlockManagerAdded e) { other(e); }
  public void onBlockManagerRemoved(SparkListenerBlockManagerRemoved e) { other(e); }
  public void onUnpersistRDD(SparkListenerUnpersistRDD e) { other(e); }
  public void onExecutorExcluded(SparkListenerExecutorExcluded e) { other(e); }
  public void onExecutorUnexcluded(SparkListenerExecutorUnexcluded e) { other(e); }
  public void onExecutorExcludedForStage(SparkListenerExecutorExcludedForStage e) { other(e); }
  public void onNodeExcluded(SparkListenerNodeExcluded e) { other(e); }
  public void onNodeUnexcluded(SparkListenerNodeUnexcluded e) { other(e); }
  public void onNodeExcludedForStage(SparkListenerNodeExcludedForStage e) { other(e); }
  public void onSpeculativeTaskSubmitted(SparkListenerSpeculativeTaskSubmitted e) { other(e); }
  public void onUnschedulableTaskSetAdded(SparkListenerUnschedulableTaskSetAdded e) { other(e); }
  public void onUnschedulableTaskSetRemoved(SparkListenerUnschedulableTaskSetRemoved e) { other(e); }
  public void onResourceProfileAdded(SparkListenerResourceProfileAdded e) { other(e); }

  public void onOtherEvent(SparkListenerEvent e) {
    try {
      sql.heard(e);
      if (e instanceof SparkListenerSQLAdaptiveExecutionUpdate) {
        long id = ((SparkListenerSQLAdaptiveExecutionUpdate) e).executionId();
        readsSaid.putIfAbsent(Long.valueOf(id), new HashMap());
        tellShuffleReads(id, SQLExecution.getQueryExecution(id));
      } else if (e instanceof SparkListenerSQLExecutionEnd) {
        SparkListenerSQLExecutionEnd end = (SparkListenerSQLExecutionEnd) e;
        tellShuffleReads(end.executionId(), end.qe());
        readsSaid.remove(Long.valueOf(end.executionId()));
      }
    } catch (Throwable t) {
      failed(t);
    }
    if (e.logEvent()) {
      other(e);
    }
  }

  /** Whether an event tells no more than that a stream goes on: its progress, and the SQL executions of its micro-batches. */
  private boolean isOfBatch(SparkListenerEvent e) {
    if (e instanceof SparkListenerSQLExecutionStart) {
      SparkListenerSQLExecutionStart start = (SparkListenerSQLExecutionStart) e;
      // StreamExecution.getBatchDescriptionString; where foreachBatch has set another, somebody may wait for it.
      boolean of = start.description().indexOf("\nrunId = ") >= 0 && start.description().indexOf("\nbatch = ") >= 0;
      if (of && batchExecutions.size() < MAX_BATCH_EXECUTIONS) {
        batchExecutions.add(Long.valueOf(start.executionId()));
      }
      return of;
    }
    if (e instanceof SparkListenerSQLExecutionEnd) {
      return batchExecutions.remove(Long.valueOf(((SparkListenerSQLExecutionEnd) e).executionId()));
    }
    if (e instanceof SparkListenerDriverAccumUpdates) {
      return batchExecutions.contains(Long.valueOf(((SparkListenerDriverAccumUpdates) e).executionId()));
    }
    if (e instanceof SparkListenerSQLAdaptiveExecutionUpdate) {
      return batchExecutions.contains(Long.valueOf(((SparkListenerSQLAdaptiveExecutionUpdate) e).executionId()));
    }
    String name = e.getClass().getSimpleName();
    return "QueryProgressEvent".equals(name) || "QueryIdleEvent".equals(name);
  }

  private void other(SparkListenerEvent e) {
    try {
      String json = JsonProtocol.sparkEventToJsonString(e);
      // The user's job description comes back as the description of the query.
      if (e instanceof SparkListenerSQLExecutionStart && isSecret(((SparkListenerSQLExecutionStart) e).description())) {
        json = Json.blank(json, "description");
      }
      line(json, false, !isOfBatch(e));
    } catch (Throwable t) {
      failed(t);
    }
  }

  // ---------------------------------------------------------------- the buffer

  private void line(String json, boolean always) {
    line(json, always, true);
  }

  /** A line; pressing: it should not wait until streams have more to say. */
  private void line(String json, boolean always, boolean pressing) {
    synchronized (lock) {
      if (filling.chars > (always ? MAX_ALL_CHARS : MAX_LINE_CHARS)) {
        droppedEvents++;
      } else {
        filling.line(json);
      }
      arrived();
      if (pressing && !filling.pressing) {
        filling.pressing = true;
        lock.notifyAll();
      }
    }
  }

  /** A new row for this task, or -1 when the bound is reached. The caller holds the lock. */
  private int row(TaskInfo info, int stage, int stageAttempt) {
    int at = filling.append(maxRows);
    if (at < 0) {
      droppedRows++;
      arrived();
      return -1;
    }
    describe(filling.rows, at, info, stage, stageAttempt);
    filling.rows[at + AFTER] = filling.lines.size();
    arrived();
    return at;
  }

  private void arrived() {
    lastArrivalNanos = System.nanoTime();
    if (!filling.awake) {
      filling.awake = true;
      filling.sinceNanos = lastArrivalNanos;
      lock.notifyAll();
    }
  }

  private void describe(long[] rows, int at, TaskInfo info, int stage, int stageAttempt) {
    rows[at + TASK] = info.taskId();
    rows[at + STAGE] = stage;
    rows[at + STAGE_ATTEMPT] = stageAttempt;
    rows[at + INDEX] = info.index();
    rows[at + ATTEMPT] = info.attemptNumber();
    rows[at + PARTITION] = info.partitionId();
    rows[at + LAUNCH] = info.launchTime();
    rows[at + EXECUTOR] = string(info.executorId());
    rows[at + HOST] = string(info.host());
    rows[at + LOCALITY] = info.taskLocality().id();
    rows[at + FLAGS] = info.speculative() ? 1 : 0;
  }

  private int string(String text) {
    synchronized (lock) {
      Integer known = (Integer) strings.get(text);
      if (known != null) {
        return known.intValue();
      }
      int index = strings.size();
      strings.put(text, Integer.valueOf(index));
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassStrings\",\"Base\":").append(index).append(",\"Values\":[");
      Json.quote(json, text);
      filling.line(json.append("]}").toString());
      return index;
    }
  }

  private int errorText(String error) {
    String cut = error.length() > MAX_STRING ? error.substring(0, MAX_STRING) : error;
    synchronized (lock) {
      if (!strings.containsKey(cut) && ++errorTexts > MAX_ERRORS) {
        cut = "";
      }
      return string(cut) + 1;
    }
  }

  private void failed(Throwable t) {
    // Nothing may reach Spark's bus; the poller counts what is missing.
    synchronized (lock) {
      droppedEvents++;
    }
  }

  private void close() {
    synchronized (lock) {
      ended = true;
      filling.awake = true;
      lock.notifyAll();
    }
  }

  static int reasonCode(TaskEndReason reason) {
    if (reason instanceof ExceptionFailure) return 4;
    if (reason instanceof TaskKilled) return 6;
    if (reason instanceof FetchFailed) return 3;
    if (reason instanceof TaskCommitDenied) return 7;
    if (reason instanceof ExecutorLostFailure) return 8;
    String name = reason.getClass().getSimpleName();
    return name.startsWith("Success") ? 1 : name.startsWith("Resubmitted") ? 2 : name.startsWith("TaskResultLost") ? 5 : 9;
  }

  static void metrics(long[] rows, int at, TaskMetrics m) {
    if (m == null) {
      return;
    }
    rows[at + FLAGS] |= 8;
    rows[at + DESERIALIZE] = m.executorDeserializeTime();
    rows[at + DESERIALIZE_CPU] = m.executorDeserializeCpuTime();
    rows[at + RUN] = m.executorRunTime();
    rows[at + CPU] = m.executorCpuTime();
    rows[at + RESULT_SIZE] = m.resultSize();
    rows[at + GC] = m.jvmGCTime();
    rows[at + RESULT_SERIALIZATION] = m.resultSerializationTime();
    rows[at + MEMORY_SPILLED] = m.memoryBytesSpilled();
    rows[at + DISK_SPILLED] = m.diskBytesSpilled();
    rows[at + PEAK_MEMORY] = m.peakExecutionMemory();
    rows[at + INPUT_BYTES] = m.inputMetrics().bytesRead();
    rows[at + INPUT_RECORDS] = m.inputMetrics().recordsRead();
    rows[at + OUTPUT_BYTES] = m.outputMetrics().bytesWritten();
    rows[at + OUTPUT_RECORDS] = m.outputMetrics().recordsWritten();
    ShuffleReadMetrics read = m.shuffleReadMetrics();
    rows[at + REMOTE_BLOCKS] = read.remoteBlocksFetched();
    rows[at + LOCAL_BLOCKS] = read.localBlocksFetched();
    rows[at + REMOTE_BYTES] = read.remoteBytesRead();
    rows[at + REMOTE_BYTES_DISK] = read.remoteBytesReadToDisk();
    rows[at + LOCAL_BYTES] = read.localBytesRead();
    rows[at + FETCH_WAIT] = read.fetchWaitTime();
    rows[at + SHUFFLE_RECORDS] = read.recordsRead();
    rows[at + REMOTE_REQS] = read.remoteReqsDuration();
    rows[at + SHUFFLE_WRITE_BYTES] = m.shuffleWriteMetrics().bytesWritten();
    rows[at + SHUFFLE_WRITE_TIME] = m.shuffleWriteMetrics().writeTime();
    rows[at + SHUFFLE_WRITE_RECORDS] = m.shuffleWriteMetrics().recordsWritten();
  }

  private Properties keep(Properties all) {
    Properties kept = new Properties();
    for (int i = 0; all != null && i < KEPT_IDS.length; i++) {
      String value = all.getProperty(KEPT_IDS[i]);
      if (value != null) {
        kept.setProperty(KEPT_IDS[i], value);
      }
    }
    for (int i = 0; all != null && i < KEPT_WORDS.length; i++) {
      String value = all.getProperty(KEPT_WORDS[i]);
      if (value != null) {
        kept.setProperty(KEPT_WORDS[i], redact(KEPT_WORDS[i], value));
      }
    }
    return kept;
  }

  /** Spark's own rule (Utils.redact): a key or a value that matches loses its value. */
  String redact(String key, String value) {
    return isSecret(key) || isSecret(value) ? REDACTED : value;
  }

  /** Texts that were asked about of late, and the answers: the call sites and descriptions of a stream come back with each of its batches. */
  private final Judged judged = new Judged();

  private boolean isSecret(String text) {
    synchronized (judged) {
      Boolean known = (Boolean) judged.get(text);
      if (known == null) {
        known = Boolean.valueOf(redaction.matcher(text).find());
        // A plan in a description may be long, and does not come back.
        if (text.length() <= MAX_JUDGED_CHARS) {
          judged.put(text, known);
        }
      }
      return known.booleanValue();
    }
  }

  static final int MAX_JUDGED = 128, MAX_JUDGED_CHARS = 8192;

  static final class Judged extends LinkedHashMap {
    Judged() {
      super(MAX_JUDGED * 2, 0.75f, true);
    }

    protected boolean removeEldestEntry(Map.Entry eldest) {
      return size() > MAX_JUDGED;
    }
  }

  // ---------------------------------------------------------------- polling

  /**
   * Waits for news and returns a frame of it; an empty array when nothing came in maxWaitMs, null when the application has ended and everything
   * was fetched. A frame is due intervalMs after the one before, or at once when a cell has ended and its jobs too, or when the driver has come
   * to rest (no job for quietMs): the last numbers of a cell should not wait for the next beat. What streams do by themselves is gathered for
   * gatherMs: between two micro-batches the driver is at rest, too, and a frame a batch would cost a fast stream more than all else that is
   * done here. Never more than ten frames in a second.
   */
  public byte[] poll(int intervalMs, int quietMs, int gatherMs, int maxWaitMs) {
    long deadline = System.nanoTime() + maxWaitMs * 1000000L;
    long rowsLost, eventsLost;
    Buffer full;
    synchronized (lock) {
      while (true) {
        long now = System.nanoTime();
        boolean some = !filling.empty() || sql.isDue(now);
        long calmMs = calmMs(now, gatherMs);
        if (some && (ended || isAllowed(now) && (calmMs < 0 ? due(now, intervalMs, quietMs) : calmMs == 0))) {
          break;
        }
        if (ended) {
          return null;
        }
        if (now >= deadline) {
          if (!some) {
            return new byte[0];
          }
        }
        try {
          lock.wait(some ? Math.max(5L, calmMs) : Math.max(1L, (deadline - now) / 1000000L));
        } catch (InterruptedException e) {
          return new byte[0];
        }
      }
      hurry = false;
      full = filling;
      rowsLost = droppedRows;
      eventsLost = droppedEvents;
      filling = spare;
      filling.clear();
      spare = full;
    }
    long now = System.nanoTime();
    lastFrameNanos = now;
    sentNanos[sent++ % sentNanos.length] = now;
    sayDropped(full, rowsLost, eventsLost + droppedByQueue());
    sql.tell(full, now);
    return full.frame(application, 0, true);
  }

  private boolean isAllowed(long now) {
    long oldest = sentNanos[sent % sentNanos.length];
    return oldest == 0 || now - oldest >= 1000000000L;
  }

  /** For how long what streams do by themselves is still gathered, in ms; -1 when there is other news. The caller holds the lock. */
  private long calmMs(long now, int gatherMs) {
    boolean afterPlain = lastPlainEndNanos != 0 && now - lastPlainEndNanos < AFTER_PLAIN_NANOS;
    if (filling.pressing || hurry || plainJobCount > 0 || afterPlain) {
      return -1;
    }
    long since = filling.awake ? Math.max(lastFrameNanos, filling.sinceNanos) : lastFrameNanos;
    return Math.max(0L, gatherMs - (now - since) / 1000000L);
  }

  private boolean due(long now, int intervalMs, int quietMs) {
    if (now - lastFrameNanos >= intervalMs * 1000000L || hurry && plainJobCount == 0) {
      return true;
    }
    return activeJobCount == 0 && now - lastJobEndNanos >= quietMs * 1000000L && now - lastArrivalNanos >= quietMs * 1000000L;
  }

  private void sayDropped(Buffer full, long rows, long events) {
    if (rows != saidDroppedRows || events != saidDroppedEvents) {
      saidDroppedRows = rows;
      saidDroppedEvents = events;
      full.line("{\"Event\":\"SparkglassQueue\",\"Dropped Events\":" + events + ",\"Dropped Rows\":" + rows + ",\"Time\":"
          + System.currentTimeMillis() + "}");
    }
  }

  /** Events that Spark itself dropped because our queue was full. */
  public long droppedByQueue() {
    try {
      if (queueCounter == null) {
        queueCounter = (com.codahale.metrics.Counter) context.listenerBus().metrics().metricRegistry().getCounters()
            .get("queue.sparkglass.numDroppedEvents");
      }
      return queueCounter == null ? 0L : queueCounter.getCount();
    } catch (Throwable t) {
      return 0L;
    }
  }

  // ---------------------------------------------------------------- the past

  /**
   * What a listener that was there from the start would have heard first: version, application, environment (redacted), executors.
   * An empty array while Spark's own store does not know the driver yet.
   */
  public byte[] beginning() {
    scala.collection.Iterator executors = context.statusStore().executorList(false).iterator();
    if (executors.isEmpty()) {
      return new byte[0];
    }
    Buffer past = new Buffer();
    past.line("{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"" + context.version() + "\"}");
    StringBuilder json = new StringBuilder("{\"Event\":\"SparkListenerApplicationStart\",\"App Name\":");
    Json.quote(json, context.appName());
    Json.quote(json.append(",\"App ID\":"), context.applicationId());
    Json.quote(json.append(",\"Timestamp\":").append(context.startTime()).append(",\"User\":"), context.sparkUser());
    past.line(json.append('}').toString());
    past.line(environment());
    while (executors.hasNext()) {
      Json.executor(past, (org.apache.spark.status.api.v1.ExecutorSummary) executors.next());
    }
    return past.frame(application, 1, true);
  }

  private String environment() {
    StringBuilder json = new StringBuilder("{\"Event\":\"SparkListenerEnvironmentUpdate\",\"JVM Information\":{\"Java Version\":");
    Json.quote(json, System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
    Json.quote(json.append(",\"Java Home\":"), System.getProperty("java.home"));
    Json.quote(json.append(",\"Scala Version\":"), "version " + scala.util.Properties.versionNumberString());
    json.append("},\"Spark Properties\":{");
    scala.Tuple2[] all = context.getConf().getAll();
    for (int i = 0; i < all.length; i++) {
      String key = (String) all[i]._1();
      Json.quote(i == 0 ? json : json.append(','), key);
      Json.quote(json.append(':'), redact(key, (String) all[i]._2()));
    }
    return json.append("}}").toString();
  }

  /**
   * The ended and running tasks of stage attempts ("3.0,4.0"), from the driver's status store, as a frame of rows: of each attempt at most limit.
   * A second look repeats rows, so they must not be added up once more.
   */
  public byte[] pastTasks(Object store, String attempts, int limit, boolean again) {
    Buffer past = new Buffer();
    String[] each = attempts.split(",");
    for (int i = 0; i < each.length; i++) {
      int dot = each[i].indexOf('.');
      int stage = Integer.parseInt(each[i].substring(0, dot)), stageAttempt = Integer.parseInt(each[i].substring(dot + 1));
      scala.collection.Iterator tasks = ((AppStatusStore) store).taskList(stage, stageAttempt, limit).iterator();
      while (tasks.hasNext()) {
        int at = past.append(Integer.MAX_VALUE);
        pastRow(past.rows, at, (TaskData) tasks.next(), stage, stageAttempt);
        past.rows[at + AFTER] = 1;
      }
    }
    StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassStrings\",\"Base\":0,\"Values\":[");
    synchronized (lock) {
      Iterator texts = strings.keySet().iterator();
      for (int i = 0; texts.hasNext(); i++) {
        Json.quote(i == 0 ? json : json.append(','), (String) texts.next());
      }
    }
    past.line(json.append("]}").toString());
    return past.frame(application, 1, !again);
  }

  private void pastRow(long[] rows, int at, TaskData task, int stage, int stageAttempt) {
    String status = task.status();
    boolean running = "RUNNING".equals(status) || "GET RESULT".equals(status);
    boolean failed = "FAILED".equals(status), killed = "KILLED".equals(status);
    rows[at + KIND] = running ? STARTED : ENDED;
    rows[at + TASK] = task.taskId();
    rows[at + STAGE] = stage;
    rows[at + STAGE_ATTEMPT] = stageAttempt;
    rows[at + INDEX] = task.index();
    rows[at + ATTEMPT] = task.attempt();
    rows[at + PARTITION] = task.partitionId();
    rows[at + LAUNCH] = task.launchTime().getTime();
    rows[at + EXECUTOR] = string(task.executorId());
    rows[at + HOST] = string(task.host());
    rows[at + LOCALITY] = TaskLocality.withName(task.taskLocality()).id();
    rows[at + FLAGS] = (task.speculative() ? 1 : 0) | (failed ? 2 : 0) | (killed ? 4 : 0);
    if (running) {
      return;
    }
    rows[at + REASON] = failed ? 4 : killed ? 6 : 1;
    rows[at + ERROR] = task.errorMessage().isDefined() ? errorText((String) task.errorMessage().get()) : 0;
    rows[at + DURATION] = task.duration().isDefined() ? Math.max(0L, ((Number) task.duration().get()).longValue()) : 0;
    if (task.resultFetchStart().isDefined()) {
      rows[at + GETTING_RESULT] = ((java.util.Date) task.resultFetchStart().get()).getTime() - task.launchTime().getTime() + 1;
    }
    if (task.taskMetrics().isDefined()) {
      pastMetrics(rows, at, (org.apache.spark.status.api.v1.TaskMetrics) task.taskMetrics().get());
    }
  }

  private static void pastMetrics(long[] rows, int at, org.apache.spark.status.api.v1.TaskMetrics m) {
    rows[at + FLAGS] |= 8;
    rows[at + DESERIALIZE] = m.executorDeserializeTime();
    rows[at + DESERIALIZE_CPU] = m.executorDeserializeCpuTime();
    rows[at + RUN] = m.executorRunTime();
    rows[at + CPU] = m.executorCpuTime();
    rows[at + RESULT_SIZE] = m.resultSize();
    rows[at + GC] = m.jvmGcTime();
    rows[at + RESULT_SERIALIZATION] = m.resultSerializationTime();
    rows[at + MEMORY_SPILLED] = m.memoryBytesSpilled();
    rows[at + DISK_SPILLED] = m.diskBytesSpilled();
    rows[at + PEAK_MEMORY] = m.peakExecutionMemory();
    rows[at + INPUT_BYTES] = m.inputMetrics().bytesRead();
    rows[at + INPUT_RECORDS] = m.inputMetrics().recordsRead();
    rows[at + OUTPUT_BYTES] = m.outputMetrics().bytesWritten();
    rows[at + OUTPUT_RECORDS] = m.outputMetrics().recordsWritten();
    rows[at + REMOTE_BLOCKS] = m.shuffleReadMetrics().remoteBlocksFetched();
    rows[at + LOCAL_BLOCKS] = m.shuffleReadMetrics().localBlocksFetched();
    rows[at + REMOTE_BYTES] = m.shuffleReadMetrics().remoteBytesRead();
    rows[at + REMOTE_BYTES_DISK] = m.shuffleReadMetrics().remoteBytesReadToDisk();
    rows[at + LOCAL_BYTES] = m.shuffleReadMetrics().localBytesRead();
    rows[at + FETCH_WAIT] = m.shuffleReadMetrics().fetchWaitTime();
    rows[at + SHUFFLE_RECORDS] = m.shuffleReadMetrics().recordsRead();
    rows[at + REMOTE_REQS] = m.shuffleReadMetrics().remoteReqsDuration();
    rows[at + SHUFFLE_WRITE_BYTES] = m.shuffleWriteMetrics().bytesWritten();
    rows[at + SHUFFLE_WRITE_TIME] = m.shuffleWriteMetrics().writeTime();
    rows[at + SHUFFLE_WRITE_RECORDS] = m.shuffleWriteMetrics().recordsWritten();
  }

  // ---------------------------------------------------------------- requests

  /** Cancels the active jobs that carry this run id; how many there were. */
  public int cancelRun(String run, String reason) {
    ArrayList jobs = new ArrayList();
    synchronized (activeJobs) {
      Iterator entries = activeJobs.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry entry = (Map.Entry) entries.next();
        if (run.equals(entry.getValue())) {
          jobs.add(entry.getKey());
        }
      }
    }
    for (int i = 0; i < jobs.size(); i++) {
      context.cancelJob(((Integer) jobs.get(i)).intValue(), reason);
    }
    return jobs.size();
  }

  // ---------------------------------------------------------------- DataFrames

  static final int MAX_OPERATORS = 60, MAX_COLUMNS = 50, MAX_PLAN = 2000;
  /** A number of partitions that planning may change. */
  static final int PLANNED = 1 << 30;
  /** Operators that leave partitions as they are. */
  static final HashSet ALIKE = new HashSet(Arrays.asList(new String[] {"Project", "Filter", "SubqueryAlias", "View", "ResolvedHint",
      "UnresolvedHint", "LocalLimit", "Generate", "Expand", "Sample", "DeserializeToObject", "SerializeFromObject", "MapElements",
      "MapPartitions", "MapInPandas", "MapInArrow", "PythonMapInArrow", "EventTimeWatermark", "CollectMetrics"}));
  /** Those that want equal keys together, or all rows in one place. */
  static final HashSet SHUFFLING = new HashSet(Arrays.asList(new String[] {"Aggregate", "Distinct", "Deduplicate", "Window", "Sort"}));

  /**
   * What DataFrames are, off their analysed plans. Nothing is run and nothing is planned: the analysed plan exists since the DataFrame does.
   *
   * @param gateway py4j's gateway, which knows the objects by id: one call for all instead of one an object
   * @param ids py4j object ids of Datasets, separated by commas; with a minus before it, one of which only what can change is wanted
   * @return a line of JSON a Dataset, as DataFrames in docs/protocol.md but without names; an empty line where the plan could not be had.
   *     Packed: an answer of py4j's that does not fit into 8 kB waits 40 ms for an acknowledgement.
   */
  public static byte[] dataFrames(Object gateway, String ids) {
    StringBuilder out = new StringBuilder();
    String[] each = ids.split(",");
    for (int i = 0; i < each.length; i++) {
      boolean known = each[i].startsWith("-");
      try {
        out.append(dataFrame(((py4j.Gateway) gateway).getObject(known ? each[i].substring(1) : each[i]), !known));
      } catch (Throwable t) {
        // An analysis that failed is the user's to see, in the cell.
      }
      out.append('\n');
    }
    return deflate(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String dataFrame(Object dataset, boolean whole) throws Throwable {
    QueryExecution query = (QueryExecution) dataset.getClass().getMethod("queryExecution", new Class[0]).invoke(dataset, new Object[0]);
    StringBuilder json = new StringBuilder("{");
    if (whole) {
      LogicalPlan plan = query.analyzed();
      json.append("\"Streaming\":").append(plan.isStreaming()).append(",\"Operations\":[");
      operators(plan, json, new int[] {0, 0});
      scala.collection.Iterator output = plan.output().iterator();
      json.append("],\"Columns\":[");
      for (int i = 0; i < MAX_COLUMNS && output.hasNext(); i++) {
        Json.quote(i == 0 ? json : json.append(','), ((Attribute) output.next()).name());
      }
      json.append("],\"Column Count\":").append(plan.output().size()).append(',');
    }
    int partitions = -1;
    Object cached = cached(query, dataset);
    if (cached != null) {
      CachedRDDBuilder builder = ((CachedData) cached).cachedRepresentation().cacheBuilder();
      Json.quote(json.append("\"Storage Level\":"), builder.storageLevel().description());
      json.append(',');
      RDD buffers = (RDD) field(builder, "_cachedColumnBuffers");
      if (buffers != null) {  // else nothing has asked for its rows yet
        json.append("\"RDD ID\":").append(buffers.id()).append(',');
        partitions = partitions(buffers, 0);
      }
    }
    partitions = partitions >= 0 ? partitions : planned(query);
    if (partitions < 0 && whole) {
      try {
        partitions = partitions(query, query.analyzed(), new int[] {0});
      } catch (Throwable t) {
        // It is not known then; all else is.
      }
    }
    json.append("\"Partitions\":").append(partitions < 0 ? "null" : String.valueOf(partitions & ~PLANNED));
    return json.append(",\"Planned\":").append(partitions >= PLANNED).append('}').toString();
  }

  private static void operators(LogicalPlan plan, StringBuilder json, int[] count) {
    scala.collection.Iterator children = plan.children().iterator();
    while (children.hasNext() && ++count[1] < MAX_PLAN) {
      operators((LogicalPlan) children.next(), json, count);
    }
    if (++count[0] <= MAX_OPERATORS) {
      Json.quote(count[0] == 1 ? json : json.append(','), plan.nodeName());
    }
  }

  /** CacheManager.lookupCachedData(Dataset), whose parameter has another type in Spark 4; null when there is nothing cached. */
  private static Object cached(QueryExecution query, Object dataset) throws Throwable {
    CacheManager manager = query.sparkSession().sharedState().cacheManager();
    if (manager.isEmpty()) {
      return null;
    }
    Method[] methods = CacheManager.class.getMethods();
    for (int i = 0; i < methods.length; i++) {
      Class[] types = methods[i].getParameterTypes();
      if (methods[i].getName().equals("lookupCachedData") && types.length == 1 && types[0].isInstance(dataset)) {
        scala.Option found = (scala.Option) methods[i].invoke(manager, new Object[] {dataset});
        return found.isDefined() ? found.get() : null;
      }
    }
    return null;
  }

  /** Class and name -> the field, or null where there is none: finding out takes longer than all else. */
  private static final HashMap FIELDS = new HashMap();

  private static Object field(Object of, String name) throws IllegalAccessException {
    String key = of.getClass().getName() + '.' + name;
    java.lang.reflect.Field field;
    synchronized (FIELDS) {
      if (!FIELDS.containsKey(key)) {
        FIELDS.put(key, fieldOf(of.getClass(), name));
      }
      field = (java.lang.reflect.Field) FIELDS.get(key);
    }
    return field == null ? null : field.get(of);
  }

  private static java.lang.reflect.Field fieldOf(Class type, String name) {
    for (; type != null; type = type.getSuperclass()) {
      try {
        java.lang.reflect.Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
      } catch (Throwable t) {
        // Perhaps of the class above.
      }
    }
    return null;
  }

  /** Of a plan that was executed already; asking Spark for one would make it. */
  private static int planned(QueryExecution query) throws IllegalAccessException {
    Object lazy = field(query, "lazyExecutedPlan");
    Object known = lazy == null ? field(query, "executedPlan") : field(lazy, "tryT");
    Object plan = known instanceof scala.util.Success ? ((scala.util.Success) known).value() : known;
    if (plan instanceof AdaptiveSparkPlanExec) {
      plan = ((AdaptiveSparkPlanExec) plan).isFinalPlan() ? ((AdaptiveSparkPlanExec) plan).executedPlan() : null;
    }
    int partitions = plan instanceof SparkPlan ? ((SparkPlan) plan).outputPartitioning().numPartitions() : 0;
    return partitions > 0 ? partitions : -1;
  }

  /** Of an RDD, where no list of files has to be made for it. */
  private static int partitions(RDD rdd, int depth) throws IllegalAccessException {
    Object[] known = (Object[]) field(rdd, "partitions_");
    if (known != null || rdd instanceof ParallelCollectionRDD) {
      return known != null ? known.length : rdd.getNumPartitions();
    }
    scala.collection.Seq parents = rdd.dependencies();
    return depth < 100 && parents.size() == 1 && parents.head() instanceof OneToOneDependency
        ? partitions(((OneToOneDependency) parents.head()).rdd(), depth + 1) : -1;
  }

  /** Of a plan that is not yet made, as its operators have it; -1 where only the plan would say. */
  private static int partitions(QueryExecution query, LogicalPlan plan, int[] seen) throws IllegalAccessException {
    String name = plan.getClass().getSimpleName();
    if (++seen[0] > MAX_PLAN) {
      return -1;
    }
    if (plan instanceof Range) {
      Range range = (Range) plan;
      return range.numSlices().isDefined() ? ((Number) range.numSlices().get()).intValue()
          : query.sparkSession().sparkContext().defaultParallelism();
    }
    if (plan instanceof LogicalRDD) {
      return partitions(((LogicalRDD) plan).rdd(), 0);
    }
    if (plan instanceof RepartitionByExpression) {
      RepartitionByExpression by = (RepartitionByExpression) plan;
      return by.optNumPartitions().isDefined() ? ((Number) by.optNumPartitions().get()).intValue() : shuffled(query);
    }
    if (plan instanceof Union) {
      int sum = 0;
      scala.collection.Iterator children = plan.children().iterator();
      while (children.hasNext()) {
        int one = partitions(query, (LogicalPlan) children.next(), seen);
        // Newer Sparks may lay shuffled inputs over each other instead.
        if (one < 0 || one >= PLANNED) {
          return -1;
        }
        sum += one;
      }
      return sum;
    }
    if ("GlobalLimit".equals(name) || plan instanceof Aggregate && ((Aggregate) plan).groupingExpressions().isEmpty()) {
      return 1;
    }
    if (plan.children().size() != 1) {
      return -1;
    }
    LogicalPlan child = (LogicalPlan) plan.children().head();
    int below = partitions(query, child, seen);
    if (plan instanceof Repartition) {
      Repartition to = (Repartition) plan;
      return to.shuffle() ? to.numPartitions()
          : below < 0 ? -1 : Math.min(to.numPartitions(), below & ~PLANNED) | below & PLANNED;
    }
    if (ALIKE.contains(name) || plan instanceof Sort && !((Sort) plan).global()) {
      return below;
    }
    // What is in one place, or was put together by the user, may need no shuffle.
    return !SHUFFLING.contains(name) || isPutTogether(child) ? -1 : below == 1 ? 1
        : plan instanceof Window && ((Window) plan).partitionSpec().isEmpty() ? 1 : shuffled(query);
  }

  private static boolean isPutTogether(LogicalPlan plan) {
    return plan instanceof RepartitionByExpression || plan.children().size() == 1 && isPutTogether((LogicalPlan) plan.children().head());
  }

  private static int shuffled(QueryExecution query) {
    return query.sparkSession().sessionState().conf().numShufflePartitions() | PLANNED;
  }

  // ---------------------------------------------------------------- shuffle sizes

  static final int MAX_TOTALS = 512, MAX_MATRIX = 512, SMALL_MATRIX = 64, MAX_READS = 1000000;
  /** Cells of all matrices above the small size: a quarter of what the kernel keeps of frames. Later ones are small. */
  static final int MAX_CELLS = 16 << 20;
  private int cells = 0;

  private MapOutputTrackerMaster tracker = null;

  private MapOutputTrackerMaster tracker() throws Throwable {
    if (tracker == null) {
      Class env = Class.forName("org.apache.spark.SparkEnv", true, MapOutputTracker.class.getClassLoader());
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Object current = lookup.findStatic(env, "get", MethodType.methodType(env)).invokeWithArguments(new Object[0]);
      tracker = (MapOutputTrackerMaster) lookup.findVirtual(env, "mapOutputTracker", MethodType.methodType(MapOutputTracker.class))
          .invokeWithArguments(new Object[] {current});
    }
    return tracker;
  }

  /** The scheduler forgets a stage with its last job, which can be before our queue comes to the stage's end: ask at its beginning. */
  private void noteShuffle(StageInfo stage) {
    if (stage.shuffleDepId().isDefined()) {
      Object id = stage.shuffleDepId().get();
      scala.Option map = context.dagScheduler().shuffleIdToMapStage().get(id);
      if (map.isDefined()) {
        reducersOf.put(id, Integer.valueOf(((ShuffleMapStage) map.get()).shuffleDep().partitioner().numPartitions()));
      }
    }
  }

  private String shuffleSizes(StageInfo stage) throws Throwable {
    if (stage.shuffleDepId().isEmpty() || stage.failureReason().isDefined()) {
      return null;
    }
    noteShuffle(stage);
    Object id = stage.shuffleDepId().get();
    Integer known = (Integer) reducersOf.remove(id);
    scala.Option status = tracker().shuffleStatuses().get(id);
    if (known == null || status.isEmpty()) {
      return null;
    }
    int reducers = known.intValue();
    MapStatus[] maps = ((ShuffleStatus) status.get()).mapStatuses();
    if (reducers == 0 || maps.length == 0) {
      return null;
    }
    int step = (int) Math.max(1L, ((long) maps.length * reducers + MAX_READS - 1) / MAX_READS);
    // With every k-th map read, a finer picture would have empty lines.
    int read = (maps.length + step - 1) / step;
    long[] mapSizes = new long[Math.min(read, MAX_TOTALS)];
    long[] reduceSizes = new long[Math.min(reducers, MAX_TOTALS)];
    int height = Math.min(read, MAX_MATRIX), width = Math.min(reducers, MAX_MATRIX);
    if (height > SMALL_MATRIX || width > SMALL_MATRIX) {
      cells += height * width;
      if (cells > MAX_CELLS) {
        cells = MAX_CELLS;
        height = Math.min(height, SMALL_MATRIX);
        width = Math.min(width, SMALL_MATRIX);
      }
    }
    long[] matrix = new long[height * width];
    int sampled = 0;
    for (int m = 0; m < maps.length; m += step) {
      sampled++;
      if (maps[m] == null) {
        continue;
      }
      int matrixRow = (int) ((long) m * height / maps.length) * width;
      int mapSlot = (int) ((long) m * mapSizes.length / maps.length);
      for (int r = 0; r < reducers; r++) {
        long size = maps[m].getSizeForBlock(r);
        mapSizes[mapSlot] += size;
        reduceSizes[(int) ((long) r * reduceSizes.length / reducers)] += size;
        matrix[matrixRow + (int) ((long) r * width / reducers)] += size;
      }
    }
    return Json.shuffle(((Number) id).intValue(), stage, maps.length, reducers, mapSizes, reduceSizes, matrix, height, width, sampled);
  }

  // ---------------------------------------------------------------- SQL metrics

  /**
   * What the tasks of running executions told of their SQL metrics: Spark's SQLAppStatusListener and LiveStageMetrics, but numbers instead of words.
   * The bus's thread writes, the poller copies and adds up; both hold this object's lock for no longer than that takes.
   */
  static final class SqlMetrics {
    /** Values kept in memory, 8 bytes each; executions that have begun or wait to be told of. */
    static final int MAX_VALUES = 4000000, MAX_EXECUTIONS = 1000;
    static final long INTERVAL_NANOS = 1000000000L;

    /** Until Spark 3.5 a stage does not learn of metrics that come after its job has begun. */
    private final boolean stagesLearn;
    private final LinkedHashMap live = new LinkedHashMap();
    private final HashMap executionOfJob = new HashMap();
    /** Stage id -> its newest attempt, and all whose values are held, oldest first. */
    private final HashMap stages = new HashMap();
    private final ArrayList holding = new ArrayList();
    private final ArrayList over = new ArrayList();
    private long held = 0;
    private volatile boolean changed = false;
    private volatile long dueNanos = 0;
    /** By reflection, because early 3.5 may name them otherwise: what a task's metrics carry, and what one of them says. */
    private Method external = null, update = null;

    SqlMetrics(boolean stagesLearn) {
      this.stagesLearn = stagesLearn;
      try {
        external = TaskMetrics.class.getMethod("_externalAccums", new Class[0]);
      } catch (Throwable t) {
        try {
          external = TaskMetrics.class.getMethod("externalAccums", new Class[0]);
        } catch (Throwable u) {
          // Another Spark: no metrics, and nothing else is missing.
        }
      }
      try {
        update = AccumulatorV2.class.getMethod("toInfoUpdate", new Class[0]);
      } catch (Throwable t) {
        // Then its value is all there is, which is 0 also where a task has not set it.
      }
    }

    synchronized void heard(SparkListenerEvent e) {
      if (e instanceof SparkListenerSQLExecutionStart) {
        SparkListenerSQLExecutionStart start = (SparkListenerSQLExecutionStart) e;
        SqlExecution execution = new SqlExecution(start.executionId());
        execution.learn(start.sparkPlanInfo());
        live.put(Long.valueOf(execution.id), execution);
        if (live.size() > MAX_EXECUTIONS) {  // ends that Spark's queue lost
          forget((SqlExecution) live.values().iterator().next());
        }
      } else if (e instanceof SparkListenerSQLAdaptiveExecutionUpdate) {
        SparkListenerSQLAdaptiveExecutionUpdate update = (SparkListenerSQLAdaptiveExecutionUpdate) e;
        SqlExecution execution = (SqlExecution) live.get(Long.valueOf(update.executionId()));
        if (execution != null) {
          execution.learn(update.sparkPlanInfo());
        }
      } else if (e instanceof SparkListenerSQLAdaptiveSQLMetricUpdates) {
        SparkListenerSQLAdaptiveSQLMetricUpdates update = (SparkListenerSQLAdaptiveSQLMetricUpdates) e;
        SqlExecution execution = (SqlExecution) live.get(Long.valueOf(update.executionId()));
        scala.collection.Iterator metrics = update.sqlPlanMetrics().iterator();
        while (execution != null && metrics.hasNext()) {
          SQLPlanMetric metric = (SQLPlanMetric) metrics.next();
          execution.types.put(Long.valueOf(metric.accumulatorId()), metric.metricType());
        }
      } else if (e instanceof SparkListenerDriverAccumUpdates) {
        SparkListenerDriverAccumUpdates updates = (SparkListenerDriverAccumUpdates) e;
        SqlExecution execution = (SqlExecution) live.get(Long.valueOf(updates.executionId()));
        scala.collection.Iterator each = updates.accumUpdates().iterator();
        while (execution != null && each.hasNext()) {
          scala.Tuple2 pair = (scala.Tuple2) each.next();
          execution.driver.add(new long[] {((Number) pair._1()).longValue(), ((Number) pair._2()).longValue()});
          execution.changed = changed = true;
        }
      } else if (e instanceof SparkListenerSQLExecutionEnd) {
        SqlExecution execution = (SqlExecution) live.get(Long.valueOf(((SparkListenerSQLExecutionEnd) e).executionId()));
        if (execution != null && !execution.isFinal) {
          end(execution);
        }
      }
    }

    /** Its metrics are final, as Spark adds them up at its end; its jobs may end later. */
    private void end(SqlExecution execution) {
      ArrayList last = stagesOf(execution, false);
      letGo(execution);
      for (int i = 0; i < last.size(); i++) {
        SqlStage stage = (SqlStage) last.get(i);
        stage.done.set(0, stage.tasks);  // nothing more is told
      }
      SqlExecution result = execution.copy(last);
      result.isFinal = true;
      execution.isFinal = true;
      execution.driver.clear();
      over.add(result);
      changed = true;
      if (over.size() > MAX_EXECUTIONS) {
        free((SqlExecution) over.remove(0));
      }
      oneEnd(execution);
    }

    private void oneEnd(SqlExecution execution) {
      if (--execution.endsToCome <= 0) {
        forget(execution);
      }
    }

    private void forget(SqlExecution execution) {
      ArrayList last = stagesOf(execution, false);
      letGo(execution);
      for (int i = 0; i < last.size(); i++) {
        SqlStage stage = (SqlStage) last.get(i);
        if (stages.get(Integer.valueOf(stage.id)) != stage) {
          free(stage);
        }
      }
      live.remove(Long.valueOf(execution.id));
      executionOfJob.values().remove(execution);
    }

    /** Forgets the stages that no other running execution has: removeStaleMetricsData. */
    private void letGo(SqlExecution execution) {
      scala.collection.Iterator each = execution.stageIds.iterator();
      while (each.hasNext()) {
        Object id = each.next();
        if (!isShared(id, execution)) {
          stages.remove(id);
        }
      }
    }

    private boolean isShared(Object stageId, SqlExecution butFor) {
      Iterator others = live.values().iterator();
      while (others.hasNext()) {
        SqlExecution other = (SqlExecution) others.next();
        if (other != butFor && other.stageIds.contains(stageId)) {
          return true;
        }
      }
      return false;
    }

    synchronized void jobStarted(Long id, SparkListenerJobStart e) {
      SqlExecution execution = (SqlExecution) live.get(id);
      if (execution == null) {  // begun before we listened, or over: Spark does not add it up once more
        return;
      }
      if (!execution.types.isEmpty()) {
        HashMap types = stagesLearn ? execution.types : new HashMap(execution.types);
        scala.collection.Iterator infos = e.stageInfos().iterator();
        while (infos.hasNext()) {
          StageInfo info = (StageInfo) infos.next();
          put(new SqlStage(info.stageId(), 0, info.numTasks(), types));
        }
      }
      execution.endsToCome++;
      executionOfJob.put(Integer.valueOf(e.jobId()), execution);
      scala.collection.Iterator ids = e.stageIds().iterator();
      while (ids.hasNext()) {
        execution.stageIds = (scala.collection.immutable.Set) execution.stageIds.$plus(ids.next());
      }
    }

    private void put(SqlStage stage) {
      SqlStage before = (SqlStage) stages.put(Integer.valueOf(stage.id), stage);
      if (before != null) {
        free(before);
      }
    }

    synchronized void jobEnded(int job) {
      SqlExecution execution = (SqlExecution) executionOfJob.remove(Integer.valueOf(job));
      if (execution != null) {
        oneEnd(execution);
      }
    }

    /** A stage is tried again: what its tasks told counts no more. */
    synchronized void stageSubmitted(StageInfo info) {
      SqlStage stage = (SqlStage) stages.get(Integer.valueOf(info.stageId()));
      if (stage != null && stage.attempt != info.attemptNumber()) {
        put(new SqlStage(stage.id, info.attemptNumber(), stage.tasks, stage.types));
      }
    }

    private SqlStage stage(int id, int attempt) {
      SqlStage stage = (SqlStage) stages.get(Integer.valueOf(id));
      return stage != null && stage.attempt == attempt ? stage : null;
    }

    synchronized void taskStarted(int stageId, int attempt, TaskInfo info) {
      SqlStage stage = stage(stageId, attempt);
      if (stage != null) {
        stage.indices.put(Long.valueOf(info.taskId()), Integer.valueOf(info.index()));
      }
    }

    synchronized void taskEnded(int stageId, int attempt, TaskInfo info, TaskMetrics metrics) throws Throwable {
      SqlStage stage = stage(stageId, attempt);
      if (stage == null) {
        return;
      }
      int index = info.index();
      stage.indices.remove(Long.valueOf(info.taskId()));
      if (stage.done.get(index)) {
        return;
      }
      if (info.successful()) {
        stage.done.set(index);
      }
      if (metrics != null && external != null) {
        // Not TaskInfo's accumulables: the scheduler may not have added those up yet (SPARK-20342).
        scala.collection.Iterator each = ((scala.collection.Iterable) external.invoke(metrics, new Object[0])).iterator();
        while (each.hasNext()) {
          AccumulatorV2 accumulator = (AccumulatorV2) each.next();
          Long id = Long.valueOf(accumulator.id());
          String type = (String) stage.types.get(id);
          if (type != null) {
            Object value = update == null ? accumulator.value()
                : ((AccumulableInfo) update.invoke(accumulator, new Object[0])).update().get();
            set(stage, id, type, ((Number) value).longValue(), info.taskId(), index);
          }
        }
      }
      stage.changed = changed = true;
    }

    /** What a heartbeat brings of a running task. */
    synchronized void taskRuns(int stageId, int attempt, long task, scala.collection.Iterator infos) {
      SqlStage stage = stage(stageId, attempt);
      Integer index = stage == null ? null : (Integer) stage.indices.get(Long.valueOf(task));
      if (index == null || stage.done.get(index.intValue())) {
        return;
      }
      while (infos.hasNext()) {
        AccumulableInfo info = (AccumulableInfo) infos.next();
        Long id = Long.valueOf(info.id());
        String type = (String) stage.types.get(id);
        if (type != null && info.update().isDefined() && info.update().get() instanceof Number) {
          set(stage, id, type, ((Number) info.update().get()).longValue(), task, index.intValue());
        }
      }
      stage.changed = changed = true;
    }

    private void set(SqlStage stage, Long id, String type, long value, long task, int index) {
      if (index < 0 || index >= stage.tasks) {
        return;
      }
      SqlValues values = (SqlValues) stage.values.get(id);
      if (values == null) {
        values = new SqlValues();
        stage.values.put(id, values);
        if (stage.values.size() == 1) {
          holding.add(stage);
        }
      }
      if (!stage.isFolded && index >= values.at.length) {
        int length = Math.min(stage.tasks, Math.max(16, Math.max(index + 1, values.at.length * 2)));
        held += length - values.at.length;
        values.at = Arrays.copyOf(values.at, length);
        while (held > MAX_VALUES) {
          fold((SqlStage) holding.remove(0));
        }
      }
      values.set(stage, type, value, task, index);
    }

    /** Over the bound, the values of the stage that began first become their sums: of its metrics the median is no longer known. */
    private void fold(SqlStage stage) {
      held -= stage.fold();
    }

    private void free(SqlStage stage) {
      if (holding.remove(stage)) {
        held -= stage.fold();
      }
    }

    private void free(SqlExecution execution) {
      for (int i = 0; i < execution.last.size(); i++) {
        free((SqlStage) execution.last.get(i));
      }
    }

    /** The stages of an execution in the order in which Spark looks at them. */
    private ArrayList stagesOf(SqlExecution execution, boolean copied) {
      ArrayList found = new ArrayList();
      scala.collection.Iterator each = execution.stageIds.iterator();
      while (each.hasNext()) {
        Object id = each.next();
        SqlStage stage = (SqlStage) stages.get(id);
        if (stage != null) {
          found.add(copied || isShared(id, execution) ? stage.copy() : stage);
        }
      }
      return found;
    }

    boolean isDue(long now) {
      return changed && now >= dueNanos;
    }

    /** Adds lines about executions that have ended and, about once a second, about those in which something has changed. The poller's thread. */
    void tell(Buffer into, long now) {
      ArrayList ended, running = new ArrayList();
      synchronized (this) {
        ended = new ArrayList(over);
        over.clear();
        if (isDue(now)) {
          changed = false;
          Iterator each = live.values().iterator();
          while (each.hasNext()) {
            SqlExecution execution = (SqlExecution) each.next();
            if (!execution.isFinal && isChanged(execution)) {
              running.add(execution.copy(stagesOf(execution, true)));
              execution.changed = false;
            }
          }
          Iterator all = stages.values().iterator();
          while (all.hasNext()) {
            ((SqlStage) all.next()).changed = false;
          }
        }
      }
      for (int i = 0; i < ended.size(); i++) {
        say(into, (SqlExecution) ended.get(i));
        synchronized (this) {
          free((SqlExecution) ended.get(i));
        }
      }
      if (!running.isEmpty()) {
        for (int i = 0; i < running.size(); i++) {
          say(into, (SqlExecution) running.get(i));
        }
        // Sums of very many tasks take a while: never more than a twentieth of the time.
        long end = System.nanoTime();
        dueNanos = end + Math.max(INTERVAL_NANOS, 20 * (end - now));
      }
    }

    private boolean isChanged(SqlExecution execution) {
      boolean is = execution.changed;
      scala.collection.Iterator each = execution.stageIds.iterator();
      while (!is && each.hasNext()) {
        SqlStage stage = (SqlStage) stages.get(each.next());
        is = stage != null && stage.changed;
      }
      return is;
    }

    private static void say(Buffer into, SqlExecution execution) {
      String json = execution.json();
      if (json != null) {
        into.line(json);
      }
    }
  }

  /** An execution, and what is known of its metrics. */
  static final class SqlExecution {
    final long id;
    HashMap types = new HashMap();
    /** Scala's own, for its order: of equal maxima Spark names the first. */
    scala.collection.immutable.Set stageIds = (scala.collection.immutable.Set) scala.collection.immutable.Set$.MODULE$.empty();
    /** Accumulator and value, as the driver told them. */
    ArrayList driver = new ArrayList();
    /** Its own end and those of its jobs. */
    int endsToCome = 1;
    boolean changed = false, isFinal = false;
    /** Of a copy: the stages, in order. */
    ArrayList last = null;

    SqlExecution(long id) {
      this.id = id;
    }

    void learn(SparkPlanInfo plan) {
      scala.collection.Iterator metrics = plan.metrics().iterator();
      while (metrics.hasNext()) {
        SQLMetricInfo metric = (SQLMetricInfo) metrics.next();
        types.put(Long.valueOf(metric.accumulatorId()), metric.metricType());
      }
      scala.collection.Iterator children = plan.children().iterator();
      while (children.hasNext()) {
        learn((SparkPlanInfo) children.next());
      }
    }

    SqlExecution copy(ArrayList stages) {
      SqlExecution copy = new SqlExecution(id);
      copy.types = new HashMap(types);
      copy.driver = new ArrayList(driver);
      copy.last = stages;
      return copy;
    }

    /** Null when nobody has told anything. */
    String json() {
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassSqlMetrics\",\"Execution ID\":").append(id).append(",\"Final\":")
          .append(isFinal).append(",\"Metrics\":[");
      boolean some = false, whole = true;
      Iterator each = types.entrySet().iterator();
      while (each.hasNext()) {
        Map.Entry entry = (Map.Entry) each.next();
        SqlSum sum = new SqlSum((String) entry.getValue());
        if (sum.add((Long) entry.getKey(), last, driver)) {
          (some ? json.append(',') : json).append('[').append(entry.getKey());
          sum.write(json);
          json.append(']');
          some = true;
          whole &= sum.whole;
        }
      }
      return some ? json.append(whole ? "]}" : "],\"Complete\":false}").toString() : null;
    }
  }

  /** What the tasks of a stage attempt told, by accumulator and task index. */
  static final class SqlStage {
    final int id, attempt, tasks;
    final HashMap types;
    HashMap values = new HashMap();
    /** Indices of which a task has succeeded: what they told is final. */
    BitSet done = new BitSet();
    /** Task id -> index, while it runs. */
    HashMap indices = new HashMap();
    boolean changed = false, isFolded = false;

    SqlStage(int id, int attempt, int tasks, HashMap types) {
      this.id = id;
      this.attempt = attempt;
      this.tasks = tasks;
      this.types = types;
    }

    SqlStage copy() {
      SqlStage copy = new SqlStage(id, attempt, tasks, types);
      copy.isFolded = isFolded;
      Iterator each = values.entrySet().iterator();
      while (each.hasNext()) {
        Map.Entry entry = (Map.Entry) each.next();
        copy.values.put(entry.getKey(), ((SqlValues) entry.getValue()).copy());
      }
      return copy;
    }

    /** Keeps sums only; how many values are let go. */
    long fold() {
      long gone = 0;
      Iterator each = values.entrySet().iterator();
      while (!isFolded && each.hasNext()) {
        Map.Entry entry = (Map.Entry) each.next();
        gone += ((SqlValues) entry.getValue()).fold((String) types.get(entry.getKey()), done);
      }
      isFolded = true;
      return gone;
    }
  }

  /** The values of one metric in a stage attempt. */
  static final class SqlValues {
    /** By task index; what lies beyond is 0. */
    long[] at = new long[0];
    /** The highest update of any task, also one that another of the same index replaced; no task for sums, whose text does not say it. */
    long max = 0, maxTask = -1;
    /** Of values other than 0 that are no longer in the array: how many do not count, and what those that do come to. */
    long skipped = 0, count = 0, total = 0, min = Long.MAX_VALUE, highest = Long.MIN_VALUE;

    void set(SqlStage stage, String type, long value, long task, int index) {
      if (!stage.isFolded) {
        at[index] = value;
      } else if (stage.done.get(index)) {
        add(type, value);
      }
      if (!"sum".equals(type) && (maxTask < 0 || value > max)) {
        max = value;
        maxTask = task;
      }
    }

    private void add(String type, long value) {
      if (!SqlSum.counts(type, value)) {
        skipped += value != 0 ? 1 : 0;
      } else if (value != 0) {
        count++;
        total += value;
        min = Math.min(min, value);
        highest = Math.max(highest, value);
      }
    }

    SqlValues copy() {
      SqlValues copy = new SqlValues();
      copy.at = (long[]) at.clone();
      copy.max = max;
      copy.maxTask = maxTask;
      copy.skipped = skipped;
      copy.count = count;
      copy.total = total;
      copy.min = min;
      copy.highest = highest;
      return copy;
    }

    /** Without what tasks have told that are not done: they tell it again at their end. */
    int fold(String type, BitSet done) {
      int length = at.length;
      for (int i = done.nextSetBit(0); i >= 0 && i < length; i = done.nextSetBit(i + 1)) {
        add(type, at[i]);
      }
      at = new long[0];
      return length;
    }
  }

  /** One metric over all tasks: SQLAppStatusListener.aggregateMetrics, and the numbers of SQLMetrics.stringValue (MetricUtils from 4.1 on). */
  static final class SqlSum {
    final String type;
    long count = 0, total = 0, min = 0, median = 0, max = 0;
    SqlStage place = null;
    long task = -1;
    boolean whole = true;

    SqlSum(String type) {
      this.type = type;
    }

    static boolean counts(String type, long value) {
      return "sum".equals(type) || ("average".equals(type) ? value > 0 : value >= 0);
    }

    /** False when nobody has told anything of it. */
    boolean add(Long id, ArrayList stages, ArrayList driver) {
      int told = 0, length = 0;
      long zeros = 0, highest = 0, low = Long.MAX_VALUE, high = Long.MIN_VALUE;
      for (int i = 0; i < stages.size(); i++) {
        SqlStage stage = (SqlStage) stages.get(i);
        SqlValues values = (SqlValues) stage.values.get(id);
        if (values == null) {
          continue;
        }
        told++;
        length += values.at.length;
        zeros += stage.tasks - values.at.length - values.count - values.skipped;
        total += values.total;
        count += values.count;
        low = Math.min(low, values.min);
        high = Math.max(high, values.highest);
        whole &= !stage.isFolded;
        if (values.maxTask >= 0 && (place == null || values.max > highest)) {
          highest = values.max;
          place = stage;
          task = values.maxTask;
        }
      }
      long[] all = new long[length + driver.size()];
      int n = 0;
      for (int i = 0; i < stages.size(); i++) {
        SqlValues values = (SqlValues) ((SqlStage) stages.get(i)).values.get(id);
        for (int k = 0; values != null && k < values.at.length; k++) {
          if (counts(type, values.at[k])) {
            all[n++] = values.at[k];
          }
        }
      }
      for (int i = 0; i < driver.size(); i++) {
        long[] pair = (long[]) driver.get(i);
        if (pair[0] != id.longValue()) {
          continue;
        }
        told++;
        if (place != null && pair[1] > highest) {
          place = null;
          highest = Long.MAX_VALUE;
        }
        if (counts(type, pair[1])) {
          all[n++] = pair[1];
        }
      }
      if (told == 0) {
        return false;
      }
      zeros = "average".equals(type) ? 0 : zeros;
      sum(all, n, zeros, low, high);
      return true;
    }

    /** With low and high of what is no longer among the values. */
    private void sum(long[] all, int n, long zeros, long low, long high) {
      for (int i = 0; i < n; i++) {
        total += all[i];
        low = Math.min(low, all[i]);
        high = Math.max(high, all[i]);
      }
      count += n + zeros;
      min = zeros > 0 || count == 0 ? 0 : low;
      max = zeros > 0 || count == 0 ? Math.max(0L, high) : high;
      long middle = count / 2 - zeros;
      median = middle < 0 || n == 0 ? 0 : nth(all, n, (int) middle);
    }

    /** The value that would stand there if the first n were sorted (Hoare's quickselect). */
    private static long nth(long[] values, int n, int at) {
      int from = 0, to = n - 1;
      while (from < to) {
        long pivot = values[from + to >>> 1];
        int i = from, j = to;
        while (i <= j) {
          while (values[i] < pivot) i++;
          while (values[j] > pivot) j--;
          if (i <= j) {
            long swap = values[i];
            values[i++] = values[j];
            values[j--] = swap;
          }
        }
        if (at <= j) {
          to = j;
        } else if (at >= i) {
          from = i;
        } else {
          break;
        }
      }
      return values[Math.min(at, n - 1)];
    }

    void write(StringBuilder json) {
      json.append(',').append(count).append(',').append(total).append(',').append(min).append(',')
          .append(whole ? String.valueOf(median) : "null").append(',').append(max);
      if (place != null) {
        json.append(',').append(place.id).append(',').append(place.attempt).append(',').append(task);
      }
    }
  }

  // ---------------------------------------------------------------- what adaptive execution made of shuffles

  static final int MAX_SPECS = 2000, MAX_NODES = 5000;

  /** Execution -> which read of which shuffle -> what was said of it; of those whose plan has changed. The bus's thread. */
  private final HashMap readsSaid = new HashMap();

  private void tellShuffleReads(long execution, QueryExecution query) {
    HashMap said = (HashMap) readsSaid.get(Long.valueOf(execution));
    // A plan that has changed is there: asking for it plans nothing.
    if (said != null && query != null) {
      walk(execution, query.executedPlan(), said, new HashMap(), new int[] {0});
    }
  }

  private void walk(long execution, SparkPlan plan, HashMap said, HashMap count, int[] seen) {
    if (++seen[0] > MAX_NODES) {
      return;
    }
    if (plan instanceof AQEShuffleReadExec) {
      tellShuffleRead(execution, (AQEShuffleReadExec) plan, said, count);
    }
    if (plan instanceof AdaptiveSparkPlanExec) {
      walk(execution, ((AdaptiveSparkPlanExec) plan).executedPlan(), said, count, seen);
    } else if (plan instanceof QueryStageExec) {
      walk(execution, ((QueryStageExec) plan).plan(), said, count, seen);
    } else if (plan instanceof InMemoryTableScanExec) {
      walk(execution, ((InMemoryTableScanExec) plan).relation().cachedPlan(), said, count, seen);
    }
    scala.collection.Iterator children = plan.children().iterator();
    while (children.hasNext()) {
      walk(execution, (SparkPlan) children.next(), said, count, seen);
    }
    scala.collection.Iterator subqueries = plan.subqueries().iterator();
    while (subqueries.hasNext()) {
      walk(execution, (SparkPlan) subqueries.next(), said, count, seen);
    }
  }

  private void tellShuffleRead(long execution, AQEShuffleReadExec read, HashMap said, HashMap count) {
    SparkPlan below = read.child();
    while (below instanceof QueryStageExec || below instanceof ReusedExchangeExec) {
      below = below instanceof QueryStageExec ? ((QueryStageExec) below).plan() : ((ReusedExchangeExec) below).child();
    }
    if (!(below instanceof ShuffleExchangeExec)) {
      return;
    }
    // The stage has run, or there would be nothing to read: its dependency is there.
    int shuffle = ((ShuffleExchangeExec) below).shuffleDependency().shuffleId();
    Integer before = (Integer) count.get(Integer.valueOf(shuffle));
    int number = before == null ? 0 : before.intValue() + 1;
    count.put(Integer.valueOf(shuffle), Integer.valueOf(number));
    String json = Json.shuffleRead(execution, shuffle, number, read);
    if (!json.equals(said.put(shuffle + "." + number, json))) {
      line(json, false);
    }
  }

  // ---------------------------------------------------------------- parts

  /** Lines and rows that nobody has fetched yet. */
  static final class Buffer {
    ArrayList lines = new ArrayList();
    long chars = 0;
    long[] rows = new long[WIDTH * 256];
    int count = 0, gone = 0;
    boolean awake = false;
    /** Something is among it that should not wait until streams have more to say. */
    boolean pressing = false;
    /** When the first of it came. */
    long sinceNanos = 0;
    final long[] scratch = new long[WIDTH];
    final long[] heartbeat = new long[WIDTH];
    LinkedHashMap dropped = new LinkedHashMap();
    /** Which row started a task, by the low bits of its id: a miss only costs the pair being sent as two rows. */
    final int[] started = new int[4096];

    boolean empty() {
      return lines.isEmpty() && count == 0 && dropped.isEmpty();
    }

    void clear() {
      lines.clear();
      chars = 0;
      count = 0;
      gone = 0;
      awake = false;
      pressing = false;
      dropped.clear();
      Arrays.fill(started, 0);
      if (rows.length > WIDTH * 65536) {
        rows = new long[WIDTH * 256];
      }
    }

    void line(String json) {
      lines.add(json);
      chars += json.length();
    }

    int append(int maxRows) {
      if (count >= maxRows) {
        return -1;
      }
      int at = count * WIDTH;
      if (at + WIDTH > rows.length) {
        rows = Arrays.copyOf(rows, rows.length * 2);
      }
      Arrays.fill(rows, at, at + WIDTH, 0L);
      count++;
      return at;
    }

    void remember(long task, int at) {
      started[(int) (task & 4095)] = at / WIDTH + 1;
    }

    int recall(long task) {
      int slot = started[(int) (task & 4095)] - 1;
      return slot >= 0 && rows[slot * WIDTH + TASK] == task && rows[slot * WIDTH + KIND] == STARTED ? slot * WIDTH : -1;
    }

    Sums sums(int stage, int stageAttempt) {
      String key = stage + "." + stageAttempt;
      Sums sums = (Sums) dropped.get(key);
      if (sums == null) {
        sums = new Sums(stage, stageAttempt);
        dropped.put(key, sums);
      }
      return sums;
    }

    byte[] frame(int application, int flags, boolean addedUp) {
      Iterator missing = dropped.values().iterator();
      while (missing.hasNext()) {
        line(((Sums) missing.next()).json());
      }
      ByteArrayOutputStream events = new ByteArrayOutputStream((int) Math.min(1 << 20, chars + 16));
      for (int i = 0; i < lines.size(); i++) {
        byte[] bytes = ((String) lines.get(i)).getBytes(StandardCharsets.UTF_8);
        events.write(bytes, 0, bytes.length);
        events.write('\n');
      }
      byte[] columns = new byte[0];
      String sums = "";
      int sent = count - gone;
      if (sent > 0) {
        if (addedUp) {
          sums = addUp(flags == 1);
        }
        compact();
        columns = columns(sent);
      }
      return pack(application, flags, sent, events.toByteArray(), columns, sums.getBytes(StandardCharsets.UTF_8));
    }

    /** What the rows add up to, a line a stage attempt. Every start counts, also where its end is all there is to see. */
    private String addUp(boolean endImpliesStart) {
      LinkedHashMap perStage = new LinkedHashMap();
      for (int i = 0; i < count; i++) {
        int at = i * WIDTH;
        if (rows[at + KIND] == RUNNING || rows[at + KIND] == FETCHING) {
          continue;
        }
        Long key = Long.valueOf(rows[at + STAGE] << 20 | rows[at + STAGE_ATTEMPT]);
        Sums sum = (Sums) perStage.get(key);
        if (sum == null) {
          sum = new Sums((int) rows[at + STAGE], (int) rows[at + STAGE_ATTEMPT]);
          perStage.put(key, sum);
        }
        sum.add(rows, at);
        if (endImpliesStart && rows[at + KIND] == ENDED) {
          sum.started++;
        }
      }
      StringBuilder json = new StringBuilder();
      Iterator each = perStage.values().iterator();
      while (each.hasNext()) {
        json.append(((Sums) each.next()).json()).append('\n');
      }
      return json.toString();
    }

    private void compact() {
      int to = 0;
      for (int i = 0; i < count; i++) {
        if (rows[i * WIDTH + KIND] != GONE) {
          if (to != i) {
            System.arraycopy(rows, i * WIDTH, rows, to * WIDTH, WIDTH);
          }
          to++;
        }
      }
    }

    private byte[] columns(int n) {
      Varints out = new Varints(n * 24 + 256);
      for (int c = 0; c < WIDTH; c++) {
        boolean delta = DELTA[c];
        long first = delta ? zigzag(rows[c]) : rows[c];
        boolean same = true, zero = true;
        long before = 0;
        for (int i = 0; i < n; i++) {
          long value = rows[i * WIDTH + c];
          long coded = delta ? zigzag(value - before) : Math.max(0L, value);
          before = value;
          same &= coded == first;
          zero &= value == 0;
        }
        if (zero) {
          out.put(0L);
        } else if (same) {
          out.put(1L);
          out.put(first);
        } else {
          out.put(2L);
          before = 0;
          for (int i = 0; i < n; i++) {
            long value = rows[i * WIDTH + c];
            out.put(delta ? zigzag(value - before) : Math.max(0L, value));
            before = value;
          }
        }
      }
      return out.bytes();
    }

    private static long zigzag(long n) {
      return n << 1 ^ n >> 63;
    }
  }

  /** What rows add up to when they themselves cannot be kept. */
  static final class Sums {
    final int stage, stageAttempt;
    long rows = 0, started = 0, succeeded = 0, failed = 0, killed = 0, firstLaunch = Long.MAX_VALUE, lastFinish = 0;
    final long[] totals = new long[WIDTH];

    Sums(int stage, int stageAttempt) {
      this.stage = stage;
      this.stageAttempt = stageAttempt;
    }

    void add(long[] from, int at) {
      if (from[at + KIND] == GONE) {  // its end is in the same frame
        started++;
        return;
      }
      rows++;
      firstLaunch = Math.min(firstLaunch, from[at + LAUNCH]);
      if (from[at + KIND] == STARTED) {
        started++;
        return;
      }
      lastFinish = Math.max(lastFinish, from[at + LAUNCH] + from[at + DURATION]);
      long reason = from[at + REASON];
      if (reason == 1) {
        succeeded++;
      } else if (reason == 6 || reason == 7) {
        killed++;
      } else {
        failed++;
      }
      for (int c = DURATION; c < WIDTH; c++) {
        totals[c] += from[at + c];
      }
    }

    String json() {
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassTasksDropped\",\"Stage ID\":").append(stage)
          .append(",\"Stage Attempt ID\":").append(stageAttempt).append(",\"Rows\":").append(rows).append(",\"Started\":").append(started)
          .append(",\"Succeeded\":").append(succeeded).append(",\"Failed\":").append(failed).append(",\"Killed\":").append(killed);
      if (firstLaunch != Long.MAX_VALUE) {
        json.append(",\"First Launch Time\":").append(firstLaunch).append(",\"Last Finish Time\":").append(lastFinish);
      }
      json.append(",\"Sums\":{");
      boolean first = true;
      for (int c = DURATION; c < WIDTH; c++) {
        if (totals[c] != 0) {
          json.append(first ? "\"" : ",\"").append(NAMES[c]).append("\":").append(totals[c]);
          first = false;
        }
      }
      return json.append("}}").toString();
    }
  }

  /** Unsigned LEB128. */
  static final class Varints {
    private byte[] data;
    private int length = 0;

    Varints(int capacity) {
      data = new byte[capacity];
    }

    void put(long value) {
      if (length + 10 > data.length) {
        data = Arrays.copyOf(data, data.length * 2);
      }
      while ((value & ~127L) != 0) {
        data[length++] = (byte) (value & 127L | 128L);
        value >>>= 7;
      }
      data[length++] = (byte) value;
    }

    byte[] bytes() {
      return Arrays.copyOf(data, length);
    }
  }

  static byte[] pack(int application, int flags, int rows, byte[] events, byte[] columns, byte[] sums) {
    byte[] a = deflate(events), b = deflate(columns), c = deflate(sums);
    byte[] frame = new byte[40 + a.length + b.length + c.length];
    frame[0] = 'S';
    frame[1] = 'G';
    frame[2] = 'L';
    frame[3] = '1';
    frame[4] = 1;
    frame[6] = (byte) flags;
    int[] words = new int[] {application, rows, events.length, a.length, columns.length, b.length, sums.length, c.length};
    for (int i = 0; i < words.length; i++) {
      for (int k = 0; k < 4; k++) {
        frame[8 + i * 4 + k] = (byte) (words[i] >>> 8 * k);
      }
    }
    System.arraycopy(a, 0, frame, 40, a.length);
    System.arraycopy(b, 0, frame, 40 + a.length, b.length);
    System.arraycopy(c, 0, frame, 40 + a.length + b.length, c.length);
    return frame;
  }

  private static byte[] deflate(byte[] raw) {
    if (raw.length == 0) {
      return raw;
    }
    Deflater deflater = new Deflater(1);
    deflater.setInput(raw);
    deflater.finish();
    byte[] chunk = new byte[raw.length / 2 + 128];
    ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length);
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Spark's names of the task accumulators that a heartbeat brings (InternalAccumulator.scala). */
  static final class Accumulators {
    static final HashMap COLUMN = new HashMap();

    static {
      String[] names = new String[] {"executorDeserializeTime", "executorDeserializeCpuTime", "executorRunTime", "executorCpuTime",
          "resultSize", "jvmGCTime", "resultSerializationTime", "memoryBytesSpilled", "diskBytesSpilled", "peakExecutionMemory",
          "input.bytesRead", "input.recordsRead", "output.bytesWritten", "output.recordsWritten", "shuffle.read.remoteBlocksFetched",
          "shuffle.read.localBlocksFetched", "shuffle.read.remoteBytesRead", "shuffle.read.remoteBytesReadToDisk",
          "shuffle.read.localBytesRead", "shuffle.read.fetchWaitTime", "shuffle.read.recordsRead", "shuffle.read.remoteReqsDuration",
          "shuffle.write.bytesWritten", "shuffle.write.writeTime", "shuffle.write.recordsWritten"};
      for (int i = 0; i < names.length; i++) {
        COLUMN.put("internal.metrics." + names[i], Integer.valueOf(DESERIALIZE + i));
      }
    }

    /** Heartbeats carry no names in local mode; the driver's own accumulator of that id has one. */
    static Integer column(AccumulableInfo info) {
      scala.Option name = info.name();
      if (name.isEmpty()) {
        scala.Option own = AccumulatorContext.get(info.id());
        if (own.isEmpty()) {
          return null;
        }
        name = ((AccumulatorV2) own.get()).name();
      }
      return name.isDefined() ? (Integer) COLUMN.get(name.get()) : null;
    }
  }

  /** The few lines that are written by hand: JsonProtocol would be too slow for them, or knows nothing of them. */
  static final class Json {
    static void quote(StringBuilder out, String text) {
      out.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
          out.append('\\').append(c);
        } else if (c < ' ' || Character.isSurrogate(c) && !paired(text, i)) {
          out.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
        } else {
          out.append(c);
        }
      }
      out.append('"');
    }

    /** The JSON with the first string under this key replaced. */
    static String blank(String json, String key) {
      String before = "\"" + key + "\":\"";
      int from = json.indexOf(before) + before.length();
      if (from < before.length()) {
        return json;
      }
      int to = from;
      while (json.charAt(to) != '"') {
        to += json.charAt(to) == '\\' ? 2 : 1;
      }
      return json.substring(0, from) + REDACTED + json.substring(to);
    }

    /** A text that was cut in the middle of a surrogate pair cannot be written as UTF-8. */
    private static boolean paired(String text, int i) {
      char c = text.charAt(i);
      return Character.isHighSurrogate(c) ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
          : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    static String executorMetrics(String executor, scala.collection.Map updates) {
      String[] names = new String[] {"JVMHeapMemory", "JVMOffHeapMemory", "OnHeapExecutionMemory", "OffHeapExecutionMemory",
          "OnHeapStorageMemory", "OffHeapStorageMemory", "OnHeapUnifiedMemory", "ProcessTreePythonRSSMemory"};
      long[] values = new long[names.length];
      scala.collection.Iterator each = updates.valuesIterator();
      while (each.hasNext()) {
        ExecutorMetrics metrics = (ExecutorMetrics) each.next();
        for (int i = 0; i < names.length; i++) {
          values[i] = Math.max(values[i], metrics.getMetricValue(names[i]));
        }
      }
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassExecutorMetrics\",\"Executor ID\":");
      quote(json, executor);
      json.append(",\"Time\":").append(System.currentTimeMillis()).append(",\"Metrics\":{");
      boolean some = false;
      for (int i = 0; i < names.length; i++) {
        if (values[i] > 0) {
          json.append(some ? ",\"" : "\"").append(names[i]).append("\":").append(values[i]);
          some = true;
        }
      }
      return some ? json.append("}}").toString() : null;
    }

    static void executor(Buffer into, org.apache.spark.status.api.v1.ExecutorSummary summary) {
      String host = summary.hostPort();
      int colon = host.lastIndexOf(':');
      String port = colon < 0 ? "0" : host.substring(colon + 1);
      host = colon < 0 ? host : host.substring(0, colon);
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkListenerExecutorAdded\",\"Timestamp\":")
          .append(summary.addTime().getTime()).append(",\"Executor ID\":");
      quote(json, summary.id());
      quote(json.append(",\"Executor Info\":{\"Host\":"), host);
      into.line(json.append(",\"Total Cores\":").append(summary.totalCores()).append("}}").toString());
      json = new StringBuilder("{\"Event\":\"SparkListenerBlockManagerAdded\",\"Block Manager ID\":{\"Executor ID\":");
      quote(json, summary.id());
      quote(json.append(",\"Host\":"), host);
      into.line(json.append(",\"Port\":").append(port).append("},\"Maximum Memory\":").append(summary.maxMemory())
          .append(",\"Timestamp\":").append(summary.addTime().getTime()).append('}').toString());
      if (summary.removeTime().isDefined()) {
        json = new StringBuilder("{\"Event\":\"SparkListenerExecutorRemoved\",\"Timestamp\":")
            .append(((java.util.Date) summary.removeTime().get()).getTime()).append(",\"Executor ID\":");
        quote(json, summary.id());
        into.line(json.append(",\"Removed Reason\":\"\"}").toString());
      }
    }

    static String blockUpdated(BlockUpdatedInfo info) {
      StorageLevel level = info.storageLevel();
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkListenerBlockUpdated\",\"Block Updated Info\":{\"Block Manager ID\":");
      json.append("{\"Executor ID\":");
      quote(json, info.blockManagerId().executorId());
      json.append(",\"Host\":");
      quote(json, info.blockManagerId().host());
      json.append(",\"Port\":").append(info.blockManagerId().port()).append("},\"Block ID\":");
      quote(json, info.blockId().name());
      json.append(",\"Storage Level\":{\"Use Disk\":").append(level.useDisk()).append(",\"Use Memory\":").append(level.useMemory())
          .append(",\"Use Off Heap\":").append(level.useOffHeap()).append(",\"Deserialized\":").append(level.deserialized())
          .append(",\"Replication\":").append(level.replication()).append("},\"Memory Size\":").append(info.memSize())
          .append(",\"Disk Size\":").append(info.diskSize()).append("}}");
      return json.toString();
    }

    static String shuffle(int id, StageInfo stage, int maps, int reducers, long[] mapSizes, long[] reduceSizes, long[] matrix, int height,
        int width, int sampled) {
      byte[] logs = new byte[matrix.length];
      for (int i = 0; i < matrix.length; i++) {
        logs[i] = (byte) (matrix[i] == 0 ? 0L : Math.min(255L, Math.max(1L, (long) Math.ceil(Math.log(matrix[i]) / Math.log(1.1)))));
      }
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassShuffle\",\"Shuffle ID\":").append(id).append(",\"Stage ID\":")
          .append(stage.stageId()).append(",\"Stage Attempt ID\":").append(stage.attemptNumber()).append(",\"Maps\":").append(maps)
          .append(",\"Reducers\":").append(reducers).append(",\"Map Sizes\":");
      numbers(json, mapSizes);
      numbers(json.append(",\"Reduce Sizes\":"), reduceSizes);
      return json.append(",\"Matrix\":{\"Rows\":").append(height).append(",\"Columns\":").append(width).append(",\"Log Sizes\":\"")
          .append(Base64.getEncoder().encodeToString(logs)).append("\"},\"Sampled Maps\":").append(sampled).append('}').toString();
    }

    /** A list a partition of the reading stage: reducers from and to (not included); of those, where not all maps are read, maps from and to. */
    static String shuffleRead(long execution, int shuffle, int number, AQEShuffleReadExec read) {
      StringBuilder json = new StringBuilder("{\"Event\":\"SparkglassShuffleRead\",\"Execution ID\":").append(execution)
          .append(",\"Shuffle ID\":").append(shuffle).append(",\"Read\":").append(number).append(",\"Partitions\":")
          .append(read.partitionSpecs().size()).append(",\"Local\":").append(read.isLocalRead()).append(",\"Specs\":");
      scala.collection.Iterator specs = read.partitionSpecs().iterator();
      for (int n = 0; n < MAX_SPECS && specs.hasNext(); n++) {
        json.append(n == 0 ? '[' : ',');
        Object spec = specs.next();
        if (spec instanceof CoalescedPartitionSpec) {
          CoalescedPartitionSpec of = (CoalescedPartitionSpec) spec;
          numbers(json, new long[] {of.startReducerIndex(), of.endReducerIndex()});
        } else if (spec instanceof PartialReducerPartitionSpec) {
          PartialReducerPartitionSpec of = (PartialReducerPartitionSpec) spec;
          numbers(json, new long[] {of.reducerIndex(), of.reducerIndex() + 1, of.startMapIndex(), of.endMapIndex()});
        } else if (spec instanceof PartialMapperPartitionSpec) {
          PartialMapperPartitionSpec of = (PartialMapperPartitionSpec) spec;
          numbers(json, new long[] {of.startReducerIndex(), of.endReducerIndex(), of.mapIndex(), of.mapIndex() + 1});
        } else {
          CoalescedMapperPartitionSpec of = (CoalescedMapperPartitionSpec) spec;
          numbers(json, new long[] {0, of.numReducers(), of.startMapIndex(), of.endMapIndex()});
        }
      }
      return json.append(read.partitionSpecs().isEmpty() ? "[]}" : "]}").toString();
    }

    private static void numbers(StringBuilder json, long[] values) {
      json.append('[');
      for (int i = 0; i < values.length; i++) {
        (i == 0 ? json : json.append(',')).append(values[i]);
      }
      json.append(']');
    }
  }
}
