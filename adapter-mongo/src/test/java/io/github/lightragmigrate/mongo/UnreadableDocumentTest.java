package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.Base64;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class UnreadableDocumentTest {

  @Test
  void extendedJsonHoldsEveryType() {
    BsonDocument document =
        new BsonDocument("_id", new BsonString("k"))
            .append("blob", new BsonBinary((byte) 5, new byte[] {1, 2, 3}))
            .append("date", new BsonDateTime(1_700_000_000_123L))
            .append("early", new BsonDateTime(Long.MIN_VALUE))
            .append("decimal", new BsonDecimal128(Decimal128.parse("1.50E+400")))
            .append("long", new BsonInt64(Long.MAX_VALUE))
            .append("nan", new BsonDouble(Double.NaN))
            .append("ref", new BsonObjectId(new ObjectId("65536f5c0000000000000000")))
            .append("pattern", new BsonRegularExpression("a\"", "i"))
            .append("stamp", new BsonTimestamp(1, 2))
            .append("text", new BsonString("\0\ud83d\ude00"));
    UnreadableRecord unreadable = UnreadableDocument.of("k", "reason", raw(document));
    assertThat(BsonDocument.parse(unreadable.text())).isEqualTo(document);
    assertThat(unreadable.base64()).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreKept() {
    byte[] bson = bytes(raw(new BsonDocument("return", new BsonString("abc"))));
    bson[bson.length - 4] = (byte) 0xFF;
    UnreadableRecord unreadable = UnreadableDocument.of("k", "reason", new RawBsonDocument(bson));
    assertThat(unreadable.text()).contains("a\ufffdc");
    assertThat(unreadable.base64()).contains(Base64.getEncoder().encodeToString(bson));
  }

  @Test
  void aDamagedDocumentIsKeptAsBytes() {
    byte[] bson = bytes(raw(new BsonDocument("return", new BsonString("abc"))));
    bson[4] = 120;
    UnreadableRecord unreadable = UnreadableDocument.of("k", "reason", new RawBsonDocument(bson));
    assertThat(unreadable.base64()).contains(Base64.getEncoder().encodeToString(bson));
  }

  private static RawBsonDocument raw(BsonDocument document) {
    return new RawBsonDocument(document, new BsonDocumentCodec());
  }

  private static byte[] bytes(RawBsonDocument document) {
    byte[] bytes = new byte[document.getByteLength()];
    document.getByteBuffer().asNIO().get(bytes);
    return bytes;
  }
}
