package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.report.Outcome;
import io.github.lightragmigrate.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a run stands, for its report. Used by the run's own thread alone. */
final class RunState {

  private final FaultHandler faultHandler;
  private final List<RuntimeException> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Outcome outcome = Outcome.COMPLETED;
  private Optional<String> fault = Optional.empty();

  RunState(FaultHandler faultHandler) {
    this.faultHandler = faultHandler;
  }

  Outcome outcome() {
    return outcome;
  }

  boolean isCompleted() {
    return outcome == Outcome.COMPLETED;
  }

  Optional<String> fault() {
    return fault;
  }

  List<String> notes() {
    return notes;
  }

  void note(String text) {
    notes.add(faultHandler.mask().apply(text));
  }

  void ended(Outcome how) {
    outcome = how;
  }

  void inconsistent(String what) {
    outcome = Outcome.INCONSISTENT;
    fault = Optional.of(what);
  }

  void failed(RuntimeException e) {
    boolean interrupted =
        e instanceof StoreException store && store.kind() == StoreException.Kind.INTERRUPTED;
    outcome = interrupted ? Outcome.STOPPED : Outcome.FAILED;
    fault = Optional.of(faultHandler.text(e));
    faults.add(e);
  }

  /** Hands over the exceptions, when nothing is at stake any more that the handler could cost. */
  void tellFaults() {
    faults.forEach(e -> faultHandler.tell(e).ifPresent(this::note));
  }
}
