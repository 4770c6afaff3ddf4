package io.github.lightragmigrate.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class GuardTest {

  private static final DroppedJar JAR =
      new DroppedJar(Path.of("x.jar"), Optional.empty(), List.of(), Set.of());

  private final StorageAdapter adapter = Guard.of(new RemoteAdapter(), JAR);

  /** The store of an adapter, with another answer of one call. */
  private CacheStore store(String call, Callable<?> answer) {
    CacheStore sound =
        new RemoteAdapter().open(Settings.of(Map.of("REMOTE_NAME", "n")), Access.SOURCE);
    CacheStore flawed =
        (CacheStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CacheStore.class},
                (proxy, method, arguments) ->
                    method.getName().equals(call)
                        ? answer.call()
                        : method.invoke(sound, arguments));
    return Guard.of(opening(flawed), JAR).open(Settings.of(Map.of()), Access.SOURCE);
  }

  private static StorageAdapter opening(CacheStore store) {
    return (StorageAdapter)
        Proxy.newProxyInstance(
            GuardTest.class.getClassLoader(),
            new Class<?>[] {StorageAdapter.class},
            (proxy, method, arguments) -> store);
  }

  private static Callable<?> thrown(Throwable e) {
    return () -> {
      if (e instanceof Error error) {
        throw error;
      }
      throw (Exception) e;
    };
  }

  private static void assertFault(Runnable call, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining(" in x.jar")
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(StoreException.Kind.FAULT);
  }

  @Test
  void anErrorIsAFaultOfTheCall() {
    CacheStore store = store("flush", thrown(new AssertionError("oops")));
    assertFault(store::flush, "failed in flush(): java.lang.AssertionError: oops");
    CacheStore deep = store("location", thrown(new StackOverflowError()));
    assertFault(deep::location, "failed in location(): java.lang.StackOverflowError");
  }

  @Test
  void wantOfMemoryStaysWhatItIs() {
    CacheStore store = store("flush", thrown(new OutOfMemoryError("heap")));
    assertThatThrownBy(store::flush).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anInterruptIsNoFault() {
    StorageAdapter interrupted = Guard.of(new Sneaking(new InterruptedException("x")), JAR);
    assertThatThrownBy(() -> interrupted.open(Settings.of(Map.of()), Access.SOURCE))
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(StoreException.Kind.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aCheckedExceptionOfOpenIsAFault() {
    StorageAdapter sneaking = Guard.of(new Sneaking(new IOException("disk")), JAR);
    assertFault(
        () -> sneaking.open(Settings.of(Map.of()), Access.SOURCE),
        "failed in open(): java.io.IOException: disk");
  }

  @Test
  void nullIsAFault() {
    CacheStore store = store("find", () -> null);
    assertFault(() -> store.find(List.of()), "find() of ", "gave back null: it must give a Page");
    CacheStore silent = store("notices", () -> null);
    assertFault(silent::notices, "notices() of ", "gave back null: it must give a List");
  }

  @Test
  void useByOneThreadAloneIsHintedAt() {
    CacheStore store = store("flush", thrown(new ConcurrentModificationException("in use")));
    assertFault(store::flush, "ConcurrentModificationException: in use", "by several threads");
  }

  @Test
  void aStoreExceptionPassesAsItIs() {
    StoreException away = new StoreException(StoreException.Kind.UNAVAILABLE, "away");
    CacheStore store = store("flush", thrown(away));
    assertThatThrownBy(store::flush).isSameAs(away);
  }

  @Test
  void saysWhomItGuards() {
    assertThat(adapter)
        .hasToString("adapter io.github.lightragmigrate.cli.RemoteAdapter in x.jar")
        .isEqualTo(adapter);
  }

  /** Throws from open what the compiler would not let pass. */
  private record Sneaking(Exception e) implements StorageAdapter {

    @Override
    public String id() {
      return "sneaking";
    }

    @Override
    public String name() {
      return "Sneaking";
    }

    @Override
    public List<Setting> settings() {
      return List.of();
    }

    @Override
    public CacheStore open(Settings settings, Access access) {
      throw GuardTest.<RuntimeException>sneaked(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Exception> T sneaked(Exception e) throws T {
    throw (T) e;
  }
}
