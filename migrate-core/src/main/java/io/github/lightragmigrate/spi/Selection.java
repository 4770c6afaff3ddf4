package io.github.lightragmigrate.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which keys are meant: those that start with one of a set of prefixes. Prefixes never overlap, so
 * a key belongs to one at the most.
 */
public final class Selection {

  /** Cache types of mode {@code default} that LightRAG 1.5.7 writes. */
  public static final List<String> DEFAULT_TYPES =
      List.of("extract", "summary", "analysis", "smartheading");

  private static final String MODE = "default:";

  private final List<String> prefixes;

  private Selection(List<String> prefixes) {
    this.prefixes = prefixes;
  }

  /**
   * Keys {@code default:<type>:...} of the given types.
   *
   * @throws IllegalArgumentException when there is none, or one is blank
   */
  public static Selection ofTypes(Collection<String> types) {
    if (Objects.requireNonNull(types, "types").stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a cache type must not be blank: " + types);
    }
    return ofPrefixes(types.stream().map(type -> MODE + type + ":").toList());
  }

  /**
   * The cache type of a prefix: {@code extract} of {@code default:extract:}. Of another mode's
   * prefix, all but the last colon.
   */
  public static String typeOf(String prefix) {
    String group = prefix.endsWith(":") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return group.startsWith(MODE) ? group.substring(MODE.length()) : group;
  }

  /**
   * Keys that start with any of these.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Selection ofPrefixes(Collection<String> prefixes) {
    if (Objects.requireNonNull(prefixes, "prefixes").isEmpty()) {
      throw new IllegalArgumentException("a selection needs at least one prefix");
    }
    List<String> kept = new ArrayList<>();
    for (String prefix : new LinkedHashSet<>(prefixes)) {
      boolean covered =
          prefixes.stream().anyMatch(other -> !other.equals(prefix) && prefix.startsWith(other));
      if (!covered) {
        kept.add(prefix);
      }
    }
    return new Selection(List.copyOf(kept));
  }

  /** In the order given. */
  public List<String> prefixes() {
    return prefixes;
  }

  /** Whether the key has one of the prefixes. */
  public boolean matches(String key) {
    return prefixOf(key).isPresent();
  }

  /** The prefix that selects this key. */
  public Optional<String> prefixOf(String key) {
    for (String prefix : prefixes) {
      if (key.startsWith(prefix)) {
        return Optional.of(prefix);
      }
    }
    return Optional.empty();
  }

  /** What all selected keys start with; may be empty. For stores that match one pattern a pass. */
  public String commonPrefix() {
    String common = prefixes.get(0);
    for (String prefix : prefixes) {
      int length = 0;
      int most = Math.min(common.length(), prefix.length());
      while (length < most && common.charAt(length) == prefix.charAt(length)) {
        length++;
      }
      common = common.substring(0, length);
    }
    return common;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Selection that && prefixes.equals(that.prefixes);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(prefixes);
  }

  @Override
  public String toString() {
    return String.join(" ", prefixes);
  }
}
