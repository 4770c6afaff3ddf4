package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Cursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCursorTest {

  private static final ScanCursor CURSOR =
      new ScanCursor(-7, "0a1b", -9, 12, 1, 345, Long.MAX_VALUE >>> 4, "18446744073709551615");

  @Test
  void textHoldsEverything() {
    assertThat(ScanCursor.parse(new Cursor(CURSOR.toCursor().text()), -7)).isEqualTo(CURSOR);
  }

  @Test
  void anotherSelectionIsRefused() {
    RedisScanIT.assertInvalid(() -> ScanCursor.parse(CURSOR.toCursor(), 7));
  }

  @Test
  void withoutAServerIdOnlyTheFirstReplyCanBeResumed() {
    ScanCursor unknown = CURSOR.on("");
    RedisScanIT.assertInvalid(() -> unknown.resumed(1));
    assertThat(unknown.at(1, 0, 0, RedisServer.SCAN_START).resumed(1).scan()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "....", "f.0.0.0.0.0.0.x", "f.0.0.0.0.0.-1.0", " f.0.0.0.0.0.0.0"})
  void otherTextIsRefused(String text) {
    RedisScanIT.assertInvalid(() -> ScanCursor.parse(new Cursor(text), 15));
  }
}
