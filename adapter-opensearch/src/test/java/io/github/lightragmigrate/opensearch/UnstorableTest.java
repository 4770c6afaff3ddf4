package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnstorableTest {

  @Test
  void ordinaryAndOddRecordsCanBeStored() {
    assertThat(SampleRecords.odd()).allMatch(record -> Unstorable.reason(record).isEmpty());
    assertThat(reason("a".repeat(512), "{}")).isEmpty();
    assertThat(reason("ü".repeat(256), "{}")).isEmpty();
    assertThat(reason("k", "{\"a.b\": {\"_source\": 1}, \"s\": \"NaN \\ud800\", \"n\": 1e400}"))
        .isEmpty();
  }

  @Test
  void keys() {
    assertThat(reason("", "{}")).contains("empty key");
    assertThat(reason("a".repeat(513), "{}")).isEqualTo("longer than 512 bytes: key");
    assertThat(reason("ü".repeat(257), "{}")).isEqualTo("longer than 512 bytes: key");
    assertThat(reason("a\ud800", "{}")).contains("lone surrogate");
  }

  @Test
  void names() {
    assertThat(reason("k", "{\"\": 1}")).isEqualTo("empty field name");
    assertThat(reason("k", "{\"q\": [{\"\": 1}]}")).isEqualTo("empty field name");
    assertThat(reason("k", "{\"_source\": 1}")).contains("_source");
    assertThat(Unstorable.reason(CacheRecord.of("k", Map.of("\udc00", JsonValue.TRUE))))
        .hasValueSatisfying(reason -> assertThat(reason).contains("lone surrogate"));
    assertThat(reason("k", "{\"q\": {\"a\": 1, \"a\": 2}}")).contains("a").contains("field q");
  }

  @Test
  void numbersThatAreNotFinite() {
    assertThat(reason("k", "{\"n\": NaN}")).isEqualTo("number NaN in field n");
    assertThat(reason("k", "{\"q\": {\"x\": [-Infinity]}}"))
        .isEqualTo("number -Infinity in field q");
  }

  private static String reason(String key, String json) {
    return Unstorable.reason(CacheRecord.of(key, JsonValue.ofJson(json).fields())).orElse("");
  }
}
