package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.RunDetails;
import io.github.lightragmigrate.report.VerificationReport;
import java.util.List;
import java.util.Optional;

/**
 * What a page is made of.
 *
 * @param timeline empty where the run did not begin
 * @param details when and how it was called
 * @param sourceSettings the adapter's, each that it declares
 * @param targetSettings the same
 */
public record Run(
    MigrationReport report,
    Optional<VerificationReport> verification,
    Optional<Timeline> timeline,
    RunDetails details,
    List<AdapterSettings.Entry> sourceSettings,
    List<AdapterSettings.Entry> targetSettings) {}
