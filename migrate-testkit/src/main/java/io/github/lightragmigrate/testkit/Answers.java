package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
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
    } else if (answer instanceof List<?> list) {
      Expect.that(
          list.stream().allMatch(Objects::nonNull), "%s must give a list without null in it", call);
    }
  }

  private static void checkPage(String call, Page page) {
    Expect.none(
        call + " must give a key once within a page (Page.records), whatever mayRepeat() says",
        Keys.repeated(Keys.of(page.records())).stream()
            .map(key -> "twice: " + Expect.shown(key))
            .toList());
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
}
