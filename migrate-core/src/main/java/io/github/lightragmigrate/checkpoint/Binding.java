package io.github.lightragmigrate.checkpoint;

import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.spi.Selection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes two runs the same migration: a checkpoint of one is no good for another. The number of
 * records in a batch, of writers, and the like may differ.
 *
 * @param prefixes of the selection
 * @param onConflict {@code overwrite}
 * @param sanitize whether records are cleaned that the target cannot hold
 */
public record Binding(
    String sourceStorage,
    String sourceLocation,
    String targetStorage,
    String targetLocation,
    List<String> prefixes,
    String onConflict,
    boolean sanitize) {

  /** Copies the prefixes. */
  public Binding {
    prefixes = List.copyOf(prefixes);
  }

  /** Of two places and what is moved between them. */
  public static Binding of(
      Side source, Side target, Selection selection, String onConflict, boolean sanitize) {
    return new Binding(
        source.storage(),
        source.location(),
        target.storage(),
        target.location(),
        selection.prefixes().stream().sorted().toList(),
        onConflict,
        sanitize);
  }

  /** 12 hexadecimal digits, for a file's name. */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", parts()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In what this differs from another, for people; empty when it does not. */
  public List<String> differences(Binding other) {
    List<String> names =
        List.of(
            "source storage",
            "source",
            "target storage",
            "target",
            "on-conflict",
            "sanitize",
            "cache types");
    List<String> differences = new ArrayList<>();
    List<String> mine = parts();
    List<String> others = other.parts();
    for (int i = 0; i < names.size(); i++) {
      if (!mine.get(i).equals(others.get(i))) {
        differences.add(names.get(i) + " was " + mine.get(i) + ", is now " + others.get(i));
      }
    }
    return differences;
  }

  private List<String> parts() {
    return List.of(
        sourceStorage,
        sourceLocation,
        targetStorage,
        targetLocation,
        onConflict,
        String.valueOf(sanitize),
        String.join(" ", prefixes));
  }
}
