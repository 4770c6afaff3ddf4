package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.Documents.Document;
import io.github.lightragmigrate.spi.JsonSyntax;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"hits": {"hits": [...]}}} or {@code {"docs": [...]}}, among other fields; no string of a
 * document is decoded.
 */
final class DocumentList {

  private final JsonSyntax json;
  private final List<Document> documents = new ArrayList<>();

  private DocumentList(byte[] body) {
    json = new JsonSyntax(body);
  }

  /**
   * Reads an answer.
   *
   * @throws MalformedJsonException when it, or a document in it, is no JSON
   */
  static List<Document> of(byte[] body) {
    DocumentList list = new DocumentList(body);
    list.readEnvelope();
    list.json.expectEnd();
    return list.documents;
  }

  private void readEnvelope() {
    json.object(
        name -> {
          boolean isHits = name.equals("hits");
          if (isHits && json.peek() == '{') {
            readEnvelope();
          } else if ((isHits || name.equals("docs")) && json.peek() == '[') {
            json.array(() -> documents.add(new Fields().read()));
          } else {
            json.value();
          }
        });
  }

  /** Of a document. */
  private final class Fields {

    private String id = "";
    private @Nullable JsonValue source;
    private @Nullable JsonValue sort;
    private @Nullable JsonValue error;
    private boolean found = true;

    Document read() {
      json.object(
          name -> {
            JsonValue value = json.value();
            switch (name) {
              case "_id" -> id = value.string();
              case "_source" -> source = value;
              case "sort" -> sort = value;
              case "error" -> error = value;
              case "found" -> found = value.bool();
              default -> {}
            }
          });
      return new Document(id, source, null, sort, error, found);
    }
  }
}
