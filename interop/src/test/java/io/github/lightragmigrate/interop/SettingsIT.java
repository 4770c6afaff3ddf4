package io.github.lightragmigrate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lightragmigrate.interop.SettingsCase.Expected;
import io.github.lightragmigrate.interop.SettingsCase.Given;
import io.github.lightragmigrate.spi.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * LightRAG's own loaders and ours read the same settings files and environments, and every setting
 * of every store arrives at the driver with the same value.
 */
class SettingsIT {

  private static final List<SettingsCase> CASES =
      Stream.of(
              SettingsEnvFileCases.all(),
              SettingsConfigIniCases.all(),
              SettingsLayerCases.all(),
              SettingsValueCases.all())
          .flatMap(List::stream)
          .toList();

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
    assertThat(differences(CASES, place, false)).isEmpty();
  }

  /** That no setting of an adapter is left out of the comparison. */
  @Test
  void everySettingOfEveryAdapterIsCompared() throws Exception {
    Path place = Files.createDirectory(directory.resolve("defaults"));
    SettingsOracle oracle = new SettingsOracle(place);
    SettingsCase defaults = SettingsCase.of("defaults");
    Map<String, Map<String, String>> known = oracle.ask(python, List.of(defaults), false).get(0);
    for (String store : Places.STORES) {
      List<String> declared =
          SettingsOurs.adapter(store).settings().stream()
              .filter(setting -> setting.type() != Setting.Type.WORKSPACE)
              .map(Setting::name)
              .toList();
      assertThat(declared)
          .allSatisfy(
              name ->
                  assertThat(known.get(store).keySet())
                      .anyMatch(value -> value.equals(name) || value.startsWith(name + " ")));
    }
  }

  private static List<String> differences(List<SettingsCase> cases, Path place, boolean connect)
      throws Exception {
    SettingsOracle oracle = new SettingsOracle(place);
    List<Map<String, Map<String, String>>> answers = oracle.ask(python, cases, connect);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      SettingsCase one = cases.get(i);
      for (String store : Places.STORES) {
        Map<String, String> theirs = answers.get(i).get(store);
        theirs.computeIfPresent(
            "WORKING_DIR",
            (name, file) -> Path.of("").resolve(file).toAbsolutePath().normalize().toString());
        Map<String, String> ours =
            new TreeMap<>(SettingsOurs.values(store, oracle.directory(i), one.environment()));
        if (connect && !ours.containsKey(SettingsOracle.ERROR)) {
          ours.keySet().retainAll(theirs.keySet());
        }
        compare(one, store, theirs, ours).ifPresent(differences::add);
      }
      String server = one.serverWorkspace().orElse(answers.get(i).get("workspaces").get("library"));
      String actual = answers.get(i).get("workspaces").get("server");
      if (!actual.equals(server)) {
        differences.add(one + ": the server's workspace is " + actual + ", not " + server);
      }
    }
    return differences;
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
