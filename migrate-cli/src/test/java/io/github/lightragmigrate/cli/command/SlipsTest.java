package io.github.lightragmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.cli.Session;
import io.github.lightragmigrate.json.JsonStorageAdapter;
import io.github.lightragmigrate.redis.RedisAdapter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistyped word is answered by the one that was meant, and never by a page of usage. */
class SlipsTest {

  @TempDir Path directory;

  private void assertRefused(String arguments, String... lines) {
    Session session =
        new Session(directory, new JsonStorageAdapter(), new RedisAdapter())
            .run(arguments.split(" "));
    assertThat(session.exitCode()).as(arguments).isEqualTo(2);
    assertThat(session.out()).isEmpty();
    assertThat(session.err().lines()).containsExactly(lines);
  }

  @Test
  void commands() {
    String count = "Error: there is no command 'cuont'; did you mean 'count'?";
    assertRefused("cuont", count, "See 'migrate --help'.");
    assertRefused("cuont --store json --json", count, "See 'migrate --help'.");
    assertRefused(
        "completoin bash",
        "Error: there is no command 'completoin'; did you mean 'completion'?",
        "See 'migrate --help'.");
    assertRefused("frobnicate", "Error: there is no command 'frobnicate'", "See 'migrate --help'.");
    assertRefused("help cuont", count);
    assertRefused(
        "count --store json verify",
        "Error: 'verify' is not expected here",
        "See 'migrate count --help'.");
  }

  @Test
  void options() {
    assertRefused(
        "--form json --to redis",
        "Error: there is no option '--form'; did you mean '--from'?",
        "See 'migrate --help'.");
    assertRefused(
        "-from json",
        "Error: there is no option '-from'; did you mean '--from'?",
        "See 'migrate --help'.");
    assertRefused(
        "--workspace a",
        "Error: there is no option '--workspace'; did you mean '--source-workspace' or"
            + " '--target-workspace'?",
        "See 'migrate --help'.");
    assertRefused(
        "count --store json --frobnicate",
        "Error: there is no option '--frobnicate'",
        "See 'migrate count --help'.");
  }

  @Test
  void theyShowNoSecret() {
    for (String arguments :
        List.of(
            "redis://u:s3cr3t@host",
            "--redis-uri=redis://u:s3cr3t@host",
            "--from redis://u:s3cr3t@host --to json",
            "--from json --to redis --batch-size redis://u:s3cr3t@host")) {
      Session session = new Session(directory, new JsonStorageAdapter()).run(arguments.split(" "));
      assertThat(session.exitCode()).isEqualTo(2);
      assertThat(session.err()).contains("Error: ").doesNotContain("s3cr3t");
    }
  }

  /** It is there, under another name. */
  @Test
  void anOptionThatIsMistypedIsNotMissing() {
    assertRefused(
        "count --stroe=json",
        "Error: there is no option '--stroe'; did you mean '--store'?",
        "See 'migrate count --help'.");
    assertRefused(
        "verify --form json",
        "Error: there is no option '--form'; did you mean '--from'?",
        "Error: Missing required options: '--from=STORE', '--to=STORE'",
        "See 'migrate verify --help'.");
  }

  @Test
  void values() {
    assertRefused(
        "--from json --to redis --on-conflict overwrit",
        "Error: Invalid value for option '--on-conflict': 'overwrit' is none of overwrite, skip,"
            + " newer; did you mean 'overwrite'?",
        "See 'migrate --help'.");
    assertRefused(
        "count --store json --types extract,sumary",
        "Error: Invalid value for option '--types': 'sumary' is no cache type; known are extract,"
            + " summary, analysis, smartheading; did you mean 'summary'?",
        "See 'migrate count --help'.");
    assertRefused(
        "count --store redsi",
        "Error: --store: there is no store 'redsi'; did you mean 'redis'? Known are json"
            + " (JsonKVStorage), redis (RedisKVStorage)");
    assertRefused(
        "--from JsonKVStorag --to redis",
        "Error: --from: there is no store 'JsonKVStorag'; did you mean 'JsonKVStorage'? Known are"
            + " json (JsonKVStorage), redis (RedisKVStorage)");
  }
}
