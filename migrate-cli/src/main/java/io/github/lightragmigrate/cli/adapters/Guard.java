package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the tool and an adapter from a jar: what the adapter throws beside {@link
 * StoreException}, and null, becomes one that names the jar and the call; only want of memory
 * passes as it is. A proxy, so that no method of the SPI can be forgotten.
 */
final class Guard implements InvocationHandler {

  private final Object guarded;
  private final String type;
  private final DroppedJar jar;

  private Guard(Object guarded, String type, DroppedJar jar) {
    this.guarded = guarded;
    this.type = type;
    this.jar = jar;
  }

  static StorageAdapter of(StorageAdapter adapter, DroppedJar jar) {
    return proxy(StorageAdapter.class, new Guard(adapter, adapter.getClass().getName(), jar));
  }

  private static <T> T proxy(Class<T> type, Guard guard) {
    return type.cast(
        Proxy.newProxyInstance(Guard.class.getClassLoader(), new Class<?>[] {type}, guard));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("equals") && arguments != null) {
      return proxy == arguments[0];
    }
    if (method.getName().equals("toString")) {
      return toString();
    }
    Object result;
    try {
      result = method.invoke(guarded, arguments);
    } catch (InvocationTargetException e) {
      throw translated(method, e.getCause() == null ? e : e.getCause());
    }
    if (result == null && method.getReturnType() != void.class) {
      throw new StoreException(
          StoreException.Kind.FAULT,
          method.getName()
              + "() of "
              + this
              + " gave back null: it must give a "
              + method.getReturnType().getSimpleName());
    }
    return result instanceof CacheStore store
        ? proxy(CacheStore.class, new Guard(store, type, jar))
        : result;
  }

  /** For messages. */
  @Override
  public String toString() {
    return "adapter " + type + " in " + jar.path();
  }

  /** The compiler does not know what is thrown past it. */
  private Throwable translated(Method method, Throwable e) {
    if (e instanceof StoreException || e instanceof OutOfMemoryError) {
      return e;
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new StoreException(StoreException.Kind.INTERRUPTED, "interrupted", e);
    }
    return new StoreException(
        StoreException.Kind.FAULT,
        this + " failed in " + method.getName() + "(): " + Advice.of(e, Optional.of(jar)),
        e);
  }
}
