package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Setting HOST = Setting.text("X_HOST", "host name").withDefault("localhost");
  private static final Setting PASSWORD =
      Setting.text("X_PASSWORD", "password").ini("x", "password").asRequired().asSecret();
  private static final Setting PORT =
      Setting.of("X_PORT", Setting.Type.INTEGER, "port").withDefault("5432");
  private static final Setting WAIT = Setting.of("X_WAIT", Setting.Type.DECIMAL, "seconds");
  private static final Setting TLS = Setting.of("X_TLS", Setting.Type.FLAG, "use TLS");

  @Test
  void givesValuesAndDefaults() {
    Settings settings = Settings.of(Map.of("X_PORT", " 6000 ", "X_WAIT", "2.5", "X_TLS", "Yes"));
    assertThat(settings.text(HOST)).isEqualTo("localhost");
    assertThat(settings.integer(PORT)).isEqualTo(6000);
    assertThat(settings.decimal(WAIT)).isEqualTo(2.5);
    assertThat(settings.flag(TLS)).isTrue();
    assertThat(settings.get(PASSWORD)).isEmpty();
  }

  @Test
  void aPresentEmptyValueWins() {
    assertThat(Settings.of(Map.of("X_HOST", "")).text(HOST)).isEmpty();
  }

  @Test
  void tellsOfNamesThatNoSettingHas() {
    Settings settings = Settings.of(Map.of("X_PROT", "1", "X_HOST", "h", "X_HOTS", "h"));
    assertThat(settings.unknown(List.of(HOST, PORT))).containsExactly("X_HOTS", "X_PROT");
  }

  @Test
  void namesAllProblemsAndNoValue() {
    Settings settings =
        Settings.of(Map.of("X_PORT", "s3cret", "X_WAIT", "s3cret", "X_TLS", "s3cret"));
    assertThat(settings.problems(List.of(HOST, PASSWORD, PORT, WAIT, TLS)))
        .hasSize(4)
        .noneMatch(problem -> problem.contains("s3cret"))
        .anyMatch(
            problem ->
                problem.equals(
                    "X_PASSWORD (or password in [x] of config.ini) is not set: password"))
        .anyMatch(problem -> problem.startsWith("X_PORT is not an integer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30d", "30f", "0x1p4", "NaN", "Infinity", "1e999", "", ".", "1_000"})
  void whatOnlyJavaTakesForANumberIsRefused(String text) {
    Settings settings = Settings.of(Map.of("X_WAIT", text));
    assertThatThrownBy(() -> settings.decimal(WAIT)).hasMessageContaining("X_WAIT is not a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5", "+2.5", " 25e-1", "2.50", "0.25E1 ", "250.e-2"})
  void numbersAreReadAsPythonReadsThem(String text) {
    assertThat(Settings.of(Map.of("X_WAIT", text)).decimal(WAIT)).isEqualTo(2.5);
  }

  @Test
  void workspaceIsTheStoresOwnOrTheGeneralOne() {
    Setting own = Setting.of("X_WORKSPACE", Setting.Type.WORKSPACE, "workspace");
    assertThat(Workspaces.resolve(Settings.of(Map.of("WORKSPACE", "a")), own)).isEqualTo("a");
    assertThat(Workspaces.resolve(Settings.of(Map.of("X_WORKSPACE", " b ", "WORKSPACE", "a")), own))
        .isEqualTo("b");
    assertThat(Workspaces.resolve(Settings.of(Map.of("X_WORKSPACE", "  ", "WORKSPACE", "a")), own))
        .isEqualTo("a");
    assertThat(Workspaces.resolve(Settings.of(Map.of()), own)).isEmpty();
    assertThatThrownBy(() -> Workspaces.resolve(Settings.of(Map.of("WORKSPACE", "../x")), own))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("../x");
  }

  @Test
  void aDefaultFitsItsType() {
    Setting number = Setting.of("N", Setting.Type.INTEGER, "number");
    assertThatThrownBy(() -> number.withDefault("yes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the default of N does not fit its type, INTEGER: yes");
    assertThat(number.withDefault("5").defaultValue()).contains("5");
  }
}
