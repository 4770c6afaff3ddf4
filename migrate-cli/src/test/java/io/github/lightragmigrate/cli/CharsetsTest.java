package io.github.lightragmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CharsetsTest {

  private final Properties system = new Properties();

  @Test
  void firstVariableOfTheLocaleDecides() {
    assertThat(unicode(Map.of("LANG", "de_DE.UTF-8"))).isTrue();
    assertThat(unicode(Map.of("LANG", "de_DE.ISO-8859-1"))).isFalse();
    assertThat(unicode(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8"))).isFalse();
    assertThat(unicode(Map.of("LC_ALL", "", "LC_CTYPE", "C.utf8", "LANG", "C"))).isTrue();
    assertThat(unicode(Map.of())).isTrue();
  }

  @Test
  void onWindowsJavaKnows() {
    system.setProperty("os.name", "Windows 11");
    assertThat(unicode(Map.of())).isFalse();
    system.setProperty("stdout.encoding", "UTF-8");
    assertThat(unicode(Map.of())).isTrue();
  }

  private boolean unicode(Map<String, String> environment) {
    return Charsets.unicode(environment, system);
  }
}
