package io.github.lightragmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Assertions whose messages say which call must do what, and what to look at. */
final class Expect {

  private static final int SHOWN = 5;
  private static final int SHOWN_CHARACTERS = 80;

  private Expect() {}

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
      assertThat(counts.total())
          .as(
              "count() must tell the records of the selection and the workspace that a scan would"
                  + " find, %s: the accounts of a migration rest on it; an estimate must say so"
                  + " (Counts.exact)",
              when)
          .isEqualTo(expected);
    }
  }

  /** A fault of that kind: the engine goes by it. */
  static void kind(String rule, StoreException e, StoreException.Kind kind) {
    assertThat(e.kind()).as("%s; its message was: %s", rule, e.getMessage()).isEqualTo(kind);
  }

  /** A result of another thread; what failed there fails here. */
  static <T> T resultOf(Future<T> future) throws InterruptedException, ExecutionException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error failed) {
        throw failed;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw e;
    }
  }

  /** A key or a value, short enough to read. */
  static String shown(String text) {
    return text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "..." : text;
  }
}
