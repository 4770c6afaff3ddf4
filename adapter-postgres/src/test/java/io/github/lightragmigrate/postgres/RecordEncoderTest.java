package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordEncoderTest {

  private static final CacheRecord USUAL = SampleRecords.usual("extract", "seed");
  private static final String SMILE = "\uD83D\uDE00";

  @Test
  void fieldsBecomeColumns() throws UnstorableException {
    CacheRecord record =
        CacheRecord.of(
            "default:extract:1",
            Map.of(
                "return", JsonValue.ofJson("\"a\\u0062\""),
                "cache_type", JsonValue.of("extract"),
                "chunk_id", JsonValue.of("chunk-1"),
                "original_prompt", JsonValue.of("prompt"),
                "queryparam", JsonValue.ofJson("{\"k\":1}"),
                "create_time", JsonValue.of(1_700_000_000),
                "update_time", JsonValue.ofJson("1700000000.25"),
                "embedding", JsonValue.ofJson("[1]")));
    assertThat(RecordEncoder.encode(record))
        .isEqualTo(
            new CacheRow(
                "default:extract:1",
                StoredText.of("prompt"),
                StoredText.of("ab"),
                "chunk-1",
                "extract",
                "{\"k\":1}",
                LocalDateTime.of(2023, 11, 14, 22, 13, 20),
                LocalDateTime.of(2023, 11, 14, 22, 13, 20, 250_000_000)));
  }

  @Test
  void absentFieldsAreNullAndTimesTheEpoch() throws UnstorableException {
    CacheRecord bare = CacheRecord.of("default:summary:1", Map.of("return", JsonValue.of("a")));
    LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
    assertThat(RecordEncoder.encode(bare))
        .isEqualTo(
            new CacheRow(
                "default:summary:1",
                null,
                StoredText.of("a"),
                null,
                "summary",
                null,
                epoch,
                epoch));
  }

  @Test
  void nullsStayButForTimes() throws UnstorableException {
    Map<String, JsonValue> fields = new LinkedHashMap<>(USUAL.fields());
    fields.replaceAll((name, value) -> JsonValue.NULL);
    LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
    assertThat(RecordEncoder.encode(CacheRecord.of("k", fields)))
        .isEqualTo(new CacheRow("k", null, null, null, null, null, epoch, epoch));
  }

  @ParameterizedTest
  @CsvSource({
    "default:extract:abc, extract",
    "mix:query:a:b, query",
    "abc, extract",
    "default:abc, extract",
    ":x:y, extract",
    "default::y, extract"
  })
  void theKeyTellsTheType(String key, String type) {
    assertThat(RecordEncoder.typeOf(key)).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "\"\"", "0", "0.0", "false", " {} "})
  void whatPythonTakesForFalseIsNoQueryparam(String json) throws UnstorableException {
    assertThat(RecordEncoder.encode(with("queryparam", json.strip())).queryparam()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":null}", "[0]", "\"x\"", "1e-300", "true"})
  void otherQueryparamsPassAsTheyAre(String json) throws UnstorableException {
    assertThat(RecordEncoder.encode(with("queryparam", json)).queryparam()).isEqualTo(json);
  }

  @Test
  void lengthsAreCountedInCharacters() throws UnstorableException {
    String id = SMILE.repeat(255);
    CacheRecord longest =
        SampleRecords.with(
            SampleRecords.with(
                CacheRecord.of(id, USUAL.fields()), "chunk_id", JsonValue.of(SMILE.repeat(255))),
            "cache_type",
            JsonValue.of(SMILE.repeat(32)));
    assertThat(RecordEncoder.encode(longest).id()).isEqualTo(id);
    assertRejected(
        CacheRecord.of(SMILE.repeat(256), USUAL.fields()), "longer than 255 characters: key");
    assertRejected(
        SampleRecords.with(USUAL, "chunk_id", JsonValue.of("c".repeat(256))),
        "longer than 255 characters: chunk_id");
    assertRejected(
        SampleRecords.with(USUAL, "cache_type", JsonValue.of("t".repeat(33))),
        "longer than 32 characters: cache_type");
    assertRejected(
        CacheRecord.of("default:" + "t".repeat(33) + ":1", Map.of("return", JsonValue.of("a"))),
        "longer than 32 characters: cache_type");
  }

  @Test
  void whatTheTableCannotHoldHasAReason() {
    assertRejected(CacheRecord.of("k", Map.of()), "there is no 'return'");
    assertRejected(CacheRecord.of("k\0", USUAL.fields()), "NUL character in key");
    assertRejected(with("return", "\"a\\u0000\""), "NUL character in return");
    assertRejected(with("return", "\"\\ud800\""), "lone surrogate in return");
    assertRejected(with("original_prompt", "\"\\udc00\\ud800\""), "lone surrogate in original");
    assertRejected(with("return", "{\"a\":1}"), "'return' is no string");
    assertRejected(with("chunk_id", "5"), "'chunk_id' is no string");
    assertRejected(with("queryparam", "{\"a\":[\"\\u0000\"]}"), "NUL character in queryparam");
    assertRejected(with("queryparam", "{\"\\u0000\":1}"), "NUL character in queryparam");
    assertRejected(with("queryparam", "{\"a\":\"\\udead\"}"), "lone surrogate in queryparam");
    assertRejected(with("queryparam", "[NaN]"), "a number in queryparam is not finite");
    assertRejected(with("queryparam", "[-Infinity]"), "a number in queryparam is not finite");
    assertRejected(with("queryparam", "[1e131073]"), "too many digits");
    assertRejected(with("queryparam", "[1e-16384]"), "too many digits");
    assertRejected(with("queryparam", "[1e99999999999]"), "not finite or too large");
    assertRejected(with("create_time", "\"2023-11-14\""), "create_time is no number");
    assertRejected(with("update_time", "NaN"), "update_time is no number");
    assertRejected(with("update_time", "1e15"), "update_time is outside");
    assertRejected(with("update_time", "-1e15"), "update_time is outside");
    assertRejected(with("update_time", "1e999999999"), "update_time is outside");
  }

  private static CacheRecord with(String field, String json) {
    return SampleRecords.with(USUAL, field, JsonValue.ofJson(json));
  }

  private static void assertRejected(CacheRecord record, String reason) {
    assertThatThrownBy(() -> RecordEncoder.encode(record))
        .isInstanceOf(UnstorableException.class)
        .hasMessageContaining(reason);
  }
}
