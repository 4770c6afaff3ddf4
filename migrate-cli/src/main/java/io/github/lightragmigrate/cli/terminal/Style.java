package io.github.lightragmigrate.cli.terminal;

import java.util.Map;

/**
 * What the terminal can show.
 *
 * @param colour ANSI escape sequences
 * @param unicode the few glyphs of the screens; without it they become ASCII
 */
public record Style(boolean colour, boolean unicode) {

  public static final Style PLAIN = new Style(false, true);

  private static final String BOLD_CYAN = "\u001b[1;36m";
  private static final String RED = "\u001b[31m";
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
