package io.github.lightragmigrate.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.config.AdapterSettings.Entry;
import io.github.lightragmigrate.cli.config.SettingsLayers;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.config.ShownValue;
import io.github.lightragmigrate.spi.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * {@code {"adapters": [{"id", "storage", "origin", "settings": [{"name", "description", "section",
 * "option", "type", "required", "secret", "source": {"value", "origin"}, "target": {...}}]}],
 * "warnings": [...]}}; a value is null when there is none, and masked when it is secret.
 */
record AdaptersJson(AdapterCatalog catalog, SettingsLayers layers) {

  String text() throws IOException {
    return JsonOutput.text(this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("adapters");
    for (AdapterCatalog.Found found : catalog.found()) {
      json.writeStartObject();
      json.writeStringField("id", found.adapter().id());
      json.writeStringField("storage", found.adapter().name());
      json.writeStringField("origin", found.origin());
      settings(json, found.adapter().settings());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("warnings");
    for (String warning : catalog.warnings()) {
      json.writeString(warning);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void settings(JsonGenerator json, List<Setting> declared) throws IOException {
    List<Entry> source = layers.resolve(Side.SOURCE, declared).entries();
    List<Entry> target = layers.resolve(Side.TARGET, declared).entries();
    json.writeArrayFieldStart("settings");
    for (int i = 0; i < declared.size(); i++) {
      Setting setting = declared.get(i);
      json.writeStartObject();
      json.writeStringField("name", setting.name());
      json.writeStringField("description", setting.description());
      json.writeStringField("section", setting.section());
      json.writeStringField("option", setting.option());
      json.writeStringField("type", setting.type().name().toLowerCase(Locale.ROOT));
      json.writeBooleanField("required", source.get(i).isNeeded());
      json.writeBooleanField("secret", setting.secret());
      value(json, "source", source.get(i));
      value(json, "target", target.get(i));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, String side, Entry entry) throws IOException {
    json.writeObjectFieldStart(side);
    json.writeStringField("value", ShownValue.of(entry).orElse(null));
    json.writeStringField("origin", entry.origin());
    json.writeEndObject();
  }
}
