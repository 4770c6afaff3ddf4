package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Ctrl+C and SIGTERM at random moments of the transfer; a second one ends the tool at once. */
@ExtendWith(FaultSuite.class)
class StopIT {

  static final Iterable<String> TARGETS = Servers.STORES;

  /** More than fits between the reader and the writer: what was read is still written. */
  private static final Corpus CORPUS = Corpus.of(9_000);

  private static final int STOPPED = 5;
  private static final int IMPATIENT = 3;
  private static final int BATCHES = CORPUS.size() / 100;

  @TempDir Path directory;

  @ParameterizedTest(name = "to {0}")
  @FieldSource("TARGETS")
  void stopsAndGoesOn(String store, FaultTally tally) {
    Random random = SuiteRandom.of("StopIT " + store);
    Place source = Servers.fresh("json", directory);
    CORPUS.fill(source);
    int stops = 0;
    for (String signal : List.of("INT", "TERM")) {
      Place target = Servers.fresh(store, directory);
      Tool tool = tool(source, target);
      Trial trial = tally.trial(store, "SIG" + signal);
      ToolRun run = startedUpTo(tool, random);
      run.signal(signal);
      if (run.end() == STOPPED) {
        stops++;
        trial.hit(1);
        assertThat(run.output()).contains("--resume");
        trial.requireHonest(run, CORPUS.size());
        run = tool.resume();
      }
      trial.requireComplete(run, CORPUS.byKey(), target);
    }
    assertThat(stops).as("runs that were stopped before their end").isPositive();
  }

  @Test
  void aSecondSignalEndsAtOnceAndTheFileIsWhole(FaultTally tally) {
    Random random = SuiteRandom.of("StopIT twice");
    Place source = Servers.fresh("json", directory);
    CORPUS.fill(source);
    Map<String, CacheRecord> records = CORPUS.byKey();
    for (int i = 0; i < IMPATIENT; i++) {
      Place target = Servers.fresh("json", directory);
      Tool tool = tool(source, target);
      Trial trial = tally.trial("json", "SIGINT twice");
      ToolRun run = startedUpTo(tool, random);
      run.signal("INT");
      run.endsWithin(Duration.ofMillis(random.nextInt(20)));
      run.signal("INT");
      if (run.end() == STOPPED) {
        trial.hit(2);
        if (Files.exists(Servers.jsonFile(target))) {
          Comparison meanwhile = Comparison.of(records, target);
          assertThat(meanwhile.altered()).as("altered").isEmpty();
          assertThat(meanwhile.strange()).as("nobody's").isEmpty();
        }
        run = tool.resume();
      }
      trial.requireComplete(run, records, target);
    }
  }

  private Tool tool(Place source, Place target) {
    return new Tool(directory.resolve("run-" + target.settings().get("WORKSPACE")), source, target)
        .with("--batch-size", "100", "--checkpoint-interval", "0.2");
  }

  private static ToolRun startedUpTo(Tool tool, Random random) {
    ToolRun run = tool.start();
    run.await("Batch " + (1 + random.nextInt(BATCHES / 6)) + "/");
    return run;
  }
}
