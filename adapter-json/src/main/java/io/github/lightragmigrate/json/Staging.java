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

  /** On an exception none of the batch is staged, and what was staged before still is. */
  void add(EntryBatch batch) throws IOException {
    RandomAccessFile io = file.io();
    byte[] separator = length == 0 ? FIRST : EntryBatch.SEPARATOR;
    try {
      io.seek(length);
      io.write(separator);
      batch.writeTo(io);
    } catch (IOException e) {
      io.setLength(length);
      throw e;
    }
    length += separator.length;
    for (int i = 0; i < batch.count(); i++) {
      places.put(batch.key(i), 2 * (length + batch.start(i)));
    }
    length += batch.bytes();
    entries += batch.count();
    writeback.written(length);
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
