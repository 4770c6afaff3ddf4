package io.github.lightragmigrate.testservers;

/** Closes a server when the JVM exits, unless it was closed before. */
final class ExitHook {
  private final Thread hook;

  ExitHook(String name, Runnable close) {
    hook = new Thread(close, "stop-" + name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void cancel() {
    if (Thread.currentThread() == hook) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already exiting and runs the hook.
    }
  }
}
