package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.transfer.Route;

/** Whether the numbers of a run add up; if they do not, its state says so. */
final class Sums {

  private final Route route;
  private final Selection selection;
  private final RunState state;

  Sums(Route route, Selection selection, RunState state) {
    this.route = route;
    this.selection = selection;
    this.state = state;
  }

  /** The source's selected records. */
  Counts count() {
    return route
        .sourceRetrier()
        .call("counting", () -> route.source().count(selection, found -> {}));
  }

  /**
   * A run that lost sight of a record must not end as a success.
   *
   * @param before what the source counted at the start
   * @param tally of the run and those that it went on from
   * @param resumed records of those
   * @return what the source counts, for the report
   */
  long ofSource(Counts before, Tally tally, long resumed) {
    long accounted = tally.accounted();
    if (!before.exact() || accounted == before.total()) {
      return before.total();
    }
    if (resumed > 0 && route.source().mayRepeat() && accounted > before.total()) {
      state.note(
          (accounted - before.total())
              + " records are counted twice: the source gave them to this run and to an earlier"
              + " one, or has lost them since");
      return before.total();
    }
    long now = count().total();
    if (accounted == now) {
      state.note(
          "the source changed during the run: it had "
              + before.total()
              + " records at the start and has "
              + now
              + " now");
      return now;
    }
    state.inconsistent(
        "the source counts "
            + before.total()
            + " records (now "
            + now
            + "), but "
            + accounted
            + " were read: stop whatever writes to the source and run again; where nothing does, its"
            + " adapter counts or reads wrongly, and the contract kit tells which");
    return before.total();
  }

  /** Records that somebody took out of the target during the run are no success either. */
  void ofTarget(Tally tally, long sourceCount) {
    Counts counts =
        route.targetRetrier().call("counting", () -> route.target().count(selection, found -> {}));
    // a source that gave a record to two runs has fewer than were written
    long expected = Math.min(tally.written() + tally.skipped(), sourceCount);
    if (counts.exact() && counts.total() < expected) {
      state.inconsistent(
          "the target counts "
              + counts.total()
              + " records, but "
              + expected
              + " are to be in it: records were removed meanwhile, by somebody or by the store"
              + " itself, or its adapter counts or writes wrongly, which the contract kit tells; run"
              + " again when that has an end");
    }
  }
}
