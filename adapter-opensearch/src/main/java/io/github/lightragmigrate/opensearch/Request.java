package io.github.lightragmigrate.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.transport.GenericEndpoint;
import org.opensearch.client.transport.GenericSerializable;

/**
 * One request, as opensearch-java's transport wants it: the request and its endpoint in one.
 *
 * @param path without parameters, and of characters that a URI needs no escapes for
 * @param body writes itself into the transport's buffer; null for none
 */
record Request(
    String method,
    String path,
    Map<String, String> parameters,
    String contentType,
    @Nullable Body body)
    implements GenericEndpoint<Request, Reply>, GenericSerializable {

  private static final String JSON = "application/json";

  /** Content of a request. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Request of(String method, String path) {
    return new Request(method, path, Map.of(), JSON, null);
  }

  static Request json(String method, String path, String body) {
    return new Request(
        method, path, Map.of(), JSON, out -> out.write(body.getBytes(StandardCharsets.UTF_8)));
  }

  static Request lines(String path, Body body) {
    return new Request("POST", path, Map.of(), "application/x-ndjson", body);
  }

  Request with(Map<String, String> moreParameters) {
    return new Request(method, path, moreParameters, contentType, body);
  }

  @Override
  public String method(Request request) {
    return method;
  }

  @Override
  public String requestUrl(Request request) {
    return path;
  }

  @Override
  public Map<String, String> queryParameters(Request request) {
    return parameters;
  }

  @Override
  public boolean hasRequestBody() {
    return body != null;
  }

  @Override
  public String serialize(OutputStream out) {
    try {
      if (body != null) {
        body.writeTo(out);
      }
      return contentType;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Reply responseDeserializer(
      String uri,
      String method,
      String protocol,
      int status,
      @Nullable String reason,
      List<Map.Entry<String, String>> headers,
      @Nullable String contentType,
      @Nullable InputStream content) {
    try {
      return new Reply(status, content == null ? new byte[0] : content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
