package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an adapter says of itself, to the engine and to people. */
interface DescriptionRules extends Rules {

  @Test
  default void settingsAreDescribed() {
    Set<String> names = new HashSet<>();
    List<Setting> settings = place().adapter().settings();
    for (Setting setting : settings) {
      String name = setting.name();
      Expect.that(
          name.matches("[A-Z][A-Z0-9_]*"),
          "settings() must have names of environment variables, in upper case, and has '%s'",
          name);
      Expect.that(names.add(name), "settings() must name %s once", name);
      Expect.that(
          !setting.description().isBlank(),
          "settings() must describe %s: `migrate adapters` shows it",
          name);
      Expect.that(
          setting.section().isEmpty() == setting.option().isEmpty(),
          "settings() must give %s a section and an option of config.ini, or neither",
          name);
    }
    Expect.that(
        settings.contains(Setting.WORKSPACE),
        "settings() must name all that open() reads, Setting.WORKSPACE too: what is not named is not"
            + " passed on");
  }

  @Test
  default void theAdapterDescribesItself() {
    StorageAdapter adapter = place().adapter();
    Expect.that(
        adapter.id().matches("[a-z][a-z0-9-]*"),
        "id() must be a word of lower case for the command line (letters, digits, -), not '%s'",
        adapter.id());
    Expect.that(
        !adapter.name().isBlank() && adapter.name().equals(adapter.name().strip()),
        "name() must be a name for people and configuration files, such as LightRAG's class name,"
            + " not '%s'",
        adapter.name());
    Expect.that(
        adapter.readers() >= 1, "readers() must be 1 at least, and is %s", adapter.readers());
    Expect.that(
        adapter.writers() >= 1, "writers() must be 1 at least, and is %s", adapter.writers());
    adapter.countingLabel();
    adapter.retryPolicy(place().settings(""));
  }

  @Test
  default void theStoreDescribesItself() {
    place().write(SampleRecords.usual(1));
    try (CacheStore store = place().openSource()) {
      Expect.that(
          store.bytesAtOnce() >= 1,
          "bytesAtOnce() must be 1 at least, and is %s: it bounds pages and batches",
          store.bytesAtOnce());
      assertSentences("notices()", store.notices());
      assertSentences("noticesAsTarget()", store.noticesAsTarget());
      Expect.that(
          store.missingPlace().isEmpty(),
          "missingPlace() must be empty where the place stands, and names %s",
          store.missingPlace().map(Setting::name).orElse(""));
    }
  }

  private static void assertSentences(String call, List<String> notices) {
    Expect.that(
        notices.stream().noneMatch(String::isBlank),
        "%s must give sentences for people, and nothing where there is nothing to say: %s",
        call,
        notices);
  }
}
