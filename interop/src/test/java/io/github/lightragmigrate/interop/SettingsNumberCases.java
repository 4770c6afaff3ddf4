package io.github.lightragmigrate.interop;

import static io.github.lightragmigrate.interop.SettingsCase.of;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers in odd spellings, missing, and out of bounds. */
final class SettingsNumberCases {

  private static final List<String> INTEGERS =
      List.of(
          "REDIS_MAX_CONNECTIONS",
          "REDIS_RETRY_ATTEMPTS",
          "POSTGRES_PORT",
          "POSTGRES_MAX_CONNECTIONS",
          "POSTGRES_CONNECTION_RETRIES",
          "OPENSEARCH_TIMEOUT",
          "OPENSEARCH_MAX_RETRIES",
          "OPENSEARCH_NUMBER_OF_SHARDS",
          "OPENSEARCH_NUMBER_OF_REPLICAS");
  private static final List<String> DECIMALS =
      List.of(
          "REDIS_SOCKET_TIMEOUT",
          "REDIS_CONNECT_TIMEOUT",
          "POSTGRES_CONNECTION_RETRY_BACKOFF",
          "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX");

  private static final String PYTHON = "Python's way to write a number";
  private static final String NONSENSE = "would wait for ever, or hold nothing";

  private SettingsNumberCases() {}

  static List<SettingsCase> all() {
    List<SettingsCase> cases = new ArrayList<>(spellings());
    for (String setting : INTEGERS) {
      cases.add(one(setting, "five").refused(store(setting), setting));
      cases.add(one(setting, "1.5").refused(store(setting), setting));
      cases.add(one(setting, "1_000").weRefuse(store(setting), setting, PYTHON));
      cases.add(one(setting, "99999999999").weRefuse(store(setting), setting, "over 32 bits"));
    }
    for (String setting : DECIMALS) {
      cases.add(one(setting, "five").refused(store(setting), setting));
      cases.add(one(setting, "").refused(store(setting), setting));
      cases.add(one(setting, "1_0.5").weRefuse(store(setting), setting, PYTHON));
      cases.add(one(setting, "inf").weRefuse(store(setting), setting, NONSENSE));
      cases.add(one(setting, "nan").weRefuse(store(setting), setting, NONSENSE));
      cases.add(one(setting, "-1").weRefuse(store(setting), setting, NONSENSE));
    }
    INTEGERS.stream()
        .filter(setting -> !setting.equals("POSTGRES_PORT"))
        .forEach(setting -> cases.add(one(setting, "").refused(store(setting), setting)));
    cases.addAll(bounds());
    return cases;
  }

  private static List<SettingsCase> spellings() {
    return List.of(
        all("integers", INTEGERS, "7").gives("redis", "REDIS_MAX_CONNECTIONS", "7"),
        all("integers with spaces", INTEGERS, " 7\t").gives("postgres", "POSTGRES_PORT", "7"),
        all("integers with a sign", INTEGERS, "+7").gives("opensearch", "OPENSEARCH_TIMEOUT", "7"),
        all("integers with zeros", INTEGERS, "007").gives("postgres", "POSTGRES_PORT", "7"),
        all("decimals", DECIMALS, "1.5").gives("redis", "REDIS_SOCKET_TIMEOUT", "1.5"),
        all("decimals with spaces", DECIMALS, " 1.5 ")
            .gives("redis", "REDIS_CONNECT_TIMEOUT", "1.5"),
        all("decimals as integers", DECIMALS, "2").gives("redis", "REDIS_SOCKET_TIMEOUT", "2.0"),
        all("decimals without a zero", DECIMALS, ".5")
            .gives("redis", "REDIS_SOCKET_TIMEOUT", "0.5"),
        all("decimals with an exponent", DECIMALS, "1e1")
            .gives("postgres", "POSTGRES_CONNECTION_RETRY_BACKOFF", "10.0"));
  }

  private static List<SettingsCase> bounds() {
    return List.of(
        of("retries of PostgreSQL above LightRAG's bounds")
            .only("postgres")
            .environment("POSTGRES_CONNECTION_RETRIES", "1000")
            .environment("POSTGRES_CONNECTION_RETRY_BACKOFF", "1000")
            .environment("POSTGRES_CONNECTION_RETRY_BACKOFF_MAX", "1000")
            .gives("postgres", "POSTGRES_CONNECTION_RETRIES", "100")
            .gives("postgres", "POSTGRES_CONNECTION_RETRY_BACKOFF", "300.0")
            .gives("postgres", "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX", "600.0"),
        of("a first delay above the longest")
            .only("postgres")
            .environment("POSTGRES_CONNECTION_RETRY_BACKOFF", "60")
            .environment("POSTGRES_CONNECTION_RETRY_BACKOFF_MAX", "5")
            .gives("postgres", "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX", "60.0"),
        one("POSTGRES_CONNECTION_RETRY_BACKOFF", "0")
            .gives("postgres", "POSTGRES_CONNECTION_RETRY_BACKOFF", "0.0"),
        one("OPENSEARCH_MAX_RETRIES", "0").gives("opensearch", "OPENSEARCH_MAX_RETRIES", "0"),
        one("OPENSEARCH_NUMBER_OF_REPLICAS", "0")
            .gives("opensearch", "OPENSEARCH_NUMBER_OF_REPLICAS", "0"),
        one("REDIS_MAX_CONNECTIONS", "0").weRefuse("redis", "REDIS_MAX", NONSENSE),
        one("REDIS_SOCKET_TIMEOUT", "0").weRefuse("redis", "REDIS_SOCKET", NONSENSE),
        one("REDIS_RETRY_ATTEMPTS", "0").weRefuse("redis", "REDIS_RETRY", NONSENSE),
        one("POSTGRES_MAX_CONNECTIONS", "0").refused("postgres", "POSTGRES_MAX"),
        one("POSTGRES_PORT", "0").weRefuse("postgres", "POSTGRES_PORT", "there is no such port"),
        one("POSTGRES_CONNECTION_RETRIES", "0").weRefuse("postgres", "POSTGRES_CONN", NONSENSE),
        one("OPENSEARCH_TIMEOUT", "0").weRefuse("opensearch", "OPENSEARCH_TIMEOUT", NONSENSE),
        one("OPENSEARCH_NUMBER_OF_SHARDS", "0")
            .weRefuse("opensearch", "OPENSEARCH_NUMBER", "the server would"),
        one("OPENSEARCH_NUMBER_OF_REPLICAS", "-1")
            .weRefuse("opensearch", "OPENSEARCH_NUMBER", "the server would"),
        one("REDIS_SOCKET_TIMEOUT", "30d").refused("redis", "REDIS_SOCKET_TIMEOUT"));
  }

  private static SettingsCase all(String name, List<String> settings, String value) {
    SettingsCase one = of(name);
    settings.forEach(setting -> one.environment(setting, value));
    return one;
  }

  private static SettingsCase one(String setting, String value) {
    return of(setting + "=" + value).only(store(setting)).environment(setting, value);
  }

  private static String store(String setting) {
    return setting.substring(0, setting.indexOf('_')).toLowerCase(Locale.ROOT);
  }
}
