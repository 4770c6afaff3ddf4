package io.github.lightragmigrate.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigIniTest {
  @TempDir Path directory;

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("[redis]\nuri = redis://h:1", "redis://h:1"),
        arguments("[redis]\nuri: redis://h:1", "redis://h:1"),
        arguments("[redis]\nuri=a=b:c", "a=b:c"),
        arguments("[redis]\r\nURI = x\r\n", "x"),
        arguments("[redis]\nuri =", ""),
        arguments("[redis]\nuri = x # no comment", "x # no comment"),
        arguments("[redis]\nuri = x ; no comment", "x ; no comment"),
        arguments("# c\n; c\n\n[redis]\n  # c\n; uri = y\nuri = x", "x"),
        arguments("[redis] anything\nuri = x", "x"),
        arguments("[redis]\n    uri = x\n    user = u", "x"),
        arguments("[redis]\nuri = \"x\"", "\"x\""),
        arguments("[redis]\nuri = a\\nb", "a\\nb"),
        arguments("[redis]\nuri = p%%40ss", "p%40ss"),
        arguments("[redis]\nhost = h%%\nuri = redis://%(HOST)s:1", "redis://h%:1"),
        arguments(
            "[redis]\nuri = one\n  two\n  # comment\n\n  user = three\n\n[x]",
            "one\ntwo\n\nuser = three"),
        arguments("[DEFAULT]\nuri = d\n[redis]\nuser = u", "d"),
        arguments("[redis]\nuri = x\n[DEFAULT]\nuri = d\n[DEFAULT]\nuser = u", "x"),
        arguments("[DEFAULT]\nhost = d\n[redis]\nhost = h\nuri = %(host)s", "h"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsAsConfigParserDoes(String text, String expected) throws IOException {
    assertThat(ConfigIni.read(write(text)).get("redis", "Uri")).contains(expected);
  }

  static Stream<Arguments> absent() {
    return Stream.of(
        arguments(""),
        arguments("[redis]\n# uri = x"),
        arguments("[Redis]\nuri = x"),
        arguments("[ redis ]\nuri = x"),
        arguments("[DEFAULT]\nuri = x"));
  }

  @ParameterizedTest
  @MethodSource("absent")
  void findsNothingWhereConfigParserFindsNothing(String text) throws IOException {
    assertThat(ConfigIni.read(write(text)).get("redis", "uri")).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("\ufeff[redis]\npassword = hunter2", 1, "byte order mark"),
        arguments("# c\npassword = hunter2\n[redis]", 2, "before the first [section]"),
        arguments("[redis]\nuri = x\nhunter2", 3, "neither [section] nor option = value"),
        arguments("[redis]\n= hunter2", 2, "neither [section] nor option = value"),
        arguments(
            "[redis]\n[x]\n[redis]\nu = hunter2", 3, "section [redis] is there a second time"),
        arguments("[redis]\nuri = 1\nURI = hunter2", 3, "option uri of [redis] is there a second"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatConfigParserRefuses(String text, int line, String problem) throws IOException {
    Path path = write(text);

    assertThatThrownBy(() -> ConfigIni.readIfPresent(path))
        .isInstanceOf(SettingsFileException.class)
        .hasMessageStartingWith(path + " line " + line + ": ")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("hunter2");
  }

  static Stream<Arguments> badInterpolations() {
    return Stream.of(
        arguments("hunter2%", "neither % nor (name)s"),
        arguments("hunter2%x", "neither % nor (name)s"),
        arguments("%(hunter2", "neither % nor (name)s"),
        arguments("%(hunter2)s", "an option that is not there"),
        arguments("hunter2%(uri)s", "in a circle"));
  }

  @ParameterizedTest
  @MethodSource("badInterpolations")
  void refusesBadInterpolationOfThatOptionOnly(String value, String problem) throws IOException {
    Path path = write("[redis]\nuser = u\nuri = " + value);
    ConfigIni config = ConfigIni.read(path);

    assertThat(config.get("redis", "user")).contains("u");
    assertThatThrownBy(() -> config.get("redis", "uri"))
        .isInstanceOf(SettingsFileException.class)
        .hasMessageStartingWith(path + " line 3: option uri of [redis]: ")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void followsReferencesAsDeepAsConfigParser() throws IOException {
    String chain =
        IntStream.range(0, 11)
            .mapToObj(i -> "o" + i + " = %(o" + (i + 1) + ")s\n")
            .collect(Collectors.joining("", "[redis]\n", "o11 = end\n"));
    ConfigIni config = ConfigIni.read(write(chain));

    assertThat(config.get("redis", "o1")).contains("end");
    assertThatThrownBy(() -> config.get("redis", "o0")).isInstanceOf(SettingsFileException.class);
  }

  @Test
  void missingFile() {
    Path missing = directory.resolve("none.ini");

    assertThat(ConfigIni.readIfPresent(missing).get("redis", "uri")).isEmpty();
    assertThat(ConfigIni.readIfPresent(directory).get("redis", "uri")).isEmpty();
    assertThatThrownBy(() -> ConfigIni.read(missing))
        .isInstanceOf(SettingsFileException.class)
        .hasMessage(missing + ": there is no such file");
  }

  @Test
  void anyTextGivesValuesOrAClearError() throws IOException {
    Random random = new Random(4);
    SettingsFileGenerator generator = new SettingsFileGenerator(random);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = generator.iniChaos().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path path = Files.write(directory.resolve("any.ini"), bytes);
      try {
        ConfigIni.readIfPresent(path).get("redis", "user");
      } catch (SettingsFileException e) {
        assertThat(e).hasMessageContaining(path.toString());
      }
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("test.ini"), text);
  }
}
