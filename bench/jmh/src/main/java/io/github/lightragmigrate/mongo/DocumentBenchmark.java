package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.BenchmarkData;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.LauncherOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A record to a BSON document and back. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DocumentBenchmark extends LauncherOptions {

  @Param({"small", "long"})
  public String size = "";

  private final String key = BenchmarkData.key(1);
  private CacheRecord record = CacheRecord.of("", Map.of());
  private RawBsonDocument document = new RawBsonDocument(new byte[] {5, 0, 0, 0, 0});

  @Setup
  public void make() throws UnholdableException {
    record = CacheRecord.ofJson(key, BenchmarkData.json(1, size.equals("small")));
    document = DocumentEncoder.encode(record);
  }

  @Benchmark
  public RawBsonDocument encode() throws UnholdableException {
    return DocumentEncoder.encode(record);
  }

  @Benchmark
  public CacheRecord decode() throws UnholdableException {
    return DocumentDecoder.decode(key, document);
  }
}
