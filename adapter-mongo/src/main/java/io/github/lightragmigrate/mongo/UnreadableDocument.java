package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.UnreadableRecord;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** A document that is no record, whole: as extended JSON, or else as its BSON bytes too. */
final class UnreadableDocument {

  private static final JsonWriterSettings EXTENDED_JSON =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  private UnreadableDocument() {}

  static UnreadableRecord of(String key, String reason, RawBsonDocument document) {
    String text = text(document);
    // the driver's mark for bytes that are no UTF-8
    boolean whole = !text.isEmpty() && text.indexOf('\uFFFD') < 0;
    return new UnreadableRecord(
        key, reason, text, whole ? Optional.empty() : Optional.of(base64(document)));
  }

  private static String text(RawBsonDocument document) {
    try {
      return document.toJson(EXTENDED_JSON);
    } catch (RuntimeException e) {
      // damaged beyond reading, which the reason says
      return "";
    }
  }

  private static String base64(RawBsonDocument document) {
    ByteBuffer bson = document.getByteBuffer().asNIO();
    byte[] bytes = new byte[bson.remaining()];
    bson.get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
