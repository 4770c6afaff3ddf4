package io.github.lightragmigrate.spi;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A record out of JSON text and into it. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecordBenchmark extends LauncherOptions {

  @Param({"small", "long"})
  public String size = "";

  private String key = "";
  private byte[] json = {};
  private CacheRecord record = CacheRecord.of("", java.util.Map.of());

  @Setup
  public void make() {
    key = BenchmarkData.key(1);
    json = BenchmarkData.json(1, size.equals("small"));
    record = CacheRecord.ofJson(key, json);
  }

  @Benchmark
  public CacheRecord parse() {
    return CacheRecord.ofJson(key, json);
  }

  @Benchmark
  public byte[] render() {
    return record.toJsonWithId();
  }

  @Benchmark
  public long size() {
    return record.size();
  }

  @Benchmark
  public CacheRecord withoutNullTimes() {
    return record.withoutNullTimes();
  }
}
