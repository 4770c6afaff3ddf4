package io.github.lightragmigrate.cli.run;

import org.jspecify.annotations.Nullable;

/** Passes a person's wish to stop on to what runs. Safe for use by several threads. */
public final class StopRequest {

  /** What a signal asks of the process. */
  public enum Effect {
    /** Nothing runs: it can end. */
    EXIT,
    /** The run was asked to come to its end. */
    STOPPING,
    /** It was asked before: end at once. */
    HALT
  }

  private @Nullable Runnable stop;
  private boolean requested;

  /** While this runs, a request calls {@code stop} instead of ending the process. */
  public synchronized void running(Runnable stopCall) {
    stop = stopCall;
  }

  /** Called for each signal. */
  public synchronized Effect request() {
    if (stop == null) {
      return Effect.EXIT;
    }
    if (requested) {
      return Effect.HALT;
    }
    requested = true;
    stop.run();
    return Effect.STOPPING;
  }
}
