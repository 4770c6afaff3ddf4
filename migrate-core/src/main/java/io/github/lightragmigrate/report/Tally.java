package io.github.lightragmigrate.report;

/**
 * Numbers of records.
 *
 * @param read understood and handed to the target's side: written + unconfirmed + skipped + failed
 * @param written in the target; in a dry run, those that would be
 * @param overwritten of those, in a dry run, the ones whose key the target has
 * @param skipped left as the target has them, as asked for
 * @param failed not in the target
 * @param unreadable in the source, but not to be understood
 * @param vanished listed by the source, and gone when they were read
 * @param sanitized of those written, the ones that were cleaned first
 * @param unconfirmed accepted by the target, which then did not confirm that they are durable
 */
public record Tally(
    long read,
    long written,
    long overwritten,
    long skipped,
    long failed,
    long unreadable,
    long vanished,
    long sanitized,
    long unconfirmed) {

  /** No records. */
  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** One record each. */
  public static final Tally SKIPPED = new Tally(1, 0, 0, 1, 0, 0, 0, 0, 0);

  /** One record that the target does not have. */
  public static final Tally FAILED = new Tally(1, 0, 0, 0, 1, 0, 0, 0, 0);

  /** One record that makes no sense. */
  public static final Tally UNREADABLE = new Tally(0, 0, 0, 0, 0, 1, 0, 0, 0);

  /** One record that is in the target. */
  public static Tally written(boolean overwritten, boolean sanitized) {
    return new Tally(1, 1, overwritten ? 1 : 0, 0, 0, 0, 0, sanitized ? 1 : 0, 0);
  }

  /** Records that were gone when they were to be read. */
  public static Tally vanished(long count) {
    return new Tally(0, 0, 0, 0, 0, 0, count, 0, 0);
  }

  /** The two together. */
  public Tally plus(Tally other) {
    return new Tally(
        read + other.read,
        written + other.written,
        overwritten + other.overwritten,
        skipped + other.skipped,
        failed + other.failed,
        unreadable + other.unreadable,
        vanished + other.vanished,
        sanitized + other.sanitized,
        unconfirmed + other.unconfirmed);
  }

  /** The same when the target confirmed only so many of those written. */
  public Tally confirmed(long durable) {
    return new Tally(
        read,
        durable,
        overwritten,
        skipped,
        failed,
        unreadable,
        vanished,
        sanitized,
        written - durable + unconfirmed);
  }

  /** What became of the source's records: all of them, when nothing was missed. */
  public long accounted() {
    return written + unconfirmed + skipped + failed + unreadable + vanished;
  }
}
