package io.github.lightragmigrate.cli.config;

import io.github.lightragmigrate.spi.Setting;
import java.util.Optional;
import java.util.regex.Pattern;

/** The value of a setting as a person may see it. */
public final class ShownValue {

  private static final String MASK = "***";

  /** {@code user:password@host} without a scheme, alone or in a list. */
  private static final Pattern LOGIN = Pattern.compile("(?<=^|[\\s,])[^\\s,/@:]+:[^\\s,/\\\\@]+@");

  private ShownValue() {}

  /** Empty when there is neither a value nor a default. */
  public static Optional<String> of(AdapterSettings.Entry entry) {
    Setting setting = entry.setting();
    return entry
        .found()
        .map(SettingsSources.Setting::value)
        .or(setting::defaultValue)
        .map(value -> masked(setting, value));
  }

  private static String masked(Setting setting, String value) {
    if (setting.secret() && !value.isEmpty() && !(isUri(value) && holdsUri(setting))) {
      return MASK;
    }
    String shown = LOGIN.matcher(value).replaceAll(MASK + "@");
    return isUri(shown) ? uri(shown, setting.secret()) : shown;
  }

  private static boolean isUri(String value) {
    return value.contains("://");
  }

  /** A password may look like a URI; a setting for one shows it by its default or example. */
  private static boolean holdsUri(Setting setting) {
    return isUri(setting.defaultValue().orElse("")) || isUri(setting.example());
  }

  /**
   * Everything between the user and the last @ is the password, as is any query of a secret. A user
   * without a password may be a token.
   */
  private static String uri(String value, boolean secret) {
    int user = value.indexOf("://") + 3;
    int at = value.lastIndexOf('@');
    String head = value.substring(0, user);
    String tail = value.substring(user);
    if (at >= user) {
      int colon = value.indexOf(':', user);
      boolean password = colon >= 0 && colon + 1 < at;
      head = (password ? value.substring(0, colon + 1) : head) + MASK;
      tail = value.substring(at);
    }
    int query = tail.indexOf('?');
    return secret && query >= 0 ? head + tail.substring(0, query + 1) + MASK : head + tail;
  }
}
