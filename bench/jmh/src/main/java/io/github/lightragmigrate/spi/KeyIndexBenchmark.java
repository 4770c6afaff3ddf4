package io.github.lightragmigrate.spi;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** Per key: into an index and out of it, 100,000 of them. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyIndexBenchmark extends LauncherOptions {

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
