package io.github.lightragmigrate.cli.terminal;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person may have meant by a word that is not known. */
public final class Spelling {

  /** Up to this length two slips can make any word of another. */
  private static final int SHORT = 5;

  private Spelling() {}

  /**
   * The known words that are nearest, if they are near: one slip away, or two of a longer word. In
   * their order; case does not matter.
   */
  public static List<String> nearest(String word, Collection<String> known) {
    int least = word.length() <= SHORT ? 1 : 2;
    for (String candidate : known) {
      least = Math.min(least, distance(word, candidate, least));
    }
    int limit = least;
    return known.stream()
        .filter(candidate -> word.length() > 1 && distance(word, candidate, limit) == limit)
        .distinct()
        .toList();
  }

  /** {@code ; did you mean 'redis'?}, or nothing. */
  public static String hint(Collection<String> meant) {
    return meant.isEmpty()
        ? ""
        : meant.stream()
            .map(one -> "'" + one + "'")
            .collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }

  /**
   * How many letters have to be put in, taken out, replaced, or swapped with their neighbour
   * (optimal string alignment).
   *
   * @param limit a greater distance need not be exact
   */
  private static int distance(String one, String other, int limit) {
    if (Math.abs(one.length() - other.length()) > limit) {
      return limit + 1;
    }
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, cost, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(String a, String b, int[][] cost, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
