package io.github.lightragmigrate.report;

import java.util.List;

/**
 * Failures of one type.
 *
 * @param type {@code rejected}
 * @param count all of them
 * @param examples the first few
 */
public record ErrorGroup(String type, long count, List<Example> examples) {

  /** One failure. */
  public record Example(String key, String message) {}

  /** Copies the examples. */
  public ErrorGroup {
    examples = List.copyOf(examples);
  }
}
