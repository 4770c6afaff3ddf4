package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredFormTest {

  @Provide
  Arbitrary<CacheRecord> records() {
    return AnyRecord.arbitrary();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyRecordIsRefusedWithAReasonOrItsRowIsTheStoredForm(@ForAll("records") CacheRecord record) {
    CacheRecord stored = StoredForm.of(record);
    assertThat(StoredForm.of(stored)).as("once is enough").isSameAs(stored);
    try {
      assertThat(read(RecordEncoder.encode(record))).isEqualTo(stored);
      assertThat(RecordEncoder.encode(stored)).isEqualTo(RecordEncoder.encode(record));
      Statistics.label("storable").collect(true);
    } catch (UnstorableException e) {
      assertThat(e.getMessage()).isNotBlank();
      Statistics.label("storable").collect(false);
    }
    Statistics.label("storable")
        .coverage(
            coverage -> {
              coverage.check(true).percentage(percent -> percent > 20);
              coverage.check(false).percentage(percent -> percent > 5);
            });
  }

  @Test
  void aUsualRecordIsItself() {
    CacheRecord usual = SampleRecords.usual("extract", "usual");
    assertThat(StoredForm.of(usual)).isSameAs(usual);
    CacheRecord withParameters =
        SampleRecords.with(usual, "queryparam", JsonValue.ofJson("{\"mode\": \"mix\"}"));
    assertThat(StoredForm.of(withParameters)).isSameAs(withParameters);
  }

  @Test
  void otherFieldsGoAndAbsentOnesAreFilledIn() {
    CacheRecord record = json("{\"return\": \"r\", \"mode\": \"default\", \"update_time\": null}");
    assertThat(StoredForm.of(record))
        .isEqualTo(
            json(
                "{\"return\": \"r\", \"cache_type\": \"summary\", \"chunk_id\": null,"
                    + " \"original_prompt\": null, \"queryparam\": null, \"create_time\": 0,"
                    + " \"update_time\": 0}"));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000.25, 1700000000.25",
    "1700000000.1234567, 1700000000.123457",
    "1700000000.0000005, 1700000000",
    "1e-999999999, 0",
    "-0.0000001, 0"
  })
  void timesAreKeptToTheMicrosecond(String time, String kept) {
    CacheRecord record = json("{\"return\": \"r\", \"create_time\": " + time + "}");
    assertThat(StoredForm.of(record).field("create_time")).contains(JsonValue.ofJson(kept));
  }

  @ParameterizedTest
  @CsvSource({"{ }, null", "'[\n]', null", "0e5, null", "'[ 0 ]', [0]", "'{\"\": 0}', '{\"\":0}'"})
  void whatPythonTakesForFalseIsNull(String queryparam, String kept) {
    CacheRecord record = json("{\"return\": \"r\", \"queryparam\": " + queryparam + "}");
    assertThat(StoredForm.of(record).field("queryparam")).contains(JsonValue.ofJson(kept));
  }

  /** As the table's columns are read back. */
  private static CacheRecord read(CacheRow row) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("return", text(Objects.toString(row.returnValue(), null)));
    fields.put("cache_type", text(row.cacheType()));
    fields.put("chunk_id", text(row.chunkId()));
    fields.put("original_prompt", text(Objects.toString(row.originalPrompt(), null)));
    String queryparam = row.queryparam();
    fields.put("queryparam", queryparam == null ? JsonValue.NULL : JsonValue.ofJson(queryparam));
    fields.put("create_time", seconds(row.createTime()));
    fields.put("update_time", seconds(row.updateTime()));
    return CacheRecord.of(row.id(), fields);
  }

  private static JsonValue text(@Nullable String text) {
    return text == null ? JsonValue.NULL : JsonValue.of(text);
  }

  private static JsonValue seconds(LocalDateTime time) {
    BigDecimal seconds =
        BigDecimal.valueOf(time.toEpochSecond(ZoneOffset.UTC))
            .add(BigDecimal.valueOf(time.getNano(), 9));
    return Objects.requireNonNull(EpochTimes.toJson(seconds.toString()));
  }

  private static CacheRecord json(String text) {
    return CacheRecord.ofJson("default:summary:1", text.getBytes(StandardCharsets.UTF_8));
  }
}
