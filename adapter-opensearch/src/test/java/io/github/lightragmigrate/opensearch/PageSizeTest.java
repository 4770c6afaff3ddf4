package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.PageLimit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageSizeTest {

  private final PageSize sizes = new PageSize();
  private final List<Integer> asked = new ArrayList<>();

  @Test
  void growsToWhatTheBytesAllow() {
    assertThat(fetch(new PageLimit(1000, 1_000_000), 1_000)).isEqualTo(16);
    assertThat(fetch(new PageLimit(1000, 1_000_000), 1_000)).isEqualTo(1000);
    assertThat(fetch(new PageLimit(5, 1_000_000), 1_000)).isEqualTo(5);
    assertThat(fetch(new PageLimit(1000, 10_000), 1_000))
        .as("no second page for a rest")
        .isEqualTo(11);
    assertThat(fetch(new PageLimit(100_000, 1L << 40), 1_000)).isEqualTo(10_000);
  }

  @Test
  void asksForFewerWhenTheAnswerIsTooLong() {
    assertThat(fetch(new PageLimit(1000, 1_000_000), 300_000)).isEqualTo(4);
    assertThat(asked).containsExactly(16, 8, 4);
    assertThat(fetch(new PageLimit(1000, 1_000_000), 300_000)).isEqualTo(4);
    assertThat(asked).hasSize(4);
  }

  @Test
  void oneDocumentMayBeOfAnyLength() {
    assertThat(fetch(new PageLimit(1000, 10), 50_000_000)).isEqualTo(1);
  }

  private int fetch(PageLimit limit, int bytesEach) {
    PageSize.Sized sized =
        sizes.fetch(
            limit,
            (request, most) -> {
              int size = asked.get(asked.size() - 1);
              if ((long) size * bytesEach > most) {
                throw new ReplyTooLongException("test", new IllegalStateException());
              }
              return new Reply(200, new byte[0]);
            },
            size -> {
              asked.add(size);
              return Request.of("GET", "/");
            });
    sizes.seen(sized.size(), sized.size() * bytesEach);
    return sized.size();
  }
}
