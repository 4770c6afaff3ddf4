package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class StoredFormTest {

  @Provide
  Arbitrary<CacheRecord> records() {
    return AnyRecord.arbitrary();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void anyRecordIsRefusedWithAReasonOrItsDocumentIsTheStoredForm(
      @ForAll("records") CacheRecord record) throws UnholdableException {
    CacheRecord stored = StoredForm.of(record);
    assertThat(StoredForm.of(stored)).as("once is enough").isSameAs(stored);
    boolean holdable = DocumentWriter.rejected(List.of(record)).isEmpty();
    if (holdable) {
      CacheRecord read = DocumentDecoder.decode(record.key(), DocumentEncoder.encode(record));
      assertThat(read).isEqualTo(stored);
    } else {
      assertThat(DocumentWriter.rejected(List.of(record)).get(0).reason()).isNotBlank();
    }
    Statistics.label("holdable").collect(holdable);
    Statistics.label("holdable")
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
  }

  @Test
  void leftoversAndNullTimesGo() {
    assertThat(
            StoredForm.of(
                json(
                    "{\"return\": \"r\", \"namespace\": 1, \"workspace\": 2, \"content\": null,"
                        + " \"create_time\": null, \"more\": {\"content\": 1}}")))
        .isEqualTo(json("{\"return\": \"r\", \"more\": {\"content\": 1}}"));
  }

  private static CacheRecord json(String text) {
    return CacheRecord.ofJson("default:summary:1", text.getBytes(StandardCharsets.UTF_8));
  }
}
