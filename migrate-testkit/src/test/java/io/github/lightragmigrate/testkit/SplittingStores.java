package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stores whose parts are not the whole. */
enum SplittingStores implements Flaw {
  MAKES_NO_PART_OF_NOTHING(
      "anEmptyPlaceHasAPart",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<Cursor> split(Selection selection, int parts) {
              return Scans.count(store) == 0 ? List.of() : super.split(selection, parts);
            }
          }),
  MAKES_MORE_PARTS_THAN_WANTED(
      "thePartsTogetherAreTheWhole",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<Cursor> split(Selection selection, int parts) {
              return super.split(selection, parts + 1);
            }
          }),
  LEAVES_A_PART_OUT(
      "thePartsTogetherAreTheWhole",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<Cursor> split(Selection selection, int parts) {
              List<Cursor> starts = super.split(selection, parts);
              return starts.subList(0, Math.max(1, starts.size() - 1));
            }
          }),
  READS_ON_PAST_THE_END_OF_A_PART(
      "thePartsTogetherAreTheWhole",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<Cursor> split(Selection selection, int parts) {
              List<Cursor> starts = new ArrayList<>(super.split(selection, parts));
              starts.set(0, Cursor.START);
              return starts;
            }
          }),
  FORGETS_THE_END_OF_A_PART(
      "thePartsTogetherAreTheWhole",
      store ->
          new ForwardingStore(store) {
            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              return withoutEnd(super.scan(selection, cursor, limit));
            }
          }),
  FORGETS_THE_END_OF_A_PART_WHEN_REOPENED(
      "partsGoOnAfterReopening",
      store ->
          new ForwardingStore(store) {
            private boolean hasSplitOrRead;

            @Override
            public List<Cursor> split(Selection selection, int parts) {
              hasSplitOrRead = true;
              return super.split(selection, parts);
            }

            @Override
            public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
              boolean goesOn = !hasSplitOrRead && !cursor.isStart();
              hasSplitOrRead = true;
              return super.scan(selection, goesOn ? withoutEnd(cursor) : cursor, limit);
            }
          });

  private final String noticedBy;
  private final UnaryOperator<CacheStore> flaw;

  SplittingStores(String noticedBy, UnaryOperator<CacheStore> flaw) {
    this.noticedBy = noticedBy;
    this.flaw = flaw;
  }

  /** Knows the cursors of {@link InMemoryStore}. */
  private static Cursor withoutEnd(Cursor cursor) {
    return new Cursor(cursor.text().split("<", 2)[0]);
  }

  private static Page withoutEnd(Page page) {
    Optional<Cursor> next = page.next().map(SplittingStores::withoutEnd);
    return new Page(page.records(), page.unreadable(), page.vanished(), next);
  }

  @Override
  public String noticedBy() {
    return noticedBy;
  }

  @Override
  public CacheStore in(CacheStore store) {
    return flaw.apply(store);
  }
}
