package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Any record: LightRAG's fields and others, with values of every kind, size and spelling. */
final class AnyRecord {

  private static final Arbitrary<String> TEXT =
      Arbitraries.frequencyOf(
          Tuple.of(8, Arbitraries.strings().ascii().ofMaxLength(40)),
          Tuple.of(4, Arbitraries.of("", "\0", "\ud83d\ude00", "\ufffd", "\ufeff\uffff\u2028")),
          Tuple.of(1, Arbitraries.strings().all().ofMaxLength(6)),
          Tuple.of(1, Arbitraries.of("x\ud800", "\udc00")));

  private static final Arbitrary<JsonValue> NUMBER =
      Arbitraries.frequencyOf(
              Tuple.of(4, Arbitraries.integers().map(String::valueOf)),
              Tuple.of(4, Arbitraries.longs().map(String::valueOf)),
              Tuple.of(4, Arbitraries.doubles().map(String::valueOf)),
              Tuple.of(2, Arbitraries.bigIntegers().map(String::valueOf)),
              Tuple.of(2, Arbitraries.bigDecimals().map(String::valueOf)),
              Tuple.of(1, Arbitraries.integers().between(1, 500).map("7"::repeat)),
              Tuple.of(1, Arbitraries.integers().between(1, 7000).map(n -> "1" + "0".repeat(n))),
              Tuple.of(
                  1,
                  Arbitraries.integers()
                      .between(6100, 6200)
                      .map(n -> "1.5" + "0".repeat(40) + "e" + n)),
              Tuple.of(
                  1,
                  Arbitraries.integers()
                      .between(6100, 6200)
                      .map(n -> "-0." + "0".repeat(n) + "20")),
              Tuple.of(1, Arbitraries.integers().between(6100, 6200).map(n -> "3" + "0".repeat(n))),
              Tuple.of(1, Arbitraries.integers().between(-7000, 7000).map(n -> "-1.50e" + n)),
              Tuple.of(
                  4,
                  Arbitraries.of(
                      "-0",
                      "-0.0",
                      "0e-999999999",
                      "1E-999999999",
                      "1e99999999999",
                      "9223372036854775808",
                      "0.10000000000000000555",
                      "NaN",
                      "Infinity",
                      "-Infinity")))
          .map(JsonValue::ofJson);

  private static final Arbitrary<JsonValue> SIMPLE =
      Arbitraries.oneOf(
          TEXT.map(JsonValue::of),
          NUMBER,
          Arbitraries.of(JsonValue.TRUE, JsonValue.FALSE, JsonValue.NULL),
          Arbitraries.of(
                  "{ \"a\" : 1,\r\n \"a\":\t{} }",
                  "[ ]",
                  "\"\\u00e4\\/\"",
                  "[".repeat(90) + "]".repeat(90),
                  "{\"a\":".repeat(97) + "1" + "}".repeat(97))
              .map(JsonValue::ofJson));

  /** The core's parser takes no half of a pair in a name. */
  private static final Arbitrary<String> NAME =
      Arbitraries.frequencyOf(
          Tuple.of(20, Arbitraries.of("a", "", "\u00e4 b", "a$", "mode", "content", "_id")),
          Tuple.of(4, Arbitraries.strings().alpha().ofMaxLength(9)),
          Tuple.of(1, Arbitraries.of("$a", "a.b", "a\0")),
          Tuple.of(1, TEXT.filter(text -> !LoneSurrogates.areIn(text))));

  private AnyRecord() {}

  static Arbitrary<CacheRecord> arbitrary() {
    Arbitrary<String> names =
        Arbitraries.frequencyOf(
            Tuple.of(
                3,
                Arbitraries.of(
                    "return",
                    "cache_type",
                    "chunk_id",
                    "original_prompt",
                    "queryparam",
                    "create_time",
                    "update_time",
                    "namespace",
                    "workspace",
                    "content")),
            Tuple.of(1, NAME));
    return Combinators.combine(
            Arbitraries.of("default:extract:", "default:summary:", ""),
            TEXT,
            Arbitraries.maps(names, nested(3)).ofMaxSize(6))
        .as((prefix, rest, fields) -> CacheRecord.of(prefix + rest, fields));
  }

  private static Arbitrary<JsonValue> nested(int depth) {
    if (depth == 0) {
      return SIMPLE;
    }
    Arbitrary<JsonValue> inner = nested(depth - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(4, SIMPLE),
        Tuple.of(1, inner.list().ofMaxSize(3).map(JsonValue::array)),
        Tuple.of(1, Arbitraries.maps(NAME, inner).ofMaxSize(3).map(JsonValue::object)));
  }
}
