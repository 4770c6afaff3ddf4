package io.github.lightragmigrate.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes the cache file anew: what it had, in its order, each replaced key's new record in the old
 * one's place, and new keys behind that. Entries that stay are copied as they stand; those of
 * legacy nests become flat ones, as LightRAG makes them when it opens the file. Of a repeated key
 * the entry that counts remains.
 */
final class Merge {

  private static final byte[] FIRST = "{\n  ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEXT = ",\n  ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n}".getBytes(StandardCharsets.US_ASCII);

  private final FileIndex index;
  private final Staging staging;
  private final OutputStream out;
  private byte[] separator = FIRST;

  Merge(FileIndex index, Staging staging, OutputStream out) {
    this.index = index;
    this.staging = staging;
    this.out = out;
  }

  void write(Path old) throws IOException {
    if (!index.stamp().isAbsent()) {
      try (EntryReader entries = index.entries(old);
          EntryReader staged = staging.entries()) {
        writeOld(entries, staged);
      }
    }
    try (EntryReader staged = staging.entries()) {
      while (staged.next()) {
        if (staging.isCurrent(staged) && !index.contains(staged.key())) {
          write(staged);
        }
      }
    }
    out.write(END);
  }

  private void writeOld(EntryReader entries, EntryReader staged) throws IOException {
    while (entries.next()) {
      if (index.isCurrent(entries)) {
        long replacement = staging.start(entries.key());
        if (replacement < 0) {
          write(entries);
        } else {
          staged.read(replacement);
          write(staged);
        }
      }
    }
  }

  private void write(EntryReader entry) throws IOException {
    out.write(separator);
    separator = NEXT;
    entry.copyTo(out);
  }
}
