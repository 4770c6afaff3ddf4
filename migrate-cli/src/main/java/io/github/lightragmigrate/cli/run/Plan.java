package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.OnConflict;
import io.github.lightragmigrate.spi.Selection;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  /**
   * What was asked for, by the options' names; whatever is left to the stores is left out. Times
   * are in seconds.
   */
  Map<String, JsonValue> options() {
    Map<String, JsonValue> options = new LinkedHashMap<>();
    options.put(
        "types",
        JsonValue.array(
            selection.prefixes().stream().map(Selection::typeOf).map(JsonValue::of).toList()));
    options.put("batchSize", JsonValue.of(batchSize));
    options.put("onConflict", JsonValue.of(onConflict.name().toLowerCase(Locale.ROOT)));
    options.put("dryRun", JsonValue.of(dryRun));
    options.put("sanitize", JsonValue.of(sanitize));
    options.put("verify", JsonValue.of(verify));
    options.put("resume", JsonValue.of(checkpoints.resume()));
    pace.readers().ifPresent(number -> options.put("readers", JsonValue.of(number)));
    pace.writers().ifPresent(number -> options.put("writers", JsonValue.of(number)));
    pace.maxRecordsPerSecond()
        .ifPresent(number -> options.put("maxRecordsPerSecond", JsonValue.of(number)));
    retryBudget.ifPresent(time -> options.put("giveUpAfter", seconds(time)));
    options.put("checkpointInterval", seconds(checkpoints.interval()));
    checkpoints.named().ifPresent(file -> options.put("checkpoint", JsonValue.of(file.toString())));
    failures
        .filter(file -> failuresNamed)
        .ifPresent(file -> options.put("failures", JsonValue.of(file.toString())));
    return options;
  }

  private static JsonValue seconds(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
    return JsonValue.ofJson(seconds.toPlainString());
  }

  /** A dry run must not even create what LightRAG would. */
  public Access targetAccess() {
    return dryRun ? Access.SOURCE : Access.TARGET;
  }
}
