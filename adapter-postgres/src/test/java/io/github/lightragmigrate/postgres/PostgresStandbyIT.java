package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was a primary and comes up again as a standby, for whoever left its address. */
class PostgresStandbyIT {

  @TempDir private Path directory;

  @Test
  void isReadAndIsToldToBeNoTarget() throws Exception {
    Path data = directory.resolve("data");
    try (EmbeddedPostgres primary = start(data);
        CacheStore store = open(primary, Access.TARGET)) {
      assertThat(store.upsert(SampleRecords.usual(3)).written()).isEqualTo(3);
    }
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres standby = start(data);
        CacheStore target = open(standby, Access.TARGET);
        CacheStore source = open(standby, Access.SOURCE)) {
      assertThat(target.notices())
          .hasSize(2)
          .last()
          .asString()
          .contains("a standby", "POSTGRES_HOST");
      assertThat(source.notices()).isEmpty();
      assertThat(source.workspaces()).containsExactly("default");
      assertThat(source.count(Selection.ofTypes(Selection.DEFAULT_TYPES), n -> {}).total())
          .isEqualTo(3);
    }
  }

  private static EmbeddedPostgres start(Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .start();
  }

  private static CacheStore open(EmbeddedPostgres server, Access access) {
    Settings settings =
        Settings.of(
            Map.of(
                "POSTGRES_HOST", "127.0.0.1",
                "POSTGRES_PORT", Integer.toString(server.getPort()),
                "POSTGRES_PASSWORD", "not asked for"));
    return new PostgresAdapter().open(settings, access);
  }
}
