package io.github.lightragmigrate.testkit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * The last resort against a call that does not come back, also from one that does not listen to
 * interrupts. JUnit's own time limit does not say which call it was.
 */
final class TimeLimit implements InvocationInterceptor {

  private static final int DEFAULT_SECONDS = 300;

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    int seconds =
        context
            .getConfigurationParameter(StoreContract.TIMEOUT, Integer::valueOf)
            .orElse(DEFAULT_SECONDS);
    FutureTask<@Nullable Void> test = new FutureTask<>(() -> proceed(invocation));
    // threads that the test starts are in it too
    ThreadGroup threads = new ThreadGroup("contract kit");
    Thread thread = new Thread(threads, test, "contract kit");
    thread.setDaemon(true);
    thread.start();
    try {
      test.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Objects.requireNonNull(e.getCause());
    } catch (TimeoutException e) {
      throw stuck(threads, seconds);
    } finally {
      if (!test.isDone()) {
        threads.interrupt();
      }
    }
  }

  private static @Nullable Void proceed(Invocation<@Nullable Void> invocation) throws Exception {
    try {
      return invocation.proceed();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names the call, and has the stack trace of the thread that is in it. */
  private static AssertionError stuck(ThreadGroup threads, int seconds) {
    Thread[] found = new Thread[threads.activeCount() + 1];
    threads.enumerate(found);
    return Arrays.stream(found)
        .filter(Objects::nonNull)
        .map(Thread::getStackTrace)
        .filter(stack -> CheckedCalls.callIn(stack).isPresent())
        .findFirst()
        .map(stack -> stuck(CheckedCalls.callIn(stack).orElseThrow() + "()", stack, seconds))
        .orElseGet(() -> stuck("close() and every other call", new StackTraceElement[0], seconds));
  }

  private static AssertionError stuck(String call, StackTraceElement[] stack, int seconds) {
    AssertionError stuck =
        new AssertionError(
            ("%s must come back, or throw a StoreException when the store does not answer: this test"
                    + " has waited for %s seconds, and is where the stack trace says. A store that"
                    + " is but slow gets more time by -D%s=SECONDS")
                .formatted(call, seconds, StoreContract.TIMEOUT));
    stuck.setStackTrace(stack);
    return stuck;
  }
}
