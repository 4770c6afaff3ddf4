package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.SettingsSources;
import io.github.lightragmigrate.cli.html.Run;
import io.github.lightragmigrate.cli.html.Timeline;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.RunDetails;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.report.VerificationReport;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what the report of a run is made of, and writes it where a file was named. */
public final class RunReport {

  private static final Side UNKNOWN = new Side("", "", "");

  private final Plan plan;
  private final Stores stores;
  private final Diagnostics diagnostics;
  private final String version;
  private final Map<SettingsSources.Side, Side> sides = new EnumMap<>(SettingsSources.Side.class);
  private final Map<SettingsSources.Side, List<AdapterSettings.Entry>> settings =
      new EnumMap<>(SettingsSources.Side.class);
  private @Nullable Timeline timeline;
  private Instant started = Instant.now();
  private boolean finished;

  /**
   * @param version of the tool
   */
  public RunReport(Plan plan, Stores stores, Diagnostics diagnostics, String version) {
    this.plan = plan;
    this.stores = stores;
    this.diagnostics = diagnostics;
    this.version = version;
  }

  /** Says which store a side has, before it is opened. */
  public void chosen(SettingsSources.Side side, StorageAdapter adapter) {
    sides.put(side, new Side(adapter.name(), "", ""));
    settings.put(side, stores.settings(side, adapter).entries());
  }

  /** Says where a side is. */
  public void opened(SettingsSources.Side side, Endpoint endpoint) {
    sides.put(side, endpoint.side());
  }

  /** Says that there will be no run, because of a store. */
  public void notBegun(StoreException e) {
    if (plan.report().isPresent() && !finished) {
      String fault = diagnostics.masked(String.valueOf(e.getMessage()));
      finished(
          MigrationReport.notBegun(
              sides.getOrDefault(SettingsSources.Side.SOURCE, UNKNOWN),
              sides.getOrDefault(SettingsSources.Side.TARGET, UNKNOWN),
              plan.dryRun(),
              fault),
          Optional.empty());
    }
  }

  /** Says that the run begins; what a page needs to know of it while it goes on. */
  MigrationListener begin() {
    started = Instant.now();
    if (plan.report().filter(ReportFile::isPage).isEmpty()) {
      return MigrationListener.NONE;
    }
    Timeline begun = new Timeline();
    timeline = begun;
    return begun;
  }

  /**
   * Writes it.
   *
   * @throws java.io.UncheckedIOException when it cannot be written
   */
  void finished(MigrationReport report, Optional<VerificationReport> verification) {
    finished = true;
    plan.report()
        .ifPresent(
            file ->
                file.write(
                    new Run(
                        report,
                        verification,
                        Optional.ofNullable(timeline),
                        new RunDetails(
                            started.truncatedTo(ChronoUnit.MILLIS), version, plan.options()),
                        settings.getOrDefault(SettingsSources.Side.SOURCE, List.of()),
                        settings.getOrDefault(SettingsSources.Side.TARGET, List.of()))));
  }
}
