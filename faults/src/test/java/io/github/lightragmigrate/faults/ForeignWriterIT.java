package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JSON target that somebody else writes during the run, as a LightRAG that still runs does. */
@ExtendWith(FaultSuite.class)
class ForeignWriterIT {

  private static final Corpus CORPUS = Corpus.of(2_500);
  private static final Corpus OLD = Corpus.of(50);
  private static final String OTHERS =
      "{\n  \"default:extract:0123456789abcdef0123456789abcdef\": {\"return\": \"the other's\"}\n}";

  @TempDir Path directory;

  @ParameterizedTest(name = "in place: {0}, checkpoints every {1} s")
  @CsvSource({"true, 600", "false, 600", "true, 0", "false, 0"})
  void keepsWhatTheOtherWrote(boolean inPlace, String interval, FaultTally tally)
      throws IOException {
    Place source = Servers.fresh("json", directory);
    CORPUS.fill(source);
    Place target = Servers.fresh("json", directory);
    OLD.fill(target);
    Path file = Servers.jsonFile(target);
    Trial trial = tally.trial("json", "file changed by somebody else");
    ToolRun run =
        new Tool(directory.resolve("run"), source, target)
            .with("--batch-size", "10", "--checkpoint-interval", interval)
            .start();
    run.await("Batch 20/");
    write(file, inPlace);
    assertThat(run.isRunning()).as("in mid-run").isTrue();
    trial.hit(1);
    assertThat(run.end()).as(run.output()).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo(OTHERS);
    assertThat(run.output()).contains(file.getFileName().toString());
    trial.requireHonest(run, CORPUS.size());
    trial.survived();
  }

  private static void write(Path file, boolean inPlace) throws IOException {
    if (inPlace) {
      Files.writeString(file, OTHERS);
    } else {
      Path other = Files.writeString(file.resolveSibling("other"), OTHERS);
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
