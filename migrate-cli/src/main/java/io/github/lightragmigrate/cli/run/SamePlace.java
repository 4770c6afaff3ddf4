package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.migration.Endpoint;

/** Keeps a migration from reading what it writes. */
public final class SamePlace {

  private SamePlace() {}

  /**
   * Compares storage and location: links may lead from two workspaces to one place.
   *
   * @throws UsageException when both are the same place
   */
  public static void refuse(Endpoint source, Endpoint target) {
    if (source.side().samePlaceAs(target.side())) {
      throw new UsageException(
          "source and target are the same place: "
              + source.location()
              + "; give one side another workspace (--target-workspace) or other settings"
              + " (TARGET_... variables, --target-env-file)");
    }
  }
}
