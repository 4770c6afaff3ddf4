package io.github.lightragmigrate.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

  private static final Setting URI = Setting.text("X_URI", "uri").asSecret();
  private static final Setting PASSWORD =
      Setting.text("X_PASSWORD", "password").withDefault("admin").asSecret();

  private static SecretMask mask(String uri, String password) {
    return SecretMask.of(
        List.of(URI, PASSWORD), Settings.of(Map.of("X_URI", uri, "X_PASSWORD", password)));
  }

  @Test
  void masksValuesAndPasswordsInsideUris() {
    SecretMask mask = mask("redis://user:p%40ss@w0rd@host:6379/0", "tops3cret");
    assertThat(mask.apply("cannot open redis://user:p%40ss@w0rd@host:6379/0"))
        .isEqualTo("cannot open ***");
    assertThat(mask.apply("password p%40ss@w0rd is wrong, tops3cret too"))
        .isEqualTo("password *** is wrong, *** too");
    assertThat(mask.apply("decoded p@ss@w0rd")).isEqualTo("decoded ***");
  }

  @Test
  void masksAnyUriPassword() {
    assertThat(mask("", "").apply("at mongodb://root:hunter2@h:1/ and postgres://a:b@c/d"))
        .isEqualTo("at mongodb://root:***@h:1/ and postgres://a:***@c/d");
  }

  @Test
  void aShortSecretIsNoPartOfAWord() {
    assertThat(mask("", "pa").apply("password authentication failed for pa, 'pa'"))
        .isEqualTo("password authentication failed for ***, '***'");
    assertThat(mask("redis://u:pw@h", "x").apply("redis://u:pw@h/0 refused pw"))
        .doesNotContain("pw");
  }

  @Test
  void leavesHonestWordsAlone() {
    assertThat(mask(" ", "admin").apply("user admin was refused"))
        .isEqualTo("user admin was refused");
  }

  @Test
  void masksATokenInTheUsersPlace() {
    assertThat(mask("", "").apply("at redis://t0ken@h:1/, redis://t0ken:@h and rediss://:pw@h"))
        .isEqualTo("at redis://***@h:1/, redis://***:@h and rediss://:***@h");
    SecretMask mask = mask("redis://AbCdEf%3D0123456789@host/0", "");
    assertThat(mask.apply("User AbCdEf=0123456789 has no permissions, nor AbCdEf%3D0123456789"))
        .isEqualTo("User *** has no permissions, nor ***");
    assertThat(mask("redis://default@host", "").apply("default:extract:1 at host"))
        .as("a name, and no token")
        .isEqualTo("default:extract:1 at host");
  }

  @Test
  void masksSecretsInAQuery() {
    assertThat(mask("", "").apply("at redis://h/0?db=1&password=s3c%20ret#x, m://h?tlsKeyToken=a"))
        .isEqualTo("at redis://h/0?db=1&password=***#x, m://h?tlsKeyToken=***");
    assertThat(mask("redis://host/0?password=s3c%20ret", "").apply("wrong: s3c ret, s3c%20ret"))
        .isEqualTo("wrong: ***, ***");
  }
}
