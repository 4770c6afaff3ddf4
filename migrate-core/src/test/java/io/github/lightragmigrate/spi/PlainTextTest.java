package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void everyByteAtEveryPlaceIsTold() {
    Random random = new Random(1);
    for (int value = -128; value < 128; value++) {
      byte b = (byte) value;
      boolean special = b == '"' || b == '\\' || (b >= 0 && b < 0x20);
      for (int place = 3; place < 30; place++) {
        byte[] text = new byte[33];
        for (int i = 0; i < text.length; i++) {
          text[i] = (byte) (0x23 + random.nextInt(0x30));
        }
        text[place] = b;
        // behind the end and before the start, which must not be found
        text[1] = '"';
        text[31] = '\\';
        assertThat(PlainText.end(text, 3, 30)).isEqualTo(special ? place : 30);
        assertThat(PlainText.endOfAscii(text, 3, 30)).isEqualTo(special || b < 0 ? place : 30);
      }
    }
  }

  @Test
  void theFirstOfSeveralIsFound() {
    Random random = new Random(2);
    byte[] text = new byte[64];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(text);
      int end = 0;
      while (end < 64
          && text[end] != '"'
          && text[end] != '\\'
          && (text[end] < 0 || text[end] >= 0x20)) {
        end++;
      }
      int ascii = 0;
      while (ascii < end && text[ascii] >= 0) {
        ascii++;
      }
      assertThat(PlainText.end(text, 0, 64)).isEqualTo(end);
      assertThat(PlainText.endOfAscii(text, 0, 64)).isEqualTo(ascii);
    }
  }

  @Test
  void nothingIsFoundInNothing() {
    assertThat(PlainText.end(new byte[] {'"'}, 0, 0)).isZero();
  }
}
