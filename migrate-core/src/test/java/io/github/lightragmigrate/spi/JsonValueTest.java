package io.github.lightragmigrate.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1.0",
        "1e400",
        "-1.5E-7",
        "123456789012345678901234567890",
        "NaN",
        "Infinity",
        "-Infinity",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\\u00e4\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "[]",
        "[1, [2, {}]]",
        "{}",
        "{\"a\":{\"b\": [true,null]}}"
      })
  void passesTextThroughUntouched(String json) {
    assertThat(new String(JsonValue.ofJson(json).toJson(), UTF_8)).isEqualTo(json);
  }

  @Test
  void ignoresWhiteSpaceAround() {
    assertThat(JsonValue.ofJson(" \n 12 \t").toJson()).asString(UTF_8).isEqualTo("12");
    assertThat(JsonValue.ofJson("\"a\" ").string()).isEqualTo("a");
  }

  @Test
  void writesOnOneLine() {
    JsonValue value = JsonValue.ofJson("{\n  \"a\": [\r\n 1\n]\n}");
    assertThat(value.toString()).doesNotContain("\n", "\r");
    assertThat(JsonValue.ofJson(value.toJson())).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":}",
        "tru",
        "1 2",
        "\"a",
        "'a'",
        "{a:1}",
        "\"\t\"",
        "01"
      })
  void refusesWhatIsNotJson(String json) {
    assertThatThrownBy(() -> JsonValue.ofJson(json))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("byte");
  }

  @Test
  void refusesInvalidUtf8() {
    for (byte[] bytes :
        List.of(
            new byte[] {'"', (byte) 0xC3, '"'},
            new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xE0, (byte) 0x80, (byte) 0x80, '"'})) {
      assertThatThrownBy(() -> JsonValue.ofJson(bytes))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("UTF-8 at byte 1");
    }
  }

  @Test
  void refusesNestingThatPythonRefuses() {
    String deep = "[".repeat(2000) + "]".repeat(2000);
    assertThatThrownBy(() -> JsonValue.ofJson(deep)).isInstanceOf(MalformedJsonException.class);
    assertThat(JsonValue.ofJson("[".repeat(900) + "]".repeat(900)))
        .isEqualTo(JsonValue.ofJson("[".repeat(900) + " ]" + "]".repeat(899)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|1.0",
        "100|1e2",
        "0|-0",
        "1e1000000|10e999999",
        "{\"a\":1,\"b\":2}|{\"b\" : 2.0, \"a\":1}",
        "\"\\u00e4\"|\"ä\"",
        "\"\\/\"|\"/\"",
        "[1, 2]|[1,2.00]",
        "NaN|NaN",
        "{\"a\":1,\"a\":2}|{\"a\":2}",
      })
  void equalsByMeaning(String one, String other) {
    assertThat(JsonValue.ofJson(one)).isEqualTo(JsonValue.ofJson(other));
    assertThat(JsonValue.ofJson(one)).hasSameHashCodeAs(JsonValue.ofJson(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|2",
        "1|\"1\"",
        "null|false",
        "true|false",
        "[1]|[1,1]",
        "{}|[]",
        "{\"a\":null}|{}",
        "NaN|Infinity",
        "1e1000|1e1001",
        "1e99999999999|2e99999999999",
        "\"\"|null"
      })
  void differsByMeaning(String one, String other) {
    assertThat(JsonValue.ofJson(one)).isNotEqualTo(JsonValue.ofJson(other));
  }

  @Test
  void decodesStrings() {
    assertThat(JsonValue.ofJson("\"a\\n\\\"\\u00e4\\ud83d\\ude00ß\"").string())
        .isEqualTo("a\n\"ä😀ß");
    assertThat(JsonValue.ofJson("\"\\ud83d\"").string()).isEqualTo("\ud83d");
  }

  @Test
  void encodesStringsThatComeBack() {
    for (String text :
        List.of(
            "",
            "plain",
            "äöü 😀",
            "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028",
            "lone \ud83d high",
            "\ude00 low",
            "\ud83d\ud83d\ude00")) {
      JsonValue parsed = JsonValue.ofJson(JsonValue.of(text).toJson());
      assertThat(parsed.string()).isEqualTo(text);
      assertThat(parsed).isEqualTo(JsonValue.of(text));
    }
  }

  @Test
  void givesNumbers() {
    assertThat(JsonValue.ofJson("1.5").asDecimal()).contains(new BigDecimal("1.5"));
    assertThat(JsonValue.ofJson("5.0").asLong()).contains(5L);
    assertThat(JsonValue.ofJson("5.5").asLong()).isEmpty();
    assertThat(JsonValue.ofJson("1e999999999").asLong()).isEmpty();
    assertThat(JsonValue.ofJson("9223372036854775807").asLong()).contains(Long.MAX_VALUE);
    assertThat(JsonValue.ofJson("9223372036854775808").asLong()).isEmpty();
    assertThat(JsonValue.ofJson("-9223372036854775808").asLong()).contains(Long.MIN_VALUE);
    assertThat(JsonValue.ofJson("NaN").asDecimal()).isEmpty();
    assertThat(JsonValue.ofJson("\"5\"").asLong()).isEmpty();
  }

  @Test
  void givesPartsAndIsBuiltFromThem() {
    JsonValue value = JsonValue.ofJson("{\"s\": \"x\", \"n\": [1, {\"d\": null}], \"b\": true}");
    assertThat(value.fields().keySet()).containsExactly("s", "n", "b");
    assertThat(value.fields().get("n").elements()).hasSize(2);
    assertThat(value.fields().get("b").bool()).isTrue();
    assertThat(JsonValue.object(value.fields())).isEqualTo(value);
    JsonValue array = value.fields().get("n");
    assertThat(JsonValue.array(array.elements())).isEqualTo(array);
    assertThat(JsonValue.object(Map.of())).isEqualTo(JsonValue.ofJson("{}"));
    assertThat(JsonValue.array(List.of())).isEqualTo(JsonValue.ofJson("[]"));
  }

  @Test
  void slicesEachFieldWithoutWhatStandsAround() {
    String json =
        "{ \"a\" : 12 , \"b\":NaN ,\"c\": -Infinity\n, \"d\" : \"x \" , \"e\": [ 1 ] , \"f\":true }";
    assertThat(JsonValue.ofJson(json).fields().values().stream().map(JsonValue::toString))
        .containsExactly("12", "NaN", "-Infinity", "\"x \"", "[ 1 ]", "true");
  }

  @Test
  void saysWhatItIsWhenAskedForSomethingElse() {
    assertThatThrownBy(() -> JsonValue.of(5).string())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NUMBER");
    assertThatThrownBy(() -> JsonValue.of("a").fields()).isInstanceOf(IllegalStateException.class);
    assertThat(JsonValue.of(5).asString()).isEmpty();
  }

  @Test
  void aRecordLeavesTheIdOut() {
    CacheRecord record =
        CacheRecord.ofJson(
            "k", "{\"return\": \"a\", \"_id\": \"k\", \"x\": [\n1]}".getBytes(UTF_8));
    assertThat(record.fields().keySet()).containsExactly("return", "x");
    assertThat(record.toJson()).asString(UTF_8).isEqualTo("{\"return\": \"a\", \"x\": [ 1]}");
    assertThat(record.toJsonWithId())
        .asString(UTF_8)
        .isEqualTo("{\"return\": \"a\", \"x\": [ 1], \"_id\": \"k\"}");
    assertThat(CacheRecord.ofJson("k", record.toJsonWithId())).isEqualTo(record);
  }

  @Test
  void aRecordIsAnObject() {
    assertThatThrownBy(() -> CacheRecord.ofJson("k", "[]".getBytes(UTF_8)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("no JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "{\"a\": \"b}",
        "{\"a\": \"\\",
        "{\"a\": \"x\ty\"}",
        "{\"a\": \"\\q\"}",
        "{\"a\": 1} 2",
        "{\"a\": 1",
        "{\"a\" 1}",
        "{\"a\": \"\\u12\"}"
      })
  void aRecordIsValidatedWhole(String json) {
    assertThatThrownBy(() -> CacheRecord.ofJson("k", json.getBytes(UTF_8)))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonValue.ofJson(json)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void aRecordEqualsByKeyAndFields() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("a", JsonValue.of(1));
    fields.put("b", JsonValue.of("ä"));
    CacheRecord built = CacheRecord.of("k", fields);
    CacheRecord read = CacheRecord.ofJson("k", "{\"b\":\"\\u00e4\",\"a\":1.0}".getBytes(UTF_8));
    assertThat(built).isEqualTo(read).hasSameHashCodeAs(read);
    assertThat(built).isNotEqualTo(CacheRecord.of("l", fields));
    fields.put("c", JsonValue.NULL);
    assertThat(CacheRecord.of("k", fields)).isNotEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\\udc00\": 1}",
        "{\"a\": {\"x\\ud83dy\": 1}}",
        "[[{\"\\ud83d\": 1}]]",
        "\u00001",
        "1\u0000",
        "[\u0000\u0000\u00001]",
        "INF",
        "[-INF]",
        "{\"a\": +Infinity}"
      })
  void whatIsAcceptedCanBeReadToItsLastName(String json) {
    assertThatThrownBy(() -> JsonValue.ofJson(json)).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(
            () ->
                CacheRecord.ofJson("k", ("{\"f\": " + json + "}").getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "[Infinity]", "{\"a\": -Infinity}", "{\"\\ud83d\\ude00\": {}}"})
  void pythonsLiteralsAndWholePairsAreAccepted(String json) {
    assertThat(JsonValue.ofJson(json).toString()).isEqualTo(json);
  }
}
