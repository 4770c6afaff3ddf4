package io.github.lightragmigrate.spi;

/**
 * LightRAG's rules for workspace names ({@code validate_workspace} and the storage classes, version
 * 1.5.7).
 */
public final class Workspaces {

  private Workspaces() {}

  /**
   * The store's own variable without white space around it, else {@code WORKSPACE}, else empty: the
   * rule of Redis, MongoDB and OpenSearch.
   *
   * @throws StoreException SETTINGS for a name that LightRAG refuses
   */
  public static String resolve(Settings settings, Setting own) {
    String forced = stripped(settings.text(own));
    return validate(forced.isEmpty() ? settings.text(Setting.WORKSPACE) : forced);
  }

  /**
   * Whether a store's own variable can hold the name: it is stripped there, and blank counts not.
   */
  public static boolean fitsOwnVariable(String workspace) {
    return stripped(workspace).equals(workspace);
  }

  /** As Python strips: Java's own takes no-break spaces and U+0085 for text. */
  private static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** Whether it can be the name of a workspace: no path separator, and neither . nor .. */
  public static boolean isValid(String workspace) {
    return !workspace.contains("/")
        && !workspace.contains("\\")
        && !workspace.equals(".")
        && !workspace.equals("..");
  }

  /**
   * Returns the name unchanged.
   *
   * @throws StoreException SETTINGS for a name with a path separator, or {@code .} or {@code ..}
   */
  public static String validate(String workspace) {
    if (!isValid(workspace)) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "workspace '"
              + workspace
              + "' cannot be used: it must not contain / or \\, nor be . or ..");
    }
    return workspace;
  }
}
