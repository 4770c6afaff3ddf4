package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An adapter and its stores, with what must hold of every call, whichever test makes it. */
final class CheckedCalls implements InvocationHandler {

  private static final String SPI = StoreException.class.getPackageName() + ".";

  private final Object target;

  private CheckedCalls(Object target) {
    this.target = target;
  }

  static StorageAdapter of(StorageAdapter adapter) {
    return of(StorageAdapter.class, adapter);
  }

  private static <T> T of(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new CheckedCalls(target)));
  }

  /** The call that a thread is in, if it is in one. */
  static Optional<String> callIn(StackTraceElement[] stack) {
    return IntStream.range(1, stack.length)
        .filter(i -> stack[i - 1].getClassName().equals(CheckedCalls.class.getName()))
        .filter(i -> stack[i - 1].getMethodName().equals("invoke"))
        .mapToObj(i -> stack[i].getMethodName())
        .findFirst();
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      Object answer = method.invoke(target, arguments);
      if (method.getDeclaringClass() != Object.class && method.getReturnType() != void.class) {
        Answers.check(method, arguments, answer);
      }
      return answer instanceof CacheStore store ? of(CacheStore.class, store) : answer;
    } catch (InvocationTargetException e) {
      throw judged(method.getName(), e.getCause());
    }
  }

  private static Throwable judged(String call, @Nullable Throwable thrown) {
    if (thrown instanceof StoreException fault) {
      return fault.getMessage() == null || fault.getMessage().isBlank()
          ? new AssertionError(
              call + "() must say in the message of its StoreException what went wrong", thrown)
          : fault;
    }
    if (isOfATypeOfTheSpi(thrown)) {
      return new AssertionError(
          call + "() must give what the types of the SPI take, and gave what made " + thrown,
          thrown);
    }
    return new AssertionError(
        call
            + "() must report every fault by a StoreException, of the kind that says what the"
            + " engine can do about it: anything else ends a run. It threw "
            + thrown,
        thrown);
  }

  /** Its constructor refused a value. */
  private static boolean isOfATypeOfTheSpi(@Nullable Throwable thrown) {
    return (thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException)
        && Arrays.stream(thrown.getStackTrace())
            .filter(frame -> !frame.getClassName().startsWith("java."))
            .findFirst()
            .filter(frame -> frame.getMethodName().equals("<init>"))
            .filter(frame -> frame.getClassName().startsWith(SPI))
            .isPresent();
  }
}
