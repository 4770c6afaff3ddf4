package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.WriteFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Accepted records on their way into the cache file: a file of the same form beside it, in order of
 * arrival. Of a repeated key the last counts. Not safe for use by several threads.
 */
final class Staging implements Closeable {

  private static final byte[] FIRST = "{\n  ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEXT = ",\n  ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n}".getBytes(StandardCharsets.US_ASCII);

  private final WorkFile file;

  /** Twice the start of each entry, as {@link FileIndex} keeps them. */
  private final KeyIndex places = new KeyIndex();

  private final Writeback writeback;

  /** Of what was written, without the end of the object. */
  private long length;

  private long entries;

  Staging(Path cacheFile) throws IOException {
    file = WorkFile.createPrivate(cacheFile);
    writeback = new Writeback(file.io().getChannel());
  }

  /**
   * Stages the records that fit; on an exception none of them, and what was staged before still is.
   *
   * @return the others
   */
  List<WriteFailure> add(List<CacheRecord> batch) throws IOException {
    RandomAccessFile io = file.io();
    List<WriteFailure> failures = new ArrayList<>();
    List<Map.Entry<String, Long>> starts = new ArrayList<>();
    RecordText text = new RecordText();
    long end = length;
    try {
      io.seek(length);
      for (CacheRecord entry : batch) {
        try {
          text.set(entry);
        } catch (UnfitException e) {
          failures.add(WriteFailure.rejected(entry.key(), String.valueOf(e.getMessage())));
          continue;
        }
        byte[] separator = end == 0 ? FIRST : NEXT;
        io.write(separator);
        text.writeTo(io);
        starts.add(Map.entry(entry.key(), end + separator.length));
        end += separator.length + text.size();
      }
    } catch (IOException e) {
      io.setLength(length);
      throw e;
    }
    starts.forEach(start -> places.put(start.getKey(), 2 * start.getValue()));
    entries += starts.size();
    length = end;
    writeback.written(length);
    return failures;
  }

  boolean isEmpty() {
    return entries == 0;
  }

  /** Whether no key is there twice. */
  boolean isWithoutRepeats() {
    return places.size() == entries;
  }

  /** The file that was filled, as a cache file where there is none yet. */
  WorkFile asNewFile() throws IOException {
    end();
    writeback.finish();
    file.takeDefaultRights();
    return file;
  }

  /** The index of that file, once it has this stamp. */
  FileIndex index(FileStamp stamp) {
    return FileIndex.ofKnown(stamp, places);
  }

  private void end() throws IOException {
    file.io().setLength(length);
    file.io().seek(length);
    file.io().write(END);
  }

  /** Start of the key's entry; -1 when there is none. */
  long start(String key) {
    long place = places.get(key);
    return place < 0 ? -1 : place / 2;
  }

  /** Whether this is the entry that counts for its key. */
  boolean isCurrent(EntryReader entry) {
    return places.get(entry.key()) == 2 * entry.start();
  }

  /** Reads what is staged by now; there must be something. */
  EntryReader entries() throws IOException {
    end();
    return EntryReader.of(file.path(), new LegacyNests(), new EntryEnds());
  }

  @Override
  public void close() throws IOException {
    writeback.close();
    file.close();
  }
}
