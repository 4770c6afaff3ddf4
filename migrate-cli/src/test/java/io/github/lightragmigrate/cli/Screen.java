package io.github.lightragmigrate.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is left on a terminal's screen, of the few control sequences that the tool uses. */
public final class Screen {

  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\?7[lh]|[0-9;]*m|2K)");

  private Screen() {}

  public static String of(String output) {
    StringBuilder done = new StringBuilder();
    StringBuilder line = new StringBuilder();
    int column = 0;
    Matcher sequence = SEQUENCE.matcher(output);
    for (int i = 0; i < output.length(); i++) {
      char c = output.charAt(i);
      if (c == '\u001b') {
        if (!sequence.region(i, output.length()).lookingAt()) {
          throw new AssertionError("unknown sequence: " + output.substring(i));
        }
        if (sequence.group(1).equals("2K")) {
          line.setLength(0);
        }
        i = sequence.end() - 1;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        done.append(line).append('\n');
        line.setLength(0);
        column = 0;
      } else {
        while (line.length() <= column) {
          line.append(' ');
        }
        line.setCharAt(column++, c);
      }
    }
    return done.append(line).toString();
  }
}
