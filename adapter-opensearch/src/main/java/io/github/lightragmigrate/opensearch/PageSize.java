package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.PageLimit;
import java.util.function.IntFunction;

/**
 * How many documents to ask for, so that an answer keeps near a number of bytes: the server bounds
 * an answer by their number alone. Guesses from the last answer, and asks for fewer when the guess
 * was too high. Safe for use by several threads.
 */
final class PageSize {

  private static final int FIRST = 16;

  /** {@code index.max_result_window}, above which the server refuses. */
  private static final int MOST = 10_000;

  /** The share of a page that an answer has around records, and that its guess may be wrong by. */
  private static final int SLACK = 16;

  private static final int ENVELOPE_BYTES = 64 << 10;
  private static final int LONGEST_REPLY = 1 << 30;

  private volatile long averageBytes;

  /** Documents that are asked for at the most. */
  static int most(PageLimit limit) {
    return Math.min(limit.records(), MOST);
  }

  /** What was asked for and what came. */
  record Sized(int size, Reply reply) {}

  /** Sends requests for documents. */
  interface Sender {
    Reply send(Request request, int mostBytes);
  }

  /**
   * Asks until an answer is short enough; one that holds a single document always is.
   *
   * @param request makes the request for so many documents
   */
  Sized fetch(PageLimit limit, Sender sender, IntFunction<Request> request) {
    int size = guess(limit);
    while (true) {
      try {
        Reply reply =
            sender.send(request.apply(size), size == 1 ? LONGEST_REPLY : mostBytes(limit));
        return new Sized(size, reply);
      } catch (ReplyTooLongException e) {
        averageBytes = mostBytes(limit) / size;
        size = Math.max(1, size / 2);
      }
    }
  }

  void seen(int documents, int bytes) {
    if (documents > 0) {
      averageBytes = Math.max(1, bytes / documents);
    }
  }

  /**
   * Somewhat more than fits: a page that just misses its bytes is followed by a search for the rest
   * of them, which takes the server as long for a handful of documents.
   */
  private int guess(PageLimit limit) {
    long average = averageBytes;
    long fitting = average == 0 ? FIRST : (limit.bytes() + limit.bytes() / SLACK) / average + 1;
    return (int) Math.max(1, Math.min(fitting, most(limit)));
  }

  private static int mostBytes(PageLimit limit) {
    return (int)
        Math.min(2 * Math.min(limit.bytes(), LONGEST_REPLY / 4) + ENVELOPE_BYTES, LONGEST_REPLY);
  }
}
