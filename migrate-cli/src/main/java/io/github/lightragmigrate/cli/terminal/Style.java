package io.github.lightragmigrate.cli.terminal;

import java.util.Map;

/**
 * What the terminal can show.
 *
 * @param colour ANSI escape sequences for colours
 * @param unicode the few glyphs of the screens; without it they become ASCII
 * @param redraws ANSI escape sequences that draw a line anew
 */
public record Style(boolean colour, boolean unicode, boolean redraws) {

  public static final Style PLAIN = new Style(false, true, false);

  private static final String BOLD_CYAN = "\u001b[1;36m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RESET = "\u001b[0m";

  private static final Map<String, String> ASCII =
      Map.of(
          "✓", "OK", "✗", "x", "█", "#", "░", ".", "⚠️", "!", "📊 ", "", "💡 ", "", "–", "-", "…",
          "...");

  /** A name that the eye should find. */
  public String emphasis(String text) {
    return colour ? BOLD_CYAN + text + RESET : text;
  }

  public String bad(String text) {
    return colour ? RED + text + RESET : text;
  }

  String dubious(String text) {
    return colour ? YELLOW + text + RESET : text;
  }

  String glyphs(String text) {
    if (unicode) {
      return text;
    }
    String plain = text;
    for (Map.Entry<String, String> glyph : ASCII.entrySet()) {
      plain = plain.replace(glyph.getKey(), glyph.getValue());
    }
    return plain;
  }
}
