package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are stopped and started, or halted for a while, in mid-migration. */
@ExtendWith(FaultSuite.class)
class RestartIT {

  private static final Corpus CORPUS = Corpus.of(4_000);
  private static final int BATCH = 10;
  private static final int BATCHES = CORPUS.size() / BATCH;
  private static final int FAULTS = 2;
  private static final Duration HALT = Duration.ofSeconds(3);

  @TempDir Path directory;

  private interface Harm {
    void to(OwnServer server);
  }

  @Test
  void redisThatSavesAtItsEnd(FaultTally tally) throws Exception {
    try (OwnServer server = OwnServers.redis(directory, "--save", "1000000", "1000000")) {
      asTarget(tally, server, "redis", "stop and start", restart("TERM"));
      asSource(tally, server, "redis", "stop and start", restart("TERM"));
      asTarget(tally, server, "redis", "kill -STOP, -CONT", halt());
    }
  }

  @Test
  void redisWithAnAppendOnlyFile(FaultTally tally) throws Exception {
    try (OwnServer server = OwnServers.redis(directory, "--appendonly", "yes", "--save", "")) {
      asTarget(tally, server, "redis, AOF", "kill -9 and start", restart("KILL"));
    }
  }

  /** What it had answered before is gone: the tool has to notice and write it again. */
  @Test
  void redisThatForgets(FaultTally tally) throws Exception {
    try (OwnServer server = OwnServers.redis(directory, "--save", "")) {
      asTarget(tally, server, "redis, no persistence", "kill -9 and start", restart("KILL"));
    }
  }

  @Test
  void postgres(FaultTally tally) throws Exception {
    try (OwnServer server = OwnServers.postgres(directory)) {
      asTarget(tally, server, "postgres", "stop (fast) and start", restart("INT"));
      asTarget(tally, server, "postgres", "stop (immediate) and start", restart("QUIT"));
      asTarget(tally, server, "postgres", "kill -STOP, -CONT", halt());
      asSource(tally, server, "postgres", "stop (fast) and start", restart("INT"));
      asSource(tally, server, "postgres", "stop (immediate) and start", restart("QUIT"));
    }
  }

  @Test
  void openSearch(FaultTally tally) throws Exception {
    try (OwnServer server = OwnServers.openSearch(directory)) {
      asTarget(tally, server, "opensearch", "kill -9 and start", restart("KILL"));
      asTarget(tally, server, "opensearch", "kill -STOP, -CONT", halt());
      asSource(tally, server, "opensearch", "kill -9 and start", restart("KILL"));
    }
  }

  @Test
  void mongo(FaultTally tally) {
    String program = System.getenv("MIGRATE_TEST_SECANTUSD");
    String why = "MIGRATE_TEST_SECANTUSD names no secantusd-py: no MongoDB stand-in to stop";
    if (program == null) {
      System.out.println("RestartIT skips mongo: " + why);
    }
    assumeThat(program).as(why).isNotNull();
    try (OwnServer server = OwnServers.secantus(directory, program)) {
      asTarget(tally, server, "mongo (SecantusDB)", "stop and start", restart("TERM"));
      asSource(tally, server, "mongo (SecantusDB)", "stop and start", restart("TERM"));
      asTarget(tally, server, "mongo (SecantusDB)", "kill -STOP, -CONT", halt());
    }
  }

  private static Harm restart(String signal) {
    return server -> {
      server.stop(signal);
      server.start();
    };
  }

  private static Harm halt() {
    return server -> server.halt(HALT);
  }

  private void asTarget(FaultTally tally, OwnServer server, String name, String kind, Harm harm) {
    Place source = Servers.fresh("json", directory);
    CORPUS.fill(source);
    harmed(tally.trial(name + " (target)", kind), source, server.freshPlace(), server, harm);
  }

  private void asSource(FaultTally tally, OwnServer server, String name, String kind, Harm harm) {
    Place source = server.freshPlace();
    CORPUS.fill(source);
    Place target = Servers.fresh("json", directory);
    harmed(tally.trial(name + " (source)", kind), source, target, server, harm);
  }

  private void harmed(Trial trial, Place source, Place target, OwnServer server, Harm harm) {
    Random random = SuiteRandom.of("RestartIT " + source.store() + " to " + target.store());
    ToolRun run =
        new Tool(directory.resolve(target.settings().get("WORKSPACE")), source, target)
            .with("--batch-size", Integer.toString(BATCH))
            .start();
    for (int i = 0; i < FAULTS; i++) {
      int from = i * BATCHES / FAULTS + 1;
      run.await("Batch " + (from + random.nextInt(BATCHES / FAULTS * 3 / 4)) + "/");
      if (run.isRunning()) {
        harm.to(server);
        trial.hit(1);
      }
    }
    assertThat(trial.faults()).as("the run was still there: " + run.output()).isPositive();
    trial.requireComplete(run, CORPUS.byKey(), target);
  }
}
