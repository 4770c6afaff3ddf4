package io.github.lightragmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract notices broken stores: a test that nothing fails proves nothing. */
class StoreContractTest {

  private static final String BROKEN = "broken";
  private static final String REFUSES_BATCHES = "refuses batches";

  @ParameterizedTest
  @MethodSource("flaws")
  void noticesWhatIsBroken(Flaw flaw) {
    assertNotices(flaw.name(), flaw.noticedBy());
  }

  static Stream<Flaw> flaws() {
    return Stream.<Flaw[]>of(
            BrokenStores.values(),
            LyingStores.values(),
            ForgetfulStores.values(),
            SplittingStores.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @EnumSource
  void noticesABrokenAdapter(BrokenAdapter broken) {
    assertNotices(broken.name(), broken.noticedBy);
  }

  @Test
  void passesAStoreThatIsWhole() {
    assertThat(failedTests("none")).isEmpty();
  }

  /** REJECTED for a batch is no flaw: the record at fault is then to be found by halving. */
  @Test
  void passesAStoreThatRefusesBatchesWhole() {
    assertThat(failedTests(REFUSES_BATCHES)).isEmpty();
  }

  /**
   * A failure says which call must do what: who reads it may see the contract for the first time.
   */
  private static void assertNotices(String broken, String noticedBy) {
    Map<String, Throwable> failures = failedTests(broken);
    assertThat(failures).containsKey(noticedBy);
    failures.values().stream()
        .filter(AssertionError.class::isInstance)
        .forEach(
            failure ->
                assertThat(failure.getMessage().lines().findFirst().orElse(""))
                    .containsPattern("[a-zA-Z]\\(\\).* must .*"));
  }

  private static Map<String, Throwable> failedTests(String broken) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(BROKEN, broken)
            .selectors(selectClass(UnderTest.class))
            .execute()
            .testEvents();
    assertThat(tests.started().count()).isGreaterThan(30);
    return tests.failed().stream()
        .collect(
            Collectors.toMap(
                event -> event.getTestDescriptor().getDisplayName().replace("()", ""),
                event ->
                    event
                        .getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()));
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

    @Override
    protected List<CacheRecord> unholdable() {
      return List.of(RefusingStore.UNHOLDABLE);
    }

    @Override
    protected void remove(Settings settings, Collection<String> keys) {
      whole.remove(settings.text(Setting.WORKSPACE), keys);
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
      CacheStore store = new RefusingStore(whole.open(settings, access));
      if (broken.equals(REFUSES_BATCHES)) {
        return new BatchRefusing(store);
      }
      return flaws()
          .filter(flaw -> flaw.name().equals(broken))
          .findFirst()
          .map(flaw -> flaw.in(store))
          .orElse(store);
    }
  }

  private static final class BatchRefusing extends ForwardingStore {

    BatchRefusing(CacheStore store) {
      super(store);
    }

    @Override
    public WriteResult upsert(List<CacheRecord> batch) {
      if (batch.stream().anyMatch(RefusingStore::refuses)) {
        throw new StoreException(StoreException.Kind.REJECTED, "one of them is too long");
      }
      return super.upsert(batch);
    }
  }
}
