package io.github.lightragmigrate.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringTest {

  @Test
  void anyTextIsEncodedAndDecoded() {
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        int c =
            switch (random.nextInt(6)) {
              case 0 -> random.nextInt(0x20);
              case 1 -> random.nextBoolean() ? '"' : '\\';
              case 2 -> 0x80 + random.nextInt(0x780);
              case 3 -> 0x4E00 + random.nextInt(0x1000);
              case 4 -> 0x10000 + random.nextInt(0x100000);
              default -> 'a' + random.nextInt(26);
            };
        text.appendCodePoint(c);
      }
      byte[] utf8 = text.toString().getBytes(UTF_8);
      JsonValue value = JsonValue.ofUtf8(utf8);
      assertThat(value.utf8()).hasValue(utf8);
      assertThat(value).isEqualTo(JsonValue.of(text.toString()));
      assertThat(JsonValue.of(text.toString()).utf8()).hasValue(utf8);
    }
  }

  @Test
  void everyUnitIsUnescaped() {
    for (int c = 0; c <= 0xFFFF; c++) {
      JsonValue value = JsonValue.ofJson("\"x\\u%04X\"".formatted(c));
      if (Character.isSurrogate((char) c)) {
        assertThat(value.utf8()).as("%04x", c).isEmpty();
        assertThat(value.string()).isEqualTo("x" + (char) c);
      } else {
        assertThat(value.utf8()).as("%04x", c).hasValue(("x" + (char) c).getBytes(UTF_8));
        assertThat(value.string()).isEqualTo("x" + (char) c);
      }
    }
  }

  @Test
  void pairsAreOneCharacter() {
    for (int c = 0x10000; c <= Character.MAX_CODE_POINT; c += 77) {
      String json =
          "\"\\u%04x\\u%04x!\""
              .formatted((int) Character.highSurrogate(c), (int) Character.lowSurrogate(c));
      assertThat(JsonValue.ofJson(json).utf8())
          .hasValue((Character.toString(c) + "!").getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud83d",
        "\\ude00",
        "\\ud83d\\ud83d",
        "\\ude00\\ud83d",
        "\\ud83dx\\ude00",
        "\\ud83d\\n",
        "\\ud83d\\\\ude00"
      })
  void halvesOfPairsHaveNoUtf8(String text) {
    JsonValue value = JsonValue.ofJson("\"" + text + "\"");
    assertThat(value.utf8()).isEmpty();
    assertThat(JsonValue.of(value.string()).utf8()).isEmpty();
  }

  @Test
  void otherBytesAreRefused() {
    assertThatThrownBy(() -> JsonValue.ofUtf8(new byte[] {'a', (byte) 0xC3}))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonValue.ofUtf8(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void aByteIsFound() {
    byte[] text = new byte[40];
    Arrays.fill(text, (byte) 1);
    assertThat(PlainText.indexOf(text, (byte) 0)).isEqualTo(-1);
    for (int i = 39; i >= 0; i--) {
      text[i] = 0;
      assertThat(PlainText.indexOf(text, (byte) 0)).isEqualTo(i);
    }
  }
}
