package io.github.lightragmigrate.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.cli.AdapterJar;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterDiscoveryTest {

  @TempDir Path jars;

  private AdapterCatalog discover() {
    return AdapterDiscovery.discover(getClass().getClassLoader(), Optional.of(jars));
  }

  @Test
  void findsTheToolsOwnInTheOrderOfLightRagsTool() {
    AdapterCatalog catalog =
        AdapterDiscovery.discover(getClass().getClassLoader(), Optional.empty());

    assertThat(catalog.warnings()).isEmpty();
    assertThat(catalog.adapters())
        .extracting(StorageAdapter::name)
        .startsWith(
            "JsonKVStorage",
            "RedisKVStorage",
            "PGKVStorage",
            "MongoKVStorage",
            "OpenSearchKVStorage");
  }

  @Test
  void findsAnAdapterInAJarByItsIdAndClassName() {
    Path jar = AdapterJar.endless(jars.resolve("extra.jar"), "Extra", "extra", "");

    AdapterCatalog catalog = discover();

    assertThat(catalog.warnings()).isEmpty();
    assertThat(catalog.find("EXTRA")).isPresent();
    assertThat(catalog.find("extrastorage")).isEqualTo(catalog.find("extra"));
    assertThat(catalog.find("none")).isEmpty();
    assertThat(catalog.found())
        .last()
        .satisfies(found -> assertThat(found.origin()).isEqualTo(jar.toString()));
  }

  @Test
  void brokenAdaptersHideNoOther() throws Exception {
    AdapterJar.endless(
        jars.resolve("a.jar"),
        "Failing",
        "failing",
        "public Failing() { throw new Error(\"no\"); }");
    AdapterJar.endless(
        jars.resolve("b.jar"),
        "Nameless",
        "nameless",
        "public String name() { throw new NoClassDefFoundError(\"driver\"); }");
    Files.writeString(jars.resolve("c.jar"), "no jar at all");
    AdapterJar.endless(jars.resolve("d.jar"), "Sound", "sound", "");

    AdapterCatalog catalog = discover();

    assertThat(catalog.find("json")).isPresent();
    assertThat(catalog.find("sound")).isPresent();
    assertThat(catalog.find("failing")).isEmpty();
    assertThat(catalog.warnings())
        .anySatisfy(warning -> assertThat(warning).contains("Failing", "a.jar"))
        .anySatisfy(warning -> assertThat(warning).contains("Nameless", "b.jar", "driver"));
  }

  @Test
  void twoOfOneNameAreAnErrorThatNamesBothJars() {
    Path first = AdapterJar.endless(jars.resolve("a.jar"), "One", "same", "");
    Path second = AdapterJar.endless(jars.resolve("b.jar"), "Other", "same", "");

    assertThatThrownBy(this::discover)
        .isInstanceOf(DuplicateAdapterException.class)
        .hasMessageContaining("'same'")
        .hasMessageContaining(first.toString())
        .hasMessageContaining(second.toString());
  }

  @Test
  void anIdOfTheToolsOwnCannotBeTaken() {
    Path jar = AdapterJar.endless(jars.resolve("a.jar"), "Mine", "redis", "");

    assertThatThrownBy(this::discover)
        .isInstanceOf(DuplicateAdapterException.class)
        .hasMessageContaining("adapter-redis")
        .hasMessageContaining(jar.toString());
  }
}
