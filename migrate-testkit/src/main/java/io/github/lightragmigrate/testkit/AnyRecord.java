package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Any record, for properties with jqwik: LightRAG's fields and strange ones, with values of every
 * kind, size and spelling. What comes is either refused, by {@code rejected} and {@code upsert}
 * alike, or given back as it was written. jqwik is an optional dependency of this module: who uses
 * this class declares it.
 */
public final class AnyRecord {

  private static final Arbitrary<String> TEXT =
      Arbitraries.oneOf(
          Arbitraries.strings().ascii().ofMaxLength(20),
          Arbitraries.strings().all().ofMaxLength(8),
          Arbitraries.of(
              "",
              "\u0000",
              "\ud83d\ude00",
              "\ud800",
              "x\udfff",
              "\ufeff\uffff",
              "\u2028",
              "\\u0041"));

  private static final Arbitrary<JsonValue> NUMBERS =
      Arbitraries.oneOf(
              Arbitraries.of(
                  "-0",
                  "-0.0",
                  "5.0",
                  "1e2",
                  "1.10",
                  "1e400",
                  "-1E-400",
                  "1e99999999999",
                  "NaN",
                  "Infinity",
                  "-Infinity",
                  "9223372036854775808",
                  "0.1000000000000000055511151231257827"),
              Arbitraries.bigIntegers().map(String::valueOf),
              Arbitraries.bigDecimals().map(String::valueOf),
              Arbitraries.integers().between(1, 5000).map("7"::repeat))
          .map(JsonValue::ofJson);

  private static final Arbitrary<JsonValue> SPELLINGS =
      Arbitraries.of(
              "{ \"a\" : 1,\r\n \"a\":\t{\"_id\": 2} }",
              "[ [ ],\n{ } ]",
              "\"\\u00e4\\/\\ud83d\\ude00\\u0000\"",
              "\"\\ud800\"",
              "[".repeat(60) + "]".repeat(60),
              "{\"a\": ".repeat(450) + "1" + "}".repeat(450))
          .map(JsonValue::ofJson);

  /** The core's parser takes no half of a pair in a name. */
  private static final Arbitrary<String> NAMES = TEXT.filter(text -> !LoneSurrogates.areIn(text));

  private AnyRecord() {}

  /** A record with a key of two types or of none. */
  public static Arbitrary<CacheRecord> arbitrary() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "return",
                "cache_type",
                "chunk_id",
                "original_prompt",
                "queryparam",
                "create_time",
                "update_time",
                "_id",
                "__mirrored_id",
                "_source",
                "a.b",
                ".",
                "a..b",
                ".a",
                "a.",
                " ",
                "$set"),
            TEXT);
    return Combinators.combine(
            Arbitraries.of("default:extract:", "default:summary:", ""),
            TEXT,
            Arbitraries.maps(names, values(3)).ofMaxSize(7))
        .as((prefix, rest, fields) -> CacheRecord.of(prefix + rest, fields));
  }

  private static Arbitrary<JsonValue> values(int depth) {
    Arbitrary<JsonValue> simple =
        Arbitraries.oneOf(
            TEXT.map(JsonValue::of),
            NUMBERS,
            SPELLINGS,
            Arbitraries.of(JsonValue.TRUE, JsonValue.FALSE, JsonValue.NULL));
    if (depth == 0) {
      return simple;
    }
    Arbitrary<JsonValue> inner = values(depth - 1);
    return Arbitraries.oneOf(
        simple,
        inner.list().ofMaxSize(3).map(JsonValue::array),
        Arbitraries.maps(NAMES, inner).ofMaxSize(3).map(JsonValue::object));
  }
}
