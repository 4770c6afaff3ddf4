package io.github.lightragmigrate.testservers;

import java.util.Map;

/** A running server. It stops when closed, and at the latest when the JVM exits. */
public interface TestServer extends AutoCloseable {
  /** What the server really is, such as {@code redis 6.2.11 (embedded)}; never a credential. */
  String describe();

  /** How to reach the server, under LightRAG's variable names. */
  Map<String, String> settings();

  /** Stops the server if this JVM started it; does nothing the second time. */
  @Override
  void close();
}
