package io.github.lightragmigrate.interop;

import static io.github.lightragmigrate.interop.SettingsCase.of;
import static io.github.lightragmigrate.interop.SettingsCase.withoutPassword;

import java.util.List;

/** Which of several places wins: environment, {@code .env}, {@code config.ini}, default. */
final class SettingsLayerCases {

  private static final String INI =
      """
      [redis]
      uri = redis://ini:1
      [postgres]
      host = ini
      password = ini
      workspace = ini
      [mongodb]
      database = ini
      [opensearch]
      hosts = ini:1
      user = ini
      """;
  private static final String ENV_FILE =
      """
      REDIS_URI=redis://file:1
      POSTGRES_HOST=file
      POSTGRES_PASSWORD=file
      POSTGRES_WORKSPACE=file
      MONGO_DATABASE=file
      OPENSEARCH_HOSTS=file:1
      OPENSEARCH_USER=file
      WORKING_DIR=file
      """;

  private SettingsLayerCases() {}

  static List<SettingsCase> all() {
    return List.of(
        of("defaults")
            .gives("redis", "REDIS_URI host", "localhost")
            .gives("postgres", "workspace", "default"),
        withoutPassword("config.ini over defaults")
            .configIni(INI)
            .gives("redis", "REDIS_URI host", "ini")
            .gives("opensearch", "OPENSEARCH_USER", "ini"),
        withoutPassword(".env over config.ini")
            .configIni(INI)
            .envFile(ENV_FILE)
            .gives("redis", "REDIS_URI host", "file")
            .gives("postgres", "POSTGRES_HOST", "file")
            .gives("postgres", "workspace", "file")
            .gives("mongo", "MONGO_DATABASE", "file")
            .gives("opensearch", "OPENSEARCH_USER", "file"),
        withoutPassword("environment over .env")
            .configIni(INI)
            .envFile(ENV_FILE)
            .environment("REDIS_URI", "redis://environment:1")
            .environment("POSTGRES_HOST", "environment")
            .environment("MONGO_DATABASE", "environment")
            .environment("OPENSEARCH_HOSTS", "environment:1")
            .environment("WORKING_DIR", "environment")
            .gives("redis", "REDIS_URI host", "environment")
            .gives("postgres", "POSTGRES_HOST", "environment")
            .gives("postgres", "POSTGRES_PASSWORD", "file")
            .gives("mongo", "MONGO_DATABASE", "environment")
            .gives("opensearch", "OPENSEARCH_HOSTS", "https://environment:1"),
        withoutPassword("empty in .env wins over config.ini")
            .configIni(INI)
            .envFile("POSTGRES_PASSWORD=\nPOSTGRES_WORKSPACE=\nOPENSEARCH_USER=\n")
            .gives("postgres", "POSTGRES_PASSWORD", "")
            .gives("postgres", "workspace", "default")
            .gives("opensearch", "OPENSEARCH_USER", ""),
        withoutPassword("empty in the environment wins over .env")
            .envFile(ENV_FILE)
            .environment("POSTGRES_PASSWORD", "")
            .environment("OPENSEARCH_USER", "")
            .gives("postgres", "POSTGRES_PASSWORD", "")
            .gives("opensearch", "OPENSEARCH_USER", ""),
        withoutPassword("a bare key in .env leaves config.ini's")
            .configIni(INI)
            .envFile("POSTGRES_PASSWORD\nOPENSEARCH_USER\n")
            .gives("postgres", "POSTGRES_PASSWORD", "ini")
            .gives("opensearch", "OPENSEARCH_USER", "ini"),
        of("an empty database of PostgreSQL and of MongoDB")
            .environment("POSTGRES_DATABASE", "")
            .environment("MONGO_DATABASE", "")
            .refused("mongo", "MONGO_DATABASE")
            .gives("postgres", "POSTGRES_DATABASE", ""),
        of("an empty user of PostgreSQL")
            .environment("POSTGRES_USER", "")
            .gives("postgres", "POSTGRES_USER", ""),
        of("an empty host of PostgreSQL")
            .environment("POSTGRES_HOST", "")
            .weRefuse("postgres", "POSTGRES_HOST", "asyncpg then tries Unix sockets"),
        of("a Unix socket of PostgreSQL")
            .environment("POSTGRES_HOST", "/run/postgresql")
            .weRefuse("postgres", "POSTGRES_HOST", "Java has none for pgjdbc"),
        of("an empty port of PostgreSQL")
            .environment("POSTGRES_PORT", "")
            .weRefuse("postgres", "POSTGRES_PORT", "asyncpg then takes 5432"),
        of("an empty WORKING_DIR, which the API server alone takes for its own directory")
            .environment("WORKING_DIR", "")
            .refused("json", "WORKING_DIR is empty"),
        of("PORT").environment("PORT", " 8080 ").gives("json", "PORT", "8080"),
        of("PORT in .env").envFile("PORT=8081\n").gives("json", "PORT", "8081"),
        of("a PORT of Docker's")
            .environment("PORT", "tcp://10.0.0.1:80")
            .gives("json", "PORT", "9621"),
        of("an empty PORT").environment("PORT", "").gives("json", "PORT", "9621"),
        of("a padded WORKING_DIR").environment("WORKING_DIR", " x "),
        of("WORKING_DIR with ~ and ..").environment("WORKING_DIR", "~/a/../b/"));
  }
}
