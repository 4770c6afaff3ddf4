package io.github.lightragmigrate.cli.config;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random settings files: likely ones, line by line, and heaps of the pieces that their grammars are
 * made of.
 */
final class SettingsFileGenerator {
  private static final List<String> ODD_SPACE =
      List.of(
          "\t", "\u000b", "\f", "\u001c", "\u001f", "\u0085", "\u00a0", "\u2007", "\u2028",
          "\u3000", "\u200b", "\ufeff");
  private static final List<String> LINE_ENDS = List.of("\n", "\n", "\n", "\r\n", "\r", "\n\n");
  private static final List<String> KEYS =
      List.of(
          "A",
          "B",
          "C",
          "K1",
          "PASSWORD",
          "a.b",
          "a-b",
          "ключ",
          "'q'",
          "'q r'",
          "'a=b'",
          "export",
          "[x]",
          "\"d\"",
          "A$",
          "\\A",
          "//",
          "////A");
  private static final List<String> PIECES =
      List.of(
          "abc",
          "p@ss#w0rd",
          " #c",
          "#",
          " ",
          "  ",
          "'",
          "\"",
          "\\",
          "\\n",
          "\\t",
          "\\\"",
          "\\'",
          "\\\\",
          "\\x41",
          "\\u0041",
          "\\$",
          "${A}",
          "${B}",
          "${C:-d e}",
          "${NOWHERE:-x#y}",
          "${NOWHERE}",
          "${EMPTY:-x}",
          "${HOME}",
          "$A",
          "${",
          "}",
          ":-",
          "=",
          "é",
          "😀",
          "redis://u:p%40@h:6379/0",
          "\n",
          ";",
          "`",
          "-",
          ".002e",
          "%");
  private static final List<String> INI_OPTIONS =
      List.of("uri", "URI", "user", "password", "pass word", "ключ", "İ", "a%b", "[x", "#x", "");
  private static final List<String> INI_SECTIONS =
      List.of(
          "[redis]",
          "[postgres]",
          "[Redis]",
          "[DEFAULT]",
          "[a]b]",
          "[redis] ; c",
          "[ redis ]",
          "[]",
          "[x",
          "[postgres]x = 1");
  private static final List<String> INI_PIECES =
      List.of(
          "abc",
          " # no comment",
          " ; no comment",
          "%%",
          "%(user)s",
          "%(URI)s",
          "%(nowhere)s",
          "%",
          "%(",
          "%(user)",
          "=",
          ":",
          " ",
          "é",
          "😀",
          "p@ss#w0rd",
          "\\n",
          "\"q\"",
          "[x]",
          "redis://h:6379");

  private final Random random;

  SettingsFileGenerator(Random random) {
    this.random = random;
  }

  String envLines() {
    StringBuilder text = new StringBuilder(rarely("\ufeff"));
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(envLine()).append(pick(LINE_ENDS));
    }
    return random.nextInt(4) == 0 ? text.toString().stripTrailing() : text.toString();
  }

  String envChaos() {
    return chaos(() -> random.nextInt(4) == 0 ? pick(KEYS) + "=" : pick(PIECES));
  }

  String iniLines() {
    StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "" : "[redis]\n");
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(iniLine()).append(pick(LINE_ENDS));
    }
    return text.toString();
  }

  String iniChaos() {
    String start = random.nextInt(4) == 0 ? "" : "[redis]\nuser = u\n";
    return start
        + chaos(
            () ->
                switch (random.nextInt(6)) {
                  case 0 -> pick(INI_SECTIONS) + "\n";
                  case 1 -> pick(INI_OPTIONS) + random.nextInt(1000) + " = ";
                  default -> pick(INI_PIECES);
                });
  }

  private String envLine() {
    return switch (random.nextInt(10)) {
      case 0 -> space() + "# comment " + pick(PIECES);
      case 1 -> pick(KEYS) + space() + rarely("#c");
      case 2 -> pick(KEYS) + " " + pick(PIECES);
      default -> {
        String prefix = space() + (random.nextInt(5) == 0 ? "export " : "");
        String end = space() + (random.nextInt(4) == 0 ? "# c" : "") + rarely("x");
        yield prefix + pick(KEYS) + space() + "=" + space() + envValue() + end;
      }
    };
  }

  private String envValue() {
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      value.append(pick(PIECES));
    }
    return switch (random.nextInt(4)) {
      case 0 -> '"' + value.toString().replaceAll("(?<!\\\\)\"", "") + '"';
      case 1 -> '\'' + value.toString().replaceAll("(?<!\\\\)'", "") + '\'';
      default -> value.toString();
    };
  }

  private String iniLine() {
    return switch (random.nextInt(12)) {
      case 0 -> pick(INI_SECTIONS);
      case 1 -> space() + pick(List.of("#", ";")) + pick(INI_PIECES);
      case 2, 3 -> " ".repeat(random.nextInt(4)) + iniValue();
      case 4 -> space();
      default -> {
        String indent = random.nextInt(6) == 0 ? space() : "";
        String number = random.nextInt(3) == 0 ? "" : String.valueOf(random.nextInt(20));
        yield indent + pick(INI_OPTIONS) + number + space() + pick(List.of("=", ":")) + iniValue();
      }
    };
  }

  private String iniValue() {
    StringBuilder value = new StringBuilder(space());
    for (int i = random.nextInt(4); i > 0; i--) {
      value.append(pick(INI_PIECES));
    }
    return value.toString();
  }

  private String chaos(Supplier<String> piece) {
    StringBuilder text = new StringBuilder(rarely("\ufeff"));
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(
          switch (random.nextInt(8)) {
            case 0 -> pick(LINE_ENDS);
            case 1 -> space();
            default -> piece.get();
          });
    }
    return text.toString();
  }

  private String space() {
    return switch (random.nextInt(6)) {
      case 0 -> " ";
      case 1 -> "  ";
      case 2 -> pick(ODD_SPACE);
      default -> "";
    };
  }

  private String rarely(String text) {
    return random.nextInt(15) == 0 ? text : "";
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
