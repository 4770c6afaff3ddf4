package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is to be done, whatever the stores.
 *
 * @param sanitize clean records that the target cannot hold, where that helps
 * @param verify compare what was migrated afterwards
 * @param retryBudget how long a call is tried that fails for the moment
 * @param failures where records go that fail, if they are to be kept
 * @param failuresNamed a person chose that file
 * @param quiet the report and nothing before it
 */
public record Plan(
    Selection selection,
    int batchSize,
    Pace pace,
    OnConflict onConflict,
    boolean dryRun,
    boolean sanitize,
    boolean verify,
    Optional<Duration> retryBudget,
    Checkpoints checkpoints,
    Optional<Path> failures,
    boolean failuresNamed,
    Optional<ReportFile> report,
    boolean quiet) {

  /** What was asked for, by name, for people; whatever is left to the stores is left out. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(
        "Cache types",
        selection.prefixes().stream().map(Selection::typeOf).collect(Collectors.joining(", ")));
    options.put("Batch size", String.valueOf(batchSize));
    options.put("On conflict", onConflict.name().toLowerCase(Locale.ROOT));
    options.put("Dry run", yesOrNo(dryRun));
    options.put("Sanitize", yesOrNo(sanitize));
    options.put("Verify", yesOrNo(verify));
    options.put("Resume", yesOrNo(checkpoints.resume()));
    pace.readers().ifPresent(number -> options.put("Readers", String.valueOf(number)));
    pace.writers().ifPresent(number -> options.put("Writers", String.valueOf(number)));
    pace.maxRecordsPerSecond()
        .ifPresent(number -> options.put("Records a second at most", String.valueOf(number)));
    return options;
  }

  private static String yesOrNo(boolean value) {
    return value ? "yes" : "no";
  }

  /** A dry run must not even create what LightRAG would. */
  public Access targetAccess() {
    return dryRun ? Access.SOURCE : Access.TARGET;
  }
}
