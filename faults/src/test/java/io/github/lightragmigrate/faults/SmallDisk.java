package io.github.lightragmigrate.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few megabytes in memory; only root can have one. */
final class SmallDisk implements AutoCloseable {

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  static boolean isPossible() {
    return System.getProperty("user.name").equals("root");
  }

  /**
   * Mounts one.
   *
   * @param size such as {@code 6m}
   */
  static SmallDisk mount(Path directory, String size) throws IOException {
    Files.createDirectories(directory);
    run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    return new SmallDisk(directory);
  }

  void resize(String size) throws IOException {
    run("mount", "-o", "remount,size=" + size, directory.toString());
  }

  @Override
  public void close() throws IOException {
    run("umount", directory.toString());
  }

  private static void run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
