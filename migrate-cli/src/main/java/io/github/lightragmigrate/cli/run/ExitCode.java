package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.StoreException;

/** The process's exit codes. */
public final class ExitCode {

  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int RECORDS_FAILED = 3;
  public static final int DIFFERENT = 4;
  public static final int STOPPED = 5;

  private ExitCode() {}

  public static int of(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> OK;
      case COMPLETED_WITH_FAILURES -> RECORDS_FAILED;
      case STOPPED -> STOPPED;
      case FAILED, INCONSISTENT -> FAILED;
    };
  }

  static int of(VerificationReport.Outcome outcome) {
    return switch (outcome) {
      case SAME -> OK;
      case DIFFERENT -> DIFFERENT;
      case STOPPED -> STOPPED;
      case FAILED -> FAILED;
    };
  }

  public static int of(StoreException e) {
    return switch (e.kind()) {
      case SETTINGS -> USAGE;
      case INTERRUPTED -> STOPPED;
      default -> FAILED;
    };
  }
}
