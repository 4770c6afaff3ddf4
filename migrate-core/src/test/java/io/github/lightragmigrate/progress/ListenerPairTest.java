package io.github.lightragmigrate.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Counts;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenerPairTest {

  private final List<String> told = new ArrayList<>();

  static List<Method> events() {
    return Arrays.stream(MigrationListener.class.getDeclaredMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !method.getName().equals("andThen"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventIsToldToBothInOrder(Method event) throws Exception {
    MigrationListener both = new ListenerPair(recorder("first"), recorder("second"));
    Object[] arguments =
        Arrays.stream(event.getParameterTypes())
            .map(type -> type == long.class ? (Object) 1L : null)
            .toArray();
    event.invoke(both, arguments);
    assertThat(told).containsExactly("first " + event.getName(), "second " + event.getName());
  }

  @Test
  void listenersAreChained() {
    List<String> starts = new ArrayList<>();
    onStart(() -> starts.add("first"))
        .andThen(MigrationListener.NONE)
        .andThen(onStart(() -> starts.add("third")))
        .started(Counts.exact(Map.of()));
    assertThat(starts).containsExactly("first", "third");
  }

  private static MigrationListener onStart(Runnable action) {
    return new MigrationListener() {
      @Override
      public void started(Counts source) {
        action.run();
      }
    };
  }

  private MigrationListener recorder(String name) {
    return (MigrationListener)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MigrationListener.class},
            (proxy, method, arguments) -> {
              told.add(name + " " + method.getName());
              return null;
            });
  }
}
