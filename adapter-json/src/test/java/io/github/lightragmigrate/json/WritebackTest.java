package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritebackTest {

  private static final long MUCH = 1L << 30;

  @TempDir Path directory;

  private FileChannel file() throws IOException {
    Path file = Files.createTempFile(directory, "staged", "");
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  @Test
  void aFaultOfTheDiskIsToldAtTheEnd() throws IOException {
    FileChannel closed = file();
    closed.close();
    Writeback writeback = new Writeback(closed);
    writeback.written(MUCH);
    assertThatThrownBy(writeback::finish).isInstanceOf(IOException.class);
    writeback.close();
  }

  @Test
  void littleIsLeftToTheEnd() throws IOException {
    try (FileChannel open = file()) {
      Writeback writeback = new Writeback(open);
      writeback.written(1);
      writeback.written(MUCH);
      writeback.written(2 * MUCH);
      assertThatCode(writeback::finish).doesNotThrowAnyException();
      writeback.close();
    }
  }
}
