package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.KeyIndex;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Accepted records on their way into the cache file: a file of the same form beside it, in order of
 * arrival. Of a repeated key the last counts. Not safe for use by several threads.
 */
final class Staging implements Closeable {

  private static final byte[] FIRST = "{\n  ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEXT = ",\n  ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n}".getBytes(StandardCharsets.US_ASCII);

  private final WorkFile file;
  private final KeyIndex starts = new KeyIndex();

  /** Of what was written, without the end of the object. */
  private long length;

  private long entries;

  Staging(Path cacheFile) throws IOException {
    file = WorkFile.createPrivate(cacheFile);
  }

  /** On an exception the record is not staged and the others still are. */
  void add(String key, RecordText entry) throws IOException {
    RandomAccessFile io = file.io();
    byte[] separator = length == 0 ? FIRST : NEXT;
    try {
      io.seek(length);
      io.write(separator);
      entry.writeTo(io);
    } catch (IOException e) {
      io.setLength(length);
      throw e;
    }
    starts.put(key, length + separator.length);
    length += separator.length + entry.size();
    entries++;
  }

  /** Whether no key is there twice. */
  boolean isWithoutRepeats() {
    return starts.size() == entries;
  }

  /** The file that was filled, as a cache file where there is none yet. */
  WorkFile asNewFile() throws IOException {
    end();
    file.takeDefaultRights();
    return file;
  }

  private void end() throws IOException {
    file.io().setLength(length);
    file.io().seek(length);
    file.io().write(END);
  }

  /** Start of the key's entry; -1 when there is none. */
  long start(String key) {
    return starts.get(key);
  }

  /** Whether this is the entry that counts for its key. */
  boolean isCurrent(EntryReader entry) {
    return starts.get(entry.key()) == entry.start();
  }

  /** Reads what is staged by now; there must be something. */
  EntryReader entries() throws IOException {
    end();
    return EntryReader.of(file.path(), new LegacyNests(), new EntryEnds());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
