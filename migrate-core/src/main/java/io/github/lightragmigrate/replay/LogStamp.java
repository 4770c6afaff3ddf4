package io.github.lightragmigrate.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Which file it is, and how it was: another when somebody wrote to it or replaced it.
 *
 * @param file the file system's name for it, where it has one
 */
record LogStamp(Optional<Object> file, long size, FileTime modified) {

  static LogStamp of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new LogStamp(
        Optional.ofNullable(attributes.fileKey()),
        attributes.size(),
        attributes.lastModifiedTime());
  }
}
