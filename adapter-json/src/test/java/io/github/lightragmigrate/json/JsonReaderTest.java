package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @TempDir Path temp;
  private CacheDirectory cache = new CacheDirectory(Path.of("."));

  @BeforeEach
  void setUp() {
    cache = new CacheDirectory(temp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t\r\n ", "\uFEFF", "\uFEFF \n", "{}", "\uFEFF{ }\n"})
  void aBlankOrEmptyFileHoldsNothing(String text) throws IOException {
    cache.with(text);
    assertThat(cache.count()).isZero();
    assertThat(cache.scan().records()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    cache.with("\uFEFF{\"default:extract:a\": {\"return\": \"ä\"}}");
    assertThat(cache.scan().records())
        .containsExactly(CacheRecord.ofJson("default:extract:a", utf8("{\"return\": \"ä\"}")));
  }

  @Test
  void ofARepeatedKeyTheLastCounts() throws IOException {
    String key = "default:extract:" + "a".repeat(32);
    cache.with(
        """
        {"%1$s": {"return": "first"}, "default:extract:b": {"return": "b"},
         "%1$s": 5, "%1$s": {"return": "last"}, "default:extract:\\u0062": {"return": "b too"}}
        """
            .formatted(key));
    assertThat(cache.count()).isEqualTo(2);
    assertThat(cache.scan().records())
        .containsExactly(
            CacheRecord.ofJson(key, utf8("{\"return\": \"last\"}")),
            CacheRecord.ofJson("default:extract:b", utf8("{\"return\": \"b too\"}")));
    assertThat(cache.scan().unreadable()).isEmpty();
    try (CacheStore store = cache.source()) {
      assertThat(store.find(List.of(key, key)).records())
          .containsExactly(CacheRecord.ofJson(key, utf8("{\"return\": \"last\"}")));
    }
  }

  @Test
  void literalsOfPythonAreNumbers() throws IOException {
    cache.with(
        "{\"default:extract:a\": {\"return\": \"\", \"n\": [NaN, Infinity, -Infinity, -0.5e-7]}}");
    assertThat(cache.scan().records().get(0).field("n"))
        .contains(JsonValue.ofJson("[NaN, Infinity, -Infinity, -5E-8]"));
  }

  @Test
  void whatIsNoObjectIsUnreadableAndCounted() throws IOException {
    cache.with(
        "{\"default:extract:a\": \"text\", \"default:extract:b\": null,"
            + " \"default:extract:c\": {\"return\": \"c\"}, \"mix:query:d\": 5}");
    Page page = cache.scan();
    assertThat(page.records()).extracting(CacheRecord::key).containsExactly("default:extract:c");
    assertThat(page.unreadable())
        .extracting(UnreadableRecord::key, UnreadableRecord::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("default:extract:a", "\"text\""),
            org.assertj.core.groups.Tuple.tuple("default:extract:b", "null"));
    assertThat(cache.count()).isEqualTo(3);
  }

  private static String base64(String bytes) {
    return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void invalidUtf8TakesOneRecordOnly() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(utf8("{\"default:extract:a\": {\"return\": \"bad "));
    text.write(0xFF);
    text.writeBytes(utf8("\"}, \"default:extract:k"));
    text.write(0xC3);
    text.writeBytes(utf8("\": {\"return\": \"key\"}, \"default:extract:b\": {\"return\": \"b\"}}"));
    Files.write(cache.file(), text.toByteArray());
    Page page = cache.scan();
    assertThat(page.records()).extracting(CacheRecord::key).containsExactly("default:extract:b");
    assertThat(page.unreadable()).hasSize(2);
    assertThat(page.unreadable().get(0).key()).isEqualTo("default:extract:a");
    assertThat(page.unreadable().get(0).reason()).contains("UTF-8");
    assertThat(page.unreadable().get(0).base64())
        .as("every byte")
        .contains(base64("{\"return\": \"bad \u00ff\"}"));
    assertThat(page.unreadable().get(1).reason()).contains("key");
    assertThat(page.unreadable().get(1).text()).isEqualTo("{\"return\": \"key\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          [1]                                  | 1 | 1
          {"a": {"return": "x"}                | 1 | 22
          {"a": {"return": "x"},}              | 1 | 23
          {"a": {"return": "x" "b": 1}}        | 1 | 22
          {"a": {"return": "x"}}x              | 1 | 23
          {"a": {"return": tru}}               | 1 | 21
          {"a": {"return": 01}}                | 1 | 19
          {"a": {"return": +1}}                | 1 | 18
          {"a": {"return": INF}}               | 1 | 19
          {"a": {"return": 'x'}}               | 1 | 18
          {"a": {"return": "\\x"}}             | 1 | 20
          {"a": {"return": "\\u12g4"}}         | 1 | 23
          {"a": [1, 2}                         | 1 | 12
          {"ä": {"return": "ö",~ "b": nul}}    | 2 | 10
          {"a" {"return": "x"}}                | 1 | 6
          {a: 1}                               | 1 | 2
          {"a": {"return": "never ends         | 1 | 29
          {"a": {"return": "tab\tin a string"}}| 1 | 22
          """)
  void brokenJsonIsNamedWithItsPlace(String text, int line, int column) throws IOException {
    cache.with(text.replace("\\\\", "\\").replace('~', '\n'));
    try (CacheStore store = cache.source()) {
      assertThatThrownBy(() -> store.count(CacheDirectory.DEFAULT, found -> {}))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAULT))
          .hasMessageContaining(cache.file().toRealPath().toString())
          .hasMessageContaining("line " + line + ", column " + column + " ")
          .hasMessageContaining("byte ");
    }
  }

  @Test
  void nestsOfOldReleasesAreFlattenedEntryByEntry() throws IOException {
    cache.with(
        """
        {"default": {"h1": {"return": "1"}, "h2": {"cache_type": "summary", "return": "2"},
                     "h3": {"return": "3", "cache_type": null}, "h4": {"return": "4", "cache_type": ""}},
         "default:extract:h1": {"return": "flat"},
         "empty": {}, "mix": {"h5": {"return": "5"}, "h6": {"no": "return"}},
         "default:extract:nest": {"h7": {"return": "7"}},
         "naive": {"h8": {"return": "8"}}, "default:extract:h9": {"return": "9"}}
        """);
    assertThat(cache.scan().records())
        .containsExactly(
            CacheRecord.ofJson(
                "default:summary:h2", utf8("{\"cache_type\": \"summary\", \"return\": \"2\"}")),
            CacheRecord.ofJson(
                "default:extract:h3", utf8("{\"return\": \"3\", \"cache_type\": null}")),
            CacheRecord.ofJson(
                "default:extract:h4", utf8("{\"return\": \"4\", \"cache_type\": \"\"}")),
            CacheRecord.ofJson("default:extract:h1", utf8("{\"return\": \"flat\"}")),
            CacheRecord.ofJson("default:extract:nest", utf8("{\"h7\": {\"return\": \"7\"}}")),
            CacheRecord.ofJson("default:extract:h9", utf8("{\"return\": \"9\"}")));
    assertThat(cache.count()).isEqualTo(6);
    try (CacheStore store = cache.source()) {
      assertThat(
              store
                  .find(
                      List.of("naive:extract:h8", "mix", "default", "default:summary:h2", "empty"))
                  .records())
          .extracting(CacheRecord::key)
          .containsExactlyInAnyOrder("naive:extract:h8", "mix", "default:summary:h2", "empty");
    }
  }

  @Test
  void aFlatEntryCountsWhereverTheNestStands() throws IOException {
    cache.with(
        """
        {"default:extract:h": {"return": "flat"}, "default": {"h": {"return": "nested"}}}
        """);
    assertThat(cache.count()).isEqualTo(1);
    assertThat(cache.scan().records())
        .containsExactly(CacheRecord.ofJson("default:extract:h", utf8("{\"return\": \"flat\"}")));
  }

  /** As in Python, where the last value of a name is the only one. */
  @Test
  void ofANestWhoseNameComesAgainNothingCounts() throws IOException {
    cache.with(
        """
        {"default": {"h1": {"return": "old"}, "h2": {"return": "gone"}},
         "naive": {"h4": {"return": "gone"}}, "default:extract:h3": {"return": "flat"},
         "default": {"h1": {"return": "new"}}, "naive": {}}
        """);
    assertThat(cache.count()).isEqualTo(2);
    assertThat(cache.scan().records())
        .containsExactly(
            CacheRecord.ofJson("default:extract:h3", utf8("{\"return\": \"flat\"}")),
            CacheRecord.ofJson("default:extract:h1", utf8("{\"return\": \"new\"}")));
    try (CacheStore store = cache.source()) {
      assertThat(store.countLegacy(CacheDirectory.DEFAULT)).isEqualTo(1);
      assertThat(store.find(List.of("naive:extract:h4", "default:extract:h2")).records()).isEmpty();
    }
    cache.write(CacheRecord.ofJson("default:extract:h5", utf8("{\"return\": \"5\"}")));
    assertThat(cache.text()).doesNotContain("gone", "old");
    assertThat(cache.count()).isEqualTo(3);
  }

  @Test
  void aScanGoesOnWithinANest() throws IOException {
    StringBuilder text = new StringBuilder("{\"x\": {\"return\": \"x\"}, \"default\": {");
    for (int i = 0; i < 10; i++) {
      text.append(i == 0 ? "" : ",").append("\"h%d\": {\"return\": \"%d\"}".formatted(i, i));
    }
    cache.with(text + "}, \"default:extract:last\": {\"return\": \"l\"}, \"y\": 1}");
    List<String> keys = new ArrayList<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    while (cursor.isPresent()) {
      try (CacheStore store = cache.source()) {
        Page page = store.scan(CacheDirectory.DEFAULT, cursor.get(), new PageLimit(1, 1 << 20));
        page.records().forEach(record -> keys.add(record.key()));
        cursor = page.next();
      }
    }
    assertThat(keys).hasSize(11).doesNotHaveDuplicates().endsWith("default:extract:last");
  }

  @Test
  void aCursorOfAnotherStateOfTheFileIsRefused() throws IOException {
    String text = "{\"default:extract:a\": {\"return\": \"1\"}, \"default:extract:b\": {}}";
    cache.with(text);
    try (CacheStore store = cache.source()) {
      Cursor next =
          store
              .scan(CacheDirectory.DEFAULT, Cursor.START, new PageLimit(1, 1))
              .next()
              .orElseThrow();
      Path other = temp.resolve("other");
      Files.writeString(other, text);
      Files.move(other, cache.file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> store.scan(CacheDirectory.DEFAULT, next, CacheDirectory.LARGE))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_CURSOR));
      assertThat(store.scan(CacheDirectory.DEFAULT, Cursor.START, CacheDirectory.LARGE).records())
          .as("a new scan reads the new file")
          .hasSize(2);
    }
  }

  @Test
  void countsFollowTheSelectionAndTheFile() throws IOException {
    cache.with("{\"default:extract:a\": {}, \"default:summary:b\": {}, \"mix:query:c\": {}}");
    try (CacheStore store = cache.source()) {
      assertThat(store.count(CacheDirectory.DEFAULT, found -> {}).total()).isEqualTo(2);
      List<Long> progress = new ArrayList<>();
      assertThat(store.count(Selection.ofPrefixes(List.of("mix:")), progress::add).byPrefix())
          .isEqualTo(Map.of("mix:", 1L));
      assertThat(progress).last().isEqualTo(1L);
      cache.with("{\"default:extract:a\": {}}");
      assertThat(store.count(CacheDirectory.DEFAULT, found -> {}).total()).isEqualTo(1);
    }
  }

  @Test
  void valuesLongerThanTheBufferAreReadWhole() throws IOException {
    String answer = "äß€😀\\n\\\\".repeat(60_000);
    cache.with(
        "{\"default:extract:a\": {\"return\": \"%1$s\"}, \"default:extract:b\": {\"return\": \"%1$s\"}}"
            .formatted(answer));
    assertThat(cache.scan().records())
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.fields().get("return"))
                    .isEqualTo(JsonValue.ofJson("\"" + answer + "\"")));
  }

  @Test
  void deepNestingIsAFaultOfTheFileOrOfItsRecord() throws IOException {
    String deep = "{\"default:extract:a\": {\"x\": " + "[".repeat(1500) + "]".repeat(1500) + "}}";
    cache.with(deep);
    assertThat(cache.scan().unreadable()).hasSize(1);
    cache.with("{\"a\": " + "[".repeat(1 << 20));
    assertThatThrownBy(cache::count)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void anInterruptedThreadIsTold() throws IOException {
    cache.with("{}");
    try (CacheStore store = cache.source()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.count(CacheDirectory.DEFAULT, found -> {}))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aDirectoryInTheFilesPlaceIsNamed() throws IOException {
    Files.createDirectory(cache.file());
    assertThatThrownBy(cache::source)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is a directory");
  }

  @Test
  void aFileThatMayNotBeReadIsDenied() throws IOException {
    cache.with("{}");
    assumeTrue(cache.file().toFile().setReadable(false) && !Files.isReadable(cache.file()), "root");
    assertThatThrownBy(cache::source)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
