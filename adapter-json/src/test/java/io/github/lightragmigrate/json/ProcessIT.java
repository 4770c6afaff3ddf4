package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only another process can show: small heaps, sudden ends, full disks. */
class ProcessIT {

  @TempDir Path temp;
  private CacheDirectory source = new CacheDirectory(Path.of("."));
  private CacheDirectory target = source;
  private @Nullable Process child;

  @BeforeEach
  void setUp() throws IOException {
    source = new CacheDirectory(Files.createDirectory(temp.resolve("source")));
    target = new CacheDirectory(Files.createDirectory(temp.resolve("target")));
  }

  @AfterEach
  void tearDown() throws InterruptedException {
    if (child != null) {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void aFileLargerThanTheHeapIsCopiedAndMerged() throws Exception {
    generate(source.file(), 6_000, 15_000, false);
    target.write(SampleRecords.usual("extract", "before"));
    assertThat(Files.size(source.file())).isGreaterThan(80 << 20);
    assertThat(run("-Xmx32m")).startsWith("staged 6000 of 6000", "flushed");
    assertThat(target.count()).isEqualTo(6_001);
    // and over what is now there
    assertThat(run("-Xmx32m")).startsWith("staged 6000 of 6000", "flushed");
    assertThat(target.count()).isEqualTo(6_001);
  }

  @Test
  void anOldNestLargerThanTheHeapIsRead() throws Exception {
    generate(source.file(), 4_000, 15_000, true);
    assertThat(run("-Xmx24m")).startsWith("staged 4000 of 4000", "flushed");
    assertThat(target.count()).isEqualTo(4_000);
  }

  @Test
  void whatAKilledProcessStagedIsRemovedAndTheFileIsAsItWas() throws Exception {
    generate(source.file(), 100, 1_000, false);
    target.with("{\"default:extract:a\": {}}");
    Process process = start(List.of("-Xmx32m"));
    assertThat(output(process).readLine()).startsWith("staged");
    assertThat(target.names()).hasSize(2);
    target.target().close();
    assertThat(target.names()).as("a living process keeps its file").hasSize(2);
    process.destroyForcibly().waitFor();
    assertThat(target.names()).hasSize(2);
    target.source().close();
    assertThat(target.names()).as("a source changes nothing").hasSize(2);
    target.target().close();
    assertThat(target.names()).containsExactly(CacheFile.NAME);
    assertThat(target.text()).isEqualTo("{\"default:extract:a\": {}}");
  }

  @Test
  void aProcessKilledWhileMergingLeavesOneWholeFile() throws Exception {
    generate(source.file(), 5_000, 15_000, false);
    target.with("{\"default:extract:a\": {}}");
    Process process = start(List.of("-Xmx32m"));
    assertThat(output(process).readLine()).startsWith("staged");
    letFlush(process);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (target.names().size() < 3 && target.count() == 1 && Instant.now().isBefore(deadline)) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    assertThat(target.count()).isIn(1L, 5_001L);
    target.target().close();
    assertThat(target.names()).containsExactly(CacheFile.NAME);
  }

  @Test
  void whereverTheFlushIsKilledTheFileIsTheOldOneOrTheNewOne() throws Exception {
    generate(source.file(), 1_000, 15_000, false);
    String old = "{\"default:extract:a\": {\"return\": \"" + "x".repeat(1 << 20) + "\"}}";
    target.with(old);
    run("-Xmx64m");
    String merged = target.text();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int time = 0; time < 12; time++) {
      target.with(old);
      Process process = start(List.of("-Xmx64m"));
      BufferedReader output = output(process);
      assertThat(output.readLine()).startsWith("staged");
      List<String> before = target.names();
      long killAt = (long) (merged.length() * random.nextDouble(1.1));
      letFlush(process);
      while (process.isAlive() && target.written(before) < killAt) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      assertThat(target.text())
          .as("text after a kill at " + killAt + " bytes, seed " + seed)
          .matches(text -> text.equals(old) || text.equals(merged), "is the old or the new one");
      target.target().close();
      assertThat(target.names()).containsExactly(CacheFile.NAME);
    }
  }

  /** A limit on the size of files stands in for the disk: it fails staging, or merging. */
  @Test
  void aFullDiskIsNamedAndTheFileStaysAsItWas() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set the limit");
    generate(source.file(), 600, 15_000, false);
    target.with("{\"default:extract:a\": {}, \"x\": \"" + "x".repeat(1 << 20) + "\"}");
    long stagedBytes = sizeWhenStaged();
    assertRefused(stagedBytes / 2, false);
    assertRefused(stagedBytes + (1 << 19), true);
  }

  private long sizeWhenStaged() throws Exception {
    Process process = start(List.of("-Xmx64m"));
    assertThat(output(process).readLine()).startsWith("staged");
    long bytes = Files.size(target.path().resolve(target.names().get(1)));
    process.getOutputStream().close();
    assertThat(process.waitFor()).isZero();
    return bytes;
  }

  private void assertRefused(long maxFileBytes, boolean whenMerging) throws Exception {
    String before = target.text();
    String failure = "StoreException: cannot write " + target.file().toRealPath();
    String limit = "ulimit -f " + maxFileBytes / 512 + "; exec \"$@\"";
    Process process = start(List.of("-Xmx64m"), "/bin/sh", "-c", limit, "sh");
    letFlush(process);
    List<String> lines = output(process).lines().toList();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(lines).anyMatch(line -> line.contains(failure) && line.contains("File too large"));
    assertThat(lines.stream().anyMatch(line -> line.startsWith("staged")))
        .as("staging went well")
        .isEqualTo(whenMerging);
    assertThat(target.names()).containsExactly(CacheFile.NAME);
    assertThat(target.text()).isEqualTo(before);
  }

  private List<String> run(String option) throws Exception {
    Process process = start(List.of(option));
    letFlush(process);
    List<String> lines = output(process).lines().toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    lines.forEach(System.out::println);
    return lines.stream().map(line -> line.startsWith("flushed") ? "flushed" : line).toList();
  }

  private static void letFlush(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private Process start(List<String> options, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CopyMain.class.getName(),
            source.path().toString(),
            target.path().toString(),
            "2"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    child = process;
    return process;
  }

  /** Records of about so many bytes, flat or all in one nest of an old release. */
  static void generate(Path file, int count, int bytes, boolean nested) throws IOException {
    String answer = "entity<|#|>Größe<|#|>\\\"quoted\\\" text\\n".repeat(bytes / 40);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(nested ? "{\"default\": {" : "{");
      for (int i = 0; i < count; i++) {
        out.write(i == 0 ? "\n" : ",\n");
        out.write(
            "  \"%s%032x\": {\n    \"return\": \"%s\",\n    \"cache_type\": \"extract\",\n    \"create_time\": %d\n  }"
                .formatted(nested ? "" : "default:extract:", i, answer, i));
      }
      out.write(nested ? "\n}}" : "\n}");
    }
  }
}
