package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.interop.SettingsCase.Expected;
import io.github.lightragmigrate.interop.SettingsCase.Given;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * LightRAG's own loaders and ours read the same settings files and environments, and every setting
 * of every store arrives at the driver with the same value.
 */
class SettingsIT {

  @TempDir static Path directory;
  private static String python;

  @BeforeAll
  static void requireLightRag() {
    Optional<String> found = Judge.python(SettingsIT.class);
    assumeThat(found).isPresent();
    python = found.get();
  }

  @Test
  void everyStoreHasTheSettingsThatLightRagHas() throws Exception {
    Path place = Files.createDirectory(directory.resolve("values"));
    SettingsOracle oracle = new SettingsOracle(place);
    List<SettingsCase> cases =
        Stream.of(
                SettingsLayerCases.all(),
                SettingsEnvFileCases.all(),
                SettingsConfigIniCases.all(),
                SettingsNumberCases.all(),
                SettingsValueCases.all(directory))
            .flatMap(List::stream)
            .toList();
    List<Map<String, Map<String, String>>> answers = oracle.ask(python, cases, false);
    assertThat(uncompared(answers.get(0))).as("settings that are not compared").isEmpty();
    assertThat(differences(cases, oracle, answers)).isEmpty();
  }

  @Test
  void everyStoreHasTheWorkspaceThatLightRagHas() throws Exception {
    SettingsOracle oracle = new SettingsOracle(Files.createDirectory(directory.resolve("names")));
    List<SettingsCase> cases = SettingsWorkspaceCases.all();
    PostgresTestServer.shared()
        .settings()
        .forEach((n, v) -> cases.forEach(c -> c.environment(n, v)));
    List<Map<String, Map<String, String>>> answers = oracle.ask(python, cases, true);
    List<String> differences = new ArrayList<>(differences(cases, oracle, answers));
    for (int i = 0; i < cases.size(); i++) {
      Map<String, String> workspaces = answers.get(i).get("workspaces");
      String server = cases.get(i).serverWorkspace().orElse(workspaces.get("library"));
      if (!server.equals(workspaces.get("server"))) {
        differences.add(cases.get(i) + ": the server's workspace is " + workspaces.get("server"));
      }
    }
    assertThat(differences).isEmpty();
  }

  /** The server keeps workspace my-ws under my_ws; who asks for my-ws is told where to look. */
  @ParameterizedTest
  @FieldSource("io.github.lightragmigrate.interop.Places#STORES")
  void anEmptyWorkspaceNamesTheOtherSpelling(String store) throws Exception {
    boolean fake = store.equals("mongo") && MongoTestServer.shared().isFake();
    if (fake) {
      System.out.println("SettingsIT skips mongo: pymongo refuses the fake server");
    }
    assumeThat(fake).isFalse();
    Path place = Files.createDirectory(directory.resolve("server-" + store));
    SettingsCase asked =
        SettingsCase.of("server").only().environment("WORKSPACE", "my-ws." + store);
    String written =
        new SettingsOracle(place)
            .ask(python, List.of(asked), true)
            .get(0)
            .get("workspaces")
            .get("server");
    assertThat(written).isEqualTo("my_ws_" + store);
    Places places = new Places(place);
    try (Judge judge = Judge.start(python, place)) {
      judge.write(store, places.settings(store, written), SampleRecords.usual(3));
    }

    Path screen = place.resolve("screen.txt");
    ProcessBuilder count =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.lightragmigrate.cli.Main",
                "count",
                "--store",
                store)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(screen.toFile());
    count.environment().putAll(places.settings(store, "my-ws." + store));
    assertThat(count.start().waitFor()).isZero();
    assertThat(Files.readString(screen))
        .contains("- Total: 0 records")
        .contains("workspace my_ws_" + store + " holds 3 records")
        .contains("LightRAG's server writes my-ws." + store + " so");
  }

  private static List<String> uncompared(Map<String, Map<String, String>> answer) {
    return Places.STORES.stream()
        .flatMap(
            store ->
                SettingsOurs.adapter(store).settings().stream()
                    .filter(setting -> setting.type() != Setting.Type.WORKSPACE)
                    .map(Setting::name)
                    .filter(
                        name ->
                            answer.get(store).keySet().stream()
                                .noneMatch(
                                    known -> known.equals(name) || known.startsWith(name + " "))))
        .toList();
  }

  private static List<String> differences(
      List<SettingsCase> cases,
      SettingsOracle oracle,
      List<Map<String, Map<String, String>>> answers) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      SettingsCase one = cases.get(i);
      for (String store : one.stores()) {
        Map<String, String> theirs = answers.get(i).get(store);
        theirs.computeIfPresent("WORKING_DIR", (name, file) -> absolute(file));
        Map<String, String> ours =
            new HashMap<>(SettingsOurs.values(store, oracle.directory(i), one.environment()));
        if (theirs.keySet().equals(Set.of("workspace"))) {
          ours.keySet().retainAll(Set.of("workspace", SettingsOracle.ERROR));
        }
        compare(one, store, theirs, ours).ifPresent(differences::add);
      }
    }
    return differences;
  }

  private static String absolute(String file) {
    return Path.of("").resolve(file).toAbsolutePath().normalize().toString();
  }

  private static Optional<String> compare(
      SettingsCase one, String store, Map<String, String> theirs, Map<String, String> ours) {
    Expected expected = one.expected(store);
    boolean theyFail = theirs.containsKey(SettingsOracle.ERROR);
    boolean weFail = ours.containsKey(SettingsOracle.ERROR);
    boolean asTold =
        switch (expected.fate()) {
          case SAME -> !theyFail && !weFail && theirs.equals(ours);
          case REFUSED -> theyFail && weFail;
          case REFUSED_BY_US -> !theyFail && weFail;
          case REFUSED_BY_LIGHTRAG -> theyFail && !weFail;
          case DIFFERENT -> !theyFail && !weFail && !theirs.equals(ours);
        };
    boolean saidSo = !weFail || ours.get(SettingsOracle.ERROR).contains(expected.said());
    boolean given =
        one.given().stream()
            .filter(value -> value.store().equals(store))
            .allMatch(value -> value.value().equals(ours.get(value.setting())));
    return asTold && saidSo && given
        ? Optional.empty()
        : Optional.of(one + ", " + store + " " + expected + ": " + difference(one, theirs, ours));
  }

  private static String difference(
      SettingsCase one, Map<String, String> theirs, Map<String, String> ours) {
    List<String> lines = new ArrayList<>();
    Stream.concat(theirs.keySet().stream(), ours.keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            setting -> {
              String there = String.valueOf(theirs.get(setting));
              String here = String.valueOf(ours.get(setting));
              boolean told =
                  one.given().stream().map(Given::setting).anyMatch(given -> given.equals(setting));
              if (told || !there.equals(here)) {
                lines.add("\n    " + setting + ": LightRAG <" + there + ">, we <" + here + ">");
              }
            });
    return String.join("", lines);
  }
}
