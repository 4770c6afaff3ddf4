package io.github.lightragmigrate.opensearch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Receives a response into one array, of its length where the server tells it: opensearch-java's
 * own consumer grows a buffer and copies it, twice the memory and time for a page of documents.
 */
final class ReplyConsumer extends AbstractBinResponseConsumer<ClassicHttpResponse> {

  private static final int FIRST_BYTES = 8 << 10;

  private final int mostBytes;
  private @Nullable HttpResponse head;
  private @Nullable ContentType contentType;
  private byte[] body = new byte[0];
  private int length;

  /**
   * @param mostBytes where to break off a response, with {@link ContentTooLongException}
   */
  ReplyConsumer(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  protected void start(HttpResponse response, @Nullable ContentType type) throws IOException {
    head = response;
    contentType = type;
    Header told = response.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
    // the client has checked that it is a number
    long bytes = told == null ? FIRST_BYTES : Long.parseLong(told.getValue().strip());
    if (told != null) {
      requireAtMost(bytes);
    }
    body = new byte[(int) bytes];
  }

  @Override
  protected int capacityIncrement() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected void data(ByteBuffer source, boolean endOfStream) throws IOException {
    long needed = (long) length + source.remaining();
    requireAtMost(needed);
    if (needed > body.length) {
      body = Arrays.copyOf(body, (int) Math.min(mostBytes, Math.max(needed, 2L * body.length)));
    }
    int received = source.remaining();
    source.get(body, length, received);
    length += received;
  }

  private void requireAtMost(long bytes) throws ContentTooLongException {
    if (bytes > mostBytes) {
      throw new ContentTooLongException("a response of more than " + mostBytes + " bytes");
    }
  }

  @Override
  protected ClassicHttpResponse buildResult() {
    HttpResponse received = Objects.requireNonNull(head, "a response begins with its head");
    BasicClassicHttpResponse response =
        new BasicClassicHttpResponse(received.getCode(), received.getReasonPhrase());
    response.setVersion(received.getVersion());
    response.setHeaders(received.getHeaders());
    response.setEntity(new ByteArrayEntity(body, 0, length, contentType));
    return response;
  }

  @Override
  public void releaseResources() {
    body = new byte[0];
  }
}
