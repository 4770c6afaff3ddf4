package io.github.lightragmigrate.interop;

import static io.github.lightragmigrate.interop.SettingsCase.of;
import static io.github.lightragmigrate.interop.SettingsCase.withoutPassword;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a {@code config.ini} means. */
final class SettingsConfigIniCases {

  private static final String UNREAD = "its JSON storage never opens config.ini";

  private SettingsConfigIniCases() {}

  static List<SettingsCase> all() {
    return List.of(
        withoutPassword("everything that it can hold")
            .configIni(
                """
                [redis]
                uri = redis://u:p@redis.example:6380/4
                [mongodb]
                uri = mongodb://u:p@mongo.example:27018/
                database = cache
                [opensearch]
                hosts = one.example:9201, two.example
                user = u
                password = p
                use_ssl = no
                verify_certs = yes
                timeout = 7
                max_retries = 8
                number_of_shards = 2
                number_of_replicas = 1
                [postgres]
                host = pg.example
                port = 5433
                user = u
                password = p
                database = d
                workspace = w
                max_connections = 9
                ssl_mode = disable
                server_options = search_path=lightrag&statement_timeout=0&x&a=b=c
                connection_retries = 5
                connection_retry_backoff = 0.5
                connection_retry_backoff_max = 2
                """)
            .gives("redis", "REDIS_URI host", "redis.example")
            .gives("mongo", "MONGO_DATABASE", "cache")
            .gives("opensearch", "OPENSEARCH_TIMEOUT", "7")
            .gives("postgres", "POSTGRES_CONNECTION_RETRY_BACKOFF", "0.5")
            .gives("postgres", "workspace", "w"),
        password("=", "password = abc", "abc"),
        password(":", "password: abc", "abc"),
        password("no white space", "password:abc=d", "abc=d"),
        password("in any case", "PassWord = abc", "abc"),
        password("empty", "password =", ""),
        password("# and ; in a value", "password = a#b;c # d ; e", "a#b;c # d ; e"),
        password("quotes are kept", "password = \"abc\"", "\"abc\""),
        password("backslashes are kept", "password = a\\nb\\\\c", "a\\nb\\\\c"),
        password("comment lines", "# password = x\n; password = y\n  # z\npassword = abc", "abc"),
        password("several lines", "password = a\n  b\n\n  c\nuser = u", "a\nb\n\nc"),
        password("%%", "password = 100%%", "100%"),
        password("%(x)s", "password = a%(part)sb\npart = x%%y", "ax%yb"),
        password("%(x)s in any case", "password = %(PART)s\nPart = x", "x"),
        password("${x} stays", "password = ${user}", "${user}"),
        password("CR LF", "user = u\r\npassword = abc\r\n", "abc"),
        password(
            "non-ASCII", "password = p\u00e4ss\u20ac\ud83d\ude00", "p\u00e4ss\u20ac\ud83d\ude00"),
        withoutPassword("[DEFAULT]")
            .configIni("[DEFAULT]\npassword = abc\nuri = redis://d:1\n[postgres]\nuser = u\n")
            .gives("postgres", "POSTGRES_PASSWORD", "abc")
            .gives("redis", "REDIS_URI host", "localhost"),
        withoutPassword("a section in other case")
            .configIni("[Postgres]\npassword = abc\n")
            .refused("postgres", "POSTGRES_PASSWORD"),
        of("options that only the environment can hold")
            .configIni(
                """
                [redis]
                max_connections = 5
                socket_timeout = 6
                workspace = w
                [mongodb]
                workspace = w
                [opensearch]
                workspace = w
                [postgres]
                server_settings = a=b
                """)
            .gives("redis", "REDIS_MAX_CONNECTIONS", "200")
            .gives("redis", "workspace", "")
            .gives("mongo", "workspace", "")
            .gives("postgres", "POSTGRES_SERVER_SETTINGS", "{}"),
        of("percent-encoded password")
            .configIni("[redis]\nuri = redis://u:p%%40ss@h:1/0\n")
            .gives("redis", "REDIS_URI password", "p@ss"),
        of("a % alone")
            .configIni("[redis]\nuri = redis://u:p%40ss@h:1/0\n")
            .refused("redis", "write %% for %"),
        of("a % alone in what a variable overrides")
            .configIni("[redis]\nuri = redis://u:p%40ss@h:1/0\n")
            .environment("REDIS_URI", "redis://h:2/0")
            .lightRagRefuses("redis", "it looks at config.ini first; the value is not needed"),
        of("%(x)s that is not there")
            .configIni("[mongodb]\nuri = mongodb://%(host)s/\n")
            .refused("mongo", "that is not there"),
        of("%(x)s in a circle")
            .configIni("[mongodb]\ndatabase = %(other)s\nother = %(database)s\n")
            .refused("mongo", "circle"),
        broken("a byte order mark", "\ufeff[redis]\nuri = redis://h:1\n", "byte order mark"),
        broken("no section", "uri = redis://h:1\n", "before the first [section]"),
        broken("an option twice", "[redis]\nuri = redis://h\nURI = redis://h\n", "second time"),
        broken("a section twice", "[redis]\nuri = redis://h\n[redis]\n", "second time"),
        broken("a line without =", "[redis]\nuri\n", "neither [section] nor option"),
        refusedByAll(
            of("no UTF-8").configIni("[x]\ny = \u00e4\n", StandardCharsets.ISO_8859_1),
            "is not UTF-8"));
  }

  private static SettingsCase password(String name, String option, String value) {
    return withoutPassword("config.ini: " + name)
        .only("postgres")
        .configIni("[postgres]\n" + option + "\n")
        .gives("postgres", "POSTGRES_PASSWORD", value);
  }

  private static SettingsCase broken(String name, String text, String said) {
    return refusedByAll(of("config.ini with " + name).configIni(text), said);
  }

  private static SettingsCase refusedByAll(SettingsCase one, String said) {
    return one.weRefuse("json", said, UNREAD)
        .refused("redis", said)
        .refused("postgres", said)
        .refused("mongo", said)
        .refused("opensearch", said);
  }
}
