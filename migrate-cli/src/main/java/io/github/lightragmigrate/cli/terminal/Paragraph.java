package io.github.lightragmigrate.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * A line that may be longer than a terminal is wide.
 *
 * @param text with spaces in front, which the lines that follow have too, and some more
 */
record Paragraph(String text) {

  private static final int HANGING = 4;

  /**
   * Broken at spaces; a word that is longer than that stays whole.
   *
   * @param width in columns
   */
  List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    String indent = text.replaceFirst("\\S.*", "");
    String line = text;
    while (line.length() > width) {
      int start = line.length() - line.stripLeading().length();
      int space = line.lastIndexOf(' ', width);
      if (space <= start) {
        space = line.indexOf(' ', start);
      }
      if (space < 0) {
        break;
      }
      lines.add(line.substring(0, space).stripTrailing());
      line = indent + " ".repeat(HANGING) + line.substring(space).stripLeading();
    }
    lines.add(line);
    return lines;
  }
}
