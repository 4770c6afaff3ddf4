package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.PGProperty;

/** What the adapter gives to pgjdbc, and makes of what it keeps for itself. */
public final class SettingsInEffect {

  private SettingsInEffect() {}

  public static Map<String, String> of(Settings settings) {
    PostgresSettings postgres = PostgresSettings.parse(settings);
    Properties driver = ConnectionProperties.of(postgres);
    RetryPolicy retry = RetrySettings.policy(withDefaults(settings));
    Map<String, String> values = new HashMap<>();
    values.put("POSTGRES_HOST", PGProperty.PG_HOST.getOrDefault(driver));
    values.put("POSTGRES_PORT", PGProperty.PG_PORT.getOrDefault(driver));
    values.put("POSTGRES_USER", PGProperty.USER.getOrDefault(driver));
    values.put("POSTGRES_PASSWORD", PGProperty.PASSWORD.getOrDefault(driver));
    values.put("POSTGRES_DATABASE", PGProperty.PG_DBNAME.getOrDefault(driver));
    values.put("POSTGRES_MAX_CONNECTIONS", String.valueOf(postgres.maxConnections()));
    values.put("POSTGRES_SSL_MODE", postgres.tls().mode().name());
    values.put("POSTGRES_SSL_CERT", text(postgres.tls().certificate()));
    values.put("POSTGRES_SSL_KEY", text(postgres.tls().key()));
    values.put("POSTGRES_SSL_ROOT_CERT", text(postgres.tls().rootCertificate()));
    values.put("POSTGRES_SSL_CRL", text(postgres.tls().revocationList()));
    values.put("POSTGRES_SERVER_SETTINGS", json(postgres.serverSettings()));
    values.put("POSTGRES_CONNECTION_RETRIES", String.valueOf(retry.attempts()));
    values.put(
        "POSTGRES_CONNECTION_RETRY_BACKOFF",
        String.valueOf(retry.initialDelay().toMillis() / 1000.0));
    values.put(
        "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX",
        String.valueOf(retry.maxDelay().toMillis() / 1000.0));
    values.put("workspace", postgres.workspace());
    return values;
  }

  /** Where nothing is set, a migration retries longer than LightRAG does, by intent. */
  private static Settings withDefaults(Settings settings) {
    Map<String, String> values = new HashMap<>();
    for (Setting setting : PostgresSettings.ALL) {
      settings.get(setting).ifPresent(value -> values.put(setting.name(), value));
    }
    return Settings.of(values);
  }

  private static String text(Optional<Path> file) {
    return file.map(Path::toString).orElse("");
  }

  private static String json(Map<String, String> parameters) {
    Map<String, JsonValue> values = new TreeMap<>();
    parameters.forEach((name, value) -> values.put(name, JsonValue.of(value)));
    return new String(JsonValue.object(values).toJson(), StandardCharsets.UTF_8);
  }
}
