package io.github.lightragmigrate.postgres;

/** What PostgreSQL's text holds: any Unicode character but NUL. */
final class StorableText {

  private StorableText() {}

  static void check(String name, String text) throws UnstorableException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new UnstorableException("NUL character in " + name);
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new UnstorableException("lone surrogate in " + name);
        }
        i++;
      }
    }
  }

  static boolean isStorable(String text) {
    try {
      check("", text);
      return true;
    } catch (UnstorableException e) {
      return false;
    }
  }
}
