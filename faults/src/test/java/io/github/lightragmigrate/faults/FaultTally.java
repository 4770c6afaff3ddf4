package io.github.lightragmigrate.faults;

import java.util.Map;
import java.util.TreeMap;

/** Counts over the whole suite, by target and kind of fault. Prints its table when closed. */
final class FaultTally implements AutoCloseable {

  private record Line(String target, String kind) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : target.compareTo(other.target);
    }
  }

  private static final class Sums {
    int migrations;
    int faults;
    int survived;
    int lost;
    int altered;
    int falselyReported;
  }

  private final Map<Line, Sums> lines = new TreeMap<>();

  /**
   * One migration begins.
   *
   * @param target what was hit, such as {@code redis}
   * @param kind what hits it, such as {@code kill -9}
   */
  synchronized Trial trial(String target, String kind) {
    Sums sums = lines.computeIfAbsent(new Line(target, kind), line -> new Sums());
    sums.migrations++;
    return new Trial(this, target, kind);
  }

  synchronized void injected(String target, String kind, int faults) {
    sums(target, kind).faults += faults;
  }

  synchronized void survived(String target, String kind, int faults) {
    sums(target, kind).survived += faults;
  }

  synchronized void compared(String target, String kind, Comparison comparison) {
    Sums sums = sums(target, kind);
    sums.lost += comparison.lost().size();
    sums.altered += comparison.altered().size() + comparison.strange().size();
  }

  synchronized void falselyReported(String target, String kind) {
    sums(target, kind).falselyReported++;
  }

  private Sums sums(String target, String kind) {
    return lines.get(new Line(target, kind));
  }

  @Override
  public synchronized void close() {
    String format = "%-34s %-26s %10s %7s %9s %7s %8s %13s%n";
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            format,
            "fault",
            "at",
            "migrations",
            "faults",
            "survived",
            "lost",
            "altered",
            "false reports"));
    Sums all = new Sums();
    lines.forEach(
        (line, sums) -> {
          table.append(row(format, line.kind(), line.target(), sums));
          all.migrations += sums.migrations;
          all.faults += sums.faults;
          all.survived += sums.survived;
          all.lost += sums.lost;
          all.altered += sums.altered;
          all.falselyReported += sums.falselyReported;
        });
    table.append(row(format, "ALL", "", all));
    System.out.println("\n" + table);
  }

  private static String row(String format, String kind, String target, Sums sums) {
    return String.format(
        format,
        kind,
        target,
        sums.migrations,
        sums.faults,
        sums.survived,
        sums.lost,
        sums.altered,
        sums.falselyReported);
  }
}
