package io.github.lightragmigrate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacesTest {

  private static final Setting OWN =
      Setting.of("STORE_WORKSPACE", Setting.Type.WORKSPACE, "its own");

  private static String resolve(String own, String general) {
    return Workspaces.resolve(
        Settings.of(Map.of("STORE_WORKSPACE", own, "WORKSPACE", general)), OWN);
  }

  /** What LightRAG 1.5.7 does with MONGODB_WORKSPACE, by str.strip. */
  @ParameterizedTest
  @ValueSource(ints = {0x20, 0x09, 0x0A, 0x1C, 0x1F, 0x85, 0xA0, 0x1680, 0x2007, 0x202F, 0x3000})
  void theStoresOwnIsStrippedAsPythonStrips(int space) {
    String c = Character.toString(space);
    assertThat(resolve(c + "a" + c + "b" + c + c, "w")).isEqualTo("a" + c + "b");
    assertThat(resolve(c, "w")).as("a blank one does not count").isEqualTo("w");
    assertThat(resolve("", c + "w")).as("the general one is taken as it is").isEqualTo(c + "w");
  }

  @Test
  void whatOnlyLooksLikeASpaceStays() {
    assertThat(resolve("\u200ba\u2060", "w")).isEqualTo("\u200ba\u2060");
  }
}
