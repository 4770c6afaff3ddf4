package io.github.lightragmigrate.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every OpenSearch refuses, or alters in silence, whatever the index's mapping (tried with
 * 2.19.1 and 3.8.0). What depends on the mapping only the server knows.
 */
final class Unstorable {

  private static final int LONGEST_KEY = 512;

  /** Names that stand for metadata, and that a document must not have at its top. */
  private static final Set<String> METADATA =
      Set.of(
          "_data_stream_timestamp",
          "_field_names",
          "_ignored",
          "_index",
          "_nested_path",
          "_routing",
          "_seq_no",
          "_source",
          "_version");

  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(Documents.UNLIMITED)
          .build();

  private Unstorable() {}

  /** Why this record cannot be stored; empty when nothing speaks against it. */
  static Optional<String> reason(CacheRecord record) {
    return keyReason(record.key()).or(() -> fieldsReason(record.fields()));
  }

  private static Optional<String> keyReason(String key) {
    if (key.isEmpty()) {
      return Optional.of("an empty key cannot be a document's _id");
    }
    if (LoneSurrogates.areIn(key)) {
      return Optional.of("lone surrogate in the key, which OpenSearch would replace");
    }
    // a char is at most three bytes, so most keys need not be encoded
    if (key.length() * 3 > LONGEST_KEY
        && key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      return Optional.of("longer than " + LONGEST_KEY + " bytes: key");
    }
    return Optional.empty();
  }

  private static Optional<String> fieldsReason(Map<String, JsonValue> fields) {
    for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
      String name = field.getKey();
      Optional<String> reason =
          METADATA.contains(name)
              ? Optional.of("OpenSearch keeps the field name " + name + " for itself")
              : nameReason(name).or(() -> valueReason(name, field.getValue()));
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nameReason(String name) {
    if (name.isEmpty()) {
      return Optional.of("empty field name");
    }
    return LoneSurrogates.areIn(name)
        ? Optional.of("lone surrogate in the name of a field")
        : Optional.empty();
  }

  private static Optional<String> valueReason(String name, JsonValue value) {
    return switch (value.kind()) {
      case STRING, BOOLEAN, NULL -> Optional.empty();
      case NUMBER -> numberReason(name, value.toString());
      case OBJECT, ARRAY -> jsonReason(name, value.toJson());
    };
  }

  /** Of all numbers only the literals NaN, Infinity and -Infinity end in a letter. */
  private static Optional<String> numberReason(String field, String number) {
    return Character.isDigit(number.charAt(number.length() - 1))
        ? Optional.empty()
        : Optional.of("number " + number + " in field " + field);
  }

  private static Optional<String> jsonReason(String field, byte[] json) {
    try (JsonParser parser = STRICT.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
          return numberReason(field, parser.getText());
        }
        if (token == JsonToken.FIELD_NAME) {
          Optional<String> reason = nameReason(parser.currentName());
          if (reason.isPresent()) {
            return reason;
          }
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      // names a duplicate: the value is valid JSON otherwise, as every JsonValue is
      return Optional.of(e.getOriginalMessage() + " in field " + field);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
