package io.github.lightragmigrate.report;

import io.github.lightragmigrate.spi.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When and how a migration was called.
 *
 * @param started when it began
 * @param version of the tool
 * @param options what was asked for, by name; never with a secret
 */
public record RunDetails(Instant started, String version, Map<String, JsonValue> options) {

  /** Copies; the options' order is kept. */
  public RunDetails {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
