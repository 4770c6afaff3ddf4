package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static org.assertj.core.api.Assertions.assertThat;

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

  private static final int SHOWN = 80;

  private final StoreContract contract;

  Place(StoreContract contract) {
    this.contract = contract;
  }

  StorageAdapter adapter() {
    return contract.adapter();
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

  /** Where the adapter's test knows how. */
  void remove(Collection<String> keys) {
    contract.remove(settings(""), keys);
  }

  /** The same keys, in any order, with the fields that the store says it keeps. */
  void assertSame(
      CacheStore store, Collection<CacheRecord> actual, Collection<CacheRecord> written) {
    Keys.assertSame("keys in the store", Keys.of(actual), Keys.of(written));
    assertThat(differences(store, actual, written))
        .as("a record is given back as CacheStore.asStored says")
        .isEmpty();
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
        addDifferences(found, store.asStored(contract.expected(record)), differences);
      }
    }
    return differences;
  }

  private static void addDifferences(
      CacheRecord found, CacheRecord expected, List<String> differences) {
    TreeSet<String> names = new TreeSet<>(expected.fields().keySet());
    names.addAll(found.fields().keySet());
    for (String name : names) {
      JsonValue should = expected.fields().get(name);
      JsonValue is = found.fields().get(name);
      if (!Objects.equals(is, should)) {
        differences.add(
            "field '%s' of %s: should be %s, is %s"
                .formatted(name, found.key(), shown(should), shown(is)));
      }
    }
  }

  private static String shown(@Nullable JsonValue value) {
    String text = value == null ? "absent" : value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
