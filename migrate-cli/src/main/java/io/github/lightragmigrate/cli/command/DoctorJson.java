package io.github.lightragmigrate.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.ShownValue;
import io.github.lightragmigrate.cli.doctor.Diagnosis;
import io.github.lightragmigrate.cli.doctor.Holding;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code {"stores": [{"id", "storage", "side", "inUse", "status", "reason", "location", "settings":
 * [{"name", "value", "origin"}], "workspaces": [{"workspace", "selected", "counts": {"extract": 5},
 * "total", "exact", "legacy", "problem"}], "warnings": [...]}], "warnings": [...], "dryRun":
 * {report}}}; {@code reason} and {@code problem} are there where something is wrong, {@code dryRun}
 * where a target was named.
 *
 * @param warnings of what is of no store, a sentence each
 * @param fit report of a dry run
 */
record DoctorJson(List<Diagnosis> diagnoses, List<String> warnings, Optional<MigrationReport> fit) {

  String text() throws IOException {
    return JsonOutput.text(this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("stores");
    for (Diagnosis diagnosis : diagnoses) {
      store(json, diagnosis);
    }
    json.writeEndArray();
    warnings(json, warnings);
    if (fit.isPresent()) {
      ByteArrayOutputStream report = new ByteArrayOutputStream();
      ReportJson.write(fit.get(), report);
      json.writeFieldName("dryRun");
      json.writeRawValue(report.toString(StandardCharsets.UTF_8));
    }
    json.writeEndObject();
  }

  private static void store(JsonGenerator json, Diagnosis diagnosis) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", diagnosis.adapter().id());
    json.writeStringField("storage", diagnosis.adapter().name());
    json.writeStringField("side", diagnosis.side().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("inUse", diagnosis.inUse());
    json.writeStringField("status", diagnosis.status().name().toLowerCase(Locale.ROOT));
    if (!diagnosis.reason().isEmpty()) {
      json.writeStringField("reason", diagnosis.reason());
    }
    json.writeStringField("location", diagnosis.location());
    json.writeArrayFieldStart("settings");
    for (AdapterSettings.Entry entry : diagnosis.settings()) {
      json.writeStartObject();
      json.writeStringField("name", entry.setting().name());
      json.writeStringField("value", ShownValue.of(entry).orElse(""));
      json.writeStringField("origin", entry.origin());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("workspaces");
    for (Holding holding : diagnosis.holdings()) {
      workspace(json, holding);
    }
    json.writeEndArray();
    warnings(json, diagnosis.warnings());
    json.writeEndObject();
  }

  private static void warnings(JsonGenerator json, List<String> warnings) throws IOException {
    json.writeArrayFieldStart("warnings");
    for (String warning : warnings) {
      json.writeString(warning);
    }
    json.writeEndArray();
  }

  private static void workspace(JsonGenerator json, Holding holding) throws IOException {
    json.writeStartObject();
    json.writeStringField("workspace", holding.workspace());
    json.writeBooleanField("selected", holding.selected());
    CountJson.write(json, holding.counts());
    json.writeNumberField("legacy", holding.legacy());
    if (holding.problem().isPresent()) {
      json.writeStringField("problem", holding.problem().get());
    }
    json.writeEndObject();
  }
}
