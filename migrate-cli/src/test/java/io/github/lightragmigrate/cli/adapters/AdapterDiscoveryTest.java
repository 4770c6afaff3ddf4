package io.github.lightragmigrate.cli.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.AdapterJar;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterDiscoveryTest {

  @TempDir Path jars;
  @TempDir Path work;

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
  void aJarWithoutAServicesFileIsTold() {
    Path forgotten = jar("Forgotten").manifest(DroppedJar.BUILT_FOR, "1").write(file("a.jar"));
    AdapterJar.endless(file("b.jar"), "Sound", "sound", "");
    Path driver = jar("driver.Driver").write(file("c.jar"));

    AdapterCatalog catalog = discover();

    assertThat(catalog.find("sound")).isPresent();
    assertThat(catalog.warnings())
        .as("a driver's jar, such as " + driver + ", needs none")
        .singleElement()
        .asString()
        .startsWith(forgotten + " offers no adapter: it has no META-INF/services/")
        .contains("StorageAdapter that names one; build it with that file, or remove it");
  }

  @Test
  void aJarAloneThatOffersNothingIsTold() {
    Path jar = jar("Other").write(file("other.JAR"));

    assertThat(discover().warnings())
        .singleElement()
        .asString()
        .startsWith(jar + " offers no adapter");
    assertThat(discover().hasAnyFrom(jars)).isFalse();
  }

  /** The table of contents is whole, so that it opens. */
  @Test
  void aJarThatIsDamagedInsideHidesNoOther() throws IOException {
    Path broken = AdapterJar.endless(file("a.jar"), "Broken", "broken", "");
    byte[] bytes = Files.readAllBytes(broken);
    int contents = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\001\002");
    int services = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("META-INF/services/");
    Arrays.fill(bytes, services + DroppedJar.SERVICE.length(), contents, (byte) 0xff);
    Files.write(broken, bytes);
    AdapterJar.endless(file("b.jar"), "Sound", "sound", "");

    AdapterCatalog catalog = discover();

    assertThat(catalog.find("sound")).isPresent();
    assertThat(catalog.hasAnyFrom(jars)).isTrue();
    assertThat(catalog.warnings())
        .singleElement()
        .asString()
        .startsWith(broken + " is no jar that can be read: remove it, or copy it again");
  }

  private Path file(String name) {
    return jars.resolve(name);
  }

  private JarBuilder jar(String type) {
    int dot = type.lastIndexOf('.');
    String head = dot < 0 ? "" : "package " + type.substring(0, dot) + "; ";
    return new JarBuilder(work)
        .source(type, head + "public class " + type.substring(dot + 1) + " {}");
  }

  @Test
  void ofTwoOfOneNameTheFirstIsKept() {
    Path first = AdapterJar.endless(jars.resolve("a.jar"), "One", "same", "");
    Path second = AdapterJar.endless(jars.resolve("b.jar"), "Other", "same", "");

    AdapterCatalog catalog = discover();

    assertThat(catalog.find("same").orElseThrow().name()).isEqualTo("OneStorage");
    assertThat(catalog.find("OtherStorage")).isEmpty();
    assertThat(catalog.warnings())
        .containsExactly(
            "OtherStorage in "
                + second
                + " cannot be used: 'same' is taken by OneStorage in "
                + first
                + "; remove the jar, or build it with an id and a name of its own");
  }

  @Test
  void anIdOfTheToolsOwnCannotBeTaken() {
    Path jar = AdapterJar.endless(jars.resolve("a.jar"), "Mine", "redis", "");

    AdapterCatalog catalog = discover();

    assertThat(catalog.find("redis").orElseThrow().name()).isEqualTo("RedisKVStorage");
    assertThat(catalog.warnings())
        .singleElement()
        .asString()
        .contains(jar + " cannot be used: 'redis' is taken by RedisKVStorage in ");
  }

  @Test
  void aNameOfTheToolsOwnCannotBeTakenEither() {
    String more = "public String name() { return \"jsonkvstorage\"; }";
    AdapterJar.endless(jars.resolve("a.jar"), "Mine", "mine", more);

    assertThat(discover().find("mine")).isEmpty();
    assertThat(discover().find("json")).isPresent();
  }

  private void assertUnusable(String more, String id, String... words) {
    Path jar = AdapterJar.endless(jars.resolve("bad.jar"), "Bad", id, more);
    AdapterCatalog catalog = discover();
    assertThat(catalog.find("json")).isPresent();
    assertThat(catalog.found()).noneMatch(found -> found.origin().equals(jar.toString()));
    assertThat(catalog.warnings())
        .singleElement()
        .asString()
        .contains("adapter Bad in " + jar, "cannot be used")
        .contains(words);
  }

  @Test
  void anErrorInANameHidesNoOther() {
    assertUnusable(
        "public String name() { throw new AssertionError(\"no\"); }",
        "bad",
        "failed in name(): java.lang.AssertionError: no");
  }

  @Test
  void anAdapterWithoutANameIsTold() {
    assertUnusable("public String name() { return null; }", "bad", "name() of ", "gave back null");
  }

  @Test
  void aBlankNameIsTold() {
    assertUnusable("public String name() { return \" \"; }", "bad", "its name() is ' '");
  }

  @Test
  void anIdThatNobodyCanTypeIsTold() {
    assertUnusable("", "My Files", "its id() is 'My Files'");
  }

  @Test
  void aFaultInAStaticInitializerIsTold() {
    assertUnusable(
        "static final int N = Integer.parseInt(\"x\");",
        "bad",
        "a static initializer failed: java.lang.NumberFormatException");
  }

  @Test
  void anAbstractClassIsTold() {
    assertUnusableClass("public abstract class Bad", "the class is abstract");
  }

  @Test
  void aClassThatIsNotPublicIsTold() {
    assertUnusableClass("class Bad", "the class is not public");
  }

  private void assertUnusableClass(String head, String reason) {
    String source =
        AdapterJar.endlessSource("Bad", "bad", "public Bad() {}").replace("public class Bad", head);
    new JarBuilder(work).source("Bad", source).service("Bad").write(file("bad.jar"));
    assertThat(discover().warnings())
        .singleElement()
        .asString()
        .endsWith("cannot be used: " + reason);
  }

  @Test
  void aByteOrderMarkIsTold() {
    jar("Bad").service("\uFEFFBad").write(file("bad.jar"));
    assertThat(discover().warnings()).singleElement().asString().contains("byte order mark");
  }

  private static String settings(String list) {
    return "public List<Setting> settings() { return List.of(" + list + "); }";
  }

  @Test
  void aDefaultThatIsNoneIsToldWhenTheAdapterIsFound() {
    String number = "Setting.of(\"BAD_N\", Setting.Type.INTEGER, \"n\").withDefault(\"yes\")";
    assertUnusable(settings(number), "bad", "the default of BAD_N does not fit its type");
  }

  @Test
  void aSettingThatIsThereTwiceIsTold() {
    String one = "Setting.text(\"BAD_N\", \"n\")";
    assertUnusable(settings(one + ", " + one + ".asSecret()"), "bad", "BAD_N twice");
  }

  @Test
  void aSecretOfAnotherStoreStaysOne() {
    String uri = "Setting.text(\"REDIS_URI\", \"n\")";
    assertUnusable(
        settings(uri), "bad", "REDIS_URI without asSecret(), which is a secret of RedisKVStorage");
    AdapterJar.endless(jars.resolve("bad.jar"), "Bad", "bad", settings(uri + ".asSecret()"));
    assertThat(discover().find("bad")).isPresent();
  }
}
