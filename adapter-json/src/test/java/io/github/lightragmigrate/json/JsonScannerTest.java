package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonScannerTest {

  private static final String VALID =
      "{\"default:extract:a\": {\"return\": \"x\\n\\u00e4\", \"n\": [1, -2.5e+3, 0.1, true, false,"
          + " null, NaN, -Infinity]}, \"b\" :{\"c\": {}, \"d\": [ ]}, \"e\":0}";
  private static final String LETTERS = "{}[]\",:\\u012-+.eEtrufalsnNIy/b \n\t\u0001";
  private static final Selection ALL = Selection.ofPrefixes(List.of(""));

  @TempDir Path temp;

  /** Thousands of texts, a letter or two away from a valid one, have the same verdict. */
  @Test
  void agreesWithAParserOnWhatIsJson() throws IOException {
    CacheDirectory cache = new CacheDirectory(temp);
    Random random = new Random(20_261_124);
    int valid = 0;
    for (int i = 0; i < 1_500; i++) {
      String text = mutate(mutate(VALID, random), random);
      Optional<Integer> expected = entries(text);
      cache.with(text);
      assertThat(read(cache)).as(text).isEqualTo(expected);
      valid += expected.isPresent() ? 1 : 0;
    }
    assertThat(valid).as("of both kinds are enough").isBetween(150, 1_350);
  }

  private static String mutate(String text, Random random) {
    int at = random.nextInt(text.length());
    String letter = String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length())));
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + text.substring(at + 1);
      case 1 -> text.substring(0, at) + letter + text.substring(at);
      default -> text.substring(0, at) + letter + text.substring(at + 1);
    };
  }

  private static Optional<Integer> entries(String text) {
    try {
      Map<String, JsonValue> fields = JsonValue.ofJson(text).fields();
      return Optional.of(fields.size());
    } catch (MalformedJsonException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> read(CacheDirectory cache) {
    try (CacheStore store = cache.source()) {
      Page page = store.scan(ALL, Cursor.START, CacheDirectory.LARGE);
      return Optional.of(page.records().size() + page.unreadable().size());
    } catch (StoreException e) {
      return Optional.empty();
    }
  }
}
