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
  private static final String CANNOT_TELL_WORKSPACES = "cannot tell workspaces";
  private static final String NULL = "null of ";

  @ParameterizedTest
  @MethodSource("flaws")
  void noticesWhatIsBroken(Flaw flaw) {
    assertNotices(flaw.name(), flaw.noticedBy(), flaw.advice());
  }

  static Stream<Flaw> flaws() {
    return Stream.<Flaw[]>of(
            BrokenStores.values(),
            LyingStores.values(),
            ForgetfulStores.values(),
            SplittingStores.values(),
            WanderingStores.values(),
            CarelessStores.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @EnumSource
  void noticesABrokenAdapter(BrokenAdapters broken) {
    assertNotices(broken.name(), broken.noticedBy, broken.advice);
  }

  @ParameterizedTest
  @MethodSource("io.github.lightragmigrate.testkit.Nulls#calls")
  void noticesANull(String call) {
    Map<String, Throwable> failures = failedTests(NULL + call);
    assertAdvice(failures);
    assertThat(failures.values())
        .anySatisfy(
            failure -> assertThat(failure).hasMessageContaining(call + "() must give back its "));
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

  @Test
  void passesAStoreThatCannotTellWorkspaces() {
    assertThat(failedTests(CANNOT_TELL_WORKSPACES)).isEmpty();
  }

  private static void assertNotices(String broken, String noticedBy, String advice) {
    Map<String, Throwable> failures = failedTests(broken);
    assertThat(failures).containsKey(noticedBy);
    assertThat(failures.get(noticedBy)).hasMessageContaining(advice);
    assertAdvice(failures);
  }

  /**
   * A failure says which call must do what: who reads it may see the contract for the first time.
   */
  private static void assertAdvice(Map<String, Throwable> failures) {
    assertThat(failures.values())
        .allSatisfy(
            failure -> {
              assertThat(failure).isInstanceOf(AssertionError.class);
              assertThat(failure.getMessage().lines().findFirst().orElse(""))
                  .containsPattern("[a-zA-Z]\\(\\).* must .*");
              assertThat(failure.getMessage()).doesNotContain("Expecting");
            });
  }

  private static Map<String, Throwable> failedTests(String broken) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(BROKEN, broken)
            .configurationParameter(
                "migrate.contract.timeout", broken.equals("NEVER_COMES_BACK") ? "5" : "300")
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

  /** Run by the tests above alone: its name keeps it from being found. */
  static class UnderTest extends StoreContract {

    private final InMemoryAdapter whole = new InMemoryAdapter();
    private String broken = "";

    @RegisterExtension
    final BeforeEachCallback whatIsBroken =
        context -> broken = context.getConfigurationParameter(BROKEN).orElse("");

    @Override
    protected StorageAdapter adapter() {
      StorageAdapter adapter = new Breaking(whole, broken);
      if (broken.startsWith(NULL)) {
        return Nulls.in(adapter, broken.substring(NULL.length()));
      }
      return Stream.of(BrokenAdapters.values())
          .filter(flaw -> flaw.name().equals(broken))
          .findFirst()
          .map(flaw -> flaw.flaw.apply(adapter))
          .orElse(adapter);
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

  private static final class Breaking extends ForwardingAdapter {

    private final String broken;

    Breaking(StorageAdapter whole, String broken) {
      super(whole);
      this.broken = broken;
    }

    @Override
    public CacheStore open(Settings settings, Access access) {
      CacheStore store = new RefusingStore(super.open(settings, access));
      return switch (broken) {
        case REFUSES_BATCHES -> new BatchRefusing(store);
        case CANNOT_TELL_WORKSPACES -> new Lonely(store);
        default ->
            flaws()
                .filter(flaw -> flaw.name().equals(broken))
                .findFirst()
                .map(flaw -> flaw.in(store))
                .orElse(store);
      };
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

  private static final class Lonely extends ForwardingStore {

    Lonely(CacheStore store) {
      super(store);
    }

    @Override
    public List<String> workspaces() {
      return List.of();
    }
  }
}
