package io.github.lightragmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void numbersDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Text.number(1_234_567)).isEqualTo("1,234,567");
      assertThat(Text.percent(1000, 8734, 1)).isEqualTo("11.4");
      assertThat(Text.seconds(Duration.ofMillis(2345))).isEqualTo("2.3s");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void hundredPercentIsAllOfThem() {
    assertThat(Text.percent(99_999, 100_000, 1)).isEqualTo("99.9");
    assertThat(Text.percent(99_999_999, 100_000_000, 2)).isEqualTo("99.99");
    assertThat(Text.percent(5, 5, 2)).isEqualTo("100.00");
    assertThat(Text.percent(0, 0, 1)).isEqualTo("0.0");
  }

  @Test
  void textOfAStoreMovesNoCursor() {
    assertThat(Text.oneLine("a\u001b[2J\nb\rc ü😀")).isEqualTo("a?[2J b?c ü😀");
  }

  @Test
  void glyphsBecomeAsciiWhereNeeded() {
    Style ascii = new Style(false, false, false);

    assertThat(ascii.glyphs("⚠️  ✓ ✗ ██░ 📊 Statistics 💡 Mode"))
        .isEqualTo("!  OK x ##. Statistics Mode")
        .matches("\\p{ASCII}*");
    assertThat(ascii.emphasis("x")).isEqualTo("x");
    assertThat(new Style(true, true, false).emphasis("x")).isEqualTo("\u001b[1;36mx\u001b[0m");
  }
}
