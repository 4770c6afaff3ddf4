package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The place that a test of the contract has for itself, and the ways to reach it. */
final class Place {

  private final StoreContract contract;

  Place(StoreContract contract) {
    this.contract = contract;
  }

  /** With what must hold of every call. */
  StorageAdapter adapter() {
    return CheckedCalls.of(contract.adapter());
  }

  Settings settings(String workspace) {
    return contract.settings(workspace);
  }

  boolean exists() {
    return contract.exists(settings(""));
  }

  boolean serverMayRefuseMore() {
    return contract.serverMayRefuseMore();
  }

  List<CacheRecord> unholdable() {
    return contract.unholdable();
  }

  CacheStore openTarget() {
    return adapter().open(settings(""), Access.TARGET);
  }

  CacheStore openSource() {
    return adapter().open(settings(""), Access.SOURCE);
  }

  /** A source that may throw what it likes. */
  CacheStore openUncheckedSource() {
    return contract.adapter().open(settings(""), Access.SOURCE);
  }

  /** Another workspace, to write to. */
  CacheStore openOther() {
    return adapter().open(settings("other"), Access.TARGET);
  }

  /** Writes, flushes and closes. */
  void write(List<CacheRecord> records) {
    try (CacheStore store = openTarget()) {
      assertAllWritten(store.upsert(records), records.size());
      store.flush();
    }
  }

  /** For a place that was opened as a source only. */
  void assertNothingCreated() {
    Expect.that(
        !exists(),
        "open() and all calls of a source (Access.SOURCE) must create nothing: no file, table,"
            + " index, collection or key");
  }

  /** Where the adapter's test knows how. */
  void remove(Collection<String> keys) {
    contract.remove(settings(""), keys);
  }

  /** A scan gave these records, in any order. */
  void assertScanned(
      CacheStore store, Collection<CacheRecord> actual, Collection<CacheRecord> written) {
    Keys.assertSame(
        "scan() must give each selected record that was written, and no other: look at where a page"
            + " ends and the next begins, and at how prefixes of keys are matched (exactly, by case"
            + " too)",
        Keys.of(actual),
        Keys.of(written));
    assertFields("scan()", store, actual, written);
  }

  /** All keys were asked for, and these records found. */
  void assertFound(
      CacheStore store, Collection<CacheRecord> actual, Collection<CacheRecord> written) {
    Keys.assertSame(
        "find() must give the record of each key that was asked for and exists, however many keys"
            + " there are: look at limits of your store on one query",
        Keys.of(actual),
        Keys.of(written));
    assertFields("find()", store, actual, written);
  }

  /** The fields are those that the store says it keeps. */
  void assertFields(
      String call,
      CacheStore store,
      Collection<CacheRecord> actual,
      Collection<CacheRecord> written) {
    Expect.none(
        call
            + " must give back each field as upsert() got it, or as asStored() says: null and"
            + " absent are two things, times are data and never set by the store, a record replaces"
            + " the whole old one",
        differences(store, actual, written));
  }

  /** What differs between the records as they should be stored and as they are, a line each. */
  List<String> differences(
      CacheStore store, Collection<CacheRecord> actual, Collection<CacheRecord> written) {
    Map<String, CacheRecord> byKey = new HashMap<>();
    actual.forEach(record -> byKey.put(record.key(), record));
    List<String> differences = new ArrayList<>();
    for (CacheRecord record : written) {
      CacheRecord found = byKey.get(record.key());
      if (found != null) {
        differences.addAll(differences(found, store.asStored(contract.expected(record))));
      }
    }
    return differences;
  }

  /** What differs between a record as it is and as it should be, a line each. */
  static List<String> differences(CacheRecord found, CacheRecord expected) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(expected.fields().keySet());
    names.addAll(found.fields().keySet());
    for (String name : names) {
      JsonValue should = expected.fields().get(name);
      JsonValue is = found.fields().get(name);
      if (!Objects.equals(is, should)) {
        differences.add(
            "field '%s' of %s: should be %s, is %s"
                .formatted(name, Expect.shown(found.key()), shown(should), shown(is)));
      }
    }
    return differences;
  }

  private static String shown(@Nullable JsonValue value) {
    return value == null ? "absent" : Expect.shown(value.toString());
  }
}
