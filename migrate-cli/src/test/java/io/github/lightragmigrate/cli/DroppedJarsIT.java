package io.github.lightragmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.adapters.JarBuilder;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built tool says of jars that do not fit, are incomplete, or are there twice. */
class DroppedJarsIT {

  private static final String SPI = "io.github.lightragmigrate.spi";

  /** An SPI in which a store cannot count. */
  private static final String OLD_STORE =
      """
      package io.github.lightragmigrate.spi;
      import java.util.*;
      public interface CacheStore extends AutoCloseable {
        String location();
        String workspace();
        Page scan(Selection selection, Cursor cursor, PageLimit limit);
        Page find(Collection<String> keys);
        WriteResult upsert(List<CacheRecord> batch);
        void flush();
        void close();
      }
      """;

  /** An SPI with a method that is gone. */
  private static final String OLD_WORKSPACES =
      """
      package io.github.lightragmigrate.spi;
      public final class Workspaces {
        public static String former() { return ""; }
      }
      """;

  private static final String FORMER =
      "public CacheStore open(Settings settings, Access access) { Workspaces.former(); return null; }";

  private static final String NEEDS_DRIVER =
      "public CacheStore open(Settings settings, Access access) { throw new StoreException("
          + "StoreException.Kind.UNAVAILABLE, new driver.Driver().greeting()); }";

  private static final String DRIVER =
      "package driver; public class Driver { public String greeting() { return \"I am here\"; } }";

  @TempDir Path directory;
  @TempDir Path work;
  @TempDir Path streams;

  private Path jars;

  @BeforeEach
  void fill() throws IOException {
    jars = Files.createDirectory(directory.resolve("my adapters"));
    Session.hold(directory, "", SampleRecords.usual(3));
  }

  private JarBuilder adapter(String type, String id, String more) {
    return new JarBuilder(work)
        .source(type, AdapterJar.endlessSource(type, id, more))
        .service(type);
  }

  private ToolProcess count(String store, int exitCode) {
    ToolProcess tool = new ToolProcess(directory, streams);
    assertThat(tool.run("count", "--store", store, "--adapter-path", jars.toString()))
        .as(tool.err())
        .isEqualTo(exitCode);
    assertThat(tool.err()).doesNotContain("\tat ", "Exception in");
    return tool;
  }

  /** The other stores are there, and one line tells of the jar. */
  private void assertWarns(String... words) {
    ToolProcess tool = count("json", 0);
    assertThat(tool.out()).contains("Total: 3 records");
    assertThat(tool.err().lines()).hasSize(1).first().asString().contains(words);
  }

  private void assertFails(String store, int exitCode, String... words) {
    assertThat(count(store, exitCode).err().lines()).last().asString().contains(words);
  }

  @Test
  void anAdapterOfAnotherSpiIsSentBackToItsVersion() {
    String type = "Old";
    String source =
        AdapterJar.endlessSource(type, "old", "").replaceAll("(?s)public Counts.*?}", "");
    Path jar =
        new JarBuilder(work)
            .source(SPI + ".CacheStore", OLD_STORE)
            .source(type, source)
            .service(type)
            .manifest("Lightrag-Migrate-Version", "0.0.9")
            .leaveOut(SPI)
            .write(jars.resolve("old.jar"));
    assertFails(
        "old",
        1,
        jar.toString(),
        "it was built for lightrag-migrate 0.0.9 and does not fit",
        "count");
  }

  @Test
  void anAdapterThatCallsWhatIsGoneIsSentBackToo() {
    Path jar =
        adapter("Former", "former", FORMER)
            .source(SPI + ".Workspaces", OLD_WORKSPACES)
            .leaveOut(SPI)
            .write(jars.resolve("former.jar"));
    assertFails(
        "former",
        1,
        jar.toString(),
        "it was built for another version of lightrag-migrate and does not fit 0.",
        "former()");
  }

  @Test
  void anAdapterThatNeedsAClassOfTheSpiThatIsGone() {
    String more = "public String name() { return new " + SPI + ".Gone().toString(); }";
    Path jar =
        adapter("Lost", "lost", more)
            .source(SPI + ".Gone", "package " + SPI + "; public class Gone {}")
            .leaveOut(SPI)
            .write(jars.resolve("lost.jar"));
    assertWarns(
        "Warning: adapter Lost in " + jar + " failed in name(): it was built for another version",
        "Gone");
  }

