package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Adapters that are wrong before a store is open. */
enum BrokenAdapters {
  CREATES_ON_A_SOURCE(
      "openingAsSourceCreatesNothing", "create nothing", adapter -> new OpeningAsTarget(adapter)),
  WRITES_TO_A_SOURCE("aSourceRefusesWrites", "upsert()", adapter -> new OpeningAsTarget(adapter)),
  KNOWS_NO_WORKSPACE(
      "workspacesAreApart",
      "workspace()",
      adapter ->
          new ForwardingAdapter(adapter) {
            @Override
            public CacheStore open(Settings settings, Access access) {
              return super.open(Settings.of(Map.of()), access);
            }
          }),
  TAKES_A_PATH_AS_WORKSPACE(
      "aWorkspaceThatIsAPathIsRefused",
      "Workspaces.validate",
      adapter ->
          new ForwardingAdapter(adapter) {
            @Override
            public CacheStore open(Settings settings, Access access) {
              String workspace = settings.text(Setting.WORKSPACE).replaceAll("[/\\\\.]", "_");
              return super.open(Settings.of(Map.of("WORKSPACE", workspace)), access);
            }
          }),
  HAS_NO_NAME(
      "theAdapterDescribesItself",
      "name() must",
      adapter ->
          new ForwardingAdapter(adapter) {
            @Override
            public String name() {
              return " ";
            }
          }),
  HAS_AN_ID_OF_TWO_WORDS(
      "theAdapterDescribesItself",
      "id() must",
      adapter ->
          new ForwardingAdapter(adapter) {
            @Override
            public String id() {
              return "My Files";
            }
          }),
  HAS_A_DEFAULT_OF_ANOTHER_TYPE(
      "settingsAreDescribed",
      "FILES_FSYNC",
      adapter ->
          new ForwardingAdapter(adapter) {
            @Override
            public List<Setting> settings() {
              return List.of(
                  Setting.WORKSPACE,
                  Setting.of("FILES_FSYNC", Setting.Type.INTEGER, "how often").withDefault("yes"));
            }
          }),
  GAINS_FROM_NO_READER(
      "theAdapterDescribesItself",
      "readers() must",
      adapter ->
          new ForwardingAdapter(adapter) {
            @Override
            public int readers() {
              return 0;
            }
          }),
  GAINS_FROM_NO_WRITER(
      "theAdapterDescribesItself",
      "writers() must",
      adapter ->
          new ForwardingAdapter(adapter) {
            @Override
            public int writers() {
              return 0;
            }
          });

  final String noticedBy;
  final String advice;
  final UnaryOperator<StorageAdapter> flaw;

  BrokenAdapters(String noticedBy, String advice, UnaryOperator<StorageAdapter> flaw) {
    this.noticedBy = noticedBy;
    this.advice = advice;
    this.flaw = flaw;
  }

  private static final class OpeningAsTarget extends ForwardingAdapter {

    OpeningAsTarget(StorageAdapter adapter) {
      super(adapter);
    }

    @Override
    public CacheStore open(Settings settings, Access access) {
      return super.open(settings, Access.TARGET);
    }
  }
}
