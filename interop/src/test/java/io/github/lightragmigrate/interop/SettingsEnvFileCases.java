package io.github.lightragmigrate.interop;

import static io.github.lightragmigrate.interop.SettingsCase.of;
import static io.github.lightragmigrate.interop.SettingsCase.withoutPassword;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a line of {@code .env} means. */
final class SettingsEnvFileCases {

  private static final String PASSWORD = "POSTGRES_PASSWORD";

  private SettingsEnvFileCases() {}

  static List<SettingsCase> all() {
    return List.of(
        password("a plain value", "POSTGRES_PASSWORD=abc", "abc"),
        password("# inside a password", "POSTGRES_PASSWORD=p@ss#w0rd", "p@ss#w0rd"),
        password("# at the start of a password", "POSTGRES_PASSWORD=#abc", "#abc"),
        password("# behind white space begins a comment", "POSTGRES_PASSWORD=abc #c", "abc"),
        password("only a comment behind =", "POSTGRES_PASSWORD= # c", ""),
        password("# in quotes", "POSTGRES_PASSWORD=\"abc #d\" # c", "abc #d"),
        password("single quotes", "POSTGRES_PASSWORD='a\"b \\' \\\\ \\n'", "a\"b ' \\ \\n"),
        password("double quotes", "POSTGRES_PASSWORD=\"a\\\"b\\t\\\\\\x 'c'\"", "a\"b\t\\\\x 'c'"),
        password("quotes inside a value", "POSTGRES_PASSWORD=a\"b'c", "a\"b'c"),
        password("white space around =", "  POSTGRES_PASSWORD \t=  abc  \n", "abc"),
        password("white space in quotes is kept", "POSTGRES_PASSWORD=' abc '", " abc "),
        password("export", "export POSTGRES_PASSWORD=abc", "abc"),
        password("export, white space", " export \t POSTGRES_PASSWORD = 'abc'", "abc"),
        password("a quoted key", "'POSTGRES_PASSWORD'=abc", "abc"),
        password("comments", "# c\n  # c\n\nPOSTGRES_PASSWORD=abc\n#POSTGRES_PASSWORD=d", "abc"),
        password("the last of a repeated key", "POSTGRES_PASSWORD=a\nPOSTGRES_PASSWORD=b", "b"),
        password("= inside a value", "POSTGRES_PASSWORD=a=b==", "a=b=="),
        password("a quoted value of two lines", "POSTGRES_PASSWORD=\"a\n b\"\n", "a\n b"),
        password("an escaped line end", "POSTGRES_PASSWORD=\"a\\nb\"", "a\nb"),
        password("a line that is none", "? !\nPOSTGRES_PASSWORD=abc", "abc"),
        password("byte order mark", "\ufeffPOSTGRES_PASSWORD=abc\n", "abc"),
        password("CR LF", "POSTGRES_USER=u\r\nPOSTGRES_PASSWORD=abc\r\nX=1\r\n", "abc"),
        password("CR", "POSTGRES_USER=u\rPOSTGRES_PASSWORD=abc\r", "abc"),
        password("CR LF in quotes", "POSTGRES_PASSWORD='a\r\nb'", "a\nb"),
        password(
            "non-ASCII",
            "POSTGRES_PASSWORD=p\u00e4ss\u20ac\ud83d\ude00",
            "p\u00e4ss\u20ac\ud83d\ude00"),
        password("no-break space at the end", "POSTGRES_PASSWORD=abc\u00a0", "abc"),
        password("${V}", "V=v\nPOSTGRES_PASSWORD=a${V}b", "avb"),
        password("${V} in single quotes", "V=v\nPOSTGRES_PASSWORD='${V}'", "v"),
        password("${V} not set", "POSTGRES_PASSWORD=a${V}b", "ab"),
        password("${V:-d} not set", "POSTGRES_PASSWORD=${V:-d}", "d"),
        password("${V:-d} empty", "V=\nPOSTGRES_PASSWORD=${V:-d}x", "x"),
        password("${V:-d} set", "V=v\nPOSTGRES_PASSWORD=${V:-d}", "v"),
        password("${V-d} is no default", "POSTGRES_PASSWORD=${V-d}x", "x"),
        password("$V stays", "V=v\nPOSTGRES_PASSWORD=$V", "$V"),
        password("\\${V} is expanded all the same", "V=v\nPOSTGRES_PASSWORD=\\${V}", "\\v"),
        password("${V} of a later line", "POSTGRES_PASSWORD=a${V}\nV=v", "a"),
        password("${V} of itself", "POSTGRES_PASSWORD=a${POSTGRES_PASSWORD}", "a"),
        password("${V} is not expanded twice", "V='${W}'\nW=w\nPOSTGRES_PASSWORD=${V}x", "x"),
        password("${V} of the environment", "V=file\nPOSTGRES_PASSWORD=${V}", "environment")
            .environment("V", "environment"),
        withoutPassword("nothing is set").refused("postgres", PASSWORD),
        withoutPassword("a bare key sets nothing")
            .only("postgres")
            .envFile(PASSWORD)
            .refused("postgres", PASSWORD),
        withoutPassword("a quote that is not closed")
            .only("postgres")
            .envFile("POSTGRES_PASSWORD=\"abc\nPOSTGRES_USER=u\n")
            .refused("postgres", PASSWORD),
        withoutPassword("a quoted value with something behind")
            .only("postgres")
            .envFile("POSTGRES_PASSWORD='abc'd\n")
            .refused("postgres", PASSWORD),
        withoutPassword("a key in other case")
            .only("postgres")
            .envFile("postgres_password=abc\n")
            .refused("postgres", PASSWORD),
        withoutPassword("python-dotenv is switched off")
            .only("postgres")
            .environment("PYTHON_DOTENV_DISABLED", "true")
            .envFile("POSTGRES_PASSWORD=abc\n")
            .refused("postgres", PASSWORD),
        of("${V} in a URI")
            .envFile("PW=p%40ss\nREDIS_URI=redis://user:${PW}@cache:6380/2 # c\n")
            .gives("redis", "REDIS_URI password", "p@ss"),
        of("percent-encoded passwords")
            .envFile(
                """
                REDIS_URI=rediss://us%C3%A4r:p%23%2F%3A%25@cache.example:6380/3
                MONGO_URI="mongodb://u%40x:p%3A%2F%25@h1:27018,h2/?replicaSet=rs0&tls=true&authSource=adm"
                """)
            .gives("redis", "REDIS_URI password", "p#/:%")
            .gives("redis", "REDIS_URI user", "us\u00e4r")
            .gives("redis", "REDIS_URI tls", "true")
            .gives("mongo", "MONGO_URI password", "p:/%")
            .gives("mongo", "MONGO_URI hosts", "h1:27018,h2:27017"),
        of("# in a URI is no comment, but its fragment")
            .envFile("REDIS_URI=redis://h:1/2#c\n")
            .gives("redis", "REDIS_URI database", "2"),
        of("an empty REDIS_URI, MONGO_URI, OPENSEARCH_HOSTS")
            .envFile("REDIS_URI=\nMONGO_URI=\nOPENSEARCH_HOSTS=\n")
            .refused("redis", "REDIS_URI")
            .refused("mongo", "MONGO_URI")
            .refused("opensearch", "OPENSEARCH_HOSTS"),
        of("no UTF-8")
            .envFile("POSTGRES_USER=\u00e4\n", StandardCharsets.ISO_8859_1)
            .refused("json", "is not UTF-8")
            .refused("redis", "is not UTF-8")
            .refused("postgres", "is not UTF-8")
            .refused("mongo", "is not UTF-8")
            .refused("opensearch", "is not UTF-8"));
  }

  private static SettingsCase password(String name, String text, String value) {
    return withoutPassword(name).only("postgres").envFile(text).gives("postgres", PASSWORD, value);
  }
}
