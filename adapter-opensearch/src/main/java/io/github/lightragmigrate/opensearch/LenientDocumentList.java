package io.github.lightragmigrate.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.lightragmigrate.opensearch.Documents.Document;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As {@link DocumentList}, by a parser that passes over what makes no sense in one document. */
final class LenientDocumentList {

  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(Documents.UNLIMITED).build();

  private LenientDocumentList() {}

  /**
   * Reads an answer.
   *
   * @throws StoreException FAULT when it is no JSON
   */
  static List<Document> of(byte[] body) {
    List<Document> documents = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      readEnvelope(parser, body, documents);
      return documents;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAULT, "OpenSearch's answer is no JSON: " + e.getMessage(), e);
    }
  }

  /** {@code {"hits": {"hits": [...]}}} or {@code {"docs": [...]}}, among other fields. */
  private static void readEnvelope(JsonParser parser, byte[] body, List<Document> documents)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean isHits = name.equals("hits");
      if (isHits && value == JsonToken.START_OBJECT) {
        readEnvelope(parser, body, documents);
      } else if ((isHits || name.equals("docs")) && value == JsonToken.START_ARRAY) {
        readList(parser, body, documents);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void readList(JsonParser parser, byte[] body, List<Document> documents)
      throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      documents.add(readDocument(parser, body));
    }
  }

  private static Document readDocument(JsonParser parser, byte[] body) throws IOException {
    String id = "";
    JsonValue source = null;
    byte[] malformed = null;
    JsonValue sort = null;
    JsonValue error = null;
    boolean found = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "_id" -> id = parser.getText();
        case "_source" -> {
          byte[] text = slice(parser, body);
          source = parsed(text);
          malformed = source == null ? text : null;
        }
        case "sort" -> sort = JsonValue.ofJson(slice(parser, body));
        case "error" -> error = JsonValue.ofJson(slice(parser, body));
        case "found" -> found = parser.getBooleanValue();
        default -> parser.skipChildren();
      }
    }
    return new Document(id, source, malformed, sort, error, found);
  }

  private static @Nullable JsonValue parsed(byte[] text) {
    try {
      return JsonValue.ofJson(text);
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private static byte[] slice(JsonParser parser, byte[] body) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    return Arrays.copyOfRange(body, start, (int) parser.currentLocation().getByteOffset());
  }
}
