package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.opensearch.Documents.Document;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentsTest {

  @Test
  void aSourceIsOneLineWithTheKeyAtItsEnd() {
    CacheRecord record =
        CacheRecord.of(
            "default:extract:1",
            Map.of("queryparam", JsonValue.ofJson("{\n  \"a\":\t1.10,\n  \"b\": \"x\\ny\"\n}")));
    ByteArrayOutputStream source = new ByteArrayOutputStream();
    Documents.writeSource(record, source);
    assertThat(source.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"queryparam\": {   \"a\":\t1.10,   \"b\": \"x\\ny\" },"
                + " \"__mirrored_id\": \"default:extract:1\"}");
  }

  @Test
  void hitsAreReadExactlyAndWithoutTheCopyOfTheKey() {
    List<Document> documents =
        Documents.read(
            reply(
                """
                {"pit_id": "p", "took": 1, "_shards": {"total": 1, "docs": [1]},
                 "hits": {"max_score": null, "hits": [
                  {"_index": "i", "_id": "k\\u00fc", "_score": null,
                   "_source": {"n": 1.10, "s": "\\ud800", "__mirrored_id": "kü"}, "sort": ["kü"]},
                  {"_id": "k2", "_source": {}, "sort": ["k2"]}]}}"""));
    assertThat(documents).extracting(Document::id).containsExactly("kü", "k2");
    assertThat(documents.get(0).sort()).isEqualTo(JsonValue.ofJson("[\"kü\"]"));
    assertThat(text(documents.get(0).record().toJson()))
        .isEqualTo("{\"n\": 1.10, \"s\": \"\\ud800\"}");
    assertThat(documents.get(1).record().fields()).isEmpty();
  }

  @Test
  void foundAndMissingDocumentsAreToldApart() {
    List<Document> documents =
        Documents.read(
            reply(
                """
                {"docs": [{"_id": "a", "found": true, "_source": {"x": [1]}},
                 {"_id": "b", "found": false},
                 {"_id": "c", "error": {"type": "shard_not_available"}}]}"""));
    assertThat(documents).extracting(Document::found).containsExactly(true, false, true);
    assertThat(documents.get(2).error()).isNotNull();
  }

  @Test
  void aDocumentWithoutSourceIsUnreadable() {
    Document document = Documents.read(reply("{\"hits\": {\"hits\": [{\"_id\": \"a\"}]}}")).get(0);
    assertThatThrownBy(document::record)
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("_source");
  }

  @Test
  void oneDocumentThatMakesNoSenseDoesNotHideTheOthers() {
    String deep = "{\"x\": " + "[".repeat(1500) + "]".repeat(1500) + "}";
    List<Document> documents =
        Documents.read(
            reply(
                "{\"hits\": {\"hits\": [{\"_id\": \"a\", \"_source\": "
                    + deep
                    + "},"
                    + " {\"_id\": \"b\", \"_source\": [1]},"
                    + " {\"_id\": \"c\", \"_source\": {\"x\": 1}}]}}"));
    assertThat(documents).extracting(Document::id).containsExactly("a", "b", "c");
    assertThatThrownBy(documents.get(0)::record)
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("deeper");
    assertThat(text(documents.get(0).text())).isEqualTo(deep);
    assertThatThrownBy(documents.get(1)::record).isInstanceOf(MalformedJsonException.class);
    assertThat(documents.get(2).record().field("x")).contains(JsonValue.of(1));
  }

  @Test
  void anAnswerThatIsNoJsonIsAFault() {
    assertThatThrownBy(() -> Documents.read(reply("{\"hits\": {\"hits\": [{\"_id\"")))
        .isInstanceOf(StoreException.class);
  }

  private static Reply reply(String body) {
    return new Reply(200, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
