package io.github.lightragmigrate.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lightragmigrate.cli.config.EnvFile.Expansion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("V", "from environment", "EMPTY", "", "DOLLAR", "a$1\\b");

  @TempDir Path directory;

  static Stream<Arguments> texts() {
    return Stream.of(
        // The contract's table.
        arguments("P=p@ss#w0rd", Map.of("P", "p@ss#w0rd")),
        arguments("A=abc #c", Map.of("A", "abc")),
        arguments("export K=v", Map.of("K", "v")),
        arguments("A=${V}", Map.of("A", "from environment")),
        arguments("V=file\nA=${V}", Map.of("V", "file", "A", "from environment")),
        arguments("F=file\nA=${F}", Map.of("F", "file", "A", "file")),
        arguments("A=<${NOWHERE}>", Map.of("A", "<>")),
        arguments("A=${NOWHERE:-d}", Map.of("A", "d")),
        arguments("A=$V", Map.of("A", "$V")),
        arguments("A=\"a\\\"b\"", Map.of("A", "a\"b")),
        arguments("A=\"\\n\\t\\\"\\\\\\x\"", Map.of("A", "\n\t\"\\\\x")),
        arguments("A='\\n\\t\\\"\\\\\\''", Map.of("A", "\\n\\t\\\"\\'")),
        arguments("KEY", Map.of()),
        arguments("A=1\nA\nB=<${A:-d}>", Map.of("B", "<>")),
        arguments("A=\"one\ntwo # no comment\n\"", Map.of("A", "one\ntwo # no comment\n")),
        arguments("A='one\r\ntwo'\r\nB=2\r\n", Map.of("A", "one\ntwo", "B", "2")),
        arguments("\ufeffA=1", Map.of("A", "1")),
        // And more of what python-dotenv does.
        arguments("", Map.of()),
        arguments(" \n\t\n# only a comment", Map.of()),
        arguments("A=", Map.of("A", "")),
        arguments("A=\"\"", Map.of("A", "")),
        arguments("A=#hash", Map.of("A", "#hash")),
        arguments("A= #hash", Map.of("A", "")),
        arguments("A=\"x\"#c", Map.of("A", "x")),
        arguments("  A  =  b c  ", Map.of("A", "b c")),
        arguments("A=it's \"so\"", Map.of("A", "it's \"so\"")),
        arguments("A=x\\ny", Map.of("A", "x\\ny")),
        arguments("A=1\nB=${A}\nA=2", Map.of("A", "2", "B", "1")),
        arguments("A=${EMPTY:-d}", Map.of("A", "")),
        arguments("A=${DOLLAR}", Map.of("A", "a$1\\b")),
        arguments("A='${V}'", Map.of("A", "from environment")),
        arguments("A=${V:x}${", Map.of("A", "${V:x}${")),
        arguments("A=1\rB=2", Map.of("A", "1", "B", "2")),
        arguments("A=x\u0085#c", Map.of("A", "x")),
        arguments("'a b=c'=v", Map.of("a b=c", "v")),
        arguments("ключ.1=é😀", Map.of("ключ.1", "é😀")),
        arguments("A=//h:1/?q=%40&x=[1]~", Map.of("A", "//h:1/?q=%40&x=[1]~")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsAsPythonDotenvDoes(String text, Map<String, String> expected) throws IOException {
    EnvFile file = EnvFile.readIfPresent(write(text), ENVIRONMENT);

    assertThat(file.values()).isEqualTo(expected);
    assertThat(file.warnings()).isEmpty();
  }

  @Test
  void fileThatWinsOverTheEnvironmentExpandsItsOwnVariablesFirst() throws IOException {
    Path file = write("V=file\nA=${V}\nB=${EMPTY:-d}");

    assertThat(EnvFile.read(file, ENVIRONMENT, Expansion.FILE_FIRST).values())
        .isEqualTo(Map.of("V", "file", "A", "file", "B", ""));
  }

  @Test
  void loadingFillsTheEnvironmentsGapsOnly() throws IOException {
    EnvFile file = EnvFile.readIfPresent(write("EMPTY=x\nB=\nC"), Map.of("EMPTY", ""));

    assertThat(file.loadedInto(Map.of("EMPTY", ""))).isEqualTo(Map.of("EMPTY", "", "B", ""));
  }

  @Test
  void skipsInvalidLinesWithAWarningThatHoldsNoValue() throws IOException {
    Path path =
        write("A=1\n\n  =hunter2\nmy hunter2\nP=\"hunter2\nB='x' hunter2\nexport =hunter2\nC=3");

    EnvFile file = EnvFile.readIfPresent(path, ENVIRONMENT);

    assertThat(file.values()).isEqualTo(Map.of("A", "1", "C", "3"));
    assertThat(file.warnings())
        .containsExactlyElementsOf(
            Stream.of(3, 4, 5, 6, 7)
                .map(line -> path + " line " + line + ": skipped, it is not KEY=value")
                .toList());
  }

  @Test
  void namesTheLineWhereAStatementOfSeveralLinesBegins() throws IOException {
    Path path = write("A='1\n2\n3'\n\nB=\"1\n2\" x\n");

    assertThat(EnvFile.readIfPresent(path, Map.of()).warnings())
        .containsExactly(path + " line 5: skipped, it is not KEY=value");
  }

  @Test
  void longQuotedValueIsRead() throws IOException {
    String value = "\\\\a".repeat(200_000);

    assertThat(EnvFile.readIfPresent(write("A=\"" + value + "\""), Map.of()).values())
        .isEqualTo(Map.of("A", "\\a".repeat(200_000)));
  }

  @Test
  void missingDefaultFileSetsNothing() {
    EnvFile file = EnvFile.readIfPresent(directory.resolve("none.env"), ENVIRONMENT);

    assertThat(file.values()).isEmpty();
    assertThat(file.warnings()).isEmpty();
    assertThat(EnvFile.readIfPresent(directory, ENVIRONMENT).values()).isEmpty();
  }

  @Test
  void missingNamedFileIsAnErrorThatNamesIt() {
    Path missing = directory.resolve("none.env");

    assertThatThrownBy(() -> EnvFile.read(missing, Map.of(), Expansion.FILE_FIRST))
        .isInstanceOf(SettingsFileException.class)
        .hasMessage(missing + ": there is no such file");
    assertThatThrownBy(() -> EnvFile.read(directory, Map.of(), Expansion.FILE_FIRST))
        .isInstanceOf(SettingsFileException.class)
        .hasMessage(directory + ": is a directory, a file is needed");
  }

  @Test
  void otherEncodingsAreErrorsThatNameTheFile() throws IOException {
    Path latin = directory.resolve("latin.env");
    Files.write(latin, "A=hunter2\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = directory.resolve("wide.env");
    Files.write(wide, "\nA=hunter2".getBytes(StandardCharsets.UTF_16LE));

    assertThatThrownBy(() -> EnvFile.readIfPresent(latin, Map.of()))
        .isInstanceOf(SettingsFileException.class)
        .hasMessage(latin + ": is not UTF-8 text; save it as UTF-8");
    assertThatThrownBy(() -> EnvFile.readIfPresent(wide, Map.of()))
        .isInstanceOf(SettingsFileException.class)
        .hasMessage(wide + " line 2: holds a NUL character; save the file as UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "TRUE", "t", "Yes", "y"})
  void pythonDotenvCanBeDisabled(String word) throws IOException {
    Path path = write("A=1");
    Map<String, String> environment = Map.of("PYTHON_DOTENV_DISABLED", word);

    EnvFile file = EnvFile.readIfPresent(path, environment);

    assertThat(file.values()).isEmpty();
    assertThat(file.warnings()).singleElement().asString().contains("PYTHON_DOTENV_DISABLED");
    assertThat(EnvFile.read(path, environment, Expansion.ENVIRONMENT_FIRST).values())
        .isEqualTo(Map.of("A", "1"));
  }

  @Test
  void anyTextGivesValuesOrAClearError() throws IOException {
    Random random = new Random(4);
    SettingsFileGenerator generator = new SettingsFileGenerator(random);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = generator.envChaos().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path path = Files.write(directory.resolve("any.env"), bytes);
      try {
        EnvFile.readIfPresent(path, ENVIRONMENT)
            .values()
            .forEach((key, value) -> assertThat(key).isNotEmpty());
      } catch (SettingsFileException e) {
        assertThat(e).hasMessageContaining(path.toString());
      }
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("test.env"), text);
  }
}
