package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.EmbeddedRedis;
import io.github.lightragmigrate.testservers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.RedisClient;

/** Servers that want something, or refuse something. */
@Timeout(60)
class RedisServersIT {

  private static final Selection ALL = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit SMALL = new PageLimit(3, 1 << 20);
  private static final String SECRET = "p@ss:w/rd#1%é";

  @Test
  void aPasswordIsNeededAndTaken() {
    try (EmbeddedRedis server = EmbeddedRedis.options().password(SECRET).start()) {
      assertWorks(server.uri());
      String address = server.uri().substring(server.uri().lastIndexOf('@') + 1);
      assertFails("redis://:hunter2@" + address, Kind.DENIED, "password");
      assertFails("redis://" + address, Kind.DENIED, "NOAUTH");
      assertFails("redis://user:hunter2@" + address, Kind.DENIED, "password");
    }
  }

  @Test
  void aServerWithoutAPasswordRefusesOne() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start()) {
      assertFails(
          server.uri().replace("redis://", "redis://user:hunter2@"), Kind.DENIED, "REDIS_URI");
    }
  }

  @Test
  void anAclUserWithTheFewestRightsReadsAndOneWithoutWriteRightsIsToldSo() {
    String rules = "~* +scan +get +strlen +exists +getrange +ping +select +set";
    try (EmbeddedRedis server = EmbeddedRedis.options().user("few", SECRET, rules).start()) {
      List<CacheRecord> records = SampleRecords.usual(10);
      try (CacheStore target = open(server.uri(), Access.TARGET)) {
        assertThat(target.upsert(records).written()).isEqualTo(10);
        assertThat(target.notices()).anyMatch(notice -> notice.contains("maxmemory-policy"));
        assertThat(target.incarnation()).as("INFO is forbidden").isEmpty();
      }
      Cursor next;
      try (CacheStore source = open(server.uri(), Access.SOURCE)) {
        assertThat(RedisScanIT.scan(source, SMALL).records)
            .containsExactlyInAnyOrderElementsOf(records);
        assertThat(source.count(ALL, n -> {}).total()).isEqualTo(10);
        next = source.scan(ALL, Cursor.START, SMALL).next().orElseThrow();
      }
      try (CacheStore source = open(server.uri(), Access.SOURCE)) {
        assertThat(RedisScanIT.scan(source, next, SMALL, page -> {}).records).hasSize(7);
      }
    }
    try (EmbeddedRedis server =
            EmbeddedRedis.options().user("reader", SECRET, "~* +@read +@connection").start();
        CacheStore target = open(server.uri(), Access.TARGET)) {
      StoreException e =
          catchThrowableOfType(StoreException.class, () -> target.upsert(SampleRecords.usual(2)));
      assertThat(e.kind()).isEqualTo(Kind.DENIED);
      assertThat(e).hasMessageContaining("'set'").hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void tlsIsCheckedUnlessToldNotTo() {
    try (EmbeddedRedis server = EmbeddedRedis.options().password(SECRET).tls().start()) {
      String uri = server.uri();
      String ca = server.certificate().orElseThrow().certificate().toString();
      assertFails(uri, Kind.SETTINGS, "ssl_ca_certs");
      assertWorks(uri + "?ssl_ca_certs=" + ca);
      assertWorks(uri + "?ssl_cert_reqs=none");
      assertWorks(uri + "?ssl_min_version=772&ssl_ca_certs=" + ca);
      assertFails(uri.replace("rediss:", "redis:"), Kind.UNAVAILABLE, "rediss://");
    }
  }

  @Test
  void aClientCertificateIsShown() {
    try (EmbeddedRedis server = EmbeddedRedis.options().tls().start()) {
      var files = server.certificate().orElseThrow();
      String uri = server.uri() + "?ssl_ca_certs=" + files.certificate();
      RedisSettings settings = RedisSettings.of(TestRedis.settings(Map.of("REDIS_URI", uri), ""));
      try (RedisClient admin =
          RedisClient.builder()
              .hostAndPort(settings.uri().host(), settings.uri().port())
              .clientConfig(settings.client())
              .build()) {
        admin.configSet("tls-ca-cert-file", files.certificate().toString());
        admin.configSet("tls-auth-clients", "yes");
      }
      // TLS 1.3 may break the connection before the reason arrives
      assertThat(catchThrowableOfType(StoreException.class, () -> open(uri, Access.SOURCE).close()))
          .hasMessageContaining("ssl_certfile")
          .extracting(StoreException::kind)
          .isIn(Kind.SETTINGS, Kind.UNAVAILABLE);
      assertWorks(uri + "&ssl_certfile=" + files.certificate() + "&ssl_keyfile=" + files.key());
    }
  }

  @Test
  void aDatabaseNumberIsADatabaseOfItsOwn() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start()) {
      try (CacheStore seven = open(server.uri() + "/7", Access.TARGET)) {
        seven.upsert(SampleRecords.usual(3));
        assertThat(seven.location()).contains("/7 ");
      }
      try (CacheStore zero = open(server.uri(), Access.SOURCE);
          CacheStore seven = open(server.uri() + "/?db=7", Access.SOURCE);
          RedisClient client = RedisClient.create(server.uri() + "/7")) {
        assertThat(zero.count(ALL, n -> {}).total()).isZero();
        assertThat(seven.count(ALL, n -> {}).total()).isEqualTo(3);
        assertThat(client.dbSize()).isEqualTo(3);
      }
      assertFails(server.uri() + "/99", Kind.SETTINGS, "database 99");
    }
  }

  @Test
  void nobodyAtThePort() {
    assertFails("redis://:hunter2@127.0.0.1:" + Ports.closed(), Kind.UNAVAILABLE, "refuses");
    assertFails("redis://:hunter2@no-such-host.invalid", Kind.UNAVAILABLE, "unknown");
  }

  @Test
  void aServerThatIsSilentIsGivenUpInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      assertFails(
          "redis://:hunter2@127.0.0.1:" + silent.getLocalPort() + "?socket_timeout=0.3",
          Kind.UNAVAILABLE,
          "in time");
      assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }
  }

  @Test
  void anEvictingServerIsPointedOut() {
    try (EmbeddedRedis server = EmbeddedRedis.options().maxMemory("64mb", "allkeys-lru").start()) {
      try (CacheStore store = open(server.uri(), Access.TARGET)) {
        assertThat(store.notices()).singleElement().asString().contains("refuses", "allkeys-lru");
      }
      try (CacheStore store = open(server.uri(), Access.SOURCE)) {
        assertThat(store.notices()).singleElement().asString().contains("refuses", "allkeys-lru");
      }
      Map<String, String> allowed =
          Map.of("REDIS_URI", server.uri(), "REDIS_ALLOW_EVICTION_POLICY", "true");
      try (CacheStore store = TestRedis.open(allowed, "", Access.SOURCE)) {
        assertThat(store.notices()).singleElement().asString().doesNotContain("refuses");
      }
    }
    try (EmbeddedRedis server = EmbeddedRedis.options().maxMemory("64mb", "noeviction").start();
        CacheStore store = open(server.uri(), Access.TARGET)) {
      assertThat(store.notices()).isEmpty();
    }
  }

  @Test
  void aTargetThatKeepsNothingOnDiskIsPointedOut() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        RedisClient client = RedisClient.create(server.uri());
        CacheStore target = open(server.uri(), Access.TARGET);
        CacheStore source = open(server.uri(), Access.SOURCE)) {
      client.configSet("save", "");
      assertThat(target.notices()).singleElement().asString().contains("a restart loses");
      assertThat(source.notices()).isEmpty();
      client.configSet("appendonly", "yes");
      assertThat(target.notices()).isEmpty();
      client.configSet("appendonly", "no");
      client.configSet("save", "3600 1");
      assertThat(target.notices()).isEmpty();
    }
  }

  @Test
  void aServerWithoutMemorySaysSo() {
    try (EmbeddedRedis server = EmbeddedRedis.options().maxMemory("3mb", "noeviction").start();
        CacheStore store = open(server.uri(), Access.TARGET)) {
      List<CacheRecord> large = new ArrayList<>();
      for (CacheRecord record : SampleRecords.usual(8)) {
        large.add(SampleRecords.with(record, "return", JsonValue.of("x".repeat(1_000_000))));
      }
      StoreException e = catchThrowableOfType(StoreException.class, () -> store.upsert(large));
      assertThat(e.kind()).isEqualTo(Kind.FAULT);
      assertThat(e).hasMessageContaining("maxmemory");
    }
  }

  @Test
  void aReplicaIsReadAndPointedOutAndRefusesWrites() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        RedisClient client = RedisClient.create(server.uri());
        CacheStore store = open(server.uri(), Access.TARGET)) {
      store.upsert(SampleRecords.usual(2));
      send(client, "REPLICAOF", "127.0.0.1", "" + Ports.closed());
      assertThat(store.notices()).anyMatch(notice -> notice.contains("replica"));
      assertThat(store.count(ALL, n -> {}).total()).isEqualTo(2);
      StoreException e =
          catchThrowableOfType(StoreException.class, () -> store.upsert(SampleRecords.usual(3)));
      assertThat(e.kind()).isEqualTo(Kind.THROTTLED);
      assertThat(e).hasMessageContaining("replica");
    }
  }

  @Test
  void aRestartedServerIsFoundAgainButItsOldCursorIsRefused() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start()) {
      List<CacheRecord> records = SampleRecords.usual(3000);
      try (CacheStore store = open(server.uri(), Access.TARGET)) {
        store.upsert(records);
        PageLimit twoReplies = new PageLimit(1500, 64 << 20);
        Cursor cursor = store.scan(ALL, Cursor.START, twoReplies).next().orElseThrow();
        server.stop();
        StoreException away =
            catchThrowableOfType(StoreException.class, () -> store.scan(ALL, cursor, twoReplies));
        assertThat(away.kind()).isEqualTo(Kind.UNAVAILABLE);
        server.restart();
        RedisScanIT.assertInvalid(() -> store.scan(ALL, cursor, twoReplies));
        assertThat(RedisScanIT.scan(store, twoReplies).records).hasSize(3000);
        try (CacheStore again = open(server.uri(), Access.SOURCE)) {
          RedisScanIT.assertInvalid(() -> again.scan(ALL, cursor, SMALL));
        }
      }
    }
  }

  @Test
  void anotherServerProcessIsAnotherIncarnation() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        CacheStore store = open(server.uri(), Access.TARGET)) {
      String first = store.incarnation();
      store.upsert(SampleRecords.usual(10));
      store.flush();
      assertThat(store.incarnation()).isNotEmpty().isEqualTo(first);
      server.stop();
      StoreException away = catchThrowableOfType(StoreException.class, store::incarnation);
      assertThat(away.retryable()).as("no answer is no other server").isTrue();
      server.restart();
      assertThat(store.incarnation()).isNotEmpty().isNotEqualTo(first);
      store.upsert(SampleRecords.usual(10));
      store.flush();
    }
  }

  @Test
  void aServerThatCannotSaveSaysSo(@TempDir Path directory) throws IOException {
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        RedisClient client = RedisClient.create(server.uri());
        CacheStore store = open(server.uri(), Access.TARGET)) {
      // a directory where the file should be: saving fails, for root too
      Files.createDirectory(directory.resolve("taken.rdb"));
      client.configSet("dir", directory.toString());
      client.configSet("dbfilename", "taken.rdb");
      client.configSet("save", "3600 1");
      client.configSet("stop-writes-on-bgsave-error", "yes");
      send(client, "BGSAVE");
      while (!client.info("persistence").contains("rdb_last_bgsave_status:err")) {
        Thread.onSpinWait();
      }
      StoreException e =
          catchThrowableOfType(StoreException.class, () -> store.upsert(SampleRecords.usual(2)));
      try (CacheStore source = open(server.uri(), Access.SOURCE)) {
        assertThat(source.count(ALL, n -> {}).total()).as("it can be read").isZero();
      }
      // it would not stop before it has saved
      client.configSet("save", "");
      assertThat(e.kind()).isEqualTo(Kind.FAULT);
      assertThat(e).hasMessageContaining("disk");
    }
  }

  @Test
  void aServerWithoutAFreeConnectionIsWorthARetry() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        RedisClient client = RedisClient.create(server.uri())) {
      client.configSet("maxclients", "1");
      StoreException e =
          catchThrowableOfType(
              StoreException.class, () -> open(server.uri(), Access.SOURCE).close());
      assertThat(e.retryable()).as(e.getMessage()).isTrue();
      client.configSet("maxclients", "100");
      open(server.uri(), Access.SOURCE).close();
    }
  }

  @Test
  void aPageThatFailedComesWholeWhenAskedForAgain() {
    try (EmbeddedRedis server = EmbeddedRedis.options().start()) {
      List<CacheRecord> records = SampleRecords.usual(50);
      try (CacheStore store = open(server.uri(), Access.TARGET);
          RedisClient client = RedisClient.create(server.uri())) {
        store.upsert(records);
        List<CacheRecord> read = new ArrayList<>();
        var page = store.scan(ALL, Cursor.START, SMALL);
        read.addAll(page.records());
        Cursor cursor = page.next().orElseThrow();
        client.configSet("requirepass", "changed");
        send(client, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no");
        StoreException e =
            catchThrowableOfType(StoreException.class, () -> store.scan(ALL, cursor, SMALL));
        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        try (RedisClient admin =
            RedisClient.create(server.uri().replace("redis://", "redis://:changed@"))) {
          admin.configSet("requirepass", "");
        }
        read.addAll(RedisScanIT.scan(store, cursor, SMALL, n -> {}).records);
        assertThat(read).containsExactlyInAnyOrderElementsOf(records);
      }
    }
  }

  @Test
  void aServerThatHangsWhileItIsWrittenToIsGivenUpInTime() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.options().start();
        CacheStore store = open(server.uri() + "?socket_timeout=1", Access.TARGET);
        RedisClient client = RedisClient.create(server.uri())) {
      List<CacheRecord> large = new ArrayList<>();
      for (CacheRecord record : SampleRecords.usual(16)) {
        large.add(SampleRecords.with(record, "return", JsonValue.of("x".repeat(500_000))));
      }
      store.upsert(large);
      String pid =
          client
              .info("server")
              .lines()
              .filter(l -> l.startsWith("process_id:"))
              .findFirst()
              .orElseThrow()
              .substring(11)
              .strip();
      signal("STOP", pid);
      try {
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.upsert(large));
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
      } finally {
        signal("CONT", pid);
      }
      assertThat(store.upsert(large).written()).isEqualTo(16);
    }
  }

  private static void send(RedisClient client, String command, String... arguments) {
    CommandArguments all = new CommandArguments(() -> command.getBytes(StandardCharsets.US_ASCII));
    client.executeCommand(all.addObjects((Object[]) arguments));
  }

  private static void signal(String name, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static void assertWorks(String uri) {
    try (CacheStore store = open(uri, Access.TARGET)) {
      List<CacheRecord> records = SampleRecords.usual(5);
      assertThat(store.upsert(records).written()).isEqualTo(5);
      store.flush();
      assertThat(RedisScanIT.scan(store, SMALL).records)
          .containsExactlyInAnyOrderElementsOf(records);
      assertThat(store.location()).startsWith("redis 127.0.0.1:").doesNotContain("ss:w");
    }
  }

  private static void assertFails(String uri, Kind kind, String message) {
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> open(uri, Access.SOURCE).close());
    assertThat(e).as("opening fails").isNotNull();
    assertThat(e.kind()).as(String.valueOf(e.getMessage())).isEqualTo(kind);
    assertThat(e)
        .hasMessageContaining(message)
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining(SECRET);
  }

  private static CacheStore open(String uri, Access access) {
    return TestRedis.open(Map.of("REDIS_URI", uri), "", access);
  }
}
