package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.spi.Selection;
import java.util.Iterator;
import java.util.List;

/** What a shell offers for the values of options. */
abstract class Candidates implements Iterable<String> {

  private final List<String> values;

  private Candidates(List<String> values) {
    this.values = values;
  }

  @Override
  public Iterator<String> iterator() {
    return values.iterator();
  }

  /** The stores that are built in: a shell cannot know the adapters of a directory. */
  static final class OfStores extends Candidates {
    OfStores() {
      super(List.of("json", "redis", "postgres", "mongo", "opensearch"));
    }
  }

  static final class OfTypes extends Candidates {
    OfTypes() {
      super(Selection.DEFAULT_TYPES);
    }
  }

  static final class OfOnConflict extends Candidates {
    OfOnConflict() {
      super(List.of("overwrite", "skip", "newer"));
    }
  }

  static final class OfColour extends Candidates {
    OfColour() {
      super(List.of("auto", "always", "never"));
    }
  }
}
