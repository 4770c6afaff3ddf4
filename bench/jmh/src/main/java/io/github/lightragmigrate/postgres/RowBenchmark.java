package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.BenchmarkData;
import io.github.lightragmigrate.spi.CacheRecord;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** A record to a row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
public class RowBenchmark {

  @Param({"small", "long"})
  public String size = "";

  private CacheRecord record = CacheRecord.of("", Map.of());

  @Setup
  public void make() {
    record = CacheRecord.ofJson(BenchmarkData.key(1), BenchmarkData.json(1, size.equals("small")));
  }

  @Benchmark
  public CacheRow encode() throws UnstorableException {
    return RecordEncoder.encode(record);
  }
}
