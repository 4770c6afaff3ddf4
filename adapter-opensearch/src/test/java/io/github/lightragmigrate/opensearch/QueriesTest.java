package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Selection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueriesTest {

  private static final Selection TWO = Selection.ofTypes(List.of("extract", "summary"));

  @Test
  void aRangeInOnePrefixIsAskedForWithoutTheOthers() {
    assertThat(page("default:extract:a", "default:extract:b"))
        .contains(
            "{\"range\": {\"__mirrored_id\": {\"gt\": \"default:extract:a\","
                + " \"lte\": \"default:extract:b\"}}}")
        .doesNotContain("prefix");
  }

  @Test
  void otherRangesExcludeWhatIsNotSelected() {
    assertThat(page("default:extract:a", "default:summary:b")).contains("\"gt\"", "\"prefix\"");
    assertThat(page("default:extract:a", null)).contains("\"gt\"", "\"prefix\"");
    assertThat(page(null, "default:extract:b")).contains("\"lte\"", "\"prefix\"");
    assertThat(page("a", "b")).contains("\"gt\"", "\"prefix\"");
  }

  private static String page(String after, String until) {
    ScanCursor part = ScanCursor.part(Optional.ofNullable(after), Optional.ofNullable(until));
    return Queries.page(part, TWO, 10, true);
  }
}
