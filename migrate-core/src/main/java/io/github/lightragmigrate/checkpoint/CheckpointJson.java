package io.github.lightragmigrate.checkpoint;

import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.ErrorGroup;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A checkpoint as a JSON object. */
final class CheckpointJson {

  private static final long VERSION = 2;

  private CheckpointJson() {}

  static JsonValue write(Checkpoint checkpoint) {
    Map<String, JsonValue> json = new LinkedHashMap<>();
    json.put("checkpoint", JsonValue.of(VERSION));
    json.put(
        "source",
        side(checkpoint.binding().sourceStorage(), checkpoint.binding().sourceLocation()));
    json.put(
        "target",
        side(checkpoint.binding().targetStorage(), checkpoint.binding().targetLocation()));
    json.put("prefixes", texts(checkpoint.binding().prefixes()));
    json.put("onConflict", JsonValue.of(checkpoint.binding().onConflict()));
    json.put("sanitize", JsonValue.of(checkpoint.binding().sanitize()));
    json.put("incarnation", JsonValue.of(checkpoint.incarnation()));
    json.put("next", texts(checkpoint.progress().next().stream().map(Cursor::text).toList()));
    json.put("batches", JsonValue.of(checkpoint.progress().batches()));
    json.put("failedBatches", JsonValue.of(checkpoint.progress().failedBatches()));
    accounts(checkpoint.progress().accounts(), json);
    checkpoint.failures().ifPresent(failures -> json.put("failures", failures(failures)));
    return JsonValue.object(json);
  }

  private static JsonValue side(String storage, String location) {
    return JsonValue.object(
        Map.of("storage", JsonValue.of(storage), "location", JsonValue.of(location)));
  }

  private static void accounts(Accounts accounts, Map<String, JsonValue> json) {
    Map<String, JsonValue> types = new LinkedHashMap<>();
    accounts.byType().forEach((type, tally) -> types.put(type, tally(tally)));
    json.put("byType", JsonValue.object(types));
    json.put("vanished", JsonValue.of(accounts.vanished()));
    json.put(
        "errors", JsonValue.array(accounts.errors().stream().map(CheckpointJson::errors).toList()));
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    accounts.changedFields().forEach((field, count) -> fields.put(field, JsonValue.of(count)));
    json.put("changedFields", JsonValue.object(fields));
    json.put("sanitizedKeys", texts(accounts.sanitizedKeys()));
  }

  private static JsonValue tally(Tally tally) {
    Map<String, JsonValue> json = new LinkedHashMap<>();
    json.put("read", JsonValue.of(tally.read()));
    json.put("written", JsonValue.of(tally.written()));
    json.put("skipped", JsonValue.of(tally.skipped()));
    json.put("failed", JsonValue.of(tally.failed()));
    json.put("unreadable", JsonValue.of(tally.unreadable()));
    json.put("sanitized", JsonValue.of(tally.sanitized()));
    return JsonValue.object(json);
  }

  private static JsonValue errors(ErrorGroup group) {
    Map<String, JsonValue> json = new LinkedHashMap<>();
    json.put("type", JsonValue.of(group.type()));
    json.put("count", JsonValue.of(group.count()));
    json.put(
        "examples",
        JsonValue.array(
            group.examples().stream()
                .map(
                    example ->
                        JsonValue.object(
                            Map.of(
                                "key", JsonValue.of(example.key()),
                                "message", JsonValue.of(example.message()))))
                .toList()));
    return JsonValue.object(json);
  }

  private static JsonValue failures(Checkpoint.Failures failures) {
    return JsonValue.object(
        Map.of(
            "log", JsonValue.of(failures.log().toString()),
            "start", JsonValue.of(failures.start()),
            "end", JsonValue.of(failures.end())));
  }

  private static JsonValue texts(List<String> texts) {
    return JsonValue.array(texts.stream().map(JsonValue::of).toList());
  }

  /**
   * Reads one.
   *
   * @throws MalformedJsonException when it is no checkpoint
   */
  static Checkpoint read(JsonValue json) {
    Node root = Node.of(json);
    if (root.number("checkpoint") != VERSION) {
      throw new MalformedJsonException("it is of another version");
    }
    if (root.texts("next").isEmpty()) {
      throw new MalformedJsonException("'next' names no place");
    }
    Node source = root.node("source");
    Node target = root.node("target");
    Binding binding =
        new Binding(
            source.text("storage"),
            source.text("location"),
            target.text("storage"),
            target.text("location"),
            root.texts("prefixes"),
            root.text("onConflict"),
            root.flag("sanitize"));
    Progress progress =
        new Progress(
            root.texts("next").stream().map(Cursor::new).toList(),
            root.number("batches"),
            root.number("failedBatches"),
            accounts(root));
    return new Checkpoint(
        binding,
        root.text("incarnation"),
        progress,
        root.has("failures") ? Optional.of(failures(root.node("failures"))) : Optional.empty());
  }

  private static Accounts accounts(Node root) {
    Map<String, Tally> byType = new LinkedHashMap<>();
    for (String type : root.node("byType").names()) {
      byType.put(type, tally(root.node("byType").node(type)));
    }
    Map<String, Long> fields = new LinkedHashMap<>();
    for (String field : root.node("changedFields").names()) {
      fields.put(field, root.node("changedFields").number(field));
    }
    List<ErrorGroup> errors = root.nodes("errors").stream().map(CheckpointJson::errors).toList();
    return new Accounts(
        byType, root.number("vanished"), errors, fields, root.texts("sanitizedKeys"));
  }

  private static Tally tally(Node json) {
    return new Tally(
        json.number("read"),
        json.number("written"),
        0,
        json.number("skipped"),
        json.number("failed"),
        json.number("unreadable"),
        0,
        json.number("sanitized"),
        0);
  }

  private static ErrorGroup errors(Node json) {
    return new ErrorGroup(
        json.text("type"),
        json.number("count"),
        json.nodes("examples").stream()
            .map(example -> new ErrorGroup.Example(example.text("key"), example.text("message")))
            .toList());
  }

  private static Checkpoint.Failures failures(Node json) {
    return new Checkpoint.Failures(
        Path.of(json.text("log")), json.number("start"), json.number("end"));
  }
}
