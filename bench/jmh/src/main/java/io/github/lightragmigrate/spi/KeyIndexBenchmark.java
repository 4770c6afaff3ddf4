package io.github.lightragmigrate.spi;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Per key: into an index and out of it, 100,000 of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
public class KeyIndexBenchmark {

  private static final int KEYS = 100_000;

  private final String[] keys = new String[KEYS];
  private final KeyIndex filled = new KeyIndex();

  @Setup
  public void make() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = BenchmarkData.key(i);
      filled.put(keys[i], i);
    }
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public KeyIndex put() {
    KeyIndex index = new KeyIndex();
    for (int i = 0; i < KEYS; i++) {
      index.put(keys[i], i);
    }
    return index;
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public long get() {
    long sum = 0;
    for (String key : keys) {
      sum += filled.get(key);
    }
    return sum;
  }
}
