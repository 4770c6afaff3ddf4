package io.github.lightragmigrate.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A FAKE: mongo-java-server, which gives one answer to the next command of a name. */
final class FailingServer implements AutoCloseable {

  private record Answer(String command, Document document) {}

  private final AtomicReference<Optional<Answer>> next = new AtomicReference<>(Optional.empty());
  private final MongoServer server = new MongoServer(new Backend());
  private final String host = "127.0.0.1:" + server.bind().getPort();

  String host() {
    return host;
  }

  void answer(String command, Document document) {
    next.set(Optional.of(new Answer(command, document)));
  }

  /** Whether the answer was given. */
  boolean hasAnswered() {
    return next.get().isEmpty();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Backend extends MemoryBackend {

    @Override
    public Document handleMessage(MongoMessage message) {
      String command = message.getDocument().keySet().iterator().next();
      Optional<Answer> answer = next.get();
      if (answer.isPresent() && answer.get().command().equals(command)) {
        next.set(Optional.empty());
        return answer.get().document();
      }
      return super.handleMessage(message);
    }
  }
}
