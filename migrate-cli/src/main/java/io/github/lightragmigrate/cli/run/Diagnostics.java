package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.migration.SecretMask;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps secrets out of messages, and shows stack traces where they were asked for. */
public final class Diagnostics {

  private final Terminal terminal;
  private final boolean verbose;

  /** Newest first, before the one that knows no more than what a URI looks like. */
  private final List<SecretMask> masks =
      new CopyOnWriteArrayList<>(List.of(SecretMask.of(List.of(), Settings.of(Map.of()))));

  public Diagnostics(Terminal terminal, boolean verbose) {
    this.terminal = terminal;
    this.verbose = verbose;
  }

  /** From now on the secrets among these settings are taken out of every message. */
  public void hide(List<Setting> declared, Settings settings) {
    masks.add(0, SecretMask.of(declared, settings));
  }

  public String masked(String text) {
    String masked = text;
    for (SecretMask mask : masks) {
      masked = mask.apply(masked);
    }
    return masked;
  }

  /** Says what is wrong with something that does not matter to the result. */
  void warn(String text, Throwable e) {
    terminal.warning(masked(text));
    trace(e);
  }

  /** Prints the stack trace with --verbose, and nothing without. */
  public void trace(Throwable e) {
    if (verbose) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      terminal.problem(masked(trace.toString().stripTrailing()));
    }
  }
}
