package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.BenchmarkData;
import io.github.lightragmigrate.spi.CacheRecord;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A record to a BSON document and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
public class DocumentBenchmark {

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
