package io.github.lightragmigrate.spi;

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

/** A record out of JSON text and into it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
public class RecordBenchmark {

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
