package io.github.lightragmigrate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

  @TempDir Path directory;

  @Test
  void saysBeforehandThatItCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(new ReportFile(directory).problem())
        .hasValueSatisfying(p -> assertThat(p).contains("no ordinary file"));
    assertThat(new ReportFile(directory.resolve("none/r.json")).problem())
        .hasValueSatisfying(p -> assertThat(p).contains("there is no directory"));
    assertThat(new ReportFile(file.resolve("r.json")).problem()).isPresent();
    assertThat(new ReportFile(file).problem()).isEmpty();
    assertThat(new ReportFile(directory.resolve("r.json")).problem()).isEmpty();
    assertThat(directory).isDirectoryContaining(found -> found.equals(file));
    assertThat(Files.list(directory)).hasSize(1);
  }
}
