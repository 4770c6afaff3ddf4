package io.github.lightragmigrate.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that a run writes beside its stores. Only one of its own is replaced or added to: a slip
 * of the pen must not cost a cache or a settings file.
 *
 * @param kind {@code checkpoint}
 * @param beginnings how its own begin, without white space
 */
public record OutputFile(String kind, List<String> beginnings, Path path) {

  private static final int HEAD_BYTES = 64;

  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  /** LightRAG's own files beside its cache. */
  private static final Pattern LIGHT_RAGS = Pattern.compile("kv_store_.*\\.json");

  /** Copies the beginnings. */
  public OutputFile {
    beginnings = List.copyOf(beginnings);
  }

  /** Where a migration says how far it is. */
  public static OutputFile checkpoint(Path path) {
    return new OutputFile("checkpoint", List.of("{\"checkpoint\":"), path);
  }

  /** Where failed records go. */
  public static OutputFile failureLog(Path path) {
    return new OutputFile("failure log", List.of("{\"key\":"), path);
  }

  /** Why it must be left alone, for people: it is somebody else's, or could be taken for it. */
  public Optional<String> foreign() {
    if (hasNameOfLightRag()) {
      return Optional.of(path + " has the name of a LightRAG store: name another file");
    }
    return isOwn()
        ? Optional.empty()
        : Optional.of(path + " exists and is no " + kind + ": name another file");
  }

  /** Whether LightRAG has a store of that name, wherever it is. */
  public boolean hasNameOfLightRag() {
    return Stream.of(path, real(path))
        .anyMatch(name -> LIGHT_RAGS.matcher(String.valueOf(name.getFileName())).matches());
  }

  /** Why it cannot be written, for people. */
  public Optional<String> unwritable() {
    if (Files.exists(path)) {
      return Files.isRegularFile(path) && Files.isWritable(path)
          ? Optional.empty()
          : Optional.of(path + " cannot be written: name another file");
    }
    Path directory = existing(path.toAbsolutePath().getParent());
    return Files.isDirectory(directory) && Files.isWritable(directory)
        ? Optional.empty()
        : Optional.of(path + " cannot be written, as " + directory + " cannot: name another file");
  }

  /** Whether it is absent, empty, or begins as what is written there, be it torn by a crash. */
  public boolean isOwn() {
    if (!Files.isRegularFile(path)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(path)) {
      String head =
          new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8).replaceAll("\\s", "");
      return beginnings.stream().anyMatch(own -> head.startsWith(own) || own.startsWith(head));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether both name one file. */
  public boolean isSameAs(OutputFile other) {
    return real(path).equals(real(other.path));
  }

  /** Whether it is the file that a store is in: {@link Side#location}. */
  public boolean isAt(Side store) {
    return real(path).toString().equals(store.location());
  }

  private static Path existing(@Nullable Path directory) {
    Path found = directory == null ? Path.of("/") : directory;
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }

  private static Path real(Path file) {
    return real(file, MAX_LINKS);
  }

  private static Path real(Path file, int links) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      if (Files.exists(absolute)) {
        return absolute.toRealPath();
      }
      if (links > 0 && Files.isSymbolicLink(absolute)) {
        // to a file that is not there yet, and that whoever appends to the link makes
        return real(absolute.resolveSibling(Files.readSymbolicLink(absolute)), links - 1);
      }
      Path parent = absolute.getParent();
      return parent == null || !Files.exists(parent)
          ? absolute
          : parent.toRealPath().resolve(String.valueOf(absolute.getFileName()));
    } catch (IOException e) {
      return absolute;
    }
  }
}
