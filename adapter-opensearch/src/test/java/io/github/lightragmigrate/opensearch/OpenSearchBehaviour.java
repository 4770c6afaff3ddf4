package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract of all stores does not ask: tried with each version of the server. */
abstract class OpenSearchBehaviour {

  private static final String INDEX = "behaviour_llm_response_cache";
  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 8 << 20);
  private static final String KEYED =
      "\"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"}}";

  private final OpenSearchAdapter adapter = new OpenSearchAdapter();

  abstract Server server();

  /** Whether LightRAG takes an index without a mapping for its copy of the key. */
  abstract boolean sortsByShardDoc();

  @BeforeEach
  void deleteIndex() {
    server().deleteIndex(INDEX);
  }

  @Test
  void theIndexIsCreatedAsLightRagDoes() {
    Settings settings =
        settings(Map.of("OPENSEARCH_NUMBER_OF_SHARDS", "3", "OPENSEARCH_NUMBER_OF_REPLICAS", "1"));
    adapter.open(settings, Access.TARGET).close();
    Map<String, JsonValue> created =
        server().get("/" + INDEX).fields().getOrDefault(INDEX, JsonValue.NULL).fields();
    assertThat(created.get("mappings"))
        .isEqualTo(
            JsonValue.ofJson(
                "{\"dynamic\": \"true\","
                    + " \"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"}}}"));
    assertThat(String.valueOf(created.get("settings")))
        .contains("\"number_of_shards\":\"3\"", "\"number_of_replicas\":\"1\"");
  }

  @Test
  void severalProcessesMayCreateTheIndexAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> open =
          () -> {
            adapter.open(settings(), Access.TARGET).close();
            return true;
          };
      for (Future<Boolean> opened : threads.invokeAll(List.of(open, open, open, open))) {
        assertThat(opened.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anAnswerThatIsADateLeavesRoomForText() {
    for (String date :
        List.of("2024-01-15", "2024-01", "2024T10", "2024T10:30", "2024/01/15 10:00:00 +0100")) {
      server().deleteIndex(INDEX);
      List<CacheRecord> records = new ArrayList<>(List.of(answering(date)));
      records.addAll(SampleRecords.usual(3));
      try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
        assertThat(store.upsert(records).failures()).as(date).isEmpty();
      }
    }
  }

  @Test
  void aDateFieldThatIsThereRefusesTextRecordByRecord() {
    server()
        .put(
            "/" + INDEX,
            "{\"mappings\": {\"properties\": {\"__mirrored_id\": {\"type\": \"keyword\"},"
                + " \"return\": {\"type\": \"date\"}}}}");
    try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
      List<CacheRecord> records =
          List.of(answering("2024-01-15"), SampleRecords.usual("extract", "text"));
      assertThat(store.upsert(records).failures())
          .extracting(WriteFailure::key)
          .containsExactly(SampleRecords.key("extract", "text"));
    }
  }

  private static CacheRecord answering(String text) {
    CacheRecord usual = SampleRecords.usual("summary", "date");
    Map<String, JsonValue> fields = new LinkedHashMap<>(usual.fields());
    fields.put("return", JsonValue.of(text));
    return CacheRecord.of(usual.key(), fields);
  }

  @Test
  void anotherWorkspacesIndexIsRefused() {
    server()
        .put(
            "/" + INDEX,
            "{\"mappings\": {\"_meta\": {\"lightrag_workspace\": \"Behaviour\"}, " + KEYED + "}}");
    for (Access access : Access.values()) {
      assertThatThrownBy(() -> adapter.open(settings(), access).close())
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining("'Behaviour'")
          .hasMessageContaining("'behaviour'")
          .hasMessageContaining(INDEX);
    }
  }

  @Test
  void anotherNamespacesIndexIsRefused() {
    server()
        .put(
            "/" + INDEX,
            "{\"mappings\": {\"_meta\": {\"lightrag_final_namespace\": \"Behaviour_llm\"}}}");
    assertThatThrownBy(() -> adapter.open(settings(), Access.SOURCE).close())
        .hasMessageContaining("lightrag_final_namespace");
  }

  @Test
  void theMarksOfThisWorkspaceAreAcceptedAndStay() {
    String meta =
        "{\"lightrag_workspace\": \"behaviour\", \"lightrag_final_namespace\": \""
            + INDEX
            + "\", \"more\": 1}";
    server().put("/" + INDEX, "{\"mappings\": {\"_meta\": " + meta + ", " + KEYED + "}}");
    write(SampleRecords.usual(3));
    assertThat(server().get("/" + INDEX + "/_mapping").toString().replace(" ", ""))
        .contains("\"_meta\":{")
        .contains("\"lightrag_workspace\":\"behaviour\"", "\"more\":1");
    assertSame(SampleRecords.usual(3));
  }

  @Test
  void documentsWithoutTheCopyOfTheKeyAreReadAndCounted() {
    server()
        .put(
            "/" + INDEX,
            "{\"settings\": {\"number_of_shards\": 3, \"number_of_replicas\": 0},"
                + " \"mappings\": {"
                + KEYED
                + "}}");
    List<CacheRecord> keyed = SampleRecords.usual(20);
    write(keyed);
    List<CacheRecord> all = new ArrayList<>(keyed);
    for (int i = 0; i < 30; i++) {
      all.add(SampleRecords.usual("extract", "bare " + i));
    }
    putAsTheyAre(all.subList(20, 50));
    putAsTheyAre(SampleRecords.neighbours());
    assertSame(all);
  }

  @Test
  void anIndexWithoutTheMappingIsReadAsSource() {
    server()
        .put("/" + INDEX, "{\"settings\": {\"number_of_shards\": 2, \"number_of_replicas\": 0}}");
    List<CacheRecord> records = SampleRecords.usual(40);
    putAsTheyAre(records);
    putAsTheyAre(SampleRecords.neighbours());
    assertSame(records);
  }

  @Test
  void anIndexWithoutTheMappingIsATargetWhereLightRagTakesIt() {
    server().put("/" + INDEX, "{}");
    if (sortsByShardDoc()) {
      write(SampleRecords.usual(10));
      assertSame(SampleRecords.usual(10));
    } else {
      assertThatThrownBy(() -> adapter.open(settings(), Access.TARGET).close())
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining("__mirrored_id")
          .hasMessageContaining(INDEX);
    }
  }

  @Test
  void aLostPointInTimeIsOpenedAnew() {
    List<CacheRecord> records = SampleRecords.usual(30);
    write(records);
    putAsTheyAre(List.of(SampleRecords.usual("extract", "bare")));
    Map<String, CacheRecord> read = new LinkedHashMap<>();
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      Optional<Cursor> cursor = Optional.of(Cursor.START);
      while (cursor.isPresent()) {
        Page page = store.scan(DEFAULT, cursor.get(), new PageLimit(4, 1 << 20));
        page.records().forEach(record -> assertThat(read.put(record.key(), record)).isNull());
        cursor = page.next();
        server().status("DELETE", "/_search/point_in_time/_all");
      }
    }
    assertThat(read).hasSize(31);
  }

  @Test
  void noPointInTimeIsLeft() {
    write(SampleRecords.usual(10));
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      Page page = store.scan(DEFAULT, Cursor.START, new PageLimit(4, 1 << 20));
      assertThat(pointsInTime()).isEqualTo(1);
      while (page.next().isPresent()) {
        page = store.scan(DEFAULT, page.next().get(), LARGE);
      }
      assertThat(pointsInTime()).as("after the last page").isZero();
      store.scan(DEFAULT, Cursor.START, new PageLimit(4, 1 << 20));
      assertThat(pointsInTime()).isEqualTo(1);
    }
    assertThat(pointsInTime()).as("after closing in the middle of a scan").isZero();
  }

  @Test
  void whatOpenSearchRefusesIsAFailureOfThatRecordAlone() {
    Map<String, CacheRecord> poison = new LinkedHashMap<>();
    for (CacheRecord record :
        List.of(
            CacheRecord.of("default:extract:" + "k".repeat(500), Map.of("return", JsonValue.TRUE)),
            CacheRecord.of("default:extract:\ud800", Map.of("return", JsonValue.of("x"))),
            CacheRecord.of("", Map.of("return", JsonValue.of("x"))),
            with("nan", "queryparam", "{\"x\": NaN}"),
            with("infinity", "create_time", "-Infinity"),
            with("duplicate", "queryparam", "{\"a\": 1, \"a\": 2}"),
            with("no name", "queryparam", "{\"\": 1}"),
            with("metadata", "_source", "1"))) {
      poison.put(record.key(), record);
    }
    assertPredicted(poison);
    Map<String, CacheRecord> unpredicted = new LinkedHashMap<>();
    for (CacheRecord record :
        List.of(
            with("object for text", "return", "{\"a\": 1}"),
            with("text for number", "create_time", "\"yesterday\""),
            with("beyond long", "update_time", "123456789012345678901234567890"),
            with("deep", "queryparam", "{\"a\": ".repeat(25) + "1" + "}".repeat(25)),
            with("mixed", "queryparam", "{\"mixed\": [1, \"a\", {}]}"),
            with("dots", "queryparam", "{\"a..b\": 1}"),
            with("many fields", "queryparam", manyFields(1100)))) {
      unpredicted.put(record.key(), record);
    }
    List<CacheRecord> good = SampleRecords.usual(20);
    List<CacheRecord> batch = new ArrayList<>(good.subList(0, 10));
    batch.addAll(poison.values());
    batch.addAll(unpredicted.values());
    batch.addAll(good.subList(10, 20));
    try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
      store.upsert(good.subList(0, 1));
      WriteResult result = store.upsert(batch);
      List<String> refused = new ArrayList<>(poison.keySet());
      refused.addAll(unpredicted.keySet());
      assertThat(result.failures())
          .extracting(WriteFailure::key)
          .containsExactlyInAnyOrderElementsOf(refused);
      assertThat(result.failures())
          .allSatisfy(
              failure -> {
                assertThat(failure.retryable()).isFalse();
                assertThat(failure.reason()).isNotBlank().doesNotContain("\n");
              });
      assertThat(result.written()).isEqualTo(20);
      store.flush();
    }
    assertSame(good);
  }

  @Test
  void textThatOnlyLooksHardIsKeptExactly() {
    CacheRecord record =
        CacheRecord.of(
            SampleRecords.key("extract", "exact"),
            JsonValue.ofJson(
                    """
                    {"return": "\\ud800 \\u0000 \\u00e9",
                     "queryparam": {
                       "a.b": 1.10, "float": 0.1000000000000000055511151231257827, "e": 1e2,
                       "ключ": [[], {}, null]
                     },
                     "create_time": 1700000000.123456789}""")
                .fields());
    write(List.of(record));
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      CacheRecord read = store.find(List.of(record.key())).records().get(0);
      assertThat(read).isEqualTo(record);
      assertThat(read.field("queryparam").orElseThrow().toString())
          .contains("1.10", "0.1000000000000000055511151231257827", "1e2");
      assertThat(read.field("return").orElseThrow().toString())
          .isEqualTo("\"\\ud800 \\u0000 \\u00e9\"");
    }
  }

  @Test
  void aBlockedIndexIsAFaultOfTheStore() {
    write(SampleRecords.usual(1));
    try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
      server().put("/" + INDEX + "/_settings", "{\"index.blocks.write\": true}");
      assertKind(StoreException.Kind.FAULT, () -> store.upsert(SampleRecords.usual(3)));
      server()
          .put(
              "/" + INDEX + "/_settings",
              "{\"index.blocks.write\": null, \"index.blocks.read_only_allow_delete\": true}");
      assertKind(StoreException.Kind.FAULT, () -> store.upsert(SampleRecords.usual(3)));
    }
  }

  @Test
  void aClosedIndexIsAFaultOfTheStore() {
    write(SampleRecords.usual(1));
    try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
      server().post("/" + INDEX + "/_close", "");
      assertKind(StoreException.Kind.FAULT, () -> store.upsert(SampleRecords.usual(3)));
      assertKind(StoreException.Kind.FAULT, () -> store.scan(DEFAULT, Cursor.START, LARGE));
      assertKind(StoreException.Kind.FAULT, store::flush);
    }
  }

  @Test
  void aDocumentThatTheNodeCannotEverTakeIsAFailureOfItsOwn() {
    for (int length : List.of(55_000_000, 110_000_000)) {
      CacheRecord huge = with("huge", "return", "\"" + "x".repeat(length) + "\"");
      List<CacheRecord> batch = new ArrayList<>(SampleRecords.usual(4));
      batch.add(2, huge);
      try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
        WriteResult result = store.upsert(batch);
        assertThat(result.failures())
            .singleElement()
            .satisfies(
                failure -> {
                  assertThat(failure.key()).isEqualTo(huge.key());
                  assertThat(failure.retryable()).isFalse();
                  assertThat(failure.reason()).isNotBlank();
                });
        assertThat(result.written()).isEqualTo(4);
        store.flush();
      }
      assertSame(SampleRecords.usual(4));
    }
  }

  @Test
  void theIdIsTheKeyWhateverItsCopySays() {
    List<CacheRecord> keyed = SampleRecords.usual(20);
    write(keyed);
    List<CacheRecord> all = new ArrayList<>(keyed);
    List<CacheRecord> strangers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      CacheRecord record = SampleRecords.usual("extract", "mislabeled " + i);
      all.add(record);
      strangers.add(copied(record, i % 2 == 0 ? "\"mix:query:" + i + "\"" : "[\"b\", \"a\"]"));
    }
    for (int i = 0; i < 30; i++) {
      CacheRecord record = SampleRecords.usual("extract", "same copy " + i);
      all.add(record);
      strangers.add(copied(record, i % 2 == 0 ? "\"default:extract:5\"" : "\"query\""));
    }
    for (CacheRecord neighbour : SampleRecords.neighbours()) {
      strangers.add(copied(neighbour, JsonValue.of(neighbour.key()).toString()));
    }
    putAsTheyAre(strangers);
    assertSame(all);
  }

  @Test
  void aCopyThatIsSelectedWhileItsIdIsNotMakesTheNumbersDisagree() {
    write(SampleRecords.usual(3));
    CacheRecord neighbour = SampleRecords.neighbours().get(0);
    putAsTheyAre(List.of(copied(neighbour, "\"default:extract:9\"")));
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      assertThat(store.scan(DEFAULT, Cursor.START, LARGE).records()).hasSize(3);
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(4);
    }
  }

  @Test
  void eachDocumentIsInOnePartWhateverItsKeyOrItsCopyIs() {
    // a character beyond the first 65,536 is behind U+FF5E in the index, and before it in Java
    List<CacheRecord> all = new ArrayList<>(SampleRecords.usual(40));
    for (String hash :
        List.of("", "ABC", "zz", "\u0436", "\u4e2d", "\uff5e", "\uff5f", "\ud83d\ude00", " \n\"")) {
      all.add(
          CacheRecord.of("default:summary:" + hash, SampleRecords.usual("summary", hash).fields()));
    }
    write(all);
    List<CacheRecord> strangers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      CacheRecord record = SampleRecords.usual("extract", "stranger " + i);
      all.add(record);
      strangers.add(
          List.of(
                  record,
                  copied(record, "\"mix:query:1\""),
                  copied(record, "[\"default:summary:zzz\", \"default:extract:0\", \"a\"]"),
                  copied(record, "\"default:extract:7\""))
              .get(i % 4));
    }
    strangers.addAll(SampleRecords.neighbours());
    putAsTheyAre(strangers);
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      for (int most : List.of(2, 3, 5, 1000)) {
        List<Cursor> starts = store.split(DEFAULT, most);
        assertThat(starts).hasSizeBetween(2, most);
        assertThat(inParts(store, starts)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(pointsInTime()).isZero();
      }
    }
  }

  @Test
  void whatIsWrittenAfterASplitIsInAPartToo() {
    List<CacheRecord> all = new ArrayList<>(SampleRecords.usual(30));
    write(all);
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      List<Cursor> starts = store.split(DEFAULT, 4);
      for (Cursor start : starts) {
        List<String> bounds = bounds(start);
        for (String bound : bounds) {
          for (String key : List.of(bound + "a", bound.substring(0, bound.length() - 1))) {
            all.add(CacheRecord.of(key, Map.of("return", JsonValue.of("between"))));
          }
        }
      }
      all.add(CacheRecord.of("default:analysis:", Map.of("return", JsonValue.of("below"))));
      all.add(CacheRecord.of("default:summary:~", Map.of("return", JsonValue.of("above"))));
      List<CacheRecord> distinct = List.copyOf(new LinkedHashSet<>(all));
      write(distinct);
      assertThat(inParts(store, starts)).containsExactlyInAnyOrderElementsOf(distinct);
    }
  }

  @Test
  void partsAreAboutEquallyLong() {
    List<CacheRecord> records = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      String key = SampleRecords.key(i % 10 == 0 ? "summary" : "extract", "equal " + i);
      records.add(CacheRecord.of(key, Map.of("return", JsonValue.of("x"))));
    }
    write(records);
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      for (Cursor start : store.split(DEFAULT, 4)) {
        assertThat(inParts(store, List.of(start))).hasSizeBetween(800, 1_200);
      }
    }
  }

  @Test
  void anIndexThatCannotSortByTheCopyIsOnePart() {
    server().put("/" + INDEX, "{}");
    putAsTheyAre(SampleRecords.usual(10));
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      assertThat(store.split(DEFAULT, 4)).containsExactly(Cursor.START);
    }
  }

  private static List<CacheRecord> inParts(CacheStore store, List<Cursor> starts) {
    List<CacheRecord> read = new ArrayList<>();
    for (Cursor start : starts) {
      Optional<Cursor> cursor = Optional.of(start);
      while (cursor.isPresent()) {
        Page page = store.scan(DEFAULT, cursor.get(), new PageLimit(700, 1 << 20));
        assertThat(page.unreadable()).isEmpty();
        assertThat(page.vanished()).isZero();
        read.addAll(page.records());
        cursor = page.next();
      }
    }
    return read;
  }

  private static List<String> bounds(Cursor start) {
    ScanCursor part = ScanCursor.of(start);
    List<String> bounds = new ArrayList<>(part.until().stream().toList());
    part.after().ifPresent(sort -> bounds.add(sort.elements().get(0).string()));
    return bounds;
  }

  private static CacheRecord copied(CacheRecord record, String copyOfKey) {
    return SampleRecords.with(record, "__mirrored_id", JsonValue.ofJson(copyOfKey));
  }

  @Test
  void longRecordsComeInShortPages() {
    List<CacheRecord> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.add(with("long " + i, "return", "\"" + "ü".repeat(1_600_000) + "\""));
    }
    write(records);
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      int read = 0;
      Optional<Cursor> cursor = Optional.of(Cursor.START);
      while (cursor.isPresent()) {
        Page page = store.scan(DEFAULT, cursor.get(), LARGE);
        assertThat(page.records().size()).isLessThanOrEqualTo(5);
        read += page.records().size();
        cursor = page.next();
      }
      assertThat(read).isEqualTo(20);
    }
  }

  @Test
  void aNameThatIsTooLongForAnIndexIsAMatterOfSettings() {
    assertKind(
        StoreException.Kind.SETTINGS,
        () -> adapter.open(server().settings("w".repeat(250)), Access.TARGET).close());
  }

  @Test
  void tlsToAServerWithoutItHintsAtTheSetting() {
    Settings settings = settings(Map.of("OPENSEARCH_USE_SSL", "true", "OPENSEARCH_TIMEOUT", "5"));
    assertThatThrownBy(() -> adapter.open(settings, Access.SOURCE).close())
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining("OPENSEARCH_USE_SSL");
  }

  @Test
  void noThreadIsLeftAfterClosing() throws InterruptedException {
    List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
    write(SampleRecords.usual(5));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().contains("httpclient")) {
        thread.join(5_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void anInterruptedThreadGetsInterrupted() {
    try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
      Thread.currentThread().interrupt();
      assertKind(StoreException.Kind.INTERRUPTED, () -> store.upsert(SampleRecords.usual(3)));
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  private void assertPredicted(Map<String, CacheRecord> poison) {
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      assertThat(store.rejected(List.copyOf(poison.values())))
          .extracting(WriteFailure::key)
          .containsExactlyElementsOf(poison.keySet());
    }
  }

  private static void assertKind(StoreException.Kind kind, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }

  /** Counted, scanned in small pages over reopened stores, and found: all the same. */
  private void assertSame(List<CacheRecord> records) {
    Map<String, CacheRecord> read = new LinkedHashMap<>();
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    while (cursor.isPresent()) {
      try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
        Page page = store.scan(DEFAULT, cursor.get(), new PageLimit(7, 1 << 20));
        assertThat(page.unreadable()).isEmpty();
        page.records().forEach(record -> assertThat(read.put(record.key(), record)).isNull());
        cursor = page.next();
      }
    }
    assertThat(read.values()).containsExactlyInAnyOrderElementsOf(records);
    try (CacheStore store = adapter.open(settings(), Access.SOURCE)) {
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(records.size());
      assertThat(store.find(records.stream().map(CacheRecord::key).toList()).records())
          .containsExactlyInAnyOrderElementsOf(records);
    }
  }

  private void write(List<CacheRecord> records) {
    try (CacheStore store = adapter.open(settings(), Access.TARGET)) {
      WriteResult result = store.upsert(records);
      assertThat(result.failures()).isEmpty();
      assertThat(result.written()).isEqualTo(records.size());
      store.flush();
    }
  }

  /** As another program, or an old LightRAG, would. */
  private void putAsTheyAre(List<CacheRecord> records) {
    StringBuilder lines = new StringBuilder();
    for (CacheRecord record : records) {
      lines
          .append("{\"index\": {\"_id\": ")
          .append(JsonValue.of(record.key()))
          .append("}}\n")
          .append(JsonValue.object(record.fields()))
          .append('\n');
    }
    assertThat(server().post("/" + INDEX + "/_bulk?refresh=true", lines.toString()))
        .contains("\"errors\":false");
  }

  private long pointsInTime() {
    long open = 0;
    for (JsonValue node :
        server()
            .get("/_nodes/stats/indices/search")
            .fields()
            .getOrDefault("nodes", JsonValue.NULL)
            .fields()
            .values()) {
      String text = node.toString().replaceAll("(?s).*?\"point_in_time_current\":(\\d+).*", "$1");
      open += Long.parseLong(text);
    }
    return open;
  }

  private static CacheRecord with(String seed, String field, String json) {
    return SampleRecords.with(SampleRecords.usual("extract", seed), field, JsonValue.ofJson(json));
  }

  private static String manyFields(int count) {
    StringBuilder json = new StringBuilder("{\"f\": 1");
    for (int i = 0; i < count; i++) {
      json.append(", \"f").append(i).append("\": 1");
    }
    return json.append('}').toString();
  }

  private Settings settings() {
    return settings(Map.of());
  }

  private Settings settings(Map<String, String> more) {
    return server().settings("behaviour", more);
  }
}
