package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.BenchmarkData;
import io.github.lightragmigrate.spi.LauncherOptions;
import io.github.lightragmigrate.spi.Selection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Redis keys to and from cache keys. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyBenchmark extends LauncherOptions {

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
