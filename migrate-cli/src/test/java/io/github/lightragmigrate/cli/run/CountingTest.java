package io.github.lightragmigrate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.RemoteAdapter;
import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountingTest {

  @TempDir Path directory;
  private final RemoteAdapter remote = new RemoteAdapter();

  private Session session() {
    remote.hold("", SampleRecords.usual(1400));
    return new Session(directory, remote).set("REMOTE_NAME", "n");
  }

  @Test
  void inAPipeOneLineStays() {
    assertThat(session().run("count", "--store", "remote").out())
        .isEqualTo(
            """
            Scanning remote keys... found 1,400 records
            RemoteKVStorage (workspace: (default))
            - default:extract: 350 records
            - default:summary: 350 records
            - default:analysis: 350 records
            - default:smartheading: 350 records
            - Total: 1,400 records
            """);
  }

  @Test
  void onATerminalTheNumberMoves() {
    assertThat(session().onTerminal().run("count", "--store", "remote").out())
        .startsWith(
            "Scanning remote keys..."
                + "\rScanning remote keys... found 700 records"
                + "\rScanning remote keys... found 1,400 records"
                + "\rScanning remote keys... found 1,400 records\n");
  }
}
