package io.github.lightragmigrate.testservers;

import java.nio.file.Path;
import java.util.Optional;

/** A Java of this machine that can do more than the one that runs. */
public final class NewerJdk {

  private NewerJdk() {}

  /** Its {@code java}, where there is one of that feature release or a later one. */
  public static Optional<Path> java(int feature) {
    return Jdk.atLeast(feature).map(Jdk::java);
  }
}
