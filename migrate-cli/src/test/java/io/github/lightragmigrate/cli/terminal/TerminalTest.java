package io.github.lightragmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.Screen;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private static final long SECOND = 1_000_000_000;

  /** Both streams lead to one screen, as usual. */
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private final AtomicLong now = new AtomicLong();
  private int width = 80;

  private Terminal terminal(Style style) {
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new Terminal(
        new BufferedReader(new StringReader("")), stream, stream, true, style, () -> width);
  }

  private Terminal terminal() {
    return terminal(new Style(false, true, true));
  }

  private String screen() {
    return Screen.of(shown.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aLiveLineNeverOutlivesWhatComesAfterIt() {
    Terminal terminal = terminal();
    terminal.line("begin");
    terminal.live("a long line that is drawn");
    terminal.live("redrawn");
    assertThat(screen()).isEqualTo("begin\nredrawn");
    terminal.error("disk full");
    terminal.live("again");
    terminal.warning("slow");
    terminal.live("again");
    terminal.line("a line");
    terminal.live("again");
    terminal.part("question? ");
    assertThat(screen()).isEqualTo("begin\nError: disk full\nWarning: slow\na line\nquestion? ");
  }

  @Test
  void theBarTellsRateTimeLeftAndType() {
    ProgressBar bar = new ProgressBar(terminal(), now::get);
    now.set(2 * SECOND);
    bar.show(1000, 1000, 4000, "summary");
    assertThat(screen())
        .isEqualTo("█████░░░░░░░░░░░░░░░   25.0%  1,000/4,000  ETA 0:06  500/s  summary");
    now.set(4 * SECOND);
    bar.show(4000, 3000, 4000, "summary");
    bar.end();
    assertThat(screen()).isEqualTo("████████████████████  100.0%  4,000/4,000  in 0:04\n");
  }

  @Test
  void earlierRunsAreNoneOfItsSpeed() {
    ProgressBar bar = new ProgressBar(terminal(), now::get);
    now.set(SECOND);
    bar.show(9000, 1000, 3_700_000, "");
    assertThat(screen()).endsWith("9,000/3,700,000  ETA 1:01:31  1,000/s");
  }

  @Test
  void theRateIsOfTheLastSecondsAndOfTheNewRoundAlone() {
    Rate rate = new Rate(0);
    for (int second = 1; second <= 100; second++) {
      rate.add(second * SECOND, second * 10L, 10);
    }
    rate.add(100 * SECOND, 1000, 0);
    for (int second = 101; second <= 120; second++) {
      rate.add(second * SECOND, 1000 + (second - 100) * 1000L, 1000);
    }
    assertThat(rate.perSecond()).isEqualTo(1000);
    rate.add(122 * SECOND, 100, 100);
    assertThat(rate.perSecond()).isEqualTo(50);
    assertThat(new Rate(0).secondsFor(5)).isEmpty();
  }

  @Test
  void aNarrowTerminalGetsLessAndNoWrappedLine() {
    for (width = 1; width < 100; width++) {
      shown.reset();
      ProgressBar bar = new ProgressBar(terminal(), () -> 0);
      bar.show(10, 10, 4000, "smartheading");
      assertThat(screen().length()).isLessThan(Math.max(width, 21));
    }
    assertThat(screen()).endsWith("smartheading");
    assertThat(shown.toString(StandardCharsets.UTF_8)).startsWith("\r\u001b[2K\u001b[?7l");
  }

  @Test
  void aBarThatDidNotComeToItsEndGoesAway() {
    ProgressBar bar = new ProgressBar(terminal(), now::get);
    bar.show(10, 10, 4000, "extract");
    bar.end();
    assertThat(screen()).isEmpty();
  }

  @Test
  void asciiWhereThereIsNoUnicode() {
    ProgressBar bar = new ProgressBar(terminal(new Style(false, false, true)), now::get);
    bar.show(1, 1, 2, "extract");
    assertThat(screen()).startsWith("##########..........   50.0%").matches("\\p{ASCII}*");
  }

  @Test
  void columnsComeFromTheEnvironment() {
    assertThat(new ScreenWidth(Map.of("COLUMNS", "132")).getAsInt()).isEqualTo(132);
    assertThat(new ScreenWidth(Map.of("COLUMNS", "wide")).getAsInt()).isPositive();
  }
}
