package io.github.lightragmigrate.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.interop.EmbeddedPlaces;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module, with our jars and the drivers on its module path. */
@Timeout(300)
class ModulePathIT {

  /** What a user of the adapters gets; not what the tests need besides. */
  private static final Pattern OF_USERS =
      Pattern.compile(
          "(migrate-core|adapter-(json|redis|postgres|mongo|opensearch)|jackson-core|jspecify|jedis"
              + "|slf4j-api|commons-pool2|redis-authx-core|postgresql|mongodb-driver-(sync|core)"
              + "|bson|bson-record-codec|opensearch-java|httpclient5|httpcore5|httpcore5-h2"
              + "|commons-logging)-[0-9].*\\.jar");

  private static final Pattern FLAG =
      Pattern.compile("^java .*--add-modules (\\S+)", Pattern.MULTILINE);

  private static final String MODULE =
      """
      module app {
        requires io.github.lightragmigrate.core;
        requires io.github.lightragmigrate.json;
        requires io.github.lightragmigrate.redis;
        requires io.github.lightragmigrate.postgres;
        requires io.github.lightragmigrate.mongo;
        requires io.github.lightragmigrate.opensearch;
      }
      """;

  private static final String PROGRAM =
      """
      package app;

      import io.github.lightragmigrate.json.JsonStorageAdapter;
      import io.github.lightragmigrate.migration.*;
      import io.github.lightragmigrate.mongo.MongoAdapter;
      import io.github.lightragmigrate.opensearch.OpenSearchAdapter;
      import io.github.lightragmigrate.postgres.PostgresAdapter;
      import io.github.lightragmigrate.redis.RedisAdapter;
      import io.github.lightragmigrate.spi.*;
      import java.util.*;

      public class Main {
        public static void main(String[] args) throws Exception {
          Properties all = new Properties();
          all.load(System.in);
          for (StorageAdapter to :
              List.of(
                  new JsonStorageAdapter(),
                  new RedisAdapter(),
                  new PostgresAdapter(),
                  new MongoAdapter(),
                  new OpenSearchAdapter())) {
            try (Endpoint source =
                    Endpoint.open(
                        new JsonStorageAdapter(), settings(all, "json", "embedded"), Access.SOURCE);
                Endpoint target =
                    Endpoint.open(to, settings(all, to.id(), "module"), Access.TARGET)) {
              System.out.println(
                  to.id()
                      + " "
                      + Migration.builder(source, target).build().run().outcome()
                      + " "
                      + Verification.builder(source, target).build().run().outcome()
                      + " "
                      + to.getClass().getModule());
            }
          }
        }

        private static Settings settings(Properties all, String store, String workspace) {
          Map<String, String> values = new HashMap<>();
          for (String name : all.stringPropertyNames()) {
            if (name.startsWith(store + "/")) {
              values.put(name.substring(store.length() + 1), all.getProperty(name));
            }
          }
          values.put("WORKSPACE", workspace);
          return Settings.of(values);
        }
      }
      """;

  @Test
  void theFlagsOfThePageForEmbeddersAreEnoughForAllStores(@TempDir Path directory)
      throws Exception {
    Map<String, Map<String, String>> settings = EmbeddedPlaces.settings(directory);
    new EmbeddedStores(settings).fill("json", "embedded", 40);
    Path classes = directory.resolve("classes");
    List<String> compile =
        new ArrayList<>(List.of("javac", "-d", classes.toString(), "-p", jars()));
    compile.add(Files.writeString(directory.resolve("module-info.java"), MODULE).toString());
    compile.add(Files.writeString(directory.resolve("Main.java"), PROGRAM).toString());
    assertThat(run(compile, directory, new Properties())).isEmpty();

    Properties properties = new Properties();
    settings.forEach(
        (store, values) ->
            values.forEach((name, value) -> properties.setProperty(store + "/" + name, value)));
    String path = classes + File.pathSeparator + jars();
    List<String> lines =
        run(
            List.of("java", "-p", path, "--add-modules", addModules(), "-m", "app/app.Main"),
            directory,
            properties);

    assertThat(lines)
        .filteredOn(line -> line.contains("io.github.lightragmigrate"))
        .as(String.join("\n", lines))
        .containsExactlyElementsOf(
            EmbeddedStores.ids().stream()
                .map(id -> id + " COMPLETED SAME module io.github.lightragmigrate." + id)
                .toList());
  }

  private static String addModules() throws IOException {
    Matcher flag = FLAG.matcher(Files.readString(Path.of("../docs/embedding.md")));
    assertThat(flag.find()).as("a java command with --add-modules").isTrue();
    return flag.group(1);
  }

  private static String jars() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator))
        .filter(entry -> OF_USERS.matcher(Path.of(entry).getFileName().toString()).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Returns what it says, when it ends well. */
  private static List<String> run(List<String> command, Path directory, Properties input)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.set(0, Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
    Path output = directory.resolve(command.get(0) + ".txt");
    Process process =
        new ProcessBuilder(whole)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      input.store(in, null);
    }
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("it ends by itself: " + Files.readString(output)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readAllLines(output);
  }
}
