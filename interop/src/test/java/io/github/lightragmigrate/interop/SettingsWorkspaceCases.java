package io.github.lightragmigrate.interop;

import static io.github.lightragmigrate.interop.SettingsCase.withoutPassword;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Workspaces: where they come from, and what each store makes of a name. */
final class SettingsWorkspaceCases {

  /** The stores that have a variable of their own. */
  private static final Map<String, String> OWN =
      Map.of(
          "redis", "REDIS_WORKSPACE",
          "postgres", "POSTGRES_WORKSPACE",
          "mongo", "MONGODB_WORKSPACE",
          "opensearch", "OPENSEARCH_WORKSPACE");

  private static final String INI = "[postgres]\nworkspace = ini\n";

  private SettingsWorkspaceCases() {}

  static List<SettingsCase> all() {
    List<SettingsCase> cases = new ArrayList<>(places());
    cases.addAll(names());
    return cases;
  }

  private static List<SettingsCase> places() {
    return List.of(
        gives(withoutPassword("none").connecting(), "", "", "default"),
        gives(workspace(""), "", "", "default"),
        gives(workspace("ws"), "ws", "ws", "ws"),
        gives(own("own"), "", "own", "own"),
        gives(own("own").environment("WORKSPACE", "ws").connecting(), "ws", "own", "own"),
        gives(own("").environment("WORKSPACE", "ws"), "ws", "ws", "ws"),
        gives(own(" \t").environment("WORKSPACE", "ws").connecting(), "ws", "ws", " \t"),
        gives(own(" own "), "", "own", " own "),
        gives(workspace(" "), " ", " ", " ").server("_"),
        gives(workspace(" ws "), " ws ", " ws ", " ws ").server("_ws_"),
        gives(withoutPassword("in .env").envFile("WORKSPACE=ws\n"), "ws", "ws", "ws"),
        gives(
            withoutPassword("forced in .env, for all in the environment")
                .envFile(
                    "REDIS_WORKSPACE=own\nPOSTGRES_WORKSPACE=own\nMONGODB_WORKSPACE=own\n"
                        + "OPENSEARCH_WORKSPACE=own\n")
                .environment("WORKSPACE", "ws"),
            "ws",
            "own",
            "own"),
        gives(withoutPassword("config.ini").configIni(INI), "", "", "ini"),
        gives(workspace("ws").configIni(INI).connecting(), "ws", "ws", "ini"),
        gives(own("own").configIni(INI), "", "own", "own"),
        gives(own("").environment("WORKSPACE", "ws").configIni(INI), "ws", "ws", "ws"),
        gives(workspace("ws").configIni("[postgres]\nworkspace =\n"), "ws", "ws", "ws"),
        gives(
            workspace("ws")
                .configIni(
                    "[redis]\nworkspace=x\n[mongodb]\nworkspace=x\n[opensearch]\nworkspace=x\n"),
            "ws",
            "ws",
            "ws"));
  }

  private static List<SettingsCase> names() {
    List<SettingsCase> cases = new ArrayList<>();
    for (String bad : List.of("a/b", "/", "a\\b", ".", "..")) {
      SettingsCase one = workspace(bad).server(bad.replaceAll("[/\\\\.]", "_"));
      Places.STORES.forEach(store -> one.refused(store, "cannot be used"));
      cases.add(one);
      SettingsCase forced = own(bad);
      OWN.keySet()
          .forEach(
              store -> forced.weRefuse(store, "cannot be used", "LightRAG's own tool refuses it"));
      if (bad.startsWith(".")) {
        forced.refused("mongo", "cannot be used");
      }
      cases.add(forced);
    }
    SettingsCase both = own("own").environment("WORKSPACE", "a/b").server("a_b");
    OWN.keySet().forEach(store -> both.lightRagRefuses(store, "it checks a name that it ignores"));
    cases.add(both.refused("json", "cannot be used"));

    cases.add(
        workspace("v1.0").server("v1_0").gives("opensearch", "index", "v1_0_llm_response_cache"));
    cases.add(workspace("...").server("___").refused("mongo", "cannot be used"));
    cases.add(workspace("a..b").server("a__b").refused("mongo", "cannot be used"));
    cases.add(workspace("a$b").server("a_b").refused("mongo", "cannot be used"));
    cases.add(
        workspace("my-ws")
            .server("my_ws")
            .gives("opensearch", "index", "my-ws_llm_response_cache"));
    cases.add(own("my-ws").gives("redis", "workspace", "my-ws"));
    cases.add(workspace("TeamA").gives("opensearch", "index", "teama_llm_response_cache"));
    cases.add(
        workspace("-ws").server("_ws").gives("opensearch", "index", "x-ws_llm_response_cache"));
    cases.add(workspace("_ws").gives("opensearch", "index", "x_ws_llm_response_cache"));
    cases.add(
        workspace("+ws").server("_ws").gives("opensearch", "index", "x_ws_llm_response_cache"));
    cases.add(
        workspace("B\u00fcro \u65e5\u672c \ud83d\ude00")
            .server("B_ro_____")
            .gives("opensearch", "index", "b_ro______llm_response_cache"));
    // letters whose lower case is ASCII, or longer, or depends on the place or the country
    cases.add(
        workspace("\u212a\u0130\u03a3I")
            .server("___I")
            .gives("opensearch", "index", "ki__i_llm_response_cache"));
    cases.add(workspace("*?[x]^").server("___x__"));
    cases.add(
        withoutPassword("a name of 255 characters")
            .environment("POSTGRES_WORKSPACE", "\u00e4".repeat(255)));
    cases.add(
        withoutPassword("a name of 256 characters")
            .environment("POSTGRES_WORKSPACE", "w".repeat(256))
            .weRefuse("postgres", "longer than 255", "LightRAG fails at its first write"));
    return cases;
  }

  private static SettingsCase workspace(String name) {
    return withoutPassword("WORKSPACE=<" + name + ">").environment("WORKSPACE", name);
  }

  private static SettingsCase own(String name) {
    SettingsCase one = withoutPassword("forced <" + name + ">");
    OWN.values().forEach(variable -> one.environment(variable, name));
    return one;
  }

  private static SettingsCase gives(
      SettingsCase one, String json, String stripping, String postgres) {
    List.of("redis", "mongo", "opensearch")
        .forEach(store -> one.gives(store, "workspace", stripping));
    return one.gives("json", "workspace", json).gives("postgres", "workspace", postgres);
  }
}
