package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Answers that a test can hardly have from a server; the others are in RedisServersIT. */
class RedisErrorsTest {

  private final RedisErrors errors =
      new RedisErrors(RedisUri.parse("redis://user:hunter2@example.org:7/3"));

  @ParameterizedTest
  @CsvSource({
    "LOADING Redis is loading the dataset in memory, THROTTLED",
    "BUSY Redis is busy running a script, THROTTLED",
    "CLUSTERDOWN The cluster is down, THROTTLED",
    "MASTERDOWN Link with MASTER is down, THROTTLED",
    "ERR max number of clients reached, THROTTLED",
    "TRYAGAIN Multiple keys request during rehashing of slot, THROTTLED",
    "NOREPLICAS Not enough good replicas to write., THROTTLED",
    "READONLY You can't write against a read only replica., THROTTLED",
    "OOM command not allowed when used memory > 'maxmemory'., FAULT",
    "MISCONF Redis is configured to save RDB snapshots, FAULT",
    "MOVED 3999 127.0.0.1:6381, SETTINGS",
    "DENIED Redis is running in protected mode, DENIED",
    "ERR invalid password, DENIED",
    "'ERR Client sent AUTH, but no password is set', DENIED",
    "ERR invalid cursor, INVALID_CURSOR",
    "ERR something else, FAULT",
  })
  void answersOfTheServerAreSorted(String answer, Kind kind) {
    StoreException e = errors.translate(new JedisDataException(answer));
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e).hasMessageStartingWith("Redis at example.org:7/3 ");
  }

  @Test
  void argumentsThatAServerRepeatsAreLeftOut() {
    StoreException e =
        errors.translate(
            new JedisDataException(
                "ERR unknown command 'AUTH', with args beginning with: 'user' 'hunter2'"));
    assertThat(e).hasMessageContaining("AUTH").hasMessageNotContaining("hunter2");
  }

  @Test
  void aBrokenConnectionIsWorthARetry() {
    JedisException reset =
        new JedisConnectionException("broken", new SocketException("Connection reset"));
    assertThat(errors.translate(reset).retryable()).isTrue();
  }

  @Test
  void anInterruptOfTheDriverIsPassedOn() {
    StoreException e = errors.translate(new JedisException("pool", new InterruptedException()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED);
  }
}
