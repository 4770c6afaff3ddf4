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

  /** A cell with a long text of a store, such as a key. */
  static void code(Markup page, String text) {
    page.open("td", "class", "long").element("code", text).close();
  }
}
