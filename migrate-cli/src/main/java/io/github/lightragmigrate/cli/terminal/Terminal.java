package io.github.lightragmigrate.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Where results, questions and problems go. Safe for use by several threads, but for questions. */
public final class Terminal {

  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private final Style style;

  /**
   * @param interactive a person sits in front of it
   */
  public Terminal(
      BufferedReader in, PrintStream out, PrintStream err, boolean interactive, Style style) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.interactive = interactive;
    this.style = style;
  }

  public boolean interactive() {
    return interactive;
  }

  public Style style() {
    return style;
  }

  public void line(String text) {
    out.println(style.glyphs(text));
  }

  /** Without a line end; shown at once. */
  public void part(String text) {
    out.print(style.glyphs(text));
    out.flush();
  }

  /** A line on stderr. */
  public void problem(String text) {
    out.flush();
    err.println(style.glyphs(text));
  }

  /** A line on stderr that says what went wrong. */
  public void error(String text) {
    problem(style.bad("Error:") + " " + text);
  }

  public void warning(String text) {
    problem("Warning: " + text);
  }

  /** The answer without white space around it; empty at the end of the input. */
  public Optional<String> ask(String question) {
    part(question);
    try {
      return Optional.ofNullable(in.readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer", e);
    }
  }
}
