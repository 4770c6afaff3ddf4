package io.github.lightragmigrate.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * Tells one state of a file from another without reading it.
 *
 * @param size in bytes, -1 for a file that is not there
 * @param modified nanoseconds since 1970
 * @param file device and inode, where the system has them
 */
record FileStamp(long size, long modified, String file) {

  private static final FileStamp ABSENT = new FileStamp(-1, 0, "");

  static FileStamp of(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new FileStamp(
          attributes.size(),
          attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          String.valueOf(attributes.fileKey()));
    } catch (NoSuchFileException e) {
      return ABSENT;
    }
  }

  boolean isAbsent() {
    return size < 0;
  }

  @Override
  public String toString() {
    return size + "-" + modified + "-" + file;
  }
}
