package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MongoSecondaryIT {

  @Test
  void aTargetThatIsNoPrimaryIsTold() {
    MongoServer server = new MongoServer(new FakeSecondary());
    String host = "127.0.0.1:" + server.bind().getPort();
    Settings settings =
        Settings.of(Map.of("MONGO_URI", "mongodb://" + host + "/?directConnection=true"));
    try (CacheStore target = new MongoAdapter().open(settings, Access.TARGET);
        CacheStore source = new MongoAdapter().open(settings, Access.SOURCE)) {
      assertThat(target.notices())
          .last()
          .asString()
          .contains(host, "not the primary", "'rs0'", "primary.invalid:27017", "MONGO_URI");
      assertThat(source.notices()).isEmpty();
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aServerAloneIsItsOwnPrimary() {
    TestPlace place = new TestPlace();
    try (place;
        CacheStore target = place.open(Access.TARGET)) {
      assertThat(target.notices()).hasSize(1).noneMatch(notice -> notice.contains("primary"));
    }
  }

  /** A FAKE: says hello as a secondary does, and takes everything. */
  private static final class FakeSecondary extends MemoryBackend {

    @Override
    public Document handleCommand(
        Channel channel, String database, String command, Document query) {
      Document answer = super.handleCommand(channel, database, command, query);
      return command.equalsIgnoreCase("ismaster") || command.equals("hello")
          ? answer
              .append("ismaster", false)
              .append("isWritablePrimary", false)
              .append("secondary", true)
              .append("setName", "rs0")
              .append("setVersion", 1)
              .append("hosts", List.of("primary.invalid:27017"))
              .append("primary", "primary.invalid:27017")
          : answer;
    }
  }
}
