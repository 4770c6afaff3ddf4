package io.github.lightragmigrate.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An installed Java.
 *
 * @param home its directory
 * @param feature its feature release, such as 21
 */
record Jdk(Path home, int feature) {
  static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * The running Java where it is new enough, else one that a JAVA_HOME variable names, else one in
   * a directory where systems and version managers keep them.
   */
  static Optional<Jdk> atLeast(int feature) {
    return Stream.concat(
            Stream.of(running()), candidates().stream().flatMap(home -> at(home).stream()))
        .filter(jdk -> jdk.feature >= feature)
        .findFirst();
  }

  Path java() {
    return home.resolve("bin").resolve("java");
  }

  private static List<Path> candidates() {
    List<Path> homes = new ArrayList<>();
    System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().matches("JAVA_HOME(_\\d+.*)?"))
        .forEach(variable -> homes.add(Path.of(variable.getValue())));
    Path user = Path.of(System.getProperty("user.home"));
    for (Path parent :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            user.resolve(".jdks"),
            user.resolve(".sdkman/candidates/java"),
            Path.of("/Library/Java/JavaVirtualMachines"))) {
      try (Stream<Path> children = Files.list(parent)) {
        children.sorted().forEach(homes::add);
      } catch (IOException e) {
        // Not there on this system.
      }
    }
    return homes;
  }

  private static Optional<Jdk> at(Path directory) {
    Path macHome = directory.resolve("Contents/Home");
    Path home = Files.isDirectory(macHome) ? macHome : directory;
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      return Optional.empty();
    }
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
    } catch (IOException | IllegalArgumentException e) {
      // Java 8 and directories that are no JDK: neither is of use.
      return Optional.empty();
    }
  }
}
