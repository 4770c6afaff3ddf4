package io.github.lightragmigrate.cli.html;

/** What the page's tables have in common. */
final class Tables {

  private Tables() {}

  /** A row of headings; an empty one heads the column of row headings. */
  static void header(Markup page, String... names) {
    page.open("thead").open("tr");
    for (String name : names) {
      if (name.isEmpty()) {
        page.element("td", "");
      } else {
        page.element("th", name, "scope", "col");
      }
    }
    page.close().close();
  }

  /** A cell; on a narrow screen, where a row is a block, the label stands before it. */
  static void text(Markup page, String label, String text) {
    page.element("td", text, "data-label", label);
  }

  /** A cell with a text that is read with care, letter by letter. */
  static void code(Markup page, String label, String text) {
    page.open("td", "data-label", label).element("code", text).close();
  }

  /** A cell with a long text of a store. */
  static void longCode(Markup page, String label, String text) {
    page.open("td", "class", "long", "data-label", label).element("code", text).close();
  }

  /** A cell with a long text for people. */
  static void longText(Markup page, String label, String text) {
    page.element("td", text, "class", "long", "data-label", label);
  }
}
