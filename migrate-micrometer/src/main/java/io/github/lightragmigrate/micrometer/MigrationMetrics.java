package io.github.lightragmigrate.micrometer;

import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.progress.RetryEvent;
import io.github.lightragmigrate.progress.WriteEvent;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.Counts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters of migrations, to be given to {@code Migration.Builder.listener}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th><th>what</th></tr>
 * <tr><td>{@code lightrag.migrate.records}</td><td>counter</td><td>{@code type}, {@code outcome}</td>
 * <td>records dealt with, by cache type and {@code written}, {@code skipped}, {@code failed},
 * {@code unreadable} or {@code vanished} (its type is {@code unknown}); in a dry run, those that
 * would be</td></tr>
 * <tr><td>{@code lightrag.migrate.expected}</td><td>gauge</td><td></td>
 * <td>records that the source of the last run counted</td></tr>
 * <tr><td>{@code lightrag.migrate.write}</td><td>timer</td><td></td>
 * <td>calls by which the target took records</td></tr>
 * <tr><td>{@code lightrag.migrate.write.size}</td><td>summary, bytes</td><td></td>
 * <td>what each of those calls was given, about</td></tr>
 * <tr><td>{@code lightrag.migrate.retries}</td><td>counter</td><td>{@code call}</td>
 * <td>calls that failed and are made again: {@code reading}, {@code writing} and so on</td></tr>
 * <tr><td>{@code lightrag.migrate.checkpoints}</td><td>counter</td><td></td>
 * <td>checkpoints saved</td></tr>
 * </table>
 *
 * <p>Counters go on from run to run, and count again what a run that begins anew moves again; what
 * earlier runs did is not in those of one that goes on from their checkpoint, though it is in
 * {@code expected}. One object is enough for all runs, and one for each of them counts in the same
 * meters; those at the same time need one each, with tags that tell them apart. Safe for use by
 * several threads.
 */
public final class MigrationMetrics implements MigrationListener {

  private static final String PREFIX = "lightrag.migrate.";

  private final MeterRegistry registry;
  private final Tags tags;
  private final AtomicLong expected = new AtomicLong();
  private final Timer writes;
  private final DistributionSummary sizes;
  private final Counter checkpoints;

  /** Meters without tags, which are in the registry from now on. */
  public MigrationMetrics(MeterRegistry registry) {
    this(registry, Tags.empty());
  }

  /**
   * Meters that are in the registry from now on.
   *
   * @param tags of every meter
   */
  public MigrationMetrics(MeterRegistry registry, Iterable<Tag> tags) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.tags = Tags.of(tags);
    // a gauge of an earlier object would stay where it was then
    registry.removeByPreFilterId(
        new Meter.Id(PREFIX + "expected", this.tags, "records", null, Meter.Type.GAUGE));
    Gauge.builder(PREFIX + "expected", expected, AtomicLong::doubleValue)
        .description("records that the source of the last run counted")
        .baseUnit("records")
        .tags(tags)
        .strongReference(true)
        .register(registry);
    writes =
        Timer.builder(PREFIX + "write")
            .description("calls by which the target took records")
            .tags(tags)
            .register(registry);
    sizes =
        DistributionSummary.builder(PREFIX + "write.size")
            .description("what each call to the target was given")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry);
    checkpoints =
        Counter.builder(PREFIX + "checkpoints")
            .description("checkpoints saved")
            .tags(tags)
            .register(registry);
  }

  @Override
  public void started(Counts source) {
    expected.set(source.total());
  }

  @Override
  public void batchDone(BatchProgress progress) {
    progress.accounts().byType().forEach(this::count);
    count("unknown", "vanished", progress.accounts().vanished());
  }

  @Override
  public void written(WriteEvent event) {
    writes.record(event.duration());
    sizes.record((double) event.bytes());
  }

  @Override
  public void retrying(RetryEvent event) {
    Counter.builder(PREFIX + "retries")
        .description("calls that failed and are made again")
        .tags(tags.and("call", event.what()))
        .register(registry)
        .increment();
  }

  @Override
  public void checkpointSaved(long done) {
    checkpoints.increment();
  }

  private void count(String type, Tally tally) {
    count(type, "written", tally.written());
    count(type, "skipped", tally.skipped());
    count(type, "failed", tally.failed());
    count(type, "unreadable", tally.unreadable());
  }

  /** A meter is made when it has something to count. */
  private void count(String type, String outcome, long records) {
    if (records > 0) {
      Counter.builder(PREFIX + "records")
          .description("records dealt with")
          .baseUnit("records")
          .tags(tags.and("type", type, "outcome", outcome))
          .register(registry)
          .increment((double) records);
    }
  }
}
