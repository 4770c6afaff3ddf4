package io.github.lightragmigrate.report;

/**
 * Numbers of records.
 *
 * @param read understood and handed to the target's side: written + skipped + failed
 * @param written accepted by the target; in a dry run, those that would be
 * @param overwritten of those, in a dry run, the ones whose key the target has
 * @param skipped left as the target has them, as asked for
 * @param failed not in the target
 * @param unreadable in the source, but not to be understood
 * @param vanished listed by the source, and gone when they were read
 */
public record Tally(
    long read,
    long written,
    long overwritten,
    long skipped,
    long failed,
    long unreadable,
    long vanished) {

  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0);

  public Tally plus(Tally other) {
    return new Tally(
        read + other.read,
        written + other.written,
        overwritten + other.overwritten,
        skipped + other.skipped,
        failed + other.failed,
        unreadable + other.unreadable,
        vanished + other.vanished);
  }

  /** What became of the source's records: all of them, when nothing was missed. */
  public long accounted() {
    return written + skipped + failed + unreadable + vanished;
  }
}
