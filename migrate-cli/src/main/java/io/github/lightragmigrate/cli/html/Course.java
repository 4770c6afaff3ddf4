package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.html.BarChart.Bar;
import io.github.lightragmigrate.cli.html.Timeline.Interval;
import io.github.lightragmigrate.cli.terminal.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the run went over time: throughput, and how long the target took for each call. */
final class Course {

  private static final double MILLIS = 1e6;

  /** Fewer bars, of a run of less than a second, show nothing. */
  private static final int LEAST_BARS = 10;

  private final List<Interval> intervals;
  private final Duration length;
  private final Latencies latencies;

  Course(Timeline timeline) {
    this.intervals = timeline.intervals();
    this.length = timeline.length();
    this.latencies = timeline.latencies();
  }

  void write(Markup page) {
    boolean charts = intervals.size() >= LEAST_BARS;
    if (!charts && latencies.calls() == 0) {
      return;
    }
    page.open("section").element("h2", "Course of the run");
    if (charts) {
      throughput().write(page);
    }
    if (latencies.calls() > 0) {
      if (charts) {
        calls().write(page);
        page.open("p", "class", "legend").element("span", "", "class", "key inner");
        page.text("average ").element("span", "", "class", "key bar").text("longest").close();
      }
      quantiles(page);
    }
    page.close();
  }

  private BarChart throughput() {
    List<Bar> bars = new ArrayList<>();
    double highest = 0;
    for (int i = 0; i < intervals.size(); i++) {
      double rate = intervals.get(i).records() * 1e9 / length.toNanos();
      highest = Math.max(highest, rate);
      bars.add(
          new Bar(
              rate, rate, from(i) + ": " + Text.number(Math.round(rate)) + " records a second"));
    }
    String top = Text.number(Math.round(highest));
    return new BarChart(
        "Records a second, each bar " + shown(length),
        "Throughput over " + end() + ": at most " + top + " records a second",
        top,
        end(),
        bars);
  }

  private BarChart calls() {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i++) {
      Interval interval = intervals.get(i);
      Duration average = interval.waited().dividedBy(Math.max(1, interval.calls()));
      bars.add(
          new Bar(
              interval.longest().toNanos(),
              average.toNanos(),
              from(i)
                  + ": "
                  + Text.number(interval.calls())
                  + " calls, average "
                  + shown(average)
                  + ", longest "
                  + shown(interval.longest())));
    }
    String top = shown(latencies.longest());
    return new BarChart(
        "Time that the target took to write a batch, or a part of a large one",
        "Time of the target's calls over " + end() + ": at most " + top,
        top,
        end(),
        bars);
  }

  private void quantiles(Markup page) {
    page.open("div", "class", "wide").open("table", "class", "numbers");
    page.element("caption", "Time of a call to the target, within a tenth");
    Tables.header(page, "Calls", "Median", "95 of 100", "99 of 100", "Longest");
    page.open("tbody").open("tr");
    page.element("th", Text.number(latencies.calls()), "scope", "row", "data-label", "Calls");
    Tables.text(page, "Median", shown(latencies.quantile(0.5)));
    Tables.text(page, "95 of 100", shown(latencies.quantile(0.95)));
    Tables.text(page, "99 of 100", shown(latencies.quantile(0.99)));
    Tables.text(page, "Longest", shown(latencies.longest()));
    page.close().close().close().close();
  }

  private String from(int index) {
    return "from " + shown(length.multipliedBy(index));
  }

  private String end() {
    return shown(length.multipliedBy(intervals.size()));
  }

  /** {@code 1.25 s}, {@code 12 ms}: three digits are enough. */
  static String shown(Duration duration) {
    double millis = duration.toNanos() / MILLIS;
    if (millis >= 1000) {
      return String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%,.1f s", millis / 1000);
    }
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }
}
