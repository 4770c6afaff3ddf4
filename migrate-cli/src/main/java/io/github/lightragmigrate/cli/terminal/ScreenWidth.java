package io.github.lightragmigrate.cli.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;

/** Columns of the terminal: {@code COLUMNS}, else what {@code stty} says of stdin, else 80. */
public final class ScreenWidth implements IntSupplier {

  private static final int USUAL = 80;

  private final Map<String, String> environment;
  private int columns;

  public ScreenWidth(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public synchronized int getAsInt() {
    if (columns == 0) {
      columns = number(environment.getOrDefault("COLUMNS", ""));
    }
    if (columns == 0) {
      columns = number(stty().replaceFirst("^\\d+ ", ""));
    }
    if (columns == 0) {
      columns = USUAL;
    }
    return columns;
  }

  private static int number(String text) {
    String digits = text.strip();
    return digits.matches("[1-9]\\d{0,4}") ? Integer.parseInt(digits) : 0;
  }

  /** {@code 24 80}; empty where it cannot tell. */
  private static String stty() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}
