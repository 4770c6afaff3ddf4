package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.JedisClientConfig;

class RedisSettingsTest {

  @Test
  void withoutAnySettingItIsLightRagsDefault() {
    RedisSettings settings = RedisSettings.of(Settings.of(Map.of()));
    assertThat(settings.uri().place()).isEqualTo("localhost:6379/0");
    assertThat(settings.workspace()).isEmpty();
    assertThat(settings.maxConnections()).isEqualTo(200);
    assertThat(settings.socketTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.evictionAllowed()).isFalse();
  }

  @Test
  void eachSettingIsHonoured() {
    RedisSettings settings =
        of(
            "REDIS_URI", "redis://me:secret@h:1/2?client_name=migrate",
            "REDIS_MAX_CONNECTIONS", "7",
            "REDIS_SOCKET_TIMEOUT", "1.5",
            "REDIS_CONNECT_TIMEOUT", "0.25",
            "REDIS_ALLOW_EVICTION_POLICY", "true");
    assertThat(settings.evictionAllowed()).isTrue();
    assertThat(settings.pool().getMaxTotal()).isEqualTo(7);
    JedisClientConfig client = settings.client();
    assertThat(client.getSocketTimeoutMillis()).isEqualTo(1500);
    assertThat(client.getConnectionTimeoutMillis()).isEqualTo(250);
    assertThat(client.getDatabase()).isEqualTo(2);
    assertThat(client.getClientName()).isEqualTo("migrate");
    assertThat(client.isSsl()).isFalse();
    var credentials = Objects.requireNonNull(client.getCredentialsProvider()).get();
    assertThat(credentials.getUser()).isEqualTo("me");
    assertThat(credentials.getPassword()).isEqualTo("secret".toCharArray());
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {" True ,true", "1,false", "yes,false", "on,false", "no,false", "'',false"})
  void onlyTrueAllowsEviction(String text, boolean allowed) {
    assertThat(of("REDIS_ALLOW_EVICTION_POLICY", text).evictionAllowed()).isEqualTo(allowed);
  }

  @Test
  void parametersOfTheUrlWin() {
    RedisSettings settings =
        of(
            "REDIS_URI",
                "redis://h?socket_timeout=2&socket_connect_timeout=3&max_connections=4&health_check_interval=9",
            "REDIS_MAX_CONNECTIONS", "7",
            "REDIS_SOCKET_TIMEOUT", "8",
            "REDIS_CONNECT_TIMEOUT", "9");
    assertThat(settings.socketTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.maxConnections()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "' forced ', common, forced",
    "'  ', common, common",
    "'', common, common",
    "'', '', ''"
  })
  void ownWorkspaceWinsUnlessBlank(String own, String common, String expected) {
    assertThat(of("REDIS_WORKSPACE", own, "WORKSPACE", common).workspace()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:hunter2@h?nonsense=1",
        "redis://h?hunter2=1",
        "redis://:hunter2@h?ssl_cert_reqs=none",
        "redis://:hunter2@h?socket_timeout=soon",
        "redis://:hunter2@h?socket_timeout=0",
        "redis://:hunter2@h?max_connections=0",
        "rediss://:hunter2@h?ssl_ciphers=x"
      })
  void parametersThatCannotBeHonouredAreRefused(String uri) {
    assertThatThrownBy(() -> of("REDIS_URI", uri))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining("REDIS_URI")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl_cert_reqs=perhaps",
        "ssl_min_version=1",
        "ssl_ca_certs=/no/such/file",
        "ssl_ca_data=nothing",
        "ssl_certfile=/no/such/file",
        "ssl_keyfile=/no/such/file"
      })
  void tlsParametersThatCannotBeUsedAreNamed(String parameter) {
    RedisSettings settings = of("REDIS_URI", "rediss://:hunter2@h?" + parameter);
    assertThatThrownBy(settings::client)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(parameter.substring(0, parameter.indexOf('=')))
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "'', HTTPS",
    "?ssl_check_hostname=True, HTTPS",
    "?ssl_check_hostname=False, ",
    "?ssl_cert_reqs=none, ",
    "?ssl_cert_reqs=optional, HTTPS"
  })
  @SuppressWarnings("deprecation") // as in RedisSettings
  void theHostNameIsCheckedUnlessToldNotTo(String query, @Nullable String algorithm) {
    JedisClientConfig client = of("REDIS_URI", "rediss://h" + query).client();
    assertThat(client.getSslParameters().getEndpointIdentificationAlgorithm()).isEqualTo(algorithm);
  }

  @Test
  void attemptsAreThoseOfLightRagWhereTheyAreSet() {
    RedisAdapter adapter = new RedisAdapter();
    assertThat(adapter.retryPolicy(Settings.of(Map.of()))).isEqualTo(RetryPolicy.DEFAULT);
    RetryPolicy set = adapter.retryPolicy(Settings.of(Map.of("REDIS_RETRY_ATTEMPTS", "150")));
    assertThat(set.attempts()).isEqualTo(150);
    assertThat(set.budget())
        .as("more than all attempts take, with half a minute for each answer")
        .isGreaterThan(Duration.ofSeconds(150 * (30 + 10)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "three", ""})
  void attemptsThatCannotBeMadeAreNamed(String attempts) {
    Settings settings = Settings.of(Map.of("REDIS_RETRY_ATTEMPTS", attempts));
    assertThatThrownBy(() -> new RedisAdapter().retryPolicy(settings))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageStartingWith("REDIS_RETRY_ATTEMPTS ")
        .hasMessageNotContaining("REDIS_URI");
  }

  @Test
  void everyMalformedSettingIsToldAtOnce() {
    assertThatThrownBy(() -> of("REDIS_MAX_CONNECTIONS", "many", "REDIS_RETRY_ATTEMPTS", "x"))
        .hasMessageContaining("REDIS_MAX_CONNECTIONS")
        .hasMessageContaining("REDIS_RETRY_ATTEMPTS");
  }

  @Test
  void theUriIsRequiredAndSecret() {
    Setting uri = new RedisAdapter().settings().get(0);
    assertThat(uri.name()).isEqualTo("REDIS_URI");
    assertThat(uri.section() + " " + uri.option()).isEqualTo("redis uri");
    assertThat(uri.required()).isTrue();
    assertThat(uri.secret()).isTrue();
  }

  private static RedisSettings of(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return RedisSettings.of(Settings.of(values));
  }
}
