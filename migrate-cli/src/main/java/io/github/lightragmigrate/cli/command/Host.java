package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.adapters.AdapterCatalog;
import io.github.lightragmigrate.cli.run.StopRequest;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The process around the commands; they know no other.
 *
 * @param directory where {@code .env}, {@code config.ini} and {@code .lightrag-migrate} are
 * @param terminal a person sits in front of it
 * @param unicode the output can show more than ASCII
 * @param version of the tool
 * @param adapters finds the adapters, with those of a directory that was named
 */
public record Host(
    Map<String, String> environment,
    Path directory,
    BufferedReader in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    boolean unicode,
    String version,
    StopRequest stop,
    Function<Optional<Path>, AdapterCatalog> adapters) {}
