package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.BenchmarkData;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.LauncherOptions;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Per record: the first reading of a file, which counts it, the second, and the writing of text.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FileBenchmark extends LauncherOptions {

  private static final int RECORDS = 1000;
  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);

  @Param({"small", "long"})
  public String size = "";

  private final List<CacheRecord> records = new ArrayList<>();
  private Path directory = Path.of("");
  private CacheFile file = CacheFile.in(directory);
  private JsonReader reader = new JsonReader(file);

  @Setup
  public void write() throws IOException {
    directory = Files.createTempDirectory("bench");
    file = CacheFile.in(directory);
    RecordText text = new RecordText();
    StringBuilder all = new StringBuilder("{\n  ");
    for (int i = 0; i < RECORDS; i++) {
      String key = BenchmarkData.key(i);
      records.add(CacheRecord.ofJson(key, BenchmarkData.json(i, size.equals("small"))));
      try {
        text.set(records.get(i));
      } catch (UnfitException e) {
        throw new IllegalStateException(e);
      }
      all.append(i == 0 ? "" : ",\n  ")
          .append(text.toString(java.nio.charset.StandardCharsets.UTF_8));
    }
    Files.writeString(file.path(), all.append("\n}"));
    reader = new JsonReader(file);
    reader.index();
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file.path());
    Files.delete(directory);
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public FileIndex index() {
    return new JsonReader(file).index();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int scan() {
    int read = 0;
    Optional<Cursor> cursor = Optional.of(Cursor.START);
    while (cursor.isPresent()) {
      Page page = reader.scan(ALL, cursor.get(), new PageLimit(1000, 2 << 20));
      read += page.records().size();
      cursor = page.next();
    }
    return read;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int render() throws UnfitException {
    RecordText text = new RecordText();
    int bytes = 0;
    for (CacheRecord record : records) {
      text.set(record);
      bytes += text.size();
    }
    return bytes;
  }
}
