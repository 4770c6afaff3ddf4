package io.github.lightragmigrate.cli.run;

import java.util.List;

/** What was asked for cannot be done as asked. The message holds all that is wrong, a line each. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String problem) {
    super(problem);
  }

  public UsageException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
