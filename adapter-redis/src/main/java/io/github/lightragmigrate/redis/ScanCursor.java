package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.StoreException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a scan as text. Redis's own cursor names a place in the hash table of one server
 * process: it outlives connections, pauses and growth of the table, not a restart of the server or
 * a fail-over, which {@code runId} reveals.
 *
 * @param selection fingerprint of the place and the selection
 * @param runId of the server process; empty when it does not tell
 * @param scan number of this scan in this process of ours
 * @param page number of the page in this scan
 * @param mode number of nested caches of old that were read
 * @param done number of entries of the next one that were read; when there is none left, of
 *     selected keys of the SCAN reply
 * @param check what that value or reply must still be for {@code done} to have a meaning: its
 *     check, or {@link RedisKeys#fingerprint}
 * @param redis Redis's cursor of that reply, once all nested caches are read
 */
record ScanCursor(
    int selection,
    String runId,
    long scan,
    long page,
    int mode,
    long done,
    long check,
    String redis) {

  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9a-f]{1,8})\\.([0-9A-Za-z_-]*)\\.([0-9a-f]{1,16})\\.(\\d{1,18})"
              + "\\.(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,18})\\.(\\d{1,20})");

  static ScanCursor start(int selection, long scan) {
    return new ScanCursor(selection, "", scan, 0, 0, 0, 0, RedisServer.SCAN_START);
  }

  /**
   * As a scan of its own.
   *
   * @throws StoreException INVALID_CURSOR when a restart of the server could not be noticed
   */
  ScanCursor resumed(long newScan) {
    if (runId.isEmpty() && !redis.equals(RedisServer.SCAN_START)) {
      throw invalid("cannot be checked, because the server does not allow INFO");
    }
    return new ScanCursor(selection, runId, newScan, page, mode, done, check, redis);
  }

  Cursor toCursor() {
    return new Cursor(
        String.join(
            ".",
            Integer.toHexString(selection),
            runId,
            Long.toHexString(scan),
            Long.toString(page),
            Integer.toString(mode),
            Long.toString(done),
            Long.toString(check),
            redis));
  }

  /** The next page's. */
  ScanCursor at(int newMode, long newDone, long newCheck, String newRedis) {
    return new ScanCursor(selection, runId, scan, page + 1, newMode, newDone, newCheck, newRedis);
  }

  ScanCursor on(String server) {
    return new ScanCursor(selection, server, scan, page, mode, done, check, redis);
  }

  /**
   * @throws StoreException INVALID_CURSOR
   */
  static ScanCursor parse(Cursor cursor, int selection) {
    Matcher text = TEXT.matcher(cursor.text());
    if (!text.matches()) {
      throw invalid("is none of this store's");
    }
    ScanCursor parsed =
        new ScanCursor(
            Integer.parseUnsignedInt(text.group(1), 16),
            text.group(2),
            Long.parseUnsignedLong(text.group(3), 16),
            Long.parseLong(text.group(4)),
            Integer.parseInt(text.group(5)),
            Long.parseLong(text.group(6)),
            Long.parseLong(text.group(7)),
            text.group(8));
    if (parsed.selection() != selection) {
      throw invalid("belongs to another place or selection");
    }
    return parsed;
  }

  static StoreException invalid(String why) {
    return new StoreException(
        StoreException.Kind.INVALID_CURSOR, "the Redis scan cannot go on: the cursor " + why);
  }
}
