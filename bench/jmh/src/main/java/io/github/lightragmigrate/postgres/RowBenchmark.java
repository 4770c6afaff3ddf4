package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.BenchmarkData;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.LauncherOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A record to a row. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RowBenchmark extends LauncherOptions {

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
