package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Text of entries as LightRAG writes them: a fixed order of the fields, others behind them, {@code
 * _id} last. Holds one entry at a time; its memory is used again.
 */
final class RecordText extends ByteArrayOutputStream {

  private static final List<String> FIELD_ORDER =
      List.of(
          "return",
          "cache_type",
          "chunk_id",
          "original_prompt",
          "queryparam",
          "create_time",
          "update_time");

  /** Levels of indentation around a field's value. */
  private static final int FIELD_DEPTH = 2;

  private static final byte[] COLON = ascii(": ");
  private static final byte[] OPEN = ascii("{\n    ");
  private static final byte[] NEXT = ascii(",\n    ");
  private static final byte[] CLOSE = ascii("\n  }");

  RecordText() {
    super(32 << 10);
  }

  /** The key and what follows it, up to the value. */
  static byte[] name(String key) {
    RecordText text = new RecordText();
    JsonValue.of(key).writeJson(text);
    text.writeBytes(COLON);
    return text.toByteArray();
  }

  /**
   * Replaces the text by this entry's: name and value, without an end of line.
   *
   * @throws UnfitException when the record would break LightRAG's file
   */
  void set(CacheRecord entry) throws UnfitException {
    reset();
    JsonValue key = JsonValue.of(entry.key());
    write(key);
    writeBytes(COLON);
    byte[] separator = OPEN;
    for (Map.Entry<String, JsonValue> field : ordered(entry)) {
      writeBytes(separator);
      separator = NEXT;
      write(JsonValue.of(field.getKey()));
      writeBytes(COLON);
      write(field.getValue());
    }
    writeBytes(separator);
    writeBytes(ascii("\"" + CacheRecord.ID_FIELD + "\": "));
    write(key);
    writeBytes(CLOSE);
  }

  void writeTo(DataOutput out) throws IOException {
    out.write(buf, 0, count);
  }

  private static List<Map.Entry<String, JsonValue>> ordered(CacheRecord entry) {
    List<Map.Entry<String, JsonValue>> fields = new ArrayList<>();
    for (String name : FIELD_ORDER) {
      entry.field(name).ifPresent(value -> fields.add(Map.entry(name, value)));
    }
    entry
        .fields()
        .forEach(
            (name, value) -> {
              if (!FIELD_ORDER.contains(name)) {
                fields.add(Map.entry(name, value));
              }
            });
    return fields;
  }

  private void write(JsonValue value) throws UnfitException {
    int start = count;
    value.writeJson(this);
    if (needsRewriting(start)) {
      byte[] given = Arrays.copyOfRange(buf, start, count);
      count = start;
      new PythonText(given, FIELD_DEPTH, this).write();
    }
  }

  /** False for most: strings without escapes that Python would write otherwise. */
  private boolean needsRewriting(int start) {
    if (buf[start] != '"') {
      return true;
    }
    // behind the opening quote the next special byte is a backslash or the closing quote
    for (int i = PlainText.end(buf, start + 1, count);
        buf[i] == '\\';
        i = PlainText.end(buf, i + 2, count)) {
      if (buf[i + 1] == 'u' || buf[i + 1] == '/') {
        return true;
      }
    }
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
