package io.github.lightragmigrate.embedding;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.migration.Migration;
import io.github.lightragmigrate.migration.Verification;
import io.github.lightragmigrate.spi.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A program that embeds the engine, to be run in a process of its own: from a JSON file to each
 * store and on to another JSON file, all at once. Says how each ended, a line each, and where a
 * virtual thread held on to its carrier.
 */
final class EmbeddingProgram {

  private EmbeddingProgram() {}

  /**
   * Runs it.
   *
   * @param args {@code virtual} for virtual threads, or {@code foreign} for threads whose context
   *     class loader knows nothing of us; then a directory. Standard input has the settings as
   *     properties {@code store/NAME}
   */
  public static void main(String[] args) throws Exception {
    EmbeddedStores stores = new EmbeddedStores(settings());
    for (String store : EmbeddedStores.ids()) {
      // loading a class holds on to the carrier, whoever loads it
      thereAndBack(stores, store, "warm_" + args[0]);
    }
    boolean virtual = args[0].equals("virtual");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.start();
      ExecutorService threads = virtual ? virtualThreads() : foreignThreads();
      List<Future<String>> ends = new ArrayList<>();
      for (String store : EmbeddedStores.ids()) {
        ends.add(threads.submit((Callable<String>) () -> thereAndBack(stores, store, args[0])));
      }
      for (Future<String> end : ends) {
        System.out.println(end.get());
      }
      threads.shutdown();
      recording.stop();
      Path file = Path.of(args[1], args[0] + ".jfr");
      recording.dump(file);
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        System.out.println("PINNED " + reason(event) + ": " + described(event));
      }
      Files.delete(file);
    }
  }

  private static Map<String, Map<String, String>> settings() throws IOException {
    Properties properties = new Properties();
    properties.load(System.in);
    Map<String, Map<String, String>> settings = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String[] parts = name.split("/", 2);
      settings
          .computeIfAbsent(parts[0], store -> new HashMap<>())
          .put(parts[1], properties.getProperty(name));
    }
    return settings;
  }

  /** This is compiled for Java 17, which has none. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static ExecutorService foreignThreads() {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task);
          thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
          return thread;
        });
  }

  private static String thereAndBack(EmbeddedStores stores, String store, String mode) {
    String there = mode + "_" + store;
    String first = moved(stores, "json", "embedded", store, there);
    String second = moved(stores, store, there, "json", there + "_back");
    return store + " " + first + " " + second;
  }

  private static String moved(
      EmbeddedStores stores, String from, String fromWorkspace, String to, String toWorkspace) {
    try (Endpoint source = stores.open(from, fromWorkspace, Access.SOURCE);
        Endpoint target = stores.open(to, toWorkspace, Access.TARGET)) {
      return Migration.builder(source, target).batchSize(50).build().run().outcome()
          + " "
          + Verification.builder(source, target).build().run().outcome();
    }
  }

  /** A Java before 24 does not tell it. */
  private static String reason(RecordedEvent event) {
    return event.hasField("pinnedReason") ? event.getString("pinnedReason") : "";
  }

  private static String described(RecordedEvent event) {
    return event.getStackTrace() == null
        ? event.toString()
        : event.getStackTrace().getFrames().stream()
            .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
            .collect(Collectors.joining(" < "));
  }
}
