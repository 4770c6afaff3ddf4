package io.github.lightragmigrate.cli.doctor;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;

/**
 * What was found out about one store.
 *
 * @param side whose settings led there
 * @param inUse it is the one that LightRAG's own settings choose
 * @param settings those that are set, in the adapter's order
 * @param reason why it is not ready; empty when it is
 * @param location without credentials; empty when it is not ready
 * @param holdings the selected workspace first
 * @param warnings what looks wrong, a sentence each
 */
public record Diagnosis(
    StorageAdapter adapter,
    Side side,
    boolean inUse,
    List<AdapterSettings.Entry> settings,
    Status status,
    String reason,
    String location,
    List<Holding> holdings,
    List<String> warnings) {

  /** How far the doctor came. */
  public enum Status {
    /** It answers. */
    READY,
    /** No setting leads to it, so nobody was asked. */
    NOT_CONFIGURED,
    /** Its settings cannot be used. */
    UNUSABLE_SETTINGS,
    /** It does not answer, or refuses. */
    UNREACHABLE
  }

  public Diagnosis {
    settings = List.copyOf(settings);
    holdings = List.copyOf(holdings);
    warnings = List.copyOf(warnings);
  }

  /** The exit code for several: that of the first one that is in the worst state. */
  public static int exitCode(List<Diagnosis> diagnoses) {
    List<Status> states = diagnoses.stream().map(Diagnosis::status).toList();
    if (states.contains(Status.UNREACHABLE)) {
      return ExitCode.FAILED;
    }
    return states.contains(Status.UNUSABLE_SETTINGS) ? ExitCode.USAGE : ExitCode.OK;
  }
}
