package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.Documents.Document;
import io.github.lightragmigrate.opensearch.ScanCursor.Pass;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads pages: a point in time, and a search behind the last key. First the documents that
 * LightRAG's copy of the key finds, then those that lack it. Reads what searches see: LightRAG
 * refreshes the index itself when it has written, and a source is left as it is.
 */
final class Reader {

  private static final Map<String, String> COMPLETE =
      Map.of("allow_partial_search_results", "false");

  private final Rest rest;
  private final CacheIndex index;
  private final PointsInTime pointsInTime;
  private final PageSize sizes = new PageSize();
  private final PageSize idSizes = new PageSize();

  Reader(Rest rest, CacheIndex index, PointsInTime pointsInTime) {
    this.rest = rest;
    this.index = index;
    this.pointsInTime = pointsInTime;
  }

  /** What a search brought, and where to go on. */
  private record Hits(List<Document> documents, Optional<ScanCursor> next) {
    static final Hits NONE = new Hits(List.of(), Optional.empty());
  }

  Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    Hits hits = hits(selection, cursor, limit, true);
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    for (Document document : hits.documents) {
      if (selection.matches(document.id())) {
        add(document, records, unreadable);
      }
    }
    return new Page(records, unreadable, 0, hits.next.map(ScanCursor::toCursor));
  }

  /** The keys of a pass that is not {@link Pass#KEYED}, which the server can count itself. */
  Optional<ScanCursor> keys(
      Selection selection, ScanCursor cursor, PageLimit limit, List<String> keys) {
    Hits hits = hits(selection, cursor.toCursor(), limit, false);
    hits.documents.forEach(document -> keys.add(document.id()));
    return hits.next;
  }

  static void add(Document document, List<CacheRecord> records, List<UnreadableRecord> unreadable) {
    try {
      records.add(document.record());
    } catch (MalformedJsonException e) {
      byte[] source = document.source();
      unreadable.add(
          new UnreadableRecord(
              document.id(),
              String.valueOf(e.getMessage()),
              source == null ? "" : new String(source, StandardCharsets.UTF_8)));
    }
  }

  private Hits hits(Selection selection, Cursor cursor, PageLimit limit, boolean withSource) {
    Optional<ScanCursor> place = cursor.isStart() ? start() : Optional.of(ScanCursor.of(cursor));
    if (place.isEmpty()) {
      return Hits.NONE;
    }
    ScanCursor from = place.get();
    PageSize.Sized answer = search(selection, from, limit, withSource);
    // a point in time times out, and goes with its node; where the reason is another one, the
    // second search fails with it
    if (!answer.reply().isSuccess() && answer.reply().status() != 429) {
      pointsInTime.close(from.pit());
      Optional<String> pit = pointsInTime.open();
      if (pit.isEmpty()) {
        return Hits.NONE;
      }
      from = from.in(pit.get());
      answer = search(selection, from, limit, withSource);
    }
    Reply reply = rest.successful(answer.reply());
    List<Document> documents = Documents.read(reply);
    (withSource ? sizes : idSizes).seen(documents.size(), reply.body().length);
    if (documents.size() == answer.size()) {
      JsonValue last = documents.get(documents.size() - 1).sort();
      return new Hits(documents, Optional.of(from.behind(Objects.requireNonNull(last))));
    }
    if (from.pass() == Pass.KEYED && hasDocumentsWithoutKey(from.pit())) {
      return new Hits(documents, Optional.of(from.startOf(Pass.REST)));
    }
    pointsInTime.close(from.pit());
    return new Hits(documents, Optional.empty());
  }

  /** Empty when there is no index. */
  private Optional<ScanCursor> start() {
    Optional<Mapping> mapping = index.mapping();
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Pass pass = mapping.get().isKeyed() ? Pass.KEYED : Pass.ALL;
    return pointsInTime.open().map(pit -> new ScanCursor(pass, pit, Optional.empty()));
  }

  private PageSize.Sized search(
      Selection selection, ScanCursor cursor, PageLimit limit, boolean withSource) {
    return (withSource ? sizes : idSizes)
        .fetch(
            limit,
            rest::send,
            size ->
                Request.json("POST", "/_search", Queries.page(cursor, selection, size, withSource))
                    .with(COMPLETE));
  }

  /** Asked first, since sorting by {@code _id} makes the server load every {@code _id}. */
  private boolean hasDocumentsWithoutKey(String pit) {
    Reply reply =
        rest.expectSuccess(
            Request.json("POST", "/_search", Queries.any(pit, Queries.WITHOUT_KEY)).with(COMPLETE));
    return reply
            .at("hits", "total", "value")
            .asLong()
            .orElseThrow(() -> rest.faults().fault("an answer without hits.total"))
        > 0;
  }
}
