package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.BenchmarkData;
import io.github.lightragmigrate.spi.Selection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Redis keys to and from cache keys. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
public class KeyBenchmark {

  private final RedisKeys keys = new RedisKeys("space");
  private final Selection selection = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private final String key = BenchmarkData.key(1);
  private final byte[] bytes = keys.of(key).bytes();

  @Benchmark
  public RedisKey of() {
    return keys.of(key);
  }

  @Benchmark
  public Optional<RedisKey> selected() {
    return keys.selected(bytes, selection);
  }
}
