package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.VerificationReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a page is made of.
 *
 * @param timeline empty where the run did not begin
 * @param options what was asked for, by name
 * @param sourceSettings the adapter's, each that it declares
 * @param targetSettings the same
 * @param ended when
 * @param version of the tool
 */
public record Run(
    MigrationReport report,
    Optional<VerificationReport> verification,
    Optional<Timeline> timeline,
    Map<String, String> options,
    List<AdapterSettings.Entry> sourceSettings,
    List<AdapterSettings.Entry> targetSettings,
    Instant ended,
    String version) {}
