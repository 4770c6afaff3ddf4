package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {

  @Test
  void defaultsAreLightRags() {
    ConnectionSettings settings = ConnectionSettings.of(Settings.of(Map.of()));
    assertThat(settings.hosts()).isEqualTo("localhost:27017");
    assertThat(settings.database()).isEqualTo("LightRAG");
    assertThat(settings.collection()).isEqualTo("llm_response_cache");
    MongoClientSettings client = settings.client(Access.TARGET);
    assertThat(client.getCredential().getUserName()).isEqualTo("root");
    assertThat(client.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
    assertThat(client.getClusterSettings().getServerSelectionTimeout(TimeUnit.SECONDS))
        .isEqualTo(10);
  }

  @Test
  void theConnectionStringWins() {
    MongoClientSettings client =
        of("mongodb://h/?w=1&serverSelectionTimeoutMS=500&socketTimeoutMS=7000&appName=mine"
                + "&compressors=snappy,zlib,zstd")
            .client(Access.TARGET);
    assertThat(client.getWriteConcern()).isEqualTo(WriteConcern.W1);
    assertThat(client.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS))
        .isEqualTo(500);
    assertThat(client.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS)).isEqualTo(7000);
    assertThat(client.getApplicationName()).isEqualTo("mine");
    assertThat(client.getCompressorList()).hasSize(1);
  }

  @Test
  void aPlusOfTheLoginIsASpaceAsPymongoReadsIt() {
    var login = of("mongodb://a+b:c+%2Bd@h/").client(Access.SOURCE).getCredential();
    assertThat(login.getUserName()).isEqualTo("a b");
    assertThat(login.getPassword()).containsExactly("c +d".toCharArray());
  }

  @Test
  void theWorkspaceIsPartOfTheCollectionsName() {
    assertThat(ConnectionSettings.of(workspaces(" own ", "general")).collection())
        .isEqualTo("own_llm_response_cache");
    assertThat(ConnectionSettings.of(workspaces(" ", "general")).collection())
        .isEqualTo("general_llm_response_cache");
  }

  @Test
  void severalHostsAreOnePlaceInAnyOrder() {
    assertThat(of("mongodb://b:2,a:1/").hosts())
        .isEqualTo(of("mongodb://a:1,b:2/").hosts())
        .isEqualTo("a:1,b:2");
    assertThat(of("mongodb://HOST/").hosts()).isEqualTo(of("mongodb://host:27017").hosts());
    assertThat(of("mongodb://[::1]/").hosts()).isEqualTo(of("mongodb://[::1]:27017/").hosts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "http://user:hunter2@host/",
        "mongodb://",
        "mongodb://user:hunter2@@host/",
        "mongodb://user:hunter2:x@host/",
        "mongodb://user:hunter2/x@host/",
        "mongodb://user:hunter2?x@host/",
        "mongodb://user:hunter2%zz@host/",
        "mongodb://user@hunter2@host/",
        "mongodb://user:hunter2@host:port/",
        "mongodb://user:pw@host:hunter2/",
        "mongodb://user:hunter2@host/?readPreference=hunter2",
        "mongodb://user:hunter2@host/?authMechanism=hunter2"
      })
  void aStringThatCannotBeReadIsNotShown(String uri) {
    assertThatThrownBy(() -> of(uri).client(Access.SOURCE))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS);
              assertThat(e.getMessage()).contains("MONGO_URI").doesNotContain("hunter2");
              assertThat(e.getCause()).isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "a$b", "a/b", "a\u0000"})
  void aDatabaseNameThatMongoDoesNotAllowIsNamed(String database) {
    assertThatThrownBy(() -> ConnectionSettings.of(Settings.of(Map.of("MONGO_DATABASE", database))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining("MONGO_DATABASE '" + database + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a$b", "a\u0000", ".a", "a..b"})
  void aWorkspaceThatMongoDoesNotAllowIsNamed(String workspace) {
    assertThatThrownBy(() -> ConnectionSettings.of(workspaces(workspace, "")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining("workspace '" + workspace + "'");
  }

  @Test
  void writesThatNobodyAcknowledgesAreRefused() {
    ConnectionSettings settings = of("mongodb://h/?w=0");
    assertThatThrownBy(() -> settings.client(Access.TARGET)).hasMessageContaining("w=0");
    assertThat(settings.client(Access.SOURCE)).isNotNull();
  }

  @Test
  void thePasswordIsMasked() {
    ConnectionSettings settings = of("mongodb://user:p%40ss@host/");
    assertThat(settings.mask("p@ss and p%40ss at host")).isEqualTo("*** and *** at host");
    assertThat(of("mongodb://host/").mask("text")).isEqualTo("text");
  }

  private static ConnectionSettings of(String uri) {
    return ConnectionSettings.of(Settings.of(Map.of("MONGO_URI", uri)));
  }

  private static Settings workspaces(String own, String general) {
    Map<String, String> values = new HashMap<>();
    values.put("MONGODB_WORKSPACE", own);
    values.put("WORKSPACE", general);
    return Settings.of(values);
  }
}
