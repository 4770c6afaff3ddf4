package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaxKey;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentCodecTest {

  private static final String KEY = SampleRecords.key("extract", "codec");

  @Test
  void everyRecordComesBack() throws UnholdableException {
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(8));
    records.addAll(SampleRecords.odd());
    records.addAll(SampleRecords.withExtraFields());
    records.addAll(SampleRecords.withAbsentFields());
    records.add(
        record("{\"\": 1, \"nul\": \"a\\u0000b\", \"o\": {}, \"a\": [], \"n\": [NaN, -Infinity]}"));
    for (CacheRecord record : records) {
      CacheRecord back = DocumentDecoder.decode(record.key(), DocumentEncoder.encode(record));
      assertThat(back.toJson()).hasSizeGreaterThan(2);
      if (!record.field("n").isPresent()) {
        assertThat(back).isEqualTo(record);
      }
      assertThat(List.copyOf(back.fields().keySet()))
          .isEqualTo(List.copyOf(record.fields().keySet()));
    }
  }

  @Test
  void theDocumentIsAsLightRagStoresIt() throws UnholdableException {
    CacheRecord record =
        record(
            "{\"return\": \"r\", \"chunk_id\": null, \"queryparam\": {\"k\": [1, 2.0]},"
                + " \"create_time\": 1700000000, \"big\": 1700000000000}");
    assertThat(DocumentEncoder.encode(record))
        .isEqualTo(
            BsonDocument.parse(
                "{\"_id\": \""
                    + KEY
                    + "\", \"return\": \"r\", \"chunk_id\": null, \"queryparam\": {\"k\": [1, 2.0]},"
                    + " \"create_time\": 1700000000, \"big\": {\"$numberLong\": \"1700000000000\"}}"));
  }

  @Test
  void aTimeThatIsNullIsLeftOut() throws UnholdableException {
    CacheRecord record =
        record("{\"return\": \"r\", \"create_time\": null, \"update_time\": null}");
    assertThat(DocumentEncoder.encode(record).keySet()).containsExactly("_id", "return");
  }

  static List<List<String>> unholdable() {
    return List.of(
        List.of("{\"return\": \"\\ud800\"}", "field 'return' holds U+D800"),
        List.of("{\"a\": {\"b\": [\"x\\udc00y\"]}}", "field 'b' holds U+DC00"),
        List.of("{\"$a\": 1}", "field name '$a'"),
        List.of("{\"a.b\": 1}", "field name 'a.b'"),
        List.of("{\"q\": {\"$a\": 1}}", "field name '$a'"),
        List.of("{\"q\": [{\"a.b\": 1}]}", "field name 'a.b'"),
        List.of("{\"a\\u0000\": 1}", "field name 'a\\u0000' holds a NUL"),
        List.of("{\"n\": 1e99999}", "field 'n' holds a number"),
        List.of("{\"d\": " + nested(100) + "}", "field 'd' is nested deeper"));
  }

  @ParameterizedTest
  @MethodSource
  void unholdable(List<String> jsonAndReason) {
    assertThatThrownBy(() -> DocumentEncoder.encode(record(jsonAndReason.get(0))))
        .isInstanceOf(UnholdableException.class)
        .hasMessageStartingWith(jsonAndReason.get(1));
  }

  @Test
  void aKeyWithHalfASurrogatePairIsRefused() {
    assertThatThrownBy(
            () -> DocumentEncoder.encode(CacheRecord.of("default:extract:\ud83d", Map.of())))
        .isInstanceOf(UnholdableException.class)
        .hasMessageStartingWith("key holds U+D83D");
  }

  @Test
  void aNameWithHalfASurrogatePairIsRefused() {
    CacheRecord record = CacheRecord.of(KEY, Map.of("a\udc00", JsonValue.TRUE));
    assertThatThrownBy(() -> DocumentEncoder.encode(record))
        .isInstanceOf(UnholdableException.class)
        .hasMessageStartingWith("a field name holds U+DC00");
  }

  @Test
  void nestingUpToTheLimitIsHeld() throws UnholdableException {
    CacheRecord record = record("{\"d\": " + nested(99) + "}");
    assertThat(DocumentDecoder.decode(KEY, DocumentEncoder.encode(record))).isEqualTo(record);
  }

  @Test
  void theSizeLimitIsExact() throws UnholdableException {
    int empty = DocumentEncoder.encode(returning(0)).getByteLength();
    int most = DocumentEncoder.MAX_BYTES - empty;
    assertThat(DocumentEncoder.encode(returning(most)).getByteLength())
        .isEqualTo(DocumentEncoder.MAX_BYTES);
    assertThatThrownBy(() -> DocumentEncoder.encode(returning(most + 1)))
        .isInstanceOf(UnholdableException.class)
        .hasMessage("larger than MongoDB's limit of 16777216 bytes: the document has 16777217");
  }

  @Test
  void readsOldDocuments() throws UnholdableException {
    BsonDocument old =
        new BsonDocument("_id", new BsonString(KEY))
            .append("return", new BsonString("r"))
            .append("namespace", new BsonString("llm_response_cache"))
            .append("workspace", new BsonString("w"))
            .append("content", new BsonBinary(new byte[] {1}))
            .append("create_time", new BsonDateTime(1_700_000_000_000L))
            .append("update_time", new BsonDateTime(-1_500L))
            .append("seen", new BsonDateTime(1_700_000_000_123L))
            .append("decimal", new BsonDecimal128(Decimal128.parse("1.50")))
            .append("nan", new BsonDecimal128(Decimal128.NaN))
            .append("zero", new BsonDecimal128(Decimal128.NEGATIVE_ZERO))
            .append("symbol", new BsonSymbol("s"))
            .append("ref", new BsonObjectId(new ObjectId("65536f5c0000000000000000")))
            .append("inner", new BsonDocument("content", new BsonInt32(1)));
    CacheRecord record = DocumentDecoder.decode(KEY, raw(old));
    Map<String, String> json = new LinkedHashMap<>();
    record.fields().forEach((name, value) -> json.put(name, value.toString()));
    assertThat(json)
        .containsExactly(
            Map.entry("return", "\"r\""),
            Map.entry("create_time", "1700000000"),
            Map.entry("update_time", "-1.500"),
            Map.entry("seen", "\"2023-11-14T22:13:20.123Z\""),
            Map.entry("decimal", "1.50"),
            Map.entry("nan", "NaN"),
            Map.entry("zero", "-0"),
            Map.entry("symbol", "\"s\""),
            Map.entry("ref", "\"65536f5c0000000000000000\""),
            Map.entry("inner", "{\"content\": 1}"));
  }

  static List<BsonValue> withoutJson() {
    return List.of(
        new BsonBinary(new byte[] {1, 2}),
        new BsonUndefined(),
        new BsonMaxKey(),
        new BsonTimestamp(1, 2),
        new BsonRegularExpression("a", "i"));
  }

  @ParameterizedTest
  @MethodSource
  void withoutJson(BsonValue value) {
    BsonDocument document = new BsonDocument("_id", new BsonString(KEY)).append("odd", value);
    assertThatThrownBy(() -> DocumentDecoder.decode(KEY, raw(document)))
        .isInstanceOf(UnholdableException.class)
        .hasMessage(
            "field 'odd' is of BSON type " + value.getBsonType() + ", which has no form in JSON");
  }

  @Test
  void bytesThatAreNoTextAreSeen() throws UnholdableException {
    RawBsonDocument good = DocumentEncoder.encode(record("{\"return\": \"a\ufffdb\"}"));
    assertThat(DocumentDecoder.decode(KEY, good).field("return"))
        .contains(JsonValue.of("a\ufffdb"));
    byte[] bytes =
        Arrays.copyOfRange(
            good.getBackingArray(),
            good.getByteOffset(),
            good.getByteOffset() + good.getByteLength());
    byte[] replacement = "\ufffd".getBytes(StandardCharsets.UTF_8);
    int at = indexOf(bytes, replacement);
    // U+D800 as drivers once wrote it
    bytes[at] = (byte) 0xED;
    bytes[at + 1] = (byte) 0xA0;
    bytes[at + 2] = (byte) 0x80;
    assertThatThrownBy(() -> DocumentDecoder.decode(KEY, new RawBsonDocument(bytes)))
        .isInstanceOf(UnholdableException.class)
        .hasMessage("field 'return' holds bytes that are no UTF-8");
  }

  @Test
  void aKeyThatIsNoTextIsSeen() throws UnholdableException {
    CacheRecord record =
        CacheRecord.of("default:extract:\ufffd-", Map.of("return", JsonValue.of("r")));
    RawBsonDocument good = DocumentEncoder.encode(record);
    assertThat(DocumentDecoder.key(good)).isEqualTo(record.key());
    byte[] bytes = Arrays.copyOf(good.getBackingArray(), good.getByteLength());
    bytes[indexOf(bytes, "\ufffd".getBytes(StandardCharsets.UTF_8))] = (byte) 0xFF;
    assertThatThrownBy(() -> DocumentDecoder.key(new RawBsonDocument(bytes)))
        .isInstanceOf(UnholdableException.class)
        .hasMessageStartingWith("field '_id' holds bytes that are no UTF-8 ('default:extract:");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 62, 70, 73})
  void aDamagedDocumentIsNoCrash(int position) throws UnholdableException {
    RawBsonDocument document = DocumentEncoder.encode(returning(40));
    byte[] bytes = Arrays.copyOf(document.getBackingArray(), document.getByteLength());
    bytes[position] = 120;
    assertThatThrownBy(() -> DocumentDecoder.decode(KEY, new RawBsonDocument(bytes)))
        .isInstanceOf(UnholdableException.class);
  }

  /** The length of a text: none, less, more, beyond the document, beyond any, negative. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 9_999, Integer.MAX_VALUE, -1})
  void aTextOfADamagedLengthIsNoCrash(int length) {
    for (String field : List.of("return", "content")) {
      BsonDocument document =
          new BsonDocument("_id", new BsonString(KEY))
              .append(field, new BsonString("text"))
              .append("n", new BsonInt32(5));
      RawBsonDocument good = raw(document);
      ByteBuffer bytes =
          ByteBuffer.wrap(Arrays.copyOf(good.getBackingArray(), good.getByteLength()))
              .order(ByteOrder.LITTLE_ENDIAN);
      int name = indexOf(bytes.array(), (field + "\0").getBytes(StandardCharsets.UTF_8));
      bytes.putInt(name + field.length() + 1, length);
      assertThatThrownBy(() -> DocumentDecoder.decode(KEY, new RawBsonDocument(bytes.array())))
          .as(field)
          .isInstanceOf(UnholdableException.class)
          .hasMessageStartingWith("damaged document");
    }
  }

  @Test
  void aTextWithoutItsEndIsSeen() {
    RawBsonDocument good =
        raw(
            new BsonDocument("_id", new BsonString(KEY))
                .append("return", new BsonString("text"))
                .append("n", new BsonInt32(5)));
    byte[] bytes = Arrays.copyOf(good.getBackingArray(), good.getByteLength());
    bytes[indexOf(bytes, "text".getBytes(StandardCharsets.UTF_8)) + 4] = 'x';
    assertThatThrownBy(() -> DocumentDecoder.decode(KEY, new RawBsonDocument(bytes)))
        .isInstanceOf(UnholdableException.class)
        .hasMessage("damaged document: no end of the text in 'return'");
  }

  @Test
  void aTextInUtf8IsWrittenAsTheSameTextInJson() throws UnholdableException {
    String text = "a\"\n\0\u00e4\uff5e\ud83d\ude00";
    JsonValue json = JsonValue.ofJson(JsonValue.of(text).toJson());
    JsonValue utf8 = JsonValue.ofUtf8(text.getBytes(StandardCharsets.UTF_8));
    for (JsonValue value : List.of(JsonValue.of(text), json, utf8)) {
      RawBsonDocument document =
          DocumentEncoder.encode(CacheRecord.of(KEY, Map.of("return", value)));
      assertThat(document)
          .isEqualTo(
              new BsonDocument("_id", new BsonString(KEY)).append("return", new BsonString(text)));
      assertThat(DocumentDecoder.decode(KEY, document).field("return")).contains(value);
    }
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }

  private static CacheRecord returning(int length) {
    return CacheRecord.of(KEY, Map.of("return", JsonValue.of("x".repeat(length))));
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static CacheRecord record(String json) {
    return CacheRecord.ofJson(KEY, json.getBytes(StandardCharsets.UTF_8));
  }

  private static RawBsonDocument raw(BsonDocument document) {
    return new RawBsonDocument(document, new BsonDocumentCodec());
  }
}
