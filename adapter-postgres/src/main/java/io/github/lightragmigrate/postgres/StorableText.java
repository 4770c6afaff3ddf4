package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.LoneSurrogates;

/** What PostgreSQL's text holds: any Unicode character but NUL. */
final class StorableText {

  private StorableText() {}

  static void check(String name, String text) throws UnstorableException {
    int nul = text.indexOf('\0');
    int lone = LoneSurrogates.indexIn(text);
    if (nul >= 0 && (lone < 0 || nul < lone)) {
      throw new UnstorableException("NUL character in " + name);
    }
    if (lone >= 0) {
      throw new UnstorableException("lone surrogate in " + name);
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
