package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What an adapter gives is refused where it is made, so that the trace names the adapter. */
@SuppressWarnings("NullAway")
class NullsTest {

  private static void assertRefused(ThrowingCallable call, String what) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageContaining(what);
  }

  @Test
  void nullsAreNamed() {
    assertRefused(() -> new Page(List.of(), List.of(), 0, null), "the last page's is");
    assertRefused(() -> new WriteFailure("key", null, false), "a failure's reason is null");
    assertRefused(() -> new WriteFailure(null, "why", false), "a failure's key is null");
    assertRefused(() -> new UnreadableRecord("key", null, ""), "reason is null");
    assertRefused(() -> new Cursor(null), "a cursor's text is null");
    assertRefused(() -> Counts.exact(Collections.singletonMap("a", null)), "a count is null");
  }

  @Test
  void aNegativeCountIsNone() {
    assertThatThrownBy(() -> Counts.exact(Map.of("default:extract:", -4L)))
        .hasMessage("the count of default:extract: is -4");
  }
}
