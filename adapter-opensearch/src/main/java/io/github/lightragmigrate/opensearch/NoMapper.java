package io.github.lightragmigrate.opensearch;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import org.opensearch.client.json.JsonpMapper;

/** The transport wants a mapper; requests and replies are bytes, so nothing is ever mapped. */
final class NoMapper implements JsonpMapper {

  @Override
  public JsonProvider jsonProvider() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T deserialize(JsonParser parser, Class<T> type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> void serialize(T value, JsonGenerator generator) {
    throw new UnsupportedOperationException();
  }
}
