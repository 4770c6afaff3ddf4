package io.github.lightragmigrate.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.redis.RedisAdapter;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.EmbeddedRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationRunner;
import redis.clients.jedis.Jedis;

/** Every Java block of README.md and docs/embedding.md, compiled and run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentationIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int USABLE = 40;

  private Path directory;
  private EmbeddedRedis redis;
  private CodeCompiler compiler;

  @BeforeAll
  void fillTheSource(@TempDir Path temporary) {
    directory = temporary;
    redis = EmbeddedRedis.options().start();
    compiler = new CodeCompiler(temporary);
    List<CacheRecord> records = new ArrayList<>(SampleRecords.usual(USABLE));
    records.add(CacheRecord.of(SampleRecords.key("summary", "without an answer"), Map.of()));
    try (Endpoint source = source(Access.TARGET)) {
      source.store().upsert(records);
      source.store().flush();
    }
  }

  @AfterAll
  void stop() {
    redis.close();
  }

  @Test
  void theReadmesExampleMovesTheCache() throws Exception {
    List<CodeBlock> blocks = CodeBlock.of(ROOT.resolve("README.md"));
    assertThat(blocks).isNotEmpty();
    for (CodeBlock block : blocks) {
      assertThat(run(block)).contains(USABLE + " records written");
    }
  }

  /** In their order: the later ones go on with what the first one moved. */
  @TestFactory
  List<DynamicTest> everyBlockOfThePageForEmbeddersRuns() throws IOException {
    List<CodeBlock> blocks = CodeBlock.of(ROOT.resolve("docs/embedding.md"));
    assertThat(blocks).hasSizeGreaterThan(5);
    return blocks.stream()
        .map(
            block ->
                dynamicTest(
                    block.toString(), () -> assertThat(run(block)).doesNotContain("FAILED")))
        .toList();
  }

  /** A SIGTERM while the stores are being opened: the target answers only after it. */
  @Test
  void theSpringApplicationHeedsAStopThatComesBeforeItsMigration() throws Exception {
    CodeBlock application =
        CodeBlock.of(ROOT.resolve("docs/embedding.md")).stream()
            .filter(CodeBlock::isWholeFile)
            .findFirst()
            .orElseThrow();
    CodeBlock block = application.replace("\"./", "\"" + directory + "/early/");
    Class<?> type = compiler.compile(block).loadClass(block.className() + "$CacheMigration");
    Constructor<?> constructor = type.getDeclaredConstructor(String.class, String.class);
    constructor.setAccessible(true);
    CountDownLatch connected = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (ServerSocket relay = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Jedis client = new Jedis(URI.create(redis.uri()))) {
      client.flushAll();
      Thread accepting = new Thread(() -> relay(relay, connected, gate));
      accepting.setDaemon(true);
      accepting.start();
      Object migration =
          constructor.newInstance(
              directory.resolve("rag_storage").toString(),
              "redis://127.0.0.1:" + relay.getLocalPort());
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(
              () -> {
                try {
                  ((ApplicationRunner) migration).run(null);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      connected.await();
      Thread stopping =
          new Thread(
              () -> {
                try {
                  ((DisposableBean) migration).destroy();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      stopping.start();
      await().until(() -> stopping.getState() == Thread.State.WAITING);
      gate.countDown();
      run.get(60, TimeUnit.SECONDS);
      stopping.join();
      assertThat(client.dbSize()).isZero();
    }
  }

  private void relay(ServerSocket relay, CountDownLatch connected, CountDownLatch gate) {
    try {
      while (!relay.isClosed()) {
        Socket from = relay.accept();
        connected.countDown();
        gate.await();
        URI uri = URI.create(redis.uri());
        Socket to = new Socket(uri.getHost(), uri.getPort());
        copy(from, to);
        copy(to, from);
      }
    } catch (IOException | InterruptedException e) {
      // the test is at its end
    }
  }

  private static void copy(Socket from, Socket to) {
    Thread copying =
        new Thread(
            () -> {
              try (from;
                  to) {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException e) {
                // one of both has ended
              }
            });
    copying.setDaemon(true);
    copying.start();
  }

  /** Afterwards the cache is in the target; a block that opens its stores finds it empty. */
  private String run(CodeBlock block) throws Exception {
    if (block.opensEndpoints()) {
      try (Jedis client = new Jedis(URI.create(redis.uri()))) {
        client.flushAll();
      }
    }
    String printed = printed(block);
    try (Endpoint target = target()) {
      assertThat(target.count(Selection.ofTypes(Selection.DEFAULT_TYPES)).total())
          .isEqualTo(USABLE);
    }
    return printed;
  }

  /** Returns what it prints. */
  private String printed(CodeBlock written) throws Exception {
    CodeBlock block =
        written
            .replace("redis://localhost:6379", redis.uri())
            .replace("\"./", "\"" + directory + "/")
            .replace(":./", ":" + directory + "/");
    ClassLoader loader = compiler.compile(block);
    Class<?> compiled = loader.loadClass(block.className());
    PrintStream before = System.out;
    Thread thread = Thread.currentThread();
    ClassLoader contextBefore = thread.getContextClassLoader();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    thread.setContextClassLoader(loader);
    try {
      if (block.isWholeFile()) {
        compiled.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
      } else if (block.opensEndpoints()) {
        compiled.getMethod("run").invoke(null);
      } else {
        try (Endpoint source = source(Access.SOURCE);
            Endpoint target = target()) {
          compiled.getMethod("run", Endpoint.class, Endpoint.class).invoke(null, source, target);
        }
      }
    } finally {
      System.setOut(before);
      thread.setContextClassLoader(contextBefore);
    }
    return printed.toString(UTF_8);
  }

  private Endpoint source(Access access) {
    return Endpoint.open(
        new JsonStorageAdapter(),
        Settings.of(Map.of("WORKING_DIR", directory.resolve("rag_storage").toString())),
        access);
  }

  private Endpoint target() {
    return Endpoint.open(
        new RedisAdapter(), Settings.of(Map.of("REDIS_URI", redis.uri())), Access.TARGET);
  }
}
