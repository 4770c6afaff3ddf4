package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's strict decoder is the judge. */
class Utf8Test {

  private static final int[] ODD = {
    0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE, 0xEF, 0xF0, 0xF4,
    0xF5, 0xFF
  };

  @Test
  void everyCodePointIsARun() {
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        byte[] text =
            (Character.toString(c) + Character.toString(c) + "a       ")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.endOfRun(text, 0, text.length)).as("U+%x", c).isEqualTo(text.length - 8);
      }
    }
  }

  @Test
  void anyBytesEndWhereTheJdkSays() {
    Random random = new Random(3);
    for (int round = 0; round < 300_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : ODD[random.nextInt(ODD.length)]);
      }
      assertThat(Utf8.endOfRun(bytes, 0, bytes.length)).isEqualTo(judged(bytes));
    }
  }

  @Test
  void theFirstInvalidByteIsWhereTheJdkSays() {
    Random random = new Random(5);
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(30)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(8) == 0 ? ODD[random.nextInt(ODD.length)] : 'a');
      }
      CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
      ByteBuffer in = ByteBuffer.wrap(bytes);
      decoder.decode(in, CharBuffer.allocate(2 * bytes.length), true);
      int expected = in.hasRemaining() ? in.position() : -1;
      assertThat(Utf8.firstInvalid(bytes)).isEqualTo(expected);
    }
    byte[] text = "aßc日本語x😀 plain text of some length".getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.firstInvalid(text)).isEqualTo(-1);
  }

  private static int judged(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(2 * bytes.length);
    decoder.decode(in, out, true);
    int valid = 0;
    for (int c : out.flip().toString().codePoints().toArray()) {
      if (c < 0x80) {
        break;
      }
      valid += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
    }
    return valid;
  }
}
