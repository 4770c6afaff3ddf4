package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Any record: mostly of LightRAG's fields and types, with values of every size and spelling. */
final class AnyRecord {

  private static final Arbitrary<String> TEXT =
      Arbitraries.frequencyOf(
          Tuple.of(8, Arbitraries.strings().ascii().excludeChars('\0').ofMaxLength(40)),
          Tuple.of(
              4,
              Arbitraries.of(
                  "",
                  " ",
                  "\ud83d\ude00",
                  "\ufeff\uffff\u2028",
                  "\u0001\\N\\.",
                  "\\u0041",
                  "\ud83d\ude00".repeat(32),
                  "c".repeat(255))),
          Tuple.of(1, Arbitraries.strings().all().ofMaxLength(6)),
          Tuple.of(1, Arbitraries.of("\0", "x\ud800", "\udc00", "t".repeat(33), "c".repeat(256))));

  /** The core's parser takes no half of a pair in a name. */
  private static final Arbitrary<String> NAME = TEXT.filter(text -> !LoneSurrogates.areIn(text));

  private static final Arbitrary<JsonValue> NUMBER =
      Arbitraries.oneOf(
              Arbitraries.integers().map(String::valueOf),
              Arbitraries.bigIntegers().map(String::valueOf),
              Arbitraries.bigDecimals().map(String::valueOf),
              Arbitraries.doubles().map(String::valueOf),
              Arbitraries.integers().between(1, 500).map("7"::repeat),
              Arbitraries.integers().between(-20_000, 140_000).map(exponent -> "-1.5e" + exponent),
              Arbitraries.of(
                  "-0", "0.0", "1.10", "1E-999999999", "1e99999999999", "NaN", "Infinity"))
          .map(JsonValue::ofJson);

  private static final Arbitrary<JsonValue> TIME =
      Arbitraries.oneOf(
              Arbitraries.integers().between(0, 2_000_000_000).map(String::valueOf),
              Arbitraries.doubles().between(-2e11, 2e12).map(String::valueOf),
              Arbitraries.bigDecimals().ofScale(9).map(String::valueOf),
              Arbitraries.of("1.7e9", "1700000000.0000005", "1700000000.9999999", "-1e-999999999"))
          .map(JsonValue::ofJson);

  private static final Arbitrary<JsonValue> SIMPLE =
      Arbitraries.oneOf(
          TEXT.map(JsonValue::of),
          NUMBER,
          Arbitraries.of(JsonValue.TRUE, JsonValue.FALSE, JsonValue.NULL),
          Arbitraries.of("{ \"a\" : 1,\r\n \"a\":\t{} }", "[ ]", "{\n}", "\"\\u00e4\\/\"")
              .map(JsonValue::ofJson));

  private static final Arbitrary<JsonValue> ANY = nested(3);

  private AnyRecord() {}

  static Arbitrary<CacheRecord> arbitrary() {
    Arbitrary<Tuple.Tuple2<String, JsonValue>> field =
        Arbitraries.oneOf(
            Combinators.combine(
                    Arbitraries.of("return", "cache_type", "chunk_id", "original_prompt"),
                    TEXT.map(JsonValue::of))
                .as(Tuple::of),
            Combinators.combine(Arbitraries.of("create_time", "update_time"), TIME).as(Tuple::of),
            Combinators.combine(Arbitraries.just("queryparam"), ANY).as(Tuple::of),
            Combinators.combine(Arbitraries.of("mode", "embedding", "_id", ""), ANY).as(Tuple::of),
            Combinators.combine(
                    Arbitraries.of(
                        "return", "cache_type", "chunk_id", "original_prompt", "create_time"),
                    Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.just(JsonValue.NULL)), Tuple.of(1, ANY)))
                .as(Tuple::of));
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of("default:extract:", "mix:x:", "a:", ":b:", "")),
                Tuple.of(1, Arbitraries.just("default:" + "t".repeat(33) + ":"))),
            TEXT,
            field.list().ofMaxSize(7))
        .as(
            (prefix, rest, fields) -> {
              Map<String, JsonValue> named = new LinkedHashMap<>();
              named.put("return", JsonValue.of("answer"));
              fields.forEach(one -> named.put(one.get1(), one.get2()));
              return CacheRecord.of(prefix + rest, named);
            });
  }

  private static Arbitrary<JsonValue> nested(int depth) {
    if (depth == 0) {
      return SIMPLE;
    }
    Arbitrary<JsonValue> inner = nested(depth - 1);
    return Arbitraries.oneOf(
        SIMPLE,
        inner.list().ofMaxSize(3).map(JsonValue::array),
        Arbitraries.maps(NAME, inner).ofMaxSize(3).map(JsonValue::object));
  }
}
