package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.spi.StorageAdapter;
import java.lang.reflect.InvocationTargetException;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why an adapter does not work, and what to do about it. */
final class Advice {

  private static final String OWN_PACKAGES = "io.github.lightragmigrate.";
  private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version ([0-9]+)");

  /** Class file version 45 is Java 1. */
  private static final int JAVA_0 = 44;

  private Advice() {}

  /**
   * One line.
   *
   * @param jar that the adapter is in; empty for the class path
   */
  static String of(Throwable fault, Optional<DroppedJar> jar) {
    Throwable e = reason(fault);
    String detail = String.valueOf(e.getMessage()).replace('/', '.');
    if (e instanceof UnsupportedClassVersionError) {
      return newerJava(detail);
    }
    if (e instanceof NoClassDefFoundError && !detail.contains(" ")) {
      return isOwn(detail) ? otherVersion(jar, detail) : missingClass(jar, detail);
    }
    if (e instanceof IncompatibleClassChangeError) {
      return isOwn(detail)
          ? otherVersion(jar, detail)
          : "classes of different versions meet, of a driver or of a library that the tool brings"
              + " too ("
              + detail
              + "): put in the version that the adapter was built with";
    }
    if (e instanceof ClassNotFoundException && detail.startsWith("\uFEFF")) {
      return DroppedJar.SERVICE + " begins with a byte order mark: save it as UTF-8 without one";
    }
    if (e instanceof ClassNotFoundException && jar.isPresent()) {
      return DroppedJar.SERVICE + " names it, but the class is not in the jar: is it misspelled?";
    }
    if (e instanceof NoSuchMethodException) {
      return "it has no public constructor without parameters";
    }
    if (e instanceof ClassCastException) {
      return "it does not implement " + StorageAdapter.class.getName();
    }
    if (e instanceof IllegalAccessException) {
      return "the class is not public";
    }
    if (e instanceof InstantiationException) {
      return "the class is abstract";
    }
    if (fault instanceof ExceptionInInitializerError) {
      return "a static initializer failed: " + e;
    }
    if (e instanceof ConcurrentModificationException) {
      return e
          + ": a store must be safe for use by several threads; until it is, --readers 1 and"
          + " --writers 1 may help";
    }
    return e.toString();
  }

  /** Behind what only wraps it. */
  private static Throwable reason(Throwable fault) {
    Throwable e = fault;
    while (e.getCause() != null
        && (e instanceof InvocationTargetException
            || e instanceof ExceptionInInitializerError
            || e instanceof ServiceConfigurationError)) {
      e = e.getCause();
    }
    return e;
  }

  private static boolean isOwn(String detail) {
    return detail.contains(OWN_PACKAGES);
  }

  private static String newerJava(String detail) {
    Matcher version = CLASS_FILE_VERSION.matcher(detail);
    return version.find()
        ? "it needs Java "
            + (Integer.parseInt(version.group(1)) - JAVA_0)
            + " or newer, and this is Java "
            + Runtime.version().feature()
            + ": run the tool with a newer Java, or get a jar for this one"
        : detail;
  }

  private static String missingClass(Optional<DroppedJar> jar, String name) {
    return "the class "
        + name
        + " is missing: put the jar that has it, such as the store's driver, "
        + jar.map(adapter -> "into " + adapter.path().toAbsolutePath().getParent() + " too")
            .orElse("on the class path");
  }

  private static String otherVersion(Optional<DroppedJar> jar, String detail) {
    String tool = StorageAdapter.class.getPackage().getImplementationVersion();
    String here = tool == null ? "this version" : tool;
    if (jar.flatMap(DroppedJar::builtFor).equals(Optional.of(here))) {
      return "it was built for "
          + here
          + ", but against another build of it: build it again with this tool's migrate-core ("
          + detail
          + ")";
    }
    return "it was built for "
        + jar.flatMap(DroppedJar::builtFor)
            .map(version -> "lightrag-migrate " + version)
            .orElse("another version of lightrag-migrate")
        + " and does not fit "
        + here
        + ": get the jar for "
        + here
        + ", or build it anew against that migrate-core ("
        + detail
        + ")";
  }
}
