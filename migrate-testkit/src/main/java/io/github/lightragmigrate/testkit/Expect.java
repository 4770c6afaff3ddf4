package io.github.lightragmigrate.testkit;

import static org.assertj.core.api.Assertions.fail;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Assertions whose messages are advice and nothing else: which call must do what, what it did, and
 * what to look at.
 */
final class Expect {

  private static final int SHOWN = 5;
  private static final int SHOWN_CHARACTERS = 80;

  private Expect() {}

  /**
   * It is so.
   *
   * @param rule what must hold, a format
   */
  static void that(boolean isSo, String rule, @Nullable Object... arguments) {
    if (!isSo) {
      fail(rule.formatted(arguments));
    }
  }

  /**
   * Both are equal.
   *
   * @param rule what must hold, as it is to be read
   */
  static void equal(String rule, @Nullable Object is, @Nullable Object should) {
    that(Objects.equals(is, should), "%s\n  should be: %s\n  is: %s", rule, should, is);
  }

  /**
   * Nothing is wrong; of many problems a message shows a few.
   *
   * @param rule what must hold
   * @param problems a line each
   */
  static void none(String rule, List<String> problems) {
    if (!problems.isEmpty()) {
      StringBuilder message = new StringBuilder(rule);
      problems.stream().limit(SHOWN).forEach(problem -> message.append("\n  ").append(problem));
      if (problems.size() > SHOWN) {
        message.append("\n  and ").append(problems.size() - SHOWN).append(" more");
      }
      fail(message.toString());
    }
  }

  /** A count of the default types, unless it says that it is an estimate. */
  static void count(CacheStore store, long expected, String when) {
    Counts counts = store.count(Scans.DEFAULT, n -> {});
    if (counts.exact()) {
      equal(
          ("count() must give as many records as scan() does, of the same selection and workspace"
                  + " (here: %s); the end of a migration is judged by it")
              .formatted(when),
          counts.total(),
          expected);
    }
  }

  /**
   * The call is refused.
   *
   * @param kind the engine goes by it
   * @return what the call threw
   */
  static StoreException refused(String rule, StoreException.Kind kind, Callable<?> call) {
    try {
      call.call();
    } catch (StoreException e) {
      kind(rule, e, kind);
      return e;
    } catch (Exception e) {
      return fail(rule + "\n  it threw " + e, e);
    }
    return fail(rule + "\n  it threw nothing");
  }

  /** A fault of that kind: the engine goes by it. */
  static void kind(String rule, StoreException e, StoreException.Kind kind) {
    that(e.kind() == kind, "%s\n  its kind is %s, its message: %s", rule, e.kind(), e.getMessage());
  }

  /**
   * A result of another thread; what failed there fails here.
   *
   * @param rule what must hold where threads call at once
   */
  static <T> T resultOf(String rule, Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      return fail(rule + "\n  " + thrown.getMessage(), thrown);
    }
  }

  /** A key or a value, short enough to read. */
  static String shown(String text) {
    return text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "..." : text;
  }
}
