package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 of the tool at random moments, several times in a row, then {@code --resume} to the end.
 */
@ExtendWith(FaultSuite.class)
class KillIT {

  static final Iterable<String> TARGETS = Servers.STORES;

  private static final Corpus CORPUS = Corpus.of(2_500);
  private static final String KIND = "kill -9 of the tool";
  private static final int KILLS_OF_A_TARGET = 20;
  private static final int KILLS_OF_A_SOURCE = 5;
  private static final int KILLS_IN_A_ROW = 5;

  @TempDir Path directory;

  @ParameterizedTest(name = "to {0}")
  @FieldSource("TARGETS")
  void everyTarget(String store, FaultTally tally) {
    Place source = Servers.fresh("json", directory);
    CORPUS.fill(source);
    kill(tally, store + " (target)", source, store, KILLS_OF_A_TARGET);
  }

  @ParameterizedTest(name = "from {0}")
  @ValueSource(strings = {"redis", "postgres", "mongo", "opensearch"})
  void everySource(String store, FaultTally tally) {
    Place source = Servers.fresh(store, directory);
    CORPUS.fill(source);
    kill(tally, store + " (source)", source, "json", KILLS_OF_A_SOURCE);
  }

  private void kill(FaultTally tally, String name, Place source, String to, int kills) {
    Random random = SuiteRandom.of("KillIT " + name);
    Map<String, CacheRecord> records = source.readAll();
    assertThat(records).hasSize(CORPUS.size());
    Duration whole = undisturbed(source, to);
    int killed = 0;
    for (int migration = 0; killed < kills; migration++) {
      assertThat(migration).as("migrations for " + killed + " kills").isLessThan(3 * kills);
      Place target = Servers.fresh(to, directory);
      Tool tool = tool(source, target, random.nextBoolean() ? "0" : "0.3");
      Trial trial = tally.trial(name, KIND);
      int inARow = Math.min(1 + random.nextInt(KILLS_IN_A_ROW), kills - killed);
      ToolRun run = tool.start();
      while (trial.faults() < inARow && killedAt(run, random, whole)) {
        trial.hit(1);
        if (to.equals("json") && Files.exists(Servers.jsonFile(target))) {
          // each record there is whole and right: none is but lost as yet
          Comparison meanwhile = Comparison.of(records, target);
          assertThat(meanwhile.altered()).as("altered").isEmpty();
          assertThat(meanwhile.strange()).as("nobody's").isEmpty();
        }
        run = tool.resume();
      }
      killed += trial.faults();
      trial.requireComplete(run, records, target);
      assertThat(tool.checkpoint()).as("a checkpoint of what is done").doesNotExist();
    }
  }

  /** Whether it was killed; it may have come to its end before. */
  private static boolean killedAt(ToolRun run, Random random, Duration whole) {
    Duration moment = whole.multipliedBy(random.nextInt(1, 1000)).dividedBy(1000);
    return !run.endsWithin(moment) && run.kill();
  }

  private Duration undisturbed(Place source, String to) {
    Place target = Servers.fresh(to, directory);
    long start = System.nanoTime();
    ToolRun run = tool(source, target, "0.3").start();
    assertThat(run.end()).as(run.output()).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Tool tool(Place source, Place target, String interval) {
    String name = target.store() + target.settings().get("WORKSPACE");
    return new Tool(directory.resolve("run-" + name), source, target)
        .with("--batch-size", "50", "--checkpoint-interval", interval);
  }
}
