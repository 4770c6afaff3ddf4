package io.github.lightragmigrate.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java block of a Markdown page: a whole file, or statements.
 *
 * @param page name of the page
 * @param line where it begins, from 1
 */
record CodeBlock(String page, int line, String text) {

  private static final Pattern BLOCK =
      Pattern.compile("^```java\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern PACKAGE = Pattern.compile("^package (.*);", Pattern.MULTILINE);

  private static final Pattern CLASS =
      Pattern.compile("^public (?:final )?class (\\w+)", Pattern.MULTILINE);

  private static final List<String> IMPORTS =
      List.of(
          "io.github.lightragmigrate.json.*",
          "io.github.lightragmigrate.redis.*",
          "io.github.lightragmigrate.postgres.*",
          "io.github.lightragmigrate.mongo.*",
          "io.github.lightragmigrate.opensearch.*",
          "io.github.lightragmigrate.spi.*",
          "io.github.lightragmigrate.migration.*",
          "io.github.lightragmigrate.progress.*",
          "io.github.lightragmigrate.report.*",
          "io.github.lightragmigrate.micrometer.*",
          "io.micrometer.core.instrument.MeterRegistry",
          "io.micrometer.core.instrument.Tags",
          "io.micrometer.core.instrument.simple.SimpleMeterRegistry",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.concurrent.atomic.*");

  static List<CodeBlock> of(Path page) throws IOException {
    String text = Files.readString(page);
    Matcher matcher = BLOCK.matcher(text);
    List<CodeBlock> blocks = new ArrayList<>();
    while (matcher.find()) {
      int line = (int) text.substring(0, matcher.start(1)).lines().count() + 1;
      blocks.add(new CodeBlock(page.getFileName().toString(), line, matcher.group(1)));
    }
    return blocks;
  }

  boolean isWholeFile() {
    return CLASS.matcher(text).find();
  }

  /** With its package. */
  String className() {
    Matcher name = CLASS.matcher(text);
    if (!name.find()) {
      return page.replaceAll("\\W", "_") + "_line_" + line;
    }
    Matcher in = PACKAGE.matcher(text);
    return in.find() ? in.group(1) + "." + name.group(1) : name.group(1);
  }

  /**
   * The file; statements are in {@code run}, which is given the endpoints that they do not open.
   */
  String source() {
    if (isWholeFile()) {
      return text;
    }
    StringBuilder source = new StringBuilder();
    IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
    source.append("public final class ").append(className()).append(" {\n");
    source.append("public static void run(");
    if (!opensEndpoints()) {
      source.append("Endpoint source, Endpoint target");
    }
    return source.append(") throws Exception {\n").append(text).append("}\n}\n").toString();
  }

  boolean opensEndpoints() {
    return text.contains("Endpoint source =");
  }

  CodeBlock replace(String from, String to) {
    return new CodeBlock(page, line, text.replace(from, to));
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
