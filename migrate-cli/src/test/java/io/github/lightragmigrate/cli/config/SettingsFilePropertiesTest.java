package io.github.lightragmigrate.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is in a settings file: values, or an error that names the file and shows no value. */
class SettingsFilePropertiesTest {

  private static final String SECRET = "s3cr3t-Pa55";
  private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/u", "A", "a");
  private static final List<String> SECTIONS = List.of("redis", "postgres", "DEFAULT", "a", "x");
  private static final List<String> OPTIONS =
      List.of("uri", "user", "password", "pass word", "a%b", "[x", "1", "x");

  @Property(tries = 3000)
  void anyEnvFileGivesValuesOrAnError(@ForAll("envTexts") String text) {
    withFile(
        "FIRST_KEY=first value\n" + text,
        file -> {
          EnvFile env = EnvFile.read(file, ENVIRONMENT, EnvFile.Expansion.ENVIRONMENT_FIRST);
          assertThat(env.values()).as("what stands before it").containsKey("FIRST_KEY");
          assertThat(env.values().get("FIRST_KEY")).isEqualTo("first value");
          assertThat(env.warnings()).allMatch(warning -> warning.startsWith(file + " line "));
        });
  }

  @Property(tries = 3000)
  void anyConfigIniGivesValuesOrAnError(@ForAll("iniTexts") String text) {
    withFile(
        "[first]\nkey = first value\n[redis]\n" + text,
        file -> {
          ConfigIni ini = ConfigIni.read(file);
          assertThat(ini.get("first", "KEY")).as("what stands before it").hasValue("first value");
          readAll(ini);
        });
  }

  @Property(tries = 1000)
  void anyBytesGiveValuesOrAnError(@ForAll byte[] bytes) {
    withFile(
        bytes,
        file -> {
          EnvFile.read(file, ENVIRONMENT, EnvFile.Expansion.FILE_FIRST);
          readAll(ConfigIni.read(file));
        });
  }

  @Property(tries = 3000)
  void anEnvErrorShowsNoValue(
      @ForAll("envTexts") String before,
      @ForAll("oneLine") String value,
      @ForAll("envTexts") String after) {
    withFile(
        before + "\nPASSWORD=" + value + SECRET + after,
        file -> {
          EnvFile env = EnvFile.read(file, ENVIRONMENT, EnvFile.Expansion.FILE_FIRST);
          assertThat(env.warnings()).noneMatch(warning -> warning.contains(SECRET));
        });
  }

  @Property(tries = 3000)
  void aConfigIniErrorShowsNoValue(
      @ForAll("iniTexts") String before,
      @ForAll("oneLine") String value,
      @ForAll("iniTexts") String after) {
    withFile(
        before + "\npassword = " + value + SECRET + after, file -> readAll(ConfigIni.read(file)));
  }

  @Provide
  Arbitrary<String> envTexts() {
    return Arbitraries.oneOf(
        generated(SettingsFileGenerator::envLines),
        generated(SettingsFileGenerator::envChaos),
        Arbitraries.strings().withChars("\"'\\#${}=:- \n\r\ufeffexport").ofMaxLength(60),
        Arbitraries.strings().all().ofMaxLength(40));
  }

  @Provide
  Arbitrary<String> iniTexts() {
    return Arbitraries.oneOf(
        generated(SettingsFileGenerator::iniLines),
        generated(SettingsFileGenerator::iniChaos),
        Arbitraries.strings().withChars("[]=:%()s#; \t\n\rredisx").ofMaxLength(60),
        Arbitraries.strings().all().ofMaxLength(40));
  }

  @Provide
  Arbitrary<String> oneLine() {
    return Arbitraries.strings().withChars("\"'\\#${}=:%()[] ab").ofMaxLength(10);
  }

  private interface Generating {
    String from(SettingsFileGenerator generator);
  }

  private static Arbitrary<String> generated(Generating generating) {
    return Arbitraries.randomValue(
        (Random random) -> generating.from(new SettingsFileGenerator(random)));
  }

  /** Every reading of a value may fail, and none may show one. */
  private static void readAll(ConfigIni ini) {
    for (String section : SECTIONS) {
      for (String option : OPTIONS) {
        try {
          assertThat(ini.get(section, option)).isNotNull();
        } catch (SettingsFileException e) {
          assertNamesOnlyTheFile(e, ini.name());
        }
      }
    }
  }

  private static void withFile(String text, Consumer<Path> test) {
    withFile(text.getBytes(StandardCharsets.UTF_8), test);
  }

  /** Runs the test on such a file; no exception may come but the one that is for people. */
  private static void withFile(byte[] bytes, Consumer<Path> test) {
    try {
      Path file = Files.createTempFile("settings", ".txt");
      try {
        Files.write(file, bytes);
        test.accept(file);
      } catch (SettingsFileException e) {
        assertNamesOnlyTheFile(e, file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertNamesOnlyTheFile(SettingsFileException e, String file) {
    assertThat(e).hasMessageStartingWith(file).hasMessageNotContaining(SECRET).hasNoCause();
  }
}
