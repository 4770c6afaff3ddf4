package io.github.lightragmigrate.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Records read by one call.
 *
 * @param records no key twice
 * @param unreadable records that are there but make no sense, each with its reason
 * @param vanished keys that were listed and gone when their record was fetched
 * @param next where to go on, never {@link Cursor#START}; empty on the last page, and only there
 */
public record Page(
    List<CacheRecord> records,
    List<UnreadableRecord> unreadable,
    int vanished,
    Optional<Cursor> next) {

  /**
   * Copies the lists.
   *
   * @throws NullPointerException when one of these is null: the last page's next is {@link
   *     Optional#empty}
   */
  public Page {
    Objects.requireNonNull(next, "a page's next is null: the last page's is Optional.empty()");
    records = List.copyOf(records);
    unreadable = List.copyOf(unreadable);
  }

  /** A page of which every record made sense. */
  public static Page of(List<CacheRecord> records, Optional<Cursor> next) {
    return new Page(records, List.of(), 0, next);
  }
}
