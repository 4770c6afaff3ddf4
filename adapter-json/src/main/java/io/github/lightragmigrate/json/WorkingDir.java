package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Workspaces;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * The directory in which LightRAG keeps its files: its own for the empty workspace, a sub-directory
 * of that name for another ({@code JsonKVStorage}).
 */
record WorkingDir(Path path) {

  Path of(String workspace) {
    return path.resolve(workspace);
  }

  boolean exists() {
    return Files.isDirectory(path);
  }

  /** Not so where it cannot be told, for lack of rights. */
  boolean isMissing() {
    return Files.notExists(path);
  }

  /**
   * Those that have a cache file, in the order of their names. What cannot be looked into is left
   * out, and so is a name that cannot be a workspace, or that is no text in this system's encoding
   * of file names.
   *
   * @param known a workspace to look for even where the directory does not let itself be listed
   */
  List<String> workspaces(String known) {
    TreeSet<String> names = new TreeSet<>(List.of("", known));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      // there is none, or it may not be read
    }
    names.removeIf(name -> !hasCache(name));
    return List.copyOf(names);
  }

  private boolean hasCache(String workspace) {
    try {
      return Workspaces.isValid(workspace)
          && Files.isRegularFile(of(workspace).resolve(CacheFile.NAME));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
