package io.github.lightragmigrate.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each published module's API is in its {@code api.txt}, so that a change shows in a diff. */
class PublicApiTest {

  @ParameterizedTest
  @CsvSource({
    "migrate-core, checkpoint migration progress report spi",
    "migrate-testkit, testkit",
    "migrate-micrometer, micrometer",
    "adapter-json, json",
    "adapter-redis, redis",
    "adapter-postgres, postgres",
    "adapter-mongo, mongo",
    "adapter-opensearch, opensearch",
  })
  void isThatOfTheFile(String module, String packages) throws IOException {
    Path file = Path.of("..", module, "api.txt");
    String api =
        PublicApi.of(
            Arrays.stream(packages.split(" ")).map("io.github.lightragmigrate."::concat).toList());
    if (Boolean.getBoolean("api.write")) {
      Files.writeString(file, api);
    }
    assertThat(api)
        .as("public API of %s: if it is to change, add -Dapi.write=true (CONTRIBUTING.md)", module)
        .isEqualTo(Files.readString(file));
  }
}
