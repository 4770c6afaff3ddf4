package io.github.lightragmigrate.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** Rows of checks by name, each passed or failed. */
final class Matrix {

  private final List<String> columns;
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

  Matrix(List<String> columns) {
    this.columns = columns;
  }

  /** A row of failures, until its checks have passed. */
  void expect(String row) {
    Map<String, String> cells = new LinkedHashMap<>();
    columns.forEach(column -> cells.put(column, "FAIL"));
    rows.put(row, cells);
  }

  /** The check, noted down when it passes. */
  Executable check(String row, String column, String passed, Executable check) {
    return () -> {
      check.execute();
      rows.get(row).put(column, passed);
    };
  }

  /** A cell without a check. */
  void note(String row, String column, String why) {
    rows.get(row).put(column, why);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%-26s".formatted("route"));
    columns.forEach(column -> text.append("%-10s".formatted(column)));
    rows.forEach(
        (row, cells) -> {
          text.append("%n%-26s".formatted(row));
          columns.forEach(column -> text.append("%-10s".formatted(cells.get(column))));
        });
    return text.append(System.lineSeparator()).toString();
  }
}
