package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.Documents.Document;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks up documents by key with {@code _mget}, which sees writes before a refresh. */
final class Finder {

  private static final PageLimit REQUEST = new PageLimit(1000, 8 << 20);

  private final Rest rest;
  private final CacheIndex index;
  private final PageSize sizes = new PageSize();

  Finder(Rest rest, CacheIndex index) {
    this.rest = rest;
    this.index = index;
  }

  Page find(Collection<String> keys) {
    // the server answers an empty key with an error, and no document has it
    List<String> left = keys.stream().filter(key -> !key.isEmpty()).distinct().toList();
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    while (!left.isEmpty()) {
      List<String> asked = left;
      PageSize.Sized answer = sizes.fetch(REQUEST, rest::send, size -> request(asked, size));
      Reply reply = rest.successful(answer.reply());
      for (Document document : Documents.read(reply)) {
        addFound(document, records, unreadable);
      }
      int done = Math.min(answer.size(), left.size());
      sizes.seen(done, reply.body().length);
      left = left.subList(done, left.size());
    }
    return new Page(records, unreadable, 0, Optional.empty());
  }

  private Request request(List<String> keys, int size) {
    String ids =
        keys.stream()
            .limit(size)
            .map(key -> JsonValue.of(key).toString())
            .collect(Collectors.joining(", "));
    return Request.json("POST", index.path("_mget"), "{\"ids\": [" + ids + "]}");
  }

  /** An error of one document does not mean that it is absent. */
  private void addFound(
      Document document, List<CacheRecord> records, List<UnreadableRecord> unreadable) {
    JsonValue error = document.error();
    if (error != null) {
      if (!error.toString().contains("index_not_found_exception")) {
        throw rest.faults().of(503, Reply.reason(error), false);
      }
    } else if (document.found()) {
      Reader.add(document, records, unreadable);
    }
  }
}
