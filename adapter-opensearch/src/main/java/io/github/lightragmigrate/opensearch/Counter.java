package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.ScanCursor.Pass;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Counts in the server; keys are only fetched of documents that LightRAG's copy of the key does not
 * select, and of all where documents have several copies that are selected. A document that the
 * copy selects and its {@code _id} does not (LightRAG writes none) is counted and not read: the
 * numbers then disagree, and nothing is lost.
 */
final class Counter {

  private static final PageLimit KEYS = new PageLimit(10_000, 4 << 20);

  private final Rest rest;
  private final CacheIndex index;
  private final Reader reader;
  private final PointsInTime pointsInTime;

  Counter(Rest rest, CacheIndex index, Reader reader, PointsInTime pointsInTime) {
    this.rest = rest;
    this.index = index;
    this.reader = reader;
    this.pointsInTime = pointsInTime;
  }

  Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    Optional<Mapping> mapping = index.mapping();
    if (mapping.isPresent()) {
      if (!mapping.get().isKeyed()) {
        countKeys(Pass.ALL, selection, counts, progress);
      } else {
        countInServer(selection, counts)
            .ifPresent(pass -> countKeys(pass, selection, counts, progress));
      }
    }
    return Counts.exact(counts);
  }

  /** The first pass with documents that it cannot tell the keys of; empty when there are none. */
  private Optional<Pass> countInServer(Selection selection, Map<String, Long> counts) {
    List<String> queries = new ArrayList<>();
    selection.prefixes().forEach(prefix -> queries.add(Queries.prefix(prefix)));
    queries.add(Queries.ofPass(Pass.KEYED, selection));
    queries.add(Queries.ofPass(Pass.OTHERS, selection));
    queries.add(Queries.WITHOUT_KEY);
    Optional<Reply> reply = index.search(Queries.counts(queries));
    if (reply.isEmpty()) {
      return Optional.empty();
    }
    List<Long> numbers = numbers(reply.get());
    if (numbers.size() != queries.size()) {
      throw rest.faults().fault("an answer without a count for each query");
    }
    int prefixes = selection.prefixes().size();
    long sum = numbers.subList(0, prefixes).stream().mapToLong(Long::longValue).sum();
    if (sum != numbers.get(prefixes)) {
      // a document of several copies is in several of the numbers
      return Optional.of(Pass.KEYED);
    }
    for (int i = 0; i < prefixes; i++) {
      counts.put(selection.prefixes().get(i), numbers.get(i));
    }
    if (numbers.get(numbers.size() - 2) > 0) {
      return Optional.of(Pass.OTHERS);
    }
    return numbers.get(numbers.size() - 1) > 0 ? Optional.of(Pass.REST) : Optional.empty();
  }

  private static List<Long> numbers(Reply reply) {
    return Reply.elements(reply.at("aggregations", "counts", "buckets")).stream()
        .flatMap(bucket -> Optional.ofNullable(Reply.fields(bucket).get("doc_count")).stream())
        .flatMap(number -> number.asLong().stream())
        .toList();
  }

  private void countKeys(
      Pass pass, Selection selection, Map<String, Long> counts, LongConsumer progress) {
    Optional<ScanCursor> cursor = pointsInTime.open().map(pit -> ScanCursor.start(pass, pit));
    while (cursor.isPresent()) {
      List<String> keys = new ArrayList<>();
      cursor = reader.keys(selection, cursor.get(), KEYS, keys);
      for (String key : keys) {
        selection.prefixOf(key).ifPresent(prefix -> counts.merge(prefix, 1L, Long::sum));
      }
      progress.accept(counts.values().stream().mapToLong(Long::longValue).sum());
    }
  }
}
