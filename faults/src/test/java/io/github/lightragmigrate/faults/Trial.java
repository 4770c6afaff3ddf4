package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lightragmigrate.spi.CacheRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One migration under faults, and the judgement on it. */
final class Trial {

  /** Where a selected record can end, for the sum. */
  private static final List<String> ENDS =
      List.of("written", "skipped", "failed", "unreadable", "vanished");

  private final FaultTally tally;
  private final String target;
  private final String kind;
  private int faults;

  Trial(FaultTally tally, String target, String kind) {
    this.tally = tally;
    this.target = target;
    this.kind = kind;
  }

  /** That many faults hit. */
  Trial hit(int count) {
    faults += count;
    tally.injected(target, kind, count);
    return this;
  }

  int faults() {
    return faults;
  }

  /** The last run ended well, says so truly, and the target holds every record of the source. */
  void requireComplete(ToolRun run, Place source, Place place) {
    requireComplete(run, source.readAll(), place);
  }

  /**
   * The same, with the source's records at hand.
   *
   * @param source by key
   */
  void requireComplete(ToolRun run, Map<String, CacheRecord> source, Place place) {
    int exit = run.end();
    Comparison comparison = Comparison.of(source, place);
    tally.compared(target, kind, comparison);
    if (exit == 0 && (!comparison.isEqual() || !reports(run.report(), source.size()))) {
      tally.falselyReported(target, kind);
    }
    assertThat(exit).as(run.output()).isZero();
    assertThat(comparison.lost()).as("lost").isEmpty();
    assertThat(comparison.altered()).as("altered").isEmpty();
    assertThat(comparison.strange()).as("nobody's").isEmpty();
    assertThat(reports(run.report(), source.size()))
        .as("%s", run.report().toPrettyString())
        .isTrue();
    requireHonest(run, source.size());
    survived();
  }

  /** The run may not have finished; what it says is true all the same. */
  void requireHonest(ToolRun run, int sourceSize) {
    if (!run.hasReport()) {
      return;
    }
    JsonNode counts = run.report().path("counts");
    if (counts.isMissingNode() && run.report().get("outcome").asText().equals("failed")) {
      // a store that could not be opened: nothing is known of any record
      return;
    }
    int sum = ENDS.stream().mapToInt(end -> counts.get(end).asInt()).sum();
    int counted = counts.get("source").asInt();
    boolean honest = sum <= sourceSize && counted == sourceSize;
    if (!honest) {
      tally.falselyReported(target, kind);
    }
    assertThat(honest).as("%s", run.report().toPrettyString()).isTrue();
  }

  void survived() {
    tally.survived(target, kind, faults);
  }

  private static boolean reports(JsonNode report, int all) {
    JsonNode counts = report.get("counts");
    long perType =
        StreamSupport.stream(report.get("byType").spliterator(), false)
            .mapToLong(type -> type.get("written").asLong())
            .sum();
    return counts.get("source").asInt() == all
        && counts.get("written").asInt() == all
        && ENDS.stream().mapToInt(end -> counts.get(end).asInt()).sum() == all
        && perType == all
        && report.path("resumed").asInt() <= all
        && report.get("errors").isEmpty()
        && report.get("outcome").asText().equals("completed");
  }
}
