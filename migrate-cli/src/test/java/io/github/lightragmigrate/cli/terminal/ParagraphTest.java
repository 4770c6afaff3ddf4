package io.github.lightragmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {

  private static final String TEXT = "  port of the server; config.ini: port in [postgres]";

  @Test
  void breaksAtSpacesAndHangsBehindTheFirstLine() {
    assertThat(new Paragraph(TEXT).lines(21))
        .containsExactly(
            "  port of the server;", "      config.ini:", "      port in", "      [postgres]");
    assertThat(new Paragraph(TEXT).lines(TEXT.length())).containsExactly(TEXT);
    assertThat(new Paragraph("").lines(10)).containsExactly("");
  }

  @Test
  void longWordsStayWholeAtAnyWidth() {
    for (int width = 1; width <= TEXT.length(); width++) {
      assertThat(String.join(" ", new Paragraph(TEXT).lines(width)).strip().replaceAll(" +", " "))
          .isEqualTo(TEXT.strip());
    }
  }
}
