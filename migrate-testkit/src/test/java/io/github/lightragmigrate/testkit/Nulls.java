package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;

/** Adapters and stores of which one call gives back null. */
final class Nulls {

  private Nulls() {}

  /** The calls that could. */
  static Stream<String> calls() {
    return Stream.of(StorageAdapter.class, CacheStore.class)
        .flatMap(type -> Stream.of(type.getMethods()))
        .filter(method -> !method.getReturnType().isPrimitive())
        .map(Method::getName);
  }

  static StorageAdapter in(StorageAdapter adapter, String call) {
    return nulled(StorageAdapter.class, adapter, call);
  }

  private static <T> T nulled(Class<T> type, T whole, String call) {
    Object nulled =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(whole, arguments);
                if (method.getName().equals(call)) {
                  return null;
                }
                return result instanceof CacheStore store
                    ? nulled(CacheStore.class, store, call)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(nulled);
  }
}
