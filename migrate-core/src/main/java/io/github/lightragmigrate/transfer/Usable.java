package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.Optional;

/** What LightRAG 1.5.7 needs of a record to use it, in whatever store it is. */
public final class Usable {

  private static final String RETURN = "return";

  private Usable() {}

  /** Why LightRAG could not use the record; empty when it can. */
  public static Optional<String> problem(CacheRecord record) {
    Optional<JsonValue> answer = record.field(RETURN);
    if (answer.isEmpty()) {
      return Optional.of("there is no 'return', without which LightRAG fails on it");
    }
    return answer.get().kind() == JsonValue.Kind.STRING
        ? Optional.empty()
        : Optional.of("'return' is no text, and LightRAG fails on it");
  }
}
