package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.WriteFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTextTest {

  @Test
  void writesAsLightRagDoes() throws UnfitException {
    CacheRecord entry =
        CacheRecord.ofJson(
            "default:extract:ä\"",
            utf8(
                "{\"more\":[],\"create_time\" : 1.50, \"_id\":\"other\",\"queryparam\":"
                    + "{ \"a\":[1,{\"b\":null , \"c\":{}}] },\"return\":\"x\\u00e4\\/\\u001F\\u0022"
                    + "\\ud83d\\ude00\\u000a\\\\u0041\\u007f\",\"cache_type\":\"extract\"}"));
    RecordText text = new RecordText();
    text.set(entry);
    assertThat(text.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            "default:extract:ä\\"": {
                "return": "xä/\\u001f\\"😀\\n\\\\u0041\u007f",
                "cache_type": "extract",
                "queryparam": {
                  "a": [
                    1,
                    {
                      "b": null,
                      "c": {}
                    }
                  ]
                },
                "create_time": 1.50,
                "more": [],
                "_id": "default:extract:ä\\""
              }""");
  }

  @Test
  void decodedStringsAreEscapedAsPythonDoes() throws UnfitException {
    RecordText text = new RecordText();
    text.set(
        CacheRecord.of(
            "k", Map.of("return", JsonValue.of("\u0000\u001f\b\f\t\"\\/\u007f\u2028😀"))));
    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("\"return\": \"\\u0000\\u001f\\b\\f\\t\\\"\\\\/\u007f\u2028😀\",\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00 x\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83d\\ud83d\\ude00\"",
        "{\"a\": [\"x\\uDFFF\"]}"
      })
  void whatWouldBreakTheFileIsRejected(String value) {
    CacheRecord bad = CacheRecord.of("k", Map.of("return", JsonValue.ofJson(value)));
    CacheRecord good = CacheRecord.of("good", Map.of("return", JsonValue.of("ok")));
    assertThat(JsonWriter.rejected(List.of(good, bad, good)))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.key()).isEqualTo("k");
              assertThat(failure.retryable()).isFalse();
              assertThat(failure.reason()).contains("LightRAG");
            });
  }

  @Test
  void decodedLoneSurrogatesAreRejectedInValuesKeysAndNames() {
    assertThat(
            JsonWriter.rejected(
                List.of(
                    CacheRecord.of("value", Map.of("return", JsonValue.of("x\ud800"))),
                    CacheRecord.of("name", Map.of("\udc00", JsonValue.of("x"))),
                    CacheRecord.of("key\ud800", Map.of("return", JsonValue.of("x"))))))
        .extracting(WriteFailure::key)
        .containsExactly("value", "name", "key\ud800");
  }

  @Test
  void whatPythonCannotReadIsRejected() {
    assertThat(rejected("9".repeat(4300))).isEmpty();
    assertThat(rejected("9".repeat(4301))).hasSize(1);
    assertThat(rejected("0." + "9".repeat(5000))).isEmpty();
    assertThat(rejected("[".repeat(300) + "]".repeat(300))).isEmpty();
    assertThat(rejected("[".repeat(450) + "]".repeat(450))).hasSize(1);
  }

  private static List<WriteFailure> rejected(String value) {
    return JsonWriter.rejected(
        List.of(CacheRecord.of("k", Map.of("return", JsonValue.ofJson(value)))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
