package io.github.lightragmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract notices broken stores: a test that nothing fails proves nothing. */
class StoreContractTest {

  private static final String BROKEN = "broken";

  @ParameterizedTest
  @EnumSource
  void noticesWhatIsBroken(BrokenStores broken) {
    List<String> failed = failedTests(broken.name());
    assertThat(failed).contains(broken.noticedBy);
  }

  @ParameterizedTest
  @EnumSource
  void noticesABrokenAdapter(BrokenAdapter broken) {
    assertThat(failedTests(broken.name())).contains(broken.noticedBy);
  }

  @Test
  void passesAStoreThatIsWhole() {
    assertThat(failedTests("none")).isEmpty();
  }

  private static List<String> failedTests(String broken) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(BROKEN, broken)
            .selectors(selectClass(UnderTest.class))
            .execute()
            .testEvents();
    assertThat(tests.started().count()).isGreaterThan(15);
    return tests.failed().stream()
        .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
        .toList();
  }

  /** Adapters that are wrong before a store is open. */
  enum BrokenAdapter {
    CREATES_ON_A_SOURCE("openingAsSourceCreatesNothing") {
      @Override
      CacheStore open(StorageAdapter adapter, Settings settings, Access access) {
        return adapter.open(settings, Access.TARGET);
      }
    },
    WRITES_TO_A_SOURCE("aSourceRefusesWrites") {
      @Override
      CacheStore open(StorageAdapter adapter, Settings settings, Access access) {
        return adapter.open(settings, Access.TARGET);
      }
    },
    KNOWS_NO_WORKSPACE("workspacesAreApart") {
      @Override
      CacheStore open(StorageAdapter adapter, Settings settings, Access access) {
        return adapter.open(Settings.of(Map.of()), access);
      }
    },
    TAKES_A_PATH_AS_WORKSPACE("aWorkspaceThatIsAPathIsRefused") {
      @Override
      CacheStore open(StorageAdapter adapter, Settings settings, Access access) {
        String workspace = settings.text(Setting.WORKSPACE).replaceAll("[/\\\\.]", "_");
        return adapter.open(Settings.of(Map.of("WORKSPACE", workspace)), access);
      }
    };

    final String noticedBy;

    BrokenAdapter(String noticedBy) {
      this.noticedBy = noticedBy;
    }

    abstract CacheStore open(StorageAdapter adapter, Settings settings, Access access);
  }

  /** Run by the tests above alone: its name keeps it from being found. */
  static class UnderTest extends StoreContract {

    private final InMemoryAdapter whole = new InMemoryAdapter();
    private String broken = "";

    @RegisterExtension
    final BeforeEachCallback whatIsBroken =
        context -> broken = context.getConfigurationParameter(BROKEN).orElse("");

    @Override
    protected StorageAdapter adapter() {
      return new Breaking(whole, broken);
    }

    @Override
    protected Settings settings(String workspace) {
      return Settings.of(Map.of(Setting.WORKSPACE.name(), workspace));
    }

    @Override
    protected boolean exists(Settings settings) {
      return whole.exists(settings.text(Setting.WORKSPACE));
    }
  }

  record Breaking(StorageAdapter whole, String broken) implements StorageAdapter {

    @Override
    public String id() {
      return whole.id();
    }

    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public List<Setting> settings() {
      return whole.settings();
    }

    @Override
    public CacheStore open(Settings settings, Access access) {
      for (BrokenAdapter adapter : BrokenAdapter.values()) {
        if (adapter.name().equals(broken)) {
          return adapter.open(whole, settings, access);
        }
      }
      CacheStore store = whole.open(settings, access);
      return BrokenStores.all()
          .filter(candidate -> candidate.name().equals(broken))
          .findFirst()
          .map(candidate -> candidate.breaking.apply(store))
          .orElse(store);
    }
  }
}
