package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.opensearch.Documents.Document;
import io.github.lightragmigrate.opensearch.ScanCursor.Pass;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads pages: a point in time, and a search behind the last key, in a window of keys. First the
 * documents that LightRAG's copy of the key finds, then those whose copy says something else than
 * their {@code _id}, then those that lack it. Reads what searches see: LightRAG refreshes the index
 * itself when it has written, and a source is left as it is.
 */
final class Reader {

  private static final Map<String, String> COMPLETE =
      Map.of("allow_partial_search_results", "false");

  /** Documents whose copy of the key is wrong, in one page: nobody knows how long they are. */
  private static final int MOST_MISLABELED = 16;

  private final Rest rest;
  private final CacheIndex index;
  private final PointsInTime pointsInTime;
  private final Finder finder;
  private final Windows windows;
  private final PageSize sizes = new PageSize();
  private final PageSize idSizes = new PageSize();

  Reader(Rest rest, CacheIndex index, PointsInTime pointsInTime, Finder finder, Windows windows) {
    this.rest = rest;
    this.index = index;
    this.pointsInTime = pointsInTime;
    this.finder = finder;
    this.windows = windows;
  }

  /** What a search brought, and where to go on. */
  private record Hits(List<Document> documents, Optional<ScanCursor> next) {
    static final Hits NONE = new Hits(List.of(), Optional.empty());
  }

  Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    Optional<ScanCursor> place = cursor.isStart() ? start() : goOn(ScanCursor.of(cursor));
    if (place.isEmpty()) {
      return Page.of(List.of(), Optional.empty());
    }
    return place.get().pass() == Pass.OTHERS
        ? scanOthers(selection, place.get(), limit)
        : scan(selection, place.get(), limit);
  }

  private Page scan(Selection selection, ScanCursor place, PageLimit limit) {
    Hits hits = hits(selection, place, limit, true);
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    for (Document document : hits.documents) {
      if (selection.matches(document.id())) {
        add(document, records, unreadable);
      }
    }
    return new Page(records, unreadable, 0, hits.next.map(ScanCursor::toCursor));
  }

  /** Only ids are listed: of the documents here hardly any is wanted. */
  private Page scanOthers(Selection selection, ScanCursor place, PageLimit limit) {
    Hits hits = hits(selection, place, limit, false);
    List<String> wanted = new ArrayList<>();
    int listed = 0;
    for (Document document : hits.documents) {
      listed++;
      if (selection.matches(document.id())) {
        wanted.add(document.id());
      }
      if (wanted.size() == MOST_MISLABELED && listed < hits.documents.size()) {
        return found(wanted, Optional.of(place.behind(hits.documents.subList(0, listed))));
      }
    }
    return found(wanted, hits.next);
  }

  private Page found(List<String> wanted, Optional<ScanCursor> next) {
    Page found = finder.find(wanted);
    int vanished = wanted.size() - found.records().size() - found.unreadable().size();
    return new Page(found.records(), found.unreadable(), vanished, next.map(ScanCursor::toCursor));
  }

  /** The keys of a pass that is not {@link Pass#KEYED}, which the server can count itself. */
  Optional<ScanCursor> keys(
      Selection selection, ScanCursor cursor, PageLimit limit, List<String> keys) {
    Hits hits = hits(selection, cursor, limit, false);
    hits.documents.forEach(document -> keys.add(document.id()));
    return hits.next;
  }

  static void add(Document document, List<CacheRecord> records, List<UnreadableRecord> unreadable) {
    try {
      records.add(document.record());
    } catch (MalformedJsonException e) {
      unreadable.add(
          UnreadableRecord.ofBytes(document.id(), String.valueOf(e.getMessage()), document.text()));
    }
  }

  private Hits hits(Selection selection, ScanCursor place, PageLimit limit, boolean withSource) {
    ScanCursor from = place;
    Optional<String> window = windows.end(selection, place, PageSize.most(limit));
    PageSize.Sized answer = search(selection, in(window, from), limit, withSource);
    // a point in time times out, and goes with its node; where the reason is another one, the
    // second search fails with it
    if (!answer.reply().isSuccess() && answer.reply().status() != 429) {
      pointsInTime.close(from.pit());
      Optional<String> pit = pointsInTime.open();
      if (pit.isEmpty()) {
        return Hits.NONE;
      }
      from = from.in(pit.get());
      answer = search(selection, in(window, from), limit, withSource);
    }
    Reply reply = rest.successful(answer.reply());
    List<Document> documents = Documents.read(reply);
    (withSource ? sizes : idSizes).seen(documents.size(), reply.body().length);
    if (documents.size() == answer.size()) {
      return new Hits(documents, Optional.of(from.behind(documents)));
    }
    if (window.isPresent()) {
      return new Hits(documents, Optional.of(from.behind(window.get())));
    }
    for (Pass later : later(from)) {
      if (any(from.pit(), Queries.ofPass(later, selection))) {
        return new Hits(documents, Optional.of(from.startOf(later)));
      }
    }
    pointsInTime.close(from.pit());
    return new Hits(documents, Optional.empty());
  }

  private static ScanCursor in(Optional<String> window, ScanCursor cursor) {
    return window.map(cursor::endingAt).orElse(cursor);
  }

  private static List<Pass> later(ScanCursor cursor) {
    if (cursor.until().isPresent()) {
      return List.of();
    }
    return switch (cursor.pass()) {
      case KEYED -> List.of(Pass.OTHERS, Pass.REST);
      case OTHERS -> List.of(Pass.REST);
      case REST, ALL -> List.of();
    };
  }

  /** Empty when there is no index. */
  private Optional<ScanCursor> start() {
    Optional<Mapping> mapping = index.mapping();
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Pass pass = mapping.get().isKeyed() ? Pass.KEYED : Pass.ALL;
    return pointsInTime.open().map(pit -> ScanCursor.start(pass, pit));
  }

  private Optional<ScanCursor> goOn(ScanCursor place) {
    return place.pit().isEmpty() ? pointsInTime.open().map(place::in) : Optional.of(place);
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
  private boolean any(String pit, String query) {
    Reply reply =
        rest.expectSuccess(
            Request.json("POST", "/_search", Queries.any(pit, query)).with(COMPLETE));
    return reply
            .at("hits", "total", "value")
            .asLong()
            .orElseThrow(() -> rest.faults().fault("an answer without hits.total"))
        > 0;
  }
}
