package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.spi.StoreException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tells of a fault: the report by a text, the caller by the exception. What the caller's own
 * handler throws must not end a run that still has to flush.
 *
 * @param mask takes secrets out of texts
 * @param onFault is given the exception
 */
record FaultHandler(UnaryOperator<String> mask, Consumer<RuntimeException> onFault) {

  /** For people: the message of what says all by its message; else with the exception's class. */
  String text(RuntimeException e) {
    boolean speaks = e instanceof StoreException || e instanceof UncheckedIOException;
    String message = e.getMessage();
    return mask.apply(speaks && message != null ? message : e.toString());
  }

  /** Tells the caller; returns what a report should say of the handler itself. */
  Optional<String> tell(RuntimeException e) {
    try {
      onFault.accept(e);
      return Optional.empty();
    } catch (Throwable thrown) {
      return Optional.of(mask.apply("onFault threw " + thrown));
    }
  }
}
