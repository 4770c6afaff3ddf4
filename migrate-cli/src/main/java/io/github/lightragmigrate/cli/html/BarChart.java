package io.github.lightragmigrate.cli.html;

import java.util.List;
import java.util.Locale;

/**
 * Bars over time as SVG, with the texts around it in HTML: so the drawing can be stretched to any
 * width.
 *
 * @param title what is shown, with its unit
 * @param summary the same in a sentence, for who does not see it
 * @param top of the scale, as text
 * @param end of the time, as text
 * @param bars from left to right
 */
record BarChart(String title, String summary, String top, String end, List<Bar> bars) {

  private static final double HEIGHT = 100;
  private static final double GAP = 0.12;

  /**
   * One bar.
   *
   * @param height over nothing, at least {@code inner}
   * @param inner a part of it that is shown apart
   * @param label shown when it is pointed at
   */
  record Bar(double height, double inner, String label) {}

  void write(Markup page) {
    double highest = bars.stream().mapToDouble(Bar::height).max().orElse(0);
    page.open("figure").element("figcaption", title);
    page.open("div", "class", "plot");
    page.open("div", "class", "scale", "aria-hidden", "true");
    page.element("span", top).element("span", "0").close();
    page.open(
        "svg",
        "role",
        "img",
        "aria-label",
        summary,
        "viewBox",
        "0 0 " + bars.size() + " " + number(HEIGHT),
        "preserveAspectRatio",
        "none");
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      page.open("g").element("title", bar.label());
      // as high as the drawing: a low bar can be pointed at too
      rectangle(page, "hit", i, HEIGHT);
      rectangle(page, "bar", i, scaled(bar.height(), highest));
      rectangle(page, "inner", i, scaled(bar.inner(), highest));
      page.close();
    }
    page.close();
    page.open("div", "class", "time", "aria-hidden", "true");
    page.element("span", "0").element("span", end).close();
    page.close().close();
  }

  private static double scaled(double height, double highest) {
    return highest == 0 ? 0 : HEIGHT * height / highest;
  }

  private static void rectangle(Markup page, String kind, int index, double height) {
    if (height > 0) {
      page.empty(
          "rect",
          "class",
          kind,
          "x",
          number(index + GAP / 2),
          "y",
          number(HEIGHT - height),
          "width",
          number(1 - GAP),
          "height",
          number(height));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
