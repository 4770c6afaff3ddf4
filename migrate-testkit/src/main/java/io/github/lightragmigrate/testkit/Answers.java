package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a call gives back is of a form that the engine can use. */
final class Answers {

  private Answers() {}

  /**
   * Fails for an answer without form.
   *
   * @param arguments those of the call
   */
  static void check(
      Method method, @Nullable Object @Nullable [] arguments, @Nullable Object answer) {
    String call = method.getName() + "()";
    Expect.that(
        answer != null,
        "%s must give back its %s, never null: of what there is none, an empty list, text or"
            + " Optional",
        call,
        method.getReturnType().getSimpleName());
    if (answer instanceof Page page) {
      checkPage(call, page);
      if (arguments != null && arguments.length > 1 && arguments[1] instanceof Cursor cursor) {
        page.next().ifPresent(next -> checkNext(call, cursor, next));
      }
    } else if (answer instanceof WriteResult result) {
      checkElements(call, result.failures());
    } else if (answer instanceof List<?> list) {
      checkElements(call, list);
    }
  }

  @SuppressWarnings({"OptionalOfNullable", "NullOptional", "NullAway"})
  private static void checkPage(String call, Page page) {
    Expect.that(
        page.next() != null,
        "%s must give a Page whose next is no null but Optional.empty()",
        call);
    Expect.none(
        call + " must give a key once within a page (Page.records), whatever mayRepeat() says",
        Keys.repeated(Keys.of(page.records())).stream()
            .map(key -> "twice: " + Expect.shown(key))
            .toList());
    page.unreadable().forEach(record -> checkReason(call, record.key(), record.reason()));
  }

  private static void checkNext(String call, Cursor asked, Cursor next) {
    Expect.that(
        !next.isStart(),
        "%s must give a next that goes on, and gave Cursor.START, where all begins anew: the last"
            + " page has an empty next (Optional.empty())",
        call);
    Expect.that(
        !next.equals(asked),
        "%s must move on with every page, and gave as next the cursor that it was asked for, '%s':"
            + " look at where the next page begins (behind the last record, not at it), and at where"
            + " a scan ends (the last page has an empty next)",
        call,
        asked.text());
  }

  private static void checkElements(String call, List<?> list) {
    Expect.that(
        list.stream().allMatch(Objects::nonNull), "%s must give a list without null in it", call);
    for (Object element : list) {
      if (element instanceof WriteFailure failure) {
        checkReason(call, failure.key(), failure.reason());
      }
    }
  }

  private static void checkReason(String call, @Nullable String key, @Nullable String reason) {
    Expect.that(
        key != null && reason != null,
        "%s must give a key and a reason, which people read, with each record that it refuses or"
            + " cannot read, and gave null; key: %s, reason: %s",
        call,
        key,
        reason);
  }
}
