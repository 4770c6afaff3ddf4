package io.github.lightragmigrate.cli.adapters;

/** Two adapters claim one name. */
public final class DuplicateAdapterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DuplicateAdapterException(String name, String first, String second) {
    super(
        "two adapters are called '"
            + name
            + "', one in "
            + first
            + " and one in "
            + second
            + ": remove one, or give it an id and a name of its own");
  }
}
