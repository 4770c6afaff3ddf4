package io.github.lightragmigrate.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records that were not written, a JSON object a line: {@code {"key", "type", "reason", "attempts",
 * "time", "migration", "record"}}; {@code record} is null and {@code text} is there for one that
 * could not be read, and {@code base64} too where that was no UTF-8. The file is made at the first
 * failure, for its owner's eyes alone, and synced after every call. Safe for use by several
 * threads.
 */
public final class FailureLog implements AutoCloseable {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Path file;
  private final String migration;
  private @Nullable OpenLog open;

  /**
   * @param file appended to where it exists
   */
  public FailureLog(Path file) {
    this(file, "");
  }

  /**
   * @param file appended to where it exists, also by other migrations
   * @param migration which of them writes, equal for equal ones; is in each line
   */
  public FailureLog(Path file, String migration) {
    this.file = file;
    this.migration = migration;
  }

  /** As given. */
  public Path file() {
    return file;
  }

  /**
   * Appends and syncs.
   *
   * @throws StoreException FAULT when the log is being replayed
   * @throws UncheckedIOException when the log cannot be written
   */
  public synchronized void append(List<FailedRecord> failures) {
    if (failures.isEmpty()) {
      return;
    }
    try {
      if (open == null) {
        open = OpenLog.open(file);
      }
      // one line in memory at a time: records can be long
      open.append(() -> failures.stream().map(this::line).iterator());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the failure log " + file + ": " + e, e);
    }
  }

  /**
   * Bytes that are in the file.
   *
   * @throws UncheckedIOException when the file cannot be looked at
   */
  public synchronized long length() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the failure log " + file + ": " + e, e);
    }
  }

  /**
   * Takes away what was appended after a length, because it will be appended again. Stays as it is
   * when anything there is not this migration's: another one's failures, or a log that was replayed
   * meanwhile; and while somebody else has the log open. A failure is then told of twice, and none
   * is lost.
   *
   * @param length of the log at that time; what is shorter stays
   * @throws UncheckedIOException when the log cannot be written
   */
  public synchronized void rewind(long length) {
    if (length() <= length) {
      return;
    }
    // opened again, and locked, by the next append: a lock ends with any channel of the file
    close();
    try (FileChannel log =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!OpenLog.isLockedAlone(log) || !FailureLogLines.areAllOf(migration, log, length)) {
        return;
      }
      log.truncate(length);
      log.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the failure log " + file + ": " + e, e);
    }
  }

  @Override
  public synchronized void close() {
    try (OpenLog log = open) {
      open = null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the failure log " + file, e);
    }
  }

  private byte[] line(FailedRecord failure) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("key", failure.key());
      json.writeStringField("type", failure.type().name().toLowerCase(Locale.ROOT));
      json.writeStringField("reason", failure.reason());
      json.writeNumberField("attempts", failure.attempts());
      json.writeStringField("time", Instant.now().toString());
      json.writeStringField("migration", migration);
      json.writeFieldName("record");
      if (failure.record().isPresent()) {
        json.writeRawValue(text(failure.record().get()));
      } else {
        json.writeNull();
        json.writeStringField("text", failure.text());
        if (failure.base64().isPresent()) {
          json.writeStringField("base64", failure.base64().get());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot log the failure of " + failure.key() + ": " + e, e);
    }
    out.write('\n');
    return out.toByteArray();
  }

  private static String text(CacheRecord record) {
    return new String(record.toJson(), StandardCharsets.UTF_8);
  }
}
