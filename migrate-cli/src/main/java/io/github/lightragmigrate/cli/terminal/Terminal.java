package io.github.lightragmigrate.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Where results, questions and problems go. Safe for use by several threads, but for questions. */
public final class Terminal {

  private static final String CLEAR = "\r\u001b[2K";

  /** A line that is too long, after a resize, is cut and not wrapped: it must stay one line. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private final Style style;
  private final IntSupplier width;
  private boolean live;

  /**
   * @param interactive a person sits in front of it
   * @param width in columns; asked for only where a line is redrawn
   */
  public Terminal(
      BufferedReader in,
      PrintStream out,
      PrintStream err,
      boolean interactive,
      Style style,
      IntSupplier width) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.interactive = interactive;
    this.style = style;
    this.width = width;
  }

  public boolean interactive() {
    return interactive;
  }

  /** Whether {@link #live} has a place to be shown. */
  public boolean redraws() {
    return interactive && style.redraws();
  }

  public Style style() {
    return style;
  }

  /** Columns. */
  public int width() {
    return width.getAsInt();
  }

  public synchronized void line(String text) {
    clearLive();
    out.println(style.glyphs(text));
  }

  /** A line that a terminal gets broken at its width; a file or a pipe, in one piece. */
  public void paragraph(String text) {
    if (interactive) {
      new Paragraph(text).lines(width()).forEach(this::line);
    } else {
      line(text);
    }
  }

  /** Without a line end; shown at once. */
  public synchronized void part(String text) {
    clearLive();
    out.print(style.glyphs(text));
    out.flush();
  }

  /** Draws the last line anew. It goes away before anything else is shown. */
  public synchronized void live(String text) {
    out.print(CLEAR + NO_WRAP + style.glyphs(text) + WRAP);
    out.flush();
    live = true;
  }

  /** Takes the line away that was drawn last, if it is still there. */
  public synchronized void clearLive() {
    if (live) {
      live = false;
      out.print(CLEAR);
      out.flush();
    }
  }

  /** A line on stderr. */
  public synchronized void problem(String text) {
    clearLive();
    out.flush();
    err.println(style.glyphs(text));
  }

  /** A line on stderr that says what went wrong. */
  public void error(String text) {
    problem(style.bad("Error:") + " " + text);
  }

  public void warning(String text) {
    problem(style.dubious("Warning:") + " " + text);
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
