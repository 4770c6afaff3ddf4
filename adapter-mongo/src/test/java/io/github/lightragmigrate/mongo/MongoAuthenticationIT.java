package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.ConnectionString;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Needs a server that wants a password, as the connection string in the variable has it. */
class MongoAuthenticationIT {

  private static final String VARIABLE = "MIGRATE_TEST_MONGO_AUTH_URI";

  @BeforeEach
  void aServerIsNamed() {
    if (System.getenv(VARIABLE) == null) {
      System.out.println("Skipped: " + VARIABLE + " names no MongoDB that wants a password");
    }
    assumeTrue(System.getenv(VARIABLE) != null, VARIABLE + " is not set");
  }

  @Test
  void theRightPasswordOpens() {
    try (CacheStore store = open(uri(), Access.SOURCE)) {
      assertThat(store.location()).doesNotContain(password());
    }
  }

  @Test
  void aWrongOneIsDenied() {
    String wrong = uri().replaceFirst(":[^:/]*@", ":hunter2@");
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> open(wrong, Access.SOURCE).close());
    assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED);
    assertThat(e.getMessage()).doesNotContain("hunter2");
  }

  @Test
  void noneIsDenied() {
    String none = uri().replaceFirst("//[^@]*@", "//");
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> open(none, Access.SOURCE).close());
    assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED);
  }

  private static String uri() {
    return Objects.requireNonNull(System.getenv(VARIABLE));
  }

  private static String password() {
    return new String(Objects.requireNonNull(new ConnectionString(uri()).getPassword()));
  }

  private static CacheStore open(String uri, Access access) {
    return new MongoAdapter().open(Settings.of(Map.of("MONGO_URI", uri)), access);
  }
}
