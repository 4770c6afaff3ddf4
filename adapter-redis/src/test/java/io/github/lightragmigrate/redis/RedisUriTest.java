package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.StoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are those that redis-py 8.1.0's parse_url gave for the same text. */
class RedisUriTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      emptyValue = "",
      value = {
        "redis://localhost:6379, false, localhost, 6379, '', '', 0",
        "redis://localhost, false, localhost, 6379, '', '', 0",
        "REDISS://Redis.Example.COM:7000/3, true, redis.example.com, 7000, '', '', 3",
        "redis://:secret@h, false, h, 6379, '', secret, 0",
        "redis://user:secret@h:1/15, false, h, 1, user, secret, 15",
        "redis://us%3Aer:p%40ss%2Fw%23r%25d@h, false, h, 6379, us:er, p@ss/w#r%d, 0",
        "redis://u:p@ss:w^{|}`\\d%zz@h, false, h, 6379, u, p@ss:w^{|}`\\d%zz, 0",
        "redis://u:a+b@h, false, h, 6379, u, a+b, 0",
        "redis://h/2?db=5, false, h, 6379, '', '', 5",
        "redis://h/nonsense, false, h, 6379, '', '', 0",
        "redis://h/1/2, false, h, 6379, '', '', 12",
        "redis://h:0, false, h, 6379, '', '', 0",
        "redis://h?username=a&password=b%20c+d, false, h, 6379, a, b c d, 0",
        "redis://u:p@h?username=a&password=b, false, h, 6379, u, p, 0",
        "redis://[::1]:6380/1, false, ::1, 6380, '', '', 1",
        "redis://, false, localhost, 6379, '', '', 0",
        "redis://h/4#fragment, false, h, 6379, '', '', 4",
      })
  void isReadAsRedisPyReadsIt(
      String uri, boolean tls, String host, int port, String user, String password, int database) {
    RedisUri parsed = RedisUri.parse(uri);
    assertThat(parsed.tls()).isEqualTo(tls);
    assertThat(parsed.host()).isEqualTo(host);
    assertThat(parsed.port()).isEqualTo(port);
    assertThat(parsed.user()).isEqualTo(user);
    assertThat(parsed.password()).isEqualTo(password);
    assertThat(parsed.database()).isEqualTo(database);
  }

  @Test
  void parametersAreDecodedAndTheFirstCounts() {
    assertThat(RedisUri.parse("redis://h?a=1%2F2+3&a=4&b=&c=x=y").parameters())
        .isEqualTo(Map.of("a", "1/2 3", "c", "x=y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://:hunter2@h",
        "redis://:hunter2@h:port",
        "redis://hunter2#x@h",
        "redis://hunter2/x@h",
        "redis://hunter2?x@h",
        "redis://:hunter2@h:70000",
        "redis://:hunter2@h?db=x",
        "redis://:hunter2@h?db=-1",
        "unix://:hunter2@/run/redis.sock"
      })
  void whatCannotBeUsedIsRefusedWithoutThePassword(String uri) {
    assertThatThrownBy(() -> RedisUri.parse(uri))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
        .hasMessageContaining("REDIS_URI")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aUnixSocketIsNamedAsSuch() {
    assertThatThrownBy(() -> RedisUri.parse("unix:///run/redis.sock"))
        .hasMessageContaining("Unix socket");
  }

  @Test
  void placeAndTextHoldNoPassword() {
    RedisUri uri = RedisUri.parse("redis://user:hunter2@[::1]:6380/1");
    assertThat(uri.place()).isEqualTo("[::1]:6380/1");
    assertThat(uri).hasToString("[::1]:6380/1");
  }
}
