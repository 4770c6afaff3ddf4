package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An OpenSearch that has too much to do: 429, 503, and single items refused. */
@ExtendWith(FaultSuite.class)
class BulkRefusalIT {

  private static final Corpus CORPUS = Corpus.of(1_000);

  @TempDir Path directory;

  @Test
  void everyRecordArrives(FaultTally tally) throws Exception {
    Place source = Servers.fresh("json", directory);
    CORPUS.fill(source);
    Place target = Servers.fresh("opensearch", directory);
    Trial trial = tally.trial("opensearch", "bulk requests or items refused");
    try (BulkFaultServer server =
        new BulkFaultServer(Servers.address(target), SuiteRandom.of("BulkRefusalIT"))) {
      ToolRun run =
          new Tool(directory.resolve("run"), source, Servers.through(server.port(), target))
              .with("--batch-size", "50")
              .start();
      run.end();
      trial.hit(server.refusals());
      assertThat(trial.faults()).isPositive();
      trial.requireComplete(run, CORPUS.byKey(), target);
    }
  }
}
