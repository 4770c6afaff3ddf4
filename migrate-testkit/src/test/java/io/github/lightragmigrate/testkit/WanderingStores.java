package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Stores that do not come to an end, or give what was given. */
enum WanderingStores implements Flaw {
  STANDS_STILL(
      "aPageEndsNearItsByteLimit",
      "the cursor that it was asked for",
      store ->
          new Paging(store) {
            @Override
            Page page(Selection selection, Cursor cursor, PageLimit limit) {
              Page page = store.scan(selection, cursor, limit);
              return cursor.isStart() || page.next().isEmpty()
                  ? page
                  : Page.of(page.records(), Optional.of(cursor));
            }
          }),
  MOVES_ON_FOR_EVER(
      "aPageEndsNearItsByteLimit",
      "come to an end",
      store ->
          new Paging(store) {
            @Override
            Page page(Selection selection, Cursor cursor, PageLimit limit) {
              int pages = cursor.isStart() ? 0 : Integer.parseInt(cursor.text());
              return Page.of(List.of(), Optional.of(new Cursor(Integer.toString(pages + 1))));
            }
          }),
  BEGINS_ANEW_AT_THE_END(
      "pagesOfAnySizeGiveEveryKey",
      "the last page has an empty next",
      store ->
          new Paging(store) {
            @Override
            Page page(Selection selection, Cursor cursor, PageLimit limit) {
              Page page = store.scan(selection, cursor, limit);
              return Page.of(page.records(), Optional.of(page.next().orElse(Cursor.START)));
            }
          }),
  GIVES_A_KEY_TWICE_IN_A_PAGE(
      "pagesOfAnySizeGiveEveryKey",
      "within a page",
      store ->
          new Paging(store) {
            @Override
            Page page(Selection selection, Cursor cursor, PageLimit limit) {
              Page page = store.scan(selection, cursor, limit);
              List<CacheRecord> records = new ArrayList<>(page.records());
              records.addAll(page.records());
              return Page.of(records, page.next());
            }
          }),
  NEVER_COMES_BACK(
      "thePartsTogetherAreTheWhole",
      "split() must come back",
      store ->
          new ForwardingStore(store) {
            @Override
            public List<Cursor> split(Selection selection, int parts) {
              return parts == 100 ? never() : super.split(selection, parts);
            }
          });

  private final String noticedBy;
  private final String advice;
  private final UnaryOperator<CacheStore> flaw;

  WanderingStores(String noticedBy, String advice, UnaryOperator<CacheStore> flaw) {
    this.noticedBy = noticedBy;
    this.advice = advice;
    this.flaw = flaw;
  }

  @Override
  public String noticedBy() {
    return noticedBy;
  }

  @Override
  public String advice() {
    return advice;
  }

  @Override
  public CacheStore in(CacheStore store) {
    return flaw.apply(store);
  }

  /** Does not listen to interrupts. */
  private static List<Cursor> never() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // waits on
      }
    }
  }

  private abstract static class Paging extends ForwardingStore {

    Paging(CacheStore store) {
      super(store);
    }

    abstract Page page(Selection selection, Cursor cursor, PageLimit limit);

    @Override
    public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
      return page(selection, cursor, limit);
    }
  }
}
