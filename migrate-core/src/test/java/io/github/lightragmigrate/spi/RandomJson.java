package io.github.lightragmigrate.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Valid JSON texts of every form that the grammar has. */
final class RandomJson {

  private static final String ESCAPED = "\"\\/bfnrt";
  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\r\n", "\t", "  ");
  private static final List<String> NUMBERS =
      List.of("0", "-0", "1", "1.0", "1e0", "10E-1", "0.0", "0e9", "-1", "0.1", "1E+2", "100");

  private final Random random;
  private final boolean small;

  private RandomJson(Random random, boolean small) {
    this.random = random;
    this.small = small;
  }

  /** Anything. */
  static String anyText(Random random) {
    return new RandomJson(random, false).text(5);
  }

  /** Of few different values, so that two are often equal. */
  static String smallText(Random random) {
    return new RandomJson(random, true).text(2);
  }

  /** A string with what UTF-8 cannot hold and JSON can. */
  static String anyString(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append((char) (random.nextInt(4) == 0 ? 0xd800 + random.nextInt(0x800) : code(random)));
    }
    return text.toString();
  }

  private String text(int depth) {
    return space() + value(depth) + space();
  }

  private String value(int depth) {
    int kind = random.nextInt(depth > 0 ? 7 : 4);
    return switch (kind) {
      case 0 -> List.of("true", "false", "null").get(random.nextInt(3));
      case 1 -> number();
      case 2, 3 -> string(true);
      case 4, 5 -> list('{', '}', () -> string(false) + space() + ":" + text(depth - 1));
      default -> list('[', ']', () -> text(depth - 1));
    };
  }

  private String list(char open, char close, Supplier<String> element) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(small ? 3 : 5); i > 0; i--) {
      elements.add(space() + element.get());
    }
    return open + (elements.isEmpty() ? space() : String.join(",", elements)) + close;
  }

  private String number() {
    if (small || random.nextBoolean()) {
      return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }
    StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
    number.append(1 + random.nextInt(9)).append(digits(40));
    if (random.nextBoolean()) {
      number.append('.').append(random.nextInt(10)).append(digits(40));
    }
    if (random.nextInt(3) == 0) {
      number.append(random.nextBoolean() ? 'e' : 'E');
      number.append(List.of("", "+", "-").get(random.nextInt(3))).append(random.nextInt(5000));
    }
    return number.toString();
  }

  private String digits(int most) {
    return random
        .ints(random.nextInt(most), 0, 10)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }

  /**
   * A quoted string.
   *
   * @param lone whether it may have lone surrogates
   */
  private String string(boolean lone) {
    if (small) {
      return List.of("\"\"", "\"a\"", "\"\\u0061\"", "\"b\"").get(random.nextInt(4));
    }
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(8); i > 0; i--) {
      switch (random.nextInt(lone ? 6 : 5)) {
        case 0 -> text.append('\\').append(ESCAPED.charAt(random.nextInt(ESCAPED.length())));
        case 1 -> text.append(escape(random.nextInt(0xd800)));
        case 2 ->
            text.append(escape(0xd800 + random.nextInt(0x400)))
                .append(escape(0xdc00 + random.nextInt(0x400)));
        case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        case 4 -> text.append(plain());
        default -> text.append(escape(0xd800 + random.nextInt(0x800)));
      }
    }
    return text.append('"').toString();
  }

  private String escape(int c) {
    return String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", c);
  }

  private String plain() {
    char c = (char) code(random);
    return c < ' ' || c == '"' || c == '\\' ? "x" : String.valueOf(c);
  }

  private static int code(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(0x80);
      case 1 -> random.nextInt(0x800);
      case 2 -> 0xe000 + random.nextInt(0x2000);
      default -> random.nextInt(0xd800);
    };
  }

  private String space() {
    return SPACES.get(random.nextInt(SPACES.size()));
  }
}
