package io.github.lightragmigrate.interop;

import static io.github.lightragmigrate.interop.SettingsCase.of;

import java.util.List;
import java.util.stream.Stream;

/** Numbers, flags, modes and addresses in odd spellings. */
final class SettingsValueCases {

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
  private static final List<String> FLAGS =
      List.of("OPENSEARCH_USE_SSL", "OPENSEARCH_VERIFY_CERTS", "REDIS_ALLOW_EVICTION_POLICY");

  private SettingsValueCases() {}

  static List<SettingsCase> all() {
    return Stream.of(numbers(), flags(), modes(), addresses(), processVariables())
        .flatMap(List::stream)
        .toList();
  }

  private static List<SettingsCase> numbers() {
    return List.of(
        all("integers", INTEGERS, "7").gives("redis", "REDIS_MAX_CONNECTIONS", "7"),
        all("integers with spaces", INTEGERS, " 7\t").gives("postgres", "POSTGRES_PORT", "7"),
        all("integers with a sign", INTEGERS, "+7").gives("opensearch", "OPENSEARCH_TIMEOUT", "7"),
        all("integers with zeros", INTEGERS, "007").gives("postgres", "POSTGRES_PORT", "7"),
        all("decimals", DECIMALS, "1.5").gives("redis", "REDIS_SOCKET_TIMEOUT", "1.5"),
        all("decimals with spaces", DECIMALS, " 1.5 ")
            .gives("redis", "REDIS_CONNECT_TIMEOUT", "1.5"),
        all("decimals as integers", DECIMALS, "2").gives("redis", "REDIS_SOCKET_TIMEOUT", "2.0"),
        all("decimals with an exponent", DECIMALS, "1e1")
            .gives("postgres", "POSTGRES_CONNECTION_RETRY_BACKOFF", "10.0"));
  }

  private static SettingsCase all(String name, List<String> variables, String value) {
    SettingsCase one = of(name);
    variables.forEach(variable -> one.environment(variable, value));
    return one;
  }

  private static List<SettingsCase> flags() {
    return List.of();
  }

  private static List<SettingsCase> modes() {
    return List.of();
  }

  private static List<SettingsCase> addresses() {
    return List.of();
  }

  private static List<SettingsCase> processVariables() {
    return List.of();
  }
}
