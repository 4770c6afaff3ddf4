package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSettingsTest {

  @TempDir private Path directory;

  @Test
  void defaultsAreLightRags() {
    PostgresSettings settings = parse(Map.of());
    assertThat(settings.place()).isEqualTo("localhost:5432/postgres");
    assertThat(settings.user()).isEqualTo("postgres");
    assertThat(settings.workspace()).isEqualTo("default");
    assertThat(settings.maxConnections()).isEqualTo(50);
    assertThat(settings.tls().mode()).isEqualTo(TlsSettings.Mode.OPPORTUNISTIC);
    assertThat(settings.serverSettings()).isEmpty();
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void onlyThePasswordHasNoDefault() {
    assertThat(Settings.of(Map.of()).problems(PostgresSettings.ALL))
        .singleElement()
        .asString()
        .startsWith("POSTGRES_PASSWORD (or password in [postgres] of config.ini) is not set");
    assertThat(PostgresSettings.ALL.stream().filter(Setting::secret).map(Setting::name))
        .containsExactly("POSTGRES_PASSWORD");
    assertThat(PostgresSettings.ALL.stream().filter(Setting::required).map(Setting::name))
        .containsExactly("POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DATABASE");
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"own,general,own", "'',general,general", "'','',default", " o , g, o "})
  void theOwnWorkspaceGoesFirstUnstripped(String own, String general, String effective) {
    assertThat(parse(Map.of("POSTGRES_WORKSPACE", own, "WORKSPACE", general)).workspace())
        .isEqualTo(effective);
  }

  @Test
  void unusableValuesNameTheSetting() {
    assertRefused(() -> parse(Map.of("POSTGRES_PORT", "0")), "POSTGRES_PORT");
    assertRefused(() -> parse(Map.of("POSTGRES_PORT", "x")), "POSTGRES_PORT");
    assertRefused(() -> parse(Map.of("POSTGRES_MAX_CONNECTIONS", "0")), "POSTGRES_MAX_CONNECTIONS");
    assertRefused(() -> parse(Map.of("POSTGRES_HOST", "/var/run")), "Unix socket");
    assertRefused(() -> parse(Map.of("POSTGRES_HOST", "")), "POSTGRES_HOST is empty");
    assertRefused(() -> parse(Map.of("POSTGRES_SSL_MODE", "yes")), "POSTGRES_SSL_MODE must be one");
    assertRefused(
        () -> parse(Map.of("POSTGRES_SSL_ROOT_CERT", "/nowhere/ca.pem")),
        "POSTGRES_SSL_ROOT_CERT names no readable file: /nowhere/ca.pem");
    assertRefused(
        () -> parse(Map.of("POSTGRES_WORKSPACE", "w".repeat(256))), "longer than 255 characters");
  }

  @Test
  void aClientCertificateNeedsItsKey() throws IOException {
    Path file = Files.writeString(directory.resolve("some.pem"), "");
    assertRefused(
        () -> parse(Map.of("POSTGRES_SSL_CERT", file.toString())), "POSTGRES_SSL_KEY is not set");
    assertRefused(
        () -> parse(Map.of("POSTGRES_SSL_KEY", file.toString())), "POSTGRES_SSL_CERT is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "disable, OFF, disable",
    "allow, OPPORTUNISTIC, prefer",
    "prefer, VERIFY_FULL, require",
    "REQUIRE, VERIFY_FULL, require",
    "verify-ca, VERIFY_CA, require",
    "verify-full, VERIFY_FULL, require"
  })
  void tlsModesMeanWhatLightRagMakesOfThem(
      String mode, TlsSettings.Mode meaning, String forTheDriver) {
    PostgresSettings settings = parse(Map.of("POSTGRES_SSL_MODE", mode));
    assertThat(settings.tls().mode()).isEqualTo(meaning);
    assertThat(ConnectionProperties.of(settings).getProperty("sslmode")).isEqualTo(forTheDriver);
  }

  @Test
  void serverSettingsBecomeOptions() {
    Properties properties =
        ConnectionProperties.of(
            parse(
                Map.of(
                    "POSTGRES_SERVER_SETTINGS",
                    "search_path=a b,c&application_name=me&options=reference%3Dx&nonsense&x=1=2")));
    assertThat(properties.getProperty("options"))
        .isEqualTo("-c search_path=a\\ b,c reference%3Dx -c x=1=2");
    assertThat(properties.getProperty("ApplicationName")).isEqualTo("me");
  }

  private static PostgresSettings parse(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(Map.of("POSTGRES_PASSWORD", "secret"));
    all.putAll(values);
    return PostgresSettings.parse(Settings.of(all));
  }

  private static void assertRefused(ThrowingCallable parsing, String message) {
    assertThatThrownBy(parsing)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining(message);
  }
}
