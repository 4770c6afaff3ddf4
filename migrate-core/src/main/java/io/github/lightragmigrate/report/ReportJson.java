package io.github.lightragmigrate.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.lightragmigrate.spi.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The report as one JSON object. What is not known, of a store that was never opened, is left out.
 */
public final class ReportJson {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ReportJson() {}

  /** Leaves the stream open. */
  public static void write(MigrationReport report, OutputStream out) throws IOException {
    write(report, Optional.empty(), out);
  }

  /** With what was found when the target was compared afterwards. Leaves the stream open. */
  public static void write(
      MigrationReport report, Optional<VerificationReport> verification, OutputStream out)
      throws IOException {
    write(report, verification, Optional.empty(), out);
  }

  /** With when and how it was called, too. Leaves the stream open. */
  public static void write(
      MigrationReport report,
      Optional<VerificationReport> verification,
      Optional<RunDetails> details,
      OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter();
      json.writeStartObject();
      // the head, by which a report is known again, stays
      side(json, "source", report.source());
      side(json, "target", report.target());
      if (details.isPresent()) {
        details(json, details.get());
      }
      json.writeBooleanField("dryRun", report.dryRun());
      if (report.isBegun()) {
        numbers(json, report);
      }
      errors(json, report);
      json.writeStringField("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
      ending(json, report);
      if (verification.isPresent()) {
        json.writeFieldName("verification");
        VerificationJson.write(verification.get(), report.failureLog(), json);
      }
      json.writeEndObject();
    }
  }

  private static void details(JsonGenerator json, RunDetails details) throws IOException {
    json.writeStringField("started", details.started().toString());
    json.writeStringField("version", details.version());
    json.writeObjectFieldStart("options");
    for (Map.Entry<String, JsonValue> option : details.options().entrySet()) {
      json.writeFieldName(option.getKey());
      json.writeRawValue(new String(option.getValue().toJson(), StandardCharsets.UTF_8));
    }
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, MigrationReport report) throws IOException {
    json.writeObjectFieldStart("counts");
    json.writeNumberField("source", report.sourceCount());
    tally(json, report.tally(), report.dryRun());
    json.writeEndObject();
    json.writeObjectFieldStart("byType");
    for (Map.Entry<String, Tally> type : report.byType().entrySet()) {
      json.writeObjectFieldStart(type.getKey());
      tally(json, type.getValue(), report.dryRun());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("batches");
    json.writeNumberField("total", report.batches().total());
    json.writeNumberField("succeeded", report.batches().succeeded());
    json.writeNumberField("failed", report.batches().failed());
    json.writeEndObject();
    json.writeNumberField("resumed", report.resumed());
    changedFields(json, report.accounts().changedFields());
    json.writeNumberField("seconds", report.duration().toMillis() / 1000.0);
  }

  private static void side(JsonGenerator json, String name, Side side) throws IOException {
    json.writeObjectFieldStart(name);
    if (!side.storage().isEmpty()) {
      json.writeStringField("storage", side.storage());
    }
    if (side.isKnown()) {
      json.writeStringField("workspace", side.workspace());
      json.writeStringField("location", side.location());
    }
    json.writeEndObject();
  }

  private static void tally(JsonGenerator json, Tally tally, boolean dryRun) throws IOException {
    json.writeNumberField("read", tally.read());
    json.writeNumberField("written", tally.written());
    if (dryRun) {
      json.writeNumberField("new", tally.written() - tally.overwritten());
      json.writeNumberField("overwritten", tally.overwritten());
    }
    json.writeNumberField("skipped", tally.skipped());
    json.writeNumberField("failed", tally.failed());
    json.writeNumberField("unreadable", tally.unreadable());
    json.writeNumberField("vanished", tally.vanished());
    json.writeNumberField("sanitized", tally.sanitized());
    if (!dryRun) {
      json.writeNumberField("unconfirmed", tally.unconfirmed());
    }
  }

  private static void changedFields(JsonGenerator json, Map<String, Long> fields)
      throws IOException {
    json.writeObjectFieldStart("changedFields");
    for (Map.Entry<String, Long> field : fields.entrySet()) {
      json.writeNumberField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
  }

  private static void errors(JsonGenerator json, MigrationReport report) throws IOException {
    json.writeArrayFieldStart("errors");
    for (ErrorGroup group : report.errors()) {
      json.writeStartObject();
      json.writeStringField("type", group.type());
      json.writeNumberField("count", group.count());
      json.writeArrayFieldStart("examples");
      for (ErrorGroup.Example example : group.examples()) {
        json.writeStartObject();
        json.writeStringField("key", example.key());
        json.writeStringField("message", example.message());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void ending(JsonGenerator json, MigrationReport report) throws IOException {
    if (report.fault().isPresent()) {
      json.writeStringField("fault", report.fault().get());
    }
    json.writeArrayFieldStart("notes");
    for (String note : report.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    if (report.failureLog().isPresent()) {
      json.writeStringField("failureLog", report.failureLog().get().toString());
    }
    if (report.checkpoint().isPresent()) {
      json.writeStringField("checkpoint", report.checkpoint().get().toString());
    }
  }
}
