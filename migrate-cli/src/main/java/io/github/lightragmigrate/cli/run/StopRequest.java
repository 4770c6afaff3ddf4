package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Terminal;
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
  private @Nullable Terminal terminal;
  private boolean requested;

  /**
   * While this runs, a request calls {@code stop} instead of ending the process.
   *
   * @param shown where it is shown, for {@link #tell}
   */
  public synchronized void running(Runnable stopCall, Terminal shown) {
    stop = stopCall;
    terminal = shown;
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

  /** Answers a request on stderr, without breaking into a line that is being redrawn. */
  public void tell(String answer) {
    Terminal shown;
    synchronized (this) {
      shown = terminal;
    }
    // not under the lock: output may block, and a second request must still get through
    if (shown != null) {
      shown.problem(answer);
    }
  }
}
