package io.github.lightragmigrate.spi;

/**
 * Finds halves of surrogate pairs that stand alone: a Java string and a JSON escape can hold one,
 * UTF-8 cannot.
 */
public final class LoneSurrogates {

  private LoneSurrogates() {}

  /** Index of the first one, or -1. */
  public static int indexIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Whether the text holds one. */
  public static boolean areIn(String text) {
    return indexIn(text) >= 0;
  }
}
