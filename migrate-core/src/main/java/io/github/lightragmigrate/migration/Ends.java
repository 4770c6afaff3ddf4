package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.transfer.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Source and target of a run.
 *
 * @param retryPolicy for both, instead of their own
 * @param retryBudget instead of the policies'
 */
record Ends(
    Endpoint source,
    Endpoint target,
    Optional<RetryPolicy> retryPolicy,
    Optional<Duration> retryBudget) {

  Route route(MigrationListener listener) {
    return new Route(
        source.store(), retrier(source, listener), target.store(), retrier(target, listener));
  }

  private Retrier retrier(Endpoint endpoint, MigrationListener listener) {
    RetryPolicy policy = retryPolicy.orElseGet(endpoint::retryPolicy);
    return new Retrier(retryBudget.map(policy::withBudget).orElse(policy), listener);
  }

  List<Side> sides() {
    return List.of(source.side(), target.side());
  }

  /**
   * @throws IllegalStateException when one of them is closed
   * @throws StoreException SETTINGS when both are one place
   */
  void checkOpenAndApart() {
    source.checkOpen();
    target.checkOpen();
    if (source.side().samePlaceAs(target.side())) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "source and target are the same place: " + source.location());
    }
  }

  /**
   * Keeps a mistyped source from passing for an empty one.
   *
   * @throws StoreException SETTINGS when a setting names a place that does not exist
   */
  void checkSource() {
    Optional<Setting> missing = source.store().missingPlace();
    if (missing.isPresent()) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          missing.get().name()
              + " of the source names a place that does not exist: the cache would be "
              + source.store().location()
              + "; nothing was written");
    }
  }

  /** Without the secrets of both. */
  String masked(String text) {
    return target.masked(source.masked(text));
  }
}
