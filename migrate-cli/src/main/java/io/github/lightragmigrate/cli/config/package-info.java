/**
 * Where settings come from: the environment, {@code .env} files and {@code config.ini}, read as
 * LightRAG reads them.
 *
 * <p>Nothing here reads the process's environment; it is handed in. No message of this package
 * holds a value of a settings file.
 */
@NullMarked
package io.github.lightragmigrate.cli.config;

import org.jspecify.annotations.NullMarked;