  @Test
  void aJarForANewerJava() {
    Path jar = adapter("New", "new", "").forJava(99).write(jars.resolve("new.jar"));
    assertWarns("adapter New in " + jar, "it needs Java 99 or newer, and this is Java ");
  }

  @Test
  void aDriverThatIsMissingIsNamedAndThenFound() {
    Path jar =
        adapter("Driven", "driven", NEEDS_DRIVER)
            .source("driver.Driver", DRIVER)
            .leaveOut("driver/")
            .write(jars.resolve("driven.jar"));
    assertFails(
        "driven",
        1,
        "adapter Driven in "
            + jar
            + " failed in open(): the class driver.Driver is missing: put the jar",
        "into " + jars);

    new JarBuilder(work).source("driver.Driver", DRIVER).write(jars.resolve("driver.jar"));
    assertFails("driven", 1, "I am here");
  }

  @Test
  void aFileThatIsNoJar() throws IOException {
    Path junk = Files.writeString(jars.resolve("junk.jar"), "half a download");
    assertWarns(junk + " is no jar that can be read: remove it, or copy it again");
  }

  @Test
  void aDirectoryThatIsCalledAsAJar() throws IOException {
    Path junk = Files.createDirectory(jars.resolve("classes.jar"));
    assertWarns(junk + " is no jar that can be read");
  }

  @Test
  void aDirectoryWithoutAJar() throws IOException {
    Files.writeString(jars.resolve("adapter.zip"), "not looked at");
    assertWarns("Warning: --adapter-path " + jars + " has no jar with an adapter");
  }

  @Test
  void aJarWithoutAServicesFile() {
    Path jar =
        new JarBuilder(work)
            .source("Extra", AdapterJar.endlessSource("Extra", "extra", ""))
            .write(jars.resolve("extra.jar"));
    assertWarns(jar + " offers no adapter: it has no META-INF/services/");
  }

  @Test
  void aServicesFileThatNamesNoClassOfTheJar() {
    Path jar = adapter("Right", "right", "").service("Wrong").write(jars.resolve("typo.jar"));
    assertWarns("adapter Wrong in " + jar, "META-INF/services/", "is it misspelled?");
    assertThat(count("right", 0).out()).contains("1,000,000");
  }

  @Test
  void aClassThatIsNoAdapter() {
    Path jar =
        new JarBuilder(work)
            .source("Other", "public class Other {}")
            .service("Other")
            .write(jars.resolve("other.jar"));
    assertWarns("adapter Other in " + jar, "does not implement " + SPI + ".StorageAdapter");
  }

  @Test
  void anAdapterWithoutAConstructorToCall() {
    Path jar =
        adapter("Closed", "closed", "public Closed(int n) {}").write(jars.resolve("closed.jar"));
    assertWarns("adapter Closed in " + jar, "no public constructor without parameters");
  }

  @Test
  void twoJarsWithOneDriver() {
    adapter("Driven", "driven", "").write(jars.resolve("driven.jar"));
    Path first =
        new JarBuilder(work).source("driver.Driver", DRIVER).write(jars.resolve("driver-1.jar"));
    Path second =
        new JarBuilder(work).source("driver.Driver", DRIVER).write(jars.resolve("driver-2.jar"));
    assertWarns(
        second + " brings classes that " + first + " has too, such as driver.Driver",
        "those of driver-1.jar are used; remove one");
  }

  @Test
  void twoJarsWithOneAdapter() {
    Path first = adapter("Same", "same", "").write(jars.resolve("same-1.0.jar"));
    Path second = adapter("Same", "same", "").write(jars.resolve("same-1.1.jar"));
    assertWarns(second + " brings classes that " + first + " has too, such as Same");
    assertThat(count("same", 0).out()).contains("1,000,000");
  }

  @Test
  void twoAdaptersOfOneId() {
    Path first = adapter("One", "same", "").write(jars.resolve("one.jar"));
    Path second = adapter("Two", "same", "").write(jars.resolve("two.jar"));
    assertWarns(
        "TwoStorage in " + second + " cannot be used",
        "'same' is taken by OneStorage in " + first,
        "remove the jar");
  }

  @Test
  void aJarThatBringsTheToolsOwnClasses() {
    Path jar =
        adapter("Fat", "fat", "")
            .source(SPI + ".CacheStore", OLD_STORE.replace("Page scan", COUNT + "Page scan"))
            .write(jars.resolve("fat.jar"));
    assertWarns(
        jar + " brings classes of the tool itself, such as " + SPI + ".CacheStore",
        "scope provided");
    assertThat(count("fat", 0).out()).contains("1,000,000");
  }

