package io.github.lightragmigrate.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the cache form of older LightRAG releases: key {@code <namespace>:<mode>}, value
 * {@code {"<hash>": {record}, ...}}, up to 512 MB in one string. Read as a stream: memory holds the
 * longest entry and a window of 1 MB. An entry's flat key is {@code <mode>:<its cache_type, else
 * extract>:<hash>}, as LightRAG's own conversion names it. Not safe for use by several threads.
 */
final class NestedCache {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** As much of a broken value is kept for the failure log. */
  private static final int MOST_OF_REST = 16 << 20;

  private final RedisServer server;
  private final RedisKey key;
  private final long length;
  private final ValueStream stream;
  private @Nullable JsonParser parser;
  private boolean ended;

  /** Empty when there is no such key. */
  static NestedCache open(RedisServer server, RedisKey key) {
    return new NestedCache(server, key, server.length(key));
  }

  private NestedCache(RedisServer server, RedisKey key, long length) {
    this.server = server;
    this.key = key;
    this.length = length;
    this.stream = new ValueStream(server, key, length);
  }

  /**
   * One entry.
   *
   * @param key flat cache key
   * @param json text found, validated by nobody yet
   * @param problem why the entry cannot be a record; empty when it can
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(String key, byte[] json, String problem) {
    void addTo(PageBuilder page) {
      if (problem.isEmpty()) {
        page.add(key, json);
      } else {
        page.unreadable(key, problem, json);
      }
    }
  }

  /** Length of the value in bytes. */
  long length() {
    return length;
  }

  /** The next entry; one that tells of a broken value is the last. */
  Optional<Entry> next() {
    if (ended || length == 0) {
      return Optional.empty();
    }
    if (length < 0) {
      ended = true;
      String problem = ValueReader.noString(server.types(List.of(key)).get(0));
      return Optional.of(new Entry(restKey(), new byte[0], problem));
    }
    try {
      if (parser != null) {
        return read(parser);
      }
      JsonParser started = JSON.createParser(stream);
      parser = started;
      return started.nextToken() == JsonToken.START_OBJECT
          ? read(started)
          : last("the old nested cache is no JSON object");
    } catch (JsonProcessingException e) {
      return last(
          "the old nested cache is no JSON at byte "
              + e.getLocation().getByteOffset()
              + ": entries from there on cannot be read");
    } catch (CharConversionException e) {
      return last("the old nested cache is not UTF-8: entries from there on cannot be read");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With what stands behind the last entry that could be read. */
  private Optional<Entry> last(String problem) {
    ended = true;
    long left = stream.left();
    byte[] rest = stream.rest(MOST_OF_REST);
    String bound =
        rest.length == left
            ? ""
            : "; of the " + left + " bytes that are left, these are the first " + rest.length;
    return Optional.of(new Entry(restKey(), rest, problem + bound));
  }

  /** Named so that it is selected with the mode's extraction records. */
  private String restKey() {
    return key.cacheKey() + ":extract:";
  }

  private Optional<Entry> read(JsonParser tokens) throws IOException {
    if (tokens.nextToken() != JsonToken.FIELD_NAME) {
      ended = true;
      return Optional.empty();
    }
    String hash = tokens.currentName();
    boolean isObject = tokens.nextToken() == JsonToken.START_OBJECT;
    long start = tokens.currentTokenLocation().getByteOffset();
    tokens.skipChildren();
    tokens.finishToken();
    byte[] json = stream.take(start, tokens.currentLocation().getByteOffset());
    return Optional.of(
        isObject
            ? new Entry(flatKey(json, hash), json, "")
            : new Entry(
                key.cacheKey() + ":extract:" + hash,
                json,
                "an entry of the old nested cache that is no JSON object"));
  }

  private String flatKey(byte[] json, String hash) {
    String type = "extract";
    try {
      JsonValue given = JsonValue.ofJson(json).fields().get("cache_type");
      if (given != null) {
        type = given.asString().filter(text -> !text.isEmpty()).orElse(type);
      }
    } catch (MalformedJsonException e) {
      // told when the record is made of it
    }
    return key.cacheKey() + ":" + type + ":" + hash;
  }
}
