package io.github.lightragmigrate.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the adapter gives to the MongoDB driver. */
public final class SettingsInEffect {

  private SettingsInEffect() {}

  public static Map<String, String> of(Settings settings) {
    ConnectionSettings connection = ConnectionSettings.of(settings);
    MongoClientSettings client = connection.client(Access.SOURCE);
    Optional<MongoCredential> login = Optional.ofNullable(client.getCredential());
    Map<String, String> values = new HashMap<>();
    values.put(
        "MONGO_URI hosts",
        client.getClusterSettings().getHosts().stream()
            .map(ServerAddress::toString)
            .sorted()
            .collect(Collectors.joining(",")));
    values.put("MONGO_URI user", login.map(MongoCredential::getUserName).orElse(""));
    values.put(
        "MONGO_URI password",
        login.map(MongoCredential::getPassword).map(String::valueOf).orElse(""));
    values.put("MONGO_URI source", login.map(MongoCredential::getSource).orElse(""));
    values.put("MONGO_URI tls", String.valueOf(client.getSslSettings().isEnabled()));
    values.put(
        "MONGO_URI replica set",
        Objects.requireNonNullElse(client.getClusterSettings().getRequiredReplicaSetName(), ""));
    values.put("MONGO_DATABASE", connection.database());
    values.put("workspace", connection.workspace());
    return values;
  }
}
