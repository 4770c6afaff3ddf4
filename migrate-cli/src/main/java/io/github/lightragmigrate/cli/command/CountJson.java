package io.github.lightragmigrate.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import java.io.IOException;
import java.util.Map;

/**
 * {@code {"storage", "workspace", "location", "counts": {"extract": 5}, "total", "exact"}}.
 *
 * @param side what was counted
 */
record CountJson(Side side, Counts counts) {

  String text() throws IOException {
    return JsonOutput.text(this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("storage", side.storage());
    json.writeStringField("workspace", side.workspace());
    json.writeStringField("location", side.location());
    write(json, counts);
    json.writeEndObject();
  }

  /** The fields {@code counts}, {@code total} and {@code exact}. */
  static void write(JsonGenerator json, Counts counts) throws IOException {
    json.writeObjectFieldStart("counts");
    for (Map.Entry<String, Long> count : counts.byPrefix().entrySet()) {
      json.writeNumberField(Selection.typeOf(count.getKey()), count.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("total", counts.total());
    json.writeBooleanField("exact", counts.exact());
  }
}
