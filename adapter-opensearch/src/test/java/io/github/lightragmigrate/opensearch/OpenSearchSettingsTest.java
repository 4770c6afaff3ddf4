package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSearchSettingsTest {

  @Test
  void defaultsAreThoseOfLightRag() {
    OpenSearchSettings settings = of(Map.of());
    assertThat(settings.hosts()).containsExactly(new HttpHost("https", "localhost", 9200));
    assertThat(settings.user()).isEqualTo("admin");
    assertThat(settings.password()).isEqualTo("admin");
    assertThat(settings.verifyCerts()).isFalse();
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.shards()).isEqualTo(1);
    assertThat(settings.replicas()).isZero();
    assertThat(settings.pathPrefix()).isEmpty();
  }

  @Test
  void retriesAreThoseOfLightRagWhereTheyAreSet() {
    assertThat(retryPolicy(Map.of())).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(retryPolicy(Map.of("OPENSEARCH_MAX_RETRIES", "0")).attempts()).isEqualTo(1);
    RetryPolicy set = retryPolicy(Map.of("OPENSEARCH_MAX_RETRIES", "150"));
    assertThat(set.attempts()).isEqualTo(151);
    assertThat(set.budget())
        .as("more than all attempts take, with half a minute for each answer")
        .isGreaterThan(Duration.ofSeconds(151 * (30 + 10)));
    for (String bad : List.of("-1", "some", "")) {
      assertThatThrownBy(() -> retryPolicy(Map.of("OPENSEARCH_MAX_RETRIES", bad)))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining("OPENSEARCH_MAX_RETRIES");
    }
  }

  private static RetryPolicy retryPolicy(Map<String, String> values) {
    return new OpenSearchAdapter().retryPolicy(Settings.of(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", " true", "yes "})
  void aYesThatLightRagTakesForNoIsRefused(String yes) {
    for (String name : List.of("OPENSEARCH_USE_SSL", "OPENSEARCH_VERIFY_CERTS")) {
      assertThatThrownBy(() -> of(Map.of(name, yes)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("LightRAG takes for a no");
    }
    assertThat(of(Map.of("OPENSEARCH_VERIFY_CERTS", "YES")).verifyCerts()).isTrue();
    assertThat(of(Map.of("OPENSEARCH_VERIFY_CERTS", " off ")).verifyCerts()).isFalse();
  }

  @Test
  void valuesAreRead() {
    OpenSearchSettings settings =
        of(
            Map.of(
                "OPENSEARCH_USER", "",
                "OPENSEARCH_PASSWORD", "p:ü",
                "OPENSEARCH_VERIFY_CERTS", "yes",
                "OPENSEARCH_TIMEOUT", "7",
                "OPENSEARCH_NUMBER_OF_SHARDS", "3",
                "OPENSEARCH_NUMBER_OF_REPLICAS", "2"));
    assertThat(settings.user()).isEmpty();
    assertThat(settings.password()).isEqualTo("p:ü");
    assertThat(settings.verifyCerts()).isTrue();
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.shards()).isEqualTo(3);
    assertThat(settings.replicas()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one                    | false | http://one:9200",
        "One:1234               | false | http://one:1234",
        "one                    | true  | https://one:9200",
        "https://one            | false | https://one:443",
        "https://one:9201/      | false | https://one:9201",
        "http://one             | false | http://one:9200",
        "http://one             | true  | https://one:9200",
        "under_score:9200       | false | http://under_score:9200",
        "10.0.0.1               | false | http://10.0.0.1:9200",
        "[::1]:9200             | false | http://[::1]:9200",
        "'b:1, a ,,b:1'         | false | http://b:1 http://a:9200",
      })
  void hostsAreReadAsOpenSearchPyDoes(String hosts, String useSsl, String expected) {
    OpenSearchSettings settings =
        of(Map.of("OPENSEARCH_HOSTS", hosts, "OPENSEARCH_USE_SSL", useSsl));
    assertThat(settings.hosts().stream().map(HttpHost::toURI).toList())
        .isEqualTo(List.of(expected.split(" ")));
  }

  @Test
  void aPathBeforeEveryRequestIsKept() {
    OpenSearchSettings settings =
        of(Map.of("OPENSEARCH_HOSTS", "https://a/search/, https://b/search"));
    assertThat(settings.pathPrefix()).isEqualTo("/search");
    assertThat(settings.nodes()).isEqualTo("a:443,b:443/search");
  }

  @Test
  void nodesAreTheSameInAnyOrder() {
    assertThat(of(Map.of("OPENSEARCH_HOSTS", "b:1,a:2")).nodes())
        .isEqualTo("a:2,b:1")
        .isEqualTo(of(Map.of("OPENSEARCH_HOSTS", "a:2,B:1")).nodes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " , ", "ftp://one:9200", "one:port", "a/x,b/y", "one:9200?x", "http://"})
  void unusableHostsAreRefused(String hosts) {
    assertThatThrownBy(() -> of(Map.of("OPENSEARCH_HOSTS", hosts)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining("OPENSEARCH_HOSTS");
  }

  @Test
  void aPasswordInHostsIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> of(Map.of("OPENSEARCH_HOSTS", "https://root:s3cret@one:9200")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("OPENSEARCH_USER")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENSEARCH_TIMEOUT,0",
    "OPENSEARCH_TIMEOUT,soon",
    "OPENSEARCH_NUMBER_OF_SHARDS,0",
    "OPENSEARCH_NUMBER_OF_REPLICAS,-1",
    "OPENSEARCH_USE_SSL,maybe",
    "OPENSEARCH_VERIFY_CERTS,maybe"
  })
  void unusableValuesAreRefused(String name, String value) {
    assertThatThrownBy(() -> of(Map.of(name, value)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining(name);
  }

  @Test
  void onlyHostsAreRequiredAndOnlyThePasswordIsSecret() {
    assertThat(OpenSearchSettings.ALL.stream().filter(Setting::required).map(Setting::name))
        .containsExactly("OPENSEARCH_HOSTS");
    assertThat(OpenSearchSettings.ALL.stream().filter(Setting::secret).map(Setting::name))
        .containsExactly("OPENSEARCH_PASSWORD");
  }

  @Test
  void thePasswordIsNotInTheText() {
    assertThat(of(Map.of("OPENSEARCH_PASSWORD", "s3cret")).toString()).doesNotContain("s3cret");
  }

  private static OpenSearchSettings of(Map<String, String> values) {
    return OpenSearchSettings.of(Settings.of(values));
  }
}
