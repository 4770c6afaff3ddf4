package io.github.lightragmigrate.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.lightragmigrate.interop.EmbeddedPlaces;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.progress.BatchProgress;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.testservers.NewerJdk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine and the five adapters inside another program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class EmbeddingIT {

  private static final int RECORDS = 400;

  private Path directory;
  private Map<String, Map<String, String>> settings;
  private EmbeddedStores stores;

  static List<String> ids() {
    return EmbeddedStores.ids();
  }

  @BeforeAll
  void fillTheSource(@TempDir Path temporary) {
    directory = temporary;
    settings = EmbeddedPlaces.settings(temporary);
    stores = new EmbeddedStores(settings);
    stores.fill("json", "embedded", RECORDS);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void noThreadIsLeft(String store) {
    // what a driver starts once for the JVM, and a server in this JVM for its first client
    move("json", "embedded", store, "warm_" + store);
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    move("json", "embedded", store, "threads_" + store);
    move(store, "threads_" + store, "json", "back_" + store);

    awaitNoneBut(before);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void noThreadIsLeftAfterAnInterrupt(String store) throws Exception {
    move("json", "embedded", store, "warm_" + store);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    interrupted("json", "embedded", store, "interrupted_threads_" + store);
    awaitNoneBut(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "postgres", "mongo", "opensearch"})
  void aStoreThatCannotBeReachedLeavesNoThread(String store) {
    move("json", "embedded", store, "warm_" + store);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    EmbeddedStores nowhere = new EmbeddedStores(EmbeddedPlaces.nowhere());
    for (int i = 0; i < 3; i++) {
      try (Endpoint endpoint = nowhere.open(store, "", Access.SOURCE)) {
        throw new AssertionError("opened " + endpoint.side());
      } catch (RuntimeException e) {
        assertThat(e).hasMessageContaining("127.0.0.1");
      }
    }
    awaitNoneBut(before);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anInterruptedTargetLosesNothing(String store) throws Exception {
    MigrationReport first = interrupted("json", "embedded", store, "interrupted_" + store);
    assertThat(first.checkpoint()).isPresent();
    assertThat(first.tally().written()).isBetween(1L, RECORDS - 1L);
    assertThat(count(store, "interrupted_" + store))
        .as("no less than was said")
        .isGreaterThanOrEqualTo(first.tally().written());
    MigrationReport second = resumed("json", "embedded", store, "interrupted_" + store);
    assertThat(second.outcome()).as(second.toString()).isEqualTo(Outcome.COMPLETED);
    assertThat(second.resumed()).isPositive();
    assertThat(count(store, "interrupted_" + store)).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anInterruptedSourceLosesNothing(String store) throws Exception {
    move("json", "embedded", store, "source_" + store);
    String target = "from_" + store;
    MigrationReport first = interrupted(store, "source_" + store, "json", target);
    assertThat(first.checkpoint()).isPresent();
    assertThat(count("json", target)).isEqualTo(first.tally().written()).isPositive();
    MigrationReport second = resumed(store, "source_" + store, "json", target);
    assertThat(second.outcome()).as(second.toString()).isEqualTo(Outcome.COMPLETED);
    assertThat(count("json", target)).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anInterruptedThreadGetsAnAnswerOfTheRightKind(String store) {
    try (Endpoint source = stores.open("json", "embedded", Access.SOURCE);
        Endpoint target = stores.open(store, "flagged_" + store, Access.TARGET)) {
      Thread.currentThread().interrupt();
      MigrationReport report = Migration.builder(source, target).build().run();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
      assertThat(report.fault()).hasValueSatisfying(why -> assertThat(why).contains("interrupted"));
    }
  }

  @Test
  void manyAtOnceOnVirtualThreads() throws Exception {
    Optional<Path> java = NewerJdk.java(21);
    assumeThat(java).as("a JDK 21 or newer").isPresent();
    Set<String> pinned = pinnedOnVirtualThreads(java.get());
    if (!pinned.isEmpty()) {
      // once can be the JVM's doing: a stack that it could not move at that moment
      pinned.retainAll(pinnedOnVirtualThreads(java.get()));
    }
    assertThat(pinned).isEmpty();
  }

  /** Where calls of ours held on to their carrier. */
  private Set<String> pinnedOnVirtualThreads(Path java) throws Exception {
    List<String> lines = program(java, "virtual");
    assertThat(lines).filteredOn(line -> !line.startsWith("PINNED")).isEqualTo(moved());
    return lines.stream()
        .filter(line -> line.startsWith("PINNED") && line.contains("io.github.lightragmigrate"))
        .map(line -> line.replaceAll("0x[0-9a-f]+", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void manyAtOnceUnderAContextClassLoaderThatIsNotOurs() throws Exception {
    assertThat(program(Path.of(System.getProperty("java.home"), "bin", "java"), "foreign"))
        .isEqualTo(moved());
  }

  private static List<String> moved() {
    return ids().stream().map(store -> store + " COMPLETED SAME COMPLETED SAME").toList();
  }

  private List<String> program(Path java, String mode) throws IOException, InterruptedException {
    Properties properties = new Properties();
    settings.forEach(
        (store, values) ->
            values.forEach((name, value) -> properties.setProperty(store + "/" + name, value)));
    Path output = directory.resolve(mode + ".txt");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                EmbeddingProgram.class.getName(),
                mode,
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (OutputStream input = process.getOutputStream()) {
      properties.store(input, null);
    }
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("it ends by itself: " + Files.readString(output)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    // a library among the tests' own may have said something before
    return Files.readAllLines(output).stream()
        .filter(line -> line.startsWith("PINNED") || ids().contains(line.split(" ")[0]))
        .toList();
  }

  private void move(String from, String fromWorkspace, String to, String toWorkspace) {
    try (Endpoint source = stores.open(from, fromWorkspace, Access.SOURCE);
        Endpoint target = stores.open(to, toWorkspace, Access.TARGET)) {
      MigrationReport report = Migration.builder(source, target).batchSize(50).build().run();
      assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETED);
    }
  }

  /** By an interrupt of the thread that runs it, when two batches are done. */
  private MigrationReport interrupted(
      String from, String fromWorkspace, String to, String toWorkspace) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<MigrationReport> done = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread runner =
        new Thread(
            () -> {
              try (Endpoint source = stores.open(from, fromWorkspace, Access.SOURCE);
                  Endpoint target = stores.open(to, toWorkspace, Access.TARGET)) {
                Thread self = Thread.currentThread();
                MigrationReport report =
                    builder(source, target, toWorkspace)
                        // a second one could write all the rest before the first batch is done
                        .writers(1)
                        .listener(
                            new MigrationListener() {
                              @Override
                              public void batchDone(BatchProgress progress) {
                                if (progress.number() == 2) {
                                  self.interrupt();
                                  awaitInterrupt(never);
                                }
                              }
                            })
                        .build()
                        .run();
                flag.complete(Thread.interrupted());
                done.complete(report);
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
                flag.completeExceptionally(e);
              }
            });
    runner.start();
    MigrationReport report = done.get(60, TimeUnit.SECONDS);
    assertThat(flag.get()).as("the interrupt is kept").isTrue();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.STOPPED);
    runner.join();
    return report;
  }

  /** The writer that tells of the batch goes on when it is interrupted itself. */
  private static void awaitInterrupt(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private MigrationReport resumed(
      String from, String fromWorkspace, String to, String toWorkspace) {
    try (Endpoint source = stores.open(from, fromWorkspace, Access.SOURCE);
        Endpoint target = stores.open(to, toWorkspace, Access.TARGET)) {
      return builder(source, target, toWorkspace).resume(true).build().run();
    }
  }

  private Migration.Builder builder(Endpoint source, Endpoint target, String name) {
    return Migration.builder(source, target)
        .batchSize(20)
        .checkpoint(directory.resolve(name + ".checkpoint"))
        .checkpointInterval(Duration.ofHours(1));
  }

  private long count(String store, String workspace) {
    try (Endpoint endpoint = stores.open(store, workspace, Access.SOURCE)) {
      return endpoint.count(Selection.ofTypes(Selection.DEFAULT_TYPES)).total();
    }
  }

  /** A driver's thread may end a moment after the call that ends it. */
  private static void awaitNoneBut(Set<Thread> before) {
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(threadsBut(before)).isEmpty());
  }

  private static List<String> threadsBut(Set<Thread> before) {
    Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
    now.removeAll(before);
    return now.stream()
        .map(Thread::getName)
        .filter(name -> !EmbeddedPlaces.isOfATestServer(name))
        .sorted()
        .toList();
  }
}
