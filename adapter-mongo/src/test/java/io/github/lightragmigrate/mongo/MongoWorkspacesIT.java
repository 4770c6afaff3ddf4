package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MongoWorkspacesIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private static final List<String> NAMES =
      List.of(
          "",
          "TeamA",
          "teama",
          "team-a",
          "-",
          "_",
          "two words",
          " padded ",
          "v1.0",
          "ünï\ud83d\ude00",
          "wiki_llm_response_cache",
          "llm_response_cache");

  private final TestPlace place = new TestPlace();

  @AfterEach
  void drop() {
    place.close();
  }

  @Test
  void eachWorkspaceIsFoundOnceAndOpensUnderItsName() {
    for (int i = 0; i < NAMES.size(); i++) {
      try (CacheStore store = open(NAMES.get(i), Access.TARGET)) {
        store.upsert(SampleRecords.usual(i));
      }
    }
    for (String foreign :
        List.of("_llm_response_cache", "xllm_response_cache", "llm_response_cache2")) {
      place.database().createCollection(foreign);
    }
    List<String> found;
    try (CacheStore store = open("of nobody", Access.SOURCE)) {
      found = store.workspaces();
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(place.hasCollection("of nobody_llm_response_cache")).isFalse();
    for (String name : found) {
      try (CacheStore store = open(name, Access.SOURCE)) {
        assertThat(store.workspace()).isEqualTo(name);
        assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(NAMES.indexOf(name));
        assertThat(store.countLegacy(DEFAULT)).isZero();
      }
    }
  }

  @Test
  void aDatabaseThatIsNotThereHasNoneAndStaysSo() {
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThat(store.workspaces()).isEmpty();
    }
    assertThat(place.database().listCollectionNames().into(new ArrayList<>())).isEmpty();
  }

  @Test
  void aNameThatLightRagRefusesIsLeftOut() {
    place.database().createCollection("a/b_llm_response_cache");
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThat(store.workspaces()).isEmpty();
    }
  }

  @Test
  void aViewIsReadAsLightRagReadsItAndIsToldToBeNoTarget() {
    assumeTrue(!MongoTestServer.shared().isFake(), "mongo-java-server has no views");
    try (CacheStore store = open("real", Access.TARGET)) {
      store.upsert(SampleRecords.usual(3));
    }
    place.database().createView("view_llm_response_cache", "real_llm_response_cache", List.of());
    try (CacheStore store = open("view", Access.SOURCE)) {
      assertThat(store.workspaces()).containsExactly("real", "view");
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(3);
      assertThat(store.notices()).isEmpty();
    }
    try (CacheStore store = open("view", Access.TARGET)) {
      assertThat(store.notices())
          .anySatisfy(
              notice -> assertThat(notice).contains("view_llm_response_cache", "is a view"));
    }
  }

  /** Not under MONGODB_WORKSPACE, of which white space is stripped. */
  private CacheStore open(String workspace, Access access) {
    Map<String, String> values = new HashMap<>(MongoTestServer.shared().settings(place.name()));
    values.put("WORKSPACE", workspace);
    return new MongoAdapter().open(Settings.of(values), access);
  }
}
