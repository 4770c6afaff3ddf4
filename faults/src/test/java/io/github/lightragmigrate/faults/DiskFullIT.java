package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk under the JSON target, or under the checkpoint and the failure log. */
@ExtendWith(FaultSuite.class)
class DiskFullIT {

  private static final Corpus CORPUS = Corpus.of(2_500);
  private static final Corpus OLD = Corpus.of(50);
  private static final int FAILED = 1;

  @TempDir Path directory;

  /** With checkpoints between, parts may have got there before the disk was full. */
  @ParameterizedTest(name = "checkpoints every {0} s")
  @ValueSource(strings = {"600", "0"})
  void jsonTargetOnASmallDisk(String interval, FaultTally tally) throws Exception {
    assumeThat(SmallDisk.isPossible()).as("only root can mount a small disk").isTrue();
    Path small = directory.resolve("small");
    try (SmallDisk disk = SmallDisk.mount(small, "3m")) {
      Place source = source();
      Place target = Servers.fresh("json", small);
      byte[] old = interval.equals("0") ? new byte[0] : oldFile(target);
      Trial trial = tally.trial("json", "disk full (tmpfs)");
      Tool tool = tool(source, target, interval);
      ToolRun run = tool.start();
      requireFailed(trial, run);
      assertThat(run.output()).contains(target.settings().get("WORKSPACE"));
      if (interval.equals("0")) {
        requireWhole(target);
      } else {
        assertThat(Files.readAllBytes(Servers.jsonFile(target))).isEqualTo(old);
      }
      disk.resize("64m");
      trial.requireComplete(tool.resume(), CORPUS.byKey(), target);
    }
  }

  /** The same for everybody: no file may grow beyond a megabyte. */
  @Test
  void jsonTargetBeyondALimit(FaultTally tally) throws Exception {
    Place source = source();
    Place target = Servers.fresh("json", directory);
    byte[] old = oldFile(target);
    Trial trial = tally.trial("json", "file size limit (ulimit -f)");
    Path own = directory.resolve("run");
    ToolRun run =
        new Tool(own, source, target)
            .with("--checkpoint-interval", "600")
            .after("ulimit -f 2048")
            .start();
    requireFailed(trial, run);
    assertThat(Files.readAllBytes(Servers.jsonFile(target))).isEqualTo(old);
    trial.requireComplete(new Tool(own, source, target).resume(), CORPUS.byKey(), target);
  }

  @Test
  void checkpointAndFailureLogOnAFullDisk(FaultTally tally) throws Exception {
    assumeThat(SmallDisk.isPossible()).as("only root can mount a small disk").isTrue();
    Path small = directory.resolve("small");
    try (SmallDisk disk = SmallDisk.mount(small, "1m")) {
      Place source = source();
      Place target = Servers.fresh("redis", directory);
      Trial trial = tally.trial("redis", "disk full under the checkpoint");
      Tool tool =
          new Tool(directory.resolve("run"), source, target)
              .with("--checkpoint", small.resolve("checkpoint").toString())
              .with("--batch-size", "50", "--checkpoint-interval", "0");
      fill(small);
      ToolRun run = tool.start();
      requireFailed(trial, run);
      assertThat(run.output()).contains("checkpoint");
      disk.resize("8m");
      trial.requireComplete(tool.resume(), CORPUS.byKey(), target);
    }
  }

  /** What cannot be logged must not be passed over. */
  @Test
  void failureLogOnAFullDisk(FaultTally tally) throws Exception {
    assumeThat(SmallDisk.isPossible()).as("only root can mount a small disk").isTrue();
    Path small = directory.resolve("small");
    try (SmallDisk disk = SmallDisk.mount(small, "1m")) {
      Place source = source();
      CacheRecord poison =
          SampleRecords.with(
              SampleRecords.usual("extract", "poison"), "return", JsonValue.of("NUL: \u0000"));
      try (Endpoint endpoint = source.open(Access.TARGET)) {
        endpoint.store().upsert(List.of(poison));
        endpoint.store().flush();
      }
      Place target = Servers.fresh("postgres", directory);
      Trial trial = tally.trial("postgres", "disk full under the failure log");
      Path log = small.resolve("failures.ndjson");
      Tool tool = tool(source, target, "0").with("--failures", log.toString());
      fill(small);
      ToolRun run = tool.start();
      trial.hit(1);
      assertThat(run.end()).as(run.output()).isEqualTo(FAILED);
      assertThat(run.output()).contains("No space left", log.toString());
      trial.requireHonest(run, CORPUS.size() + 1);

      disk.resize("8m");
      ToolRun resumed = tool.resume();
      assertThat(resumed.end()).as("one record failed: %s", resumed.output()).isEqualTo(3);
      assertThat(resumed.report().get("counts").get("failed").asInt()).isOne();
      assertThat(resumed.report().get("counts").get("written").asInt()).isEqualTo(CORPUS.size());
      assertThat(Files.readAllLines(log)).singleElement().asString().contains(poison.key());
      assertThat(Comparison.of(CORPUS.byKey(), target).isEqual()).isTrue();
      trial.survived();
    }
  }

  private Place source() {
    Place source = Servers.fresh("json", directory);
    CORPUS.fill(source);
    return source;
  }

  private static byte[] oldFile(Place target) throws IOException {
    OLD.fill(target);
    return Files.readAllBytes(Servers.jsonFile(target));
  }

  private Tool tool(Place source, Place target, String interval) {
    return new Tool(directory.resolve("run"), source, target)
        .with("--batch-size", "50", "--checkpoint-interval", interval);
  }

  private static void requireFailed(Trial trial, ToolRun run) {
    trial.hit(1);
    assertThat(run.end()).as(run.output()).isEqualTo(FAILED);
    assertThat(run.output()).containsAnyOf("No space left", "File too large");
    trial.requireHonest(run, CORPUS.size());
  }

  /** What got there by a checkpoint is right. */
  private static void requireWhole(Place target) {
    Comparison meanwhile = Comparison.of(CORPUS.byKey(), target);
    assertThat(meanwhile.altered()).as("altered").isEmpty();
    assertThat(meanwhile.strange()).as("nobody's").isEmpty();
  }

  private static void fill(Path disk) throws IOException {
    byte[] piece = new byte[4096];
    try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
