package io.github.lightragmigrate.spi;

import java.util.Objects;

/**
 * A place in a scan, as text that outlives the process. Only the store that made it reads it.
 *
 * @param text opaque; empty for the start
 */
public record Cursor(String text) {

  /** Refuses null. */
  public Cursor {
    Objects.requireNonNull(text, "a cursor's text is null");
  }

  /** Where every scan begins. */
  public static final Cursor START = new Cursor("");

  /** Whether nothing is before it. */
  public boolean isStart() {
    return text.isEmpty();
  }
}
