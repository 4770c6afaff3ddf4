package io.github.lightragmigrate.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison's report as one JSON object: {@code {"source", "target", "counts": {"source",
 * "same", "missing", ...}, "changedFields": {"field": records}, "findings": [{"key", "verdict",
 * "missing", "extra", "changed", "reason"}], "seconds", "outcome", "knownFailures": {"records",
 * "failureLog"}, "fault", "notes"}}. {@code knownFailures} is there when a record is not the same
 * because it failed in the migration, or was cleaned by it.
 */
public final class VerificationJson {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private VerificationJson() {}

  /** Leaves the stream open. */
  public static void write(VerificationReport report, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter();
      write(report, Optional.empty(), json);
    }
  }

  /**
   * @param failureLog of the migration that is verified
   */
  static void write(VerificationReport report, Optional<Path> failureLog, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    side(json, "source", report.source());
    side(json, "target", report.target());
    json.writeObjectFieldStart("counts");
    json.writeNumberField("source", report.sourceCount());
    for (Map.Entry<Verdict, Long> count : report.counts().entrySet()) {
      json.writeNumberField(name(count.getKey()), count.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("changedFields");
    for (Map.Entry<String, Long> field : report.changedFields().entrySet()) {
      json.writeNumberField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("findings");
    for (Finding finding : report.findings()) {
      finding(json, finding);
    }
    json.writeEndArray();
    json.writeNumberField("seconds", report.duration().toMillis() / 1000.0);
    json.writeStringField("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
    if (report.count(Verdict.KNOWN) > 0) {
      json.writeObjectFieldStart("knownFailures");
      json.writeNumberField("records", report.count(Verdict.KNOWN));
      if (failureLog.isPresent()) {
        json.writeStringField("failureLog", failureLog.get().toString());
      }
      json.writeEndObject();
    }
    if (report.fault().isPresent()) {
      json.writeStringField("fault", report.fault().get());
    }
    strings(json, "notes", report.notes());
    json.writeEndObject();
  }

  private static void side(JsonGenerator json, String name, Side side) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("storage", side.storage());
    json.writeStringField("workspace", side.workspace());
    json.writeStringField("location", side.location());
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", finding.key());
    json.writeStringField("verdict", name(finding.verdict()));
    strings(json, "missing", finding.missing());
    strings(json, "extra", finding.extra());
    strings(json, "changed", finding.changed());
    json.writeStringField("reason", finding.reason());
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** {@code unreadableInTarget}. */
  private static String name(Verdict verdict) {
    StringBuilder name = new StringBuilder();
    for (String word : verdict.name().toLowerCase(Locale.ROOT).split("_")) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