  private static final String COUNT =
      "Counts count(Selection selection, java.util.function.LongConsumer progress);";

  @Test
  void aFaultOfAnAdapterIsNotTakenForOneOfTheTool() {
    String more =
        "public CacheStore open(Settings settings, Access access) {"
            + " throw new IllegalArgumentException(\"no such port\"); }";
    Path jar = adapter("Rash", "rash", more).write(jars.resolve("rash.jar"));
    assertFails(
        "rash",
        1,
        "adapter Rash in "
            + jar
            + " failed in open(): java.lang.IllegalArgumentException: no such");
  }

  @Test
  void anAdapterOfTheSameVersionIsToBeBuiltAgain() {
    ToolProcess tool = new ToolProcess(directory, streams);
    assertThat(tool.run("--version")).isZero();
    String version = tool.out().strip().replace("lightrag-migrate ", "");
    adapter("Former", "former", FORMER)
        .source(SPI + ".Workspaces", OLD_WORKSPACES)
        .leaveOut(SPI)
        .manifest("Lightrag-Migrate-Version", version)
        .write(jars.resolve("former.jar"));
    assertFails(
        "former",
        1,
        "it was built for " + version + ", but against another build of it: build it again");
  }

  @Test
  void anEmptyDirectoryIsNamedWhereAStoreOfItIsMissed() {
    assertFails(
        "files", 2, "there is no store 'files'", "no jar in " + jars + " offers an adapter");
  }

  /** A target that takes everything, but for what a test gives it to do otherwise. */
  private static String target(String flaw) {
    return """
        static final Setting PASS = Setting.text("FLAWED_PASS", "password").asSecret();
        public List<Setting> settings() { return List.of(PASS, Setting.WORKSPACE); }
        public CacheStore open(Settings settings, Access access) {
          String pass = settings.text(PASS);
          return new Store() {
            public WriteResult upsert(List<CacheRecord> batch) {
              return new WriteResult(batch.size(), List.of());
            }
            %s
          };
        }
        """
        .formatted(flaw);
  }

  private ToolProcess migrate(String flaw, int exitCode) {
    String members =
        flaw.contains(" upsert(") ? target(flaw).replaceFirst(UPSERT, "") : target(flaw);
    adapter("Flawed", "flawed", members).write(jars.resolve("flawed.jar"));
    ToolProcess tool = new ToolProcess(directory, streams).set("FLAWED_PASS", "s3cret-word");
    String[] arguments = {
      "--from", "json", "--to", "flawed", "--yes", "--report", "r.json", "--adapter-path", "" + jars
    };
    assertThat(tool.run(arguments)).as(tool.out() + tool.err()).isEqualTo(exitCode);
    assertThat(tool.out() + tool.err() + report())
        .doesNotContain("s3cret-word", "\tat ", "Exception in", "fault of the tool");
    return tool;
  }

  private static final String UPSERT = "(?s)public WriteResult upsert.*?}";

  private String report() {
    try {
      return Files.readString(directory.resolve("r.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anErrorOfATargetEndsTheRunWithAReport() {
    ToolProcess tool =
        migrate(
            "public WriteResult upsert(List<CacheRecord> batch) {"
                + " throw new AssertionError(\"oops \" + pass); }",
            1);
    assertThat(tool.err())
        .contains("flawed.jar failed in upsert(): java.lang.AssertionError: oops ***");
    assertThat(report()).contains("\"failed\"", "AssertionError: oops ***");
  }

  @Test
  void aTargetThatCannotBeClosedHasItsRecordsAllTheSame() {
    ToolProcess tool =
        migrate("public void close() { throw new IllegalStateException(\"close \" + pass); }", 0);
    assertThat(tool.out()).contains("SUCCESS");
    assertThat(tool.err())
        .contains("Warning: FlawedStorage could not be closed", "failed in close()", "close ***");
    assertThat(report()).contains("\"completed\"");
  }

  @Test
  void aSecretInTheNameOfAPlaceIsShownNowhere() {
    ToolProcess tool = migrate("public String location() { return \"flawed at \" + pass; }", 0);
    assertThat(tool.out()).contains("flawed at ***");
    assertThat(report()).contains("flawed at ***");
  }
}
