package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A long text as PostgreSQL holds it: UTF-8 without NUL. Immutable. */
final class StoredText {

  private final byte[] utf8;

  private StoredText(byte[] utf8) {
    this.utf8 = utf8;
  }

  static StoredText of(String text) {
    return new StoredText(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text of a JSON string.
   *
   * @param name of the field, for people
   */
  static StoredText of(String name, JsonValue string) throws UnstorableException {
    byte[] utf8 = string.utf8().orElse(null);
    if (utf8 == null || PlainText.indexOf(utf8, (byte) 0) >= 0) {
      StorableText.check(name, string.string());
    }
    if (utf8 == null) {
      throw new UnstorableException("lone surrogate in " + name);
    }
    return new StoredText(utf8);
  }

  /** Not to be changed. */
  byte[] utf8() {
    return utf8;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredText that && Arrays.equals(utf8, that.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
