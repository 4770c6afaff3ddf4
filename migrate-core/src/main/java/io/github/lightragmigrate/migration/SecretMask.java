package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes the values of secret settings out of texts: the whole value, and of a URI the password, as
 * written and decoded. Drivers put either into their messages. Where a URI has no password, what
 * stands in the user's place may be a token, and is masked like one.
 */
public final class SecretMask {

  private static final String MASK = "***";

  /** {@code scheme://user:password@host}; the password may hold an @. */
  private static final Pattern URI_PASSWORD =
      Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^:/@]*:(.+)@[^@]*$", Pattern.DOTALL);

  private static final Pattern ANY_URI_PASSWORD =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://[^\\s:/@]*:)[^\\s]+(@)");

  /** {@code scheme://token@host} or {@code scheme://token:@host}. */
  private static final Pattern URI_TOKEN =
      Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://([^:/@]+):?@[^@]*$", Pattern.DOTALL);

  /** {@code ?password=secret} or {@code &tlsCertificateKeyFilePassword=secret}. */
  private static final Pattern QUERY_SECRET =
      Pattern.compile("([?&][\\w.-]*(?i:password|passwd|token|secret)[\\w.-]*=)([^\\s&#]+)");

  private static final Pattern ANY_URI_TOKEN =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://)[^\\s:/@]+(:?@)");

  /** A shorter one is a user's name, such as {@code default}, with which every key begins. */
  private static final int SHORTEST_TOKEN = 16;

  /** A secret of less characters is found in many words, which would then tell it. */
  private static final int SHORT = 6;

  private final List<String> secrets;

  private SecretMask(Set<String> secrets) {
    // longest first: a secret may be a part of another
    this.secrets =
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Masks the values of those that are declared secret. */
  public static SecretMask of(List<Setting> declared, Settings settings) {
    Set<String> secrets = new TreeSet<>();
    for (Setting setting : declared) {
      if (setting.secret()) {
        settings.get(setting).ifPresent(value -> addSecret(value, setting, secrets));
      }
    }
    return new SecretMask(secrets);
  }

  /**
   * The same, but for what is shown anyway: a password may be the name of the database, too.
   *
   * @param shown other texts that are no secret
   */
  static SecretMask ofPlaces(List<Setting> declared, Settings settings, String... shown) {
    List<String> open = new ArrayList<>(List.of(shown));
    declared.stream()
        .filter(setting -> !setting.secret())
        .forEach(setting -> settings.get(setting).ifPresent(open::add));
    return new SecretMask(
        of(declared, settings).secrets.stream()
            .filter(secret -> open.stream().noneMatch(text -> text.contains(secret)))
            .collect(Collectors.toSet()));
  }

  private static void addSecret(String value, Setting setting, Set<String> secrets) {
    // a default is no secret, and words such as "admin" occur in honest messages
    if (value.isBlank() || setting.defaultValue().equals(Optional.of(value))) {
      return;
    }
    secrets.add(value);
    Matcher uri = URI_PASSWORD.matcher(value);
    if (uri.matches()) {
      addEncoded(uri.group(1), secrets);
    }
    Matcher withoutPassword = URI_TOKEN.matcher(value);
    if (withoutPassword.matches() && withoutPassword.group(1).length() >= SHORTEST_TOKEN) {
      addEncoded(withoutPassword.group(1), secrets);
    }
    QUERY_SECRET.matcher(value).results().forEach(found -> addEncoded(found.group(2), secrets));
  }

  private static void addEncoded(String secret, Set<String> secrets) {
    secrets.add(secret);
    try {
      secrets.add(URLDecoder.decode(secret, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // not percent-encoded: the secret as written is enough
    }
  }

  private static Pattern asWord(String secret) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])");
  }

  /** The text without the secrets, and without the password or token of any URI. */
  public String apply(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked =
          secret.length() < SHORT
              ? asWord(secret).matcher(masked).replaceAll(MASK)
              : masked.replace(secret, MASK);
    }
    masked = ANY_URI_PASSWORD.matcher(masked).replaceAll("$1" + MASK + "$2");
    masked = ANY_URI_TOKEN.matcher(masked).replaceAll("$1" + MASK + "$2");
    return QUERY_SECRET.matcher(masked).replaceAll("$1" + MASK);
  }
}
